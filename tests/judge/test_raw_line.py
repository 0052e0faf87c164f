"""Raw bytes as a line, read back by a shell."""

from __future__ import annotations

import subprocess
from dataclasses import replace

import pytest

from seamwright.judge.raw_line import raw_line
from seamwright.judge.reproduce import curl_line
from seamwright.record.observation import NO_CREDENTIAL, Purpose
from tests.judge.records import PLACE, SYSTEM, answered
from tests.judge.rules.misuses import misused

URL = "http://127.0.0.1:8080"


def _printed(line: str, variable: str = "") -> bytes:
    """What the line would hand to nc."""
    told, _, _ = line.rpartition(" | nc ")
    script = f"{variable}\n{told}"
    return subprocess.run(["/bin/sh", "-c", script], capture_output=True, check=True).stdout


@pytest.mark.parametrize(
    "bytes_",
    [
        b"GET / HTTP/1.1\r\nhost: a\r\n\r\n",
        b"%s %d %% \\n \\0 ' \" $HOME `id` !\n",
        bytes(range(256)) + b"7",
        b"x" * 70_000 + b"\r\n" + b"\x00" * 300,
        b"",
    ],
)
def test_a_shell_prints_the_same_bytes(bytes_: bytes) -> None:
    """Whatever they are; long runs of one byte are counted out."""
    line = raw_line(bytes_, URL, str)
    assert line.endswith(" | nc 127.0.0.1 8080")
    assert bytes_ == _printed(line)


def test_a_secret_is_a_variable() -> None:
    """Its asterisks are left to the shell's variable, with the scheme before it."""
    one = misused("a", "POST /orders", 200, endpoint=PLACE)
    assert one.request
    sent = b"POST / HTTP/1.1\r\nauthorization: *****\r\nx-stars: 1*\r\n\r\n"
    line = curl_line(SYSTEM, replace(one, request=replace(one.request, body=sent)))
    expected = sent.replace(b"*****", b"Bearer s3cret")
    assert expected == _printed(line, "SEAMWRIGHT_BUYER=s3cret")


def test_what_nobody_would_read_is_left_out() -> None:
    """A line of many thousand characters is of no use."""
    assert "" == raw_line(b"ab" * 4_096, URL, str)


def test_a_wrong_credential_is_not_made_right() -> None:
    """What was hidden and proved nothing is shown as something that proves nothing."""
    one = answered("a", {}, endpoint=PLACE, asked=(("authorization", "***"),))
    assert one.case
    label = replace(one.case, purpose=Purpose.MISUSE, reason=f"{NO_CREDENTIAL}a wrong token")
    line = curl_line(SYSTEM, replace(one, case=label))
    assert '-H "authorization: Bearer no-such-token"' in line
