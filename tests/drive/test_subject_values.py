"""Placeholders, secrets and ports of a subject."""

from __future__ import annotations

import base64
import json
import random
import socket
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from seamwright.drive.subject.fetch import FetchProblem, run, settle
from seamwright.drive.subject.placeholder import PlaceholderProblem, fill
from seamwright.drive.subject.port import free_ports, port_claims
from seamwright.drive.subject.project_file import ProjectFile, ProjectFileProblem
from seamwright.drive.subject.secret import make_secrets
from seamwright.drive.subject.toml_line import line_of

if TYPE_CHECKING:
    from pathlib import Path


def _project(secrets: object) -> ProjectFile:
    subject = {"name": "shop", "contracts": "contracts:SYSTEM"}
    box = {"shop": {"url": "http://127.0.0.1:1"}}
    return ProjectFile.model_validate({"subject": subject, "secrets": secrets, "box": box})


def test_placeholders_are_filled_and_doubled_braces_are_braces() -> None:
    """A name becomes its value; {{ and }} stand for themselves."""
    assert fill("http://{edge.bank}/{{x}}", {"edge.bank": "b:1"}, "here") == "http://b:1/{x}"


def test_an_unknown_placeholder_is_named_with_those_that_there_are() -> None:
    """A misspelt name is refused, and the message lists the right ones."""
    with pytest.raises(PlaceholderProblem, match=r"edge\.bank"):
        fill("{edge.bnak}", {"edge.bank": "b:1"}, "here")


def test_a_token_is_signed_by_another_secret() -> None:
    """A JWT carries its claims and is made of the random secret that it names."""
    made = make_secrets(
        _project({"key": "random", "token": {"jwt": {"role": "web"}, "key": "key"}}),
        lambda: "k" * 43,
    )
    header, claims, signature = made["token"].split(".")
    padded = claims + "=" * (-len(claims) % 4)
    assert {"role": "web"} == json.loads(base64.urlsafe_b64decode(padded))
    assert header
    assert signature
    assert "k" * 43 == made["key"]


def test_a_token_needs_a_random_key() -> None:
    """A JWT that names no random secret is refused before anything is started."""
    with pytest.raises(ProjectFileProblem, match="random"):
        make_secrets(_project({"token": {"jwt": {}, "key": "nothing"}}), lambda: "x")


def test_ports_are_free_and_distinct() -> None:
    """No port is given twice, and each can be listened on; the same seed gives the same ones."""
    ports = free_ports(20, random.Random(1))
    assert len(set(ports)) == 20
    for port in ports:
        with socket.socket() as probe:
            # What another test has just left there is no listener.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(("127.0.0.1", port))
    assert ports == free_ports(20, random.Random(1))


def test_a_taken_port_is_passed_over() -> None:
    """A port that somebody listens on is not given."""
    (first,) = free_ports(1, random.Random(2))
    with socket.create_server(("127.0.0.1", first)):
        assert first not in free_ports(3, random.Random(2))


_CLAIMING = """
import sys
from pathlib import Path
from random import Random
from seamwright.drive.subject.port import free_ports, port_claims
with port_claims(Path(sys.argv[1])) as claim:
    print(free_ports(1, Random(2), claim)[0], flush=True)
    sys.stdin.read()
"""


def test_a_port_that_another_run_has_claimed_is_passed_over(tmp_path: Path) -> None:
    """Nobody listens on it yet; a claim is gone with the process that had it, however it ended."""
    file = tmp_path / "cache" / "ports"
    (first,) = free_ports(1, random.Random(2))
    command = [sys.executable, "-c", _CLAIMING, str(file)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert first == int(other.stdout.readline())
        with port_claims(file) as claim:
            assert first not in free_ports(3, random.Random(2), claim)
        other.kill()
        other.wait()
        with port_claims(file) as claim:
            assert [first] == free_ports(1, random.Random(2), claim)


def test_a_line_is_found_for_nested_and_quoted_keys() -> None:
    """The line of a key is that of its own table; one that is missing has its table's."""
    text = '[a]\nx = 1\n[a."b c"]\ny = 2\n'
    found = [
        line_of(text, path) for path in (("a", "x"), ("a", "b c", "y"), ("a", "b c", "z"), ("q",))
    ]
    assert [2, 4, 3, 1] == found


def test_a_folder_is_settled_whole_or_not_at_all(tmp_path: Path) -> None:
    """A fetch that fails leaves nothing; one that works appears under its name at once."""
    with pytest.raises(FetchProblem), settle(tmp_path / "tool") as folder:
        run(["sh", "-c", "touch half; exit 1"], folder, {})
    assert [] == list(tmp_path.iterdir())
    with settle(tmp_path / "tool") as folder:
        (folder / "whole").touch()
    assert ["tool"] == [one.name for one in tmp_path.iterdir()]
    assert (tmp_path / "tool" / "whole").is_file()


def test_a_failed_fetch_quotes_what_was_said(tmp_path: Path) -> None:
    """The end of the output of a failed command is in the message, with exit code 3."""
    with pytest.raises(FetchProblem, match="no such package") as caught:
        run(["sh", "-c", "echo no such package; exit 1"], tmp_path, {})
    assert caught.value.exit_code == 3
