"""The list of generated files: what it says, and what of another's it believes."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest

from seamwright.contract.derive.manifest import listed, manifest, sha256, stays_within

if TYPE_CHECKING:
    from pathlib import Path

DIGEST = "0" * 64
FILES = {"b/Ü.schema.json": "{}\n", "a.openapi.json": "[]\n"}


def test_a_list_is_read_as_it_was_written() -> None:
    """In order of path, whatever the order in which the files came."""
    text = manifest(FILES)
    assert ["a.openapi.json", "b/Ü.schema.json"] == [one[66:] for one in text.splitlines()]
    assert {path: sha256(one.encode()) for path, one in FILES.items()} == listed(text)


def test_sha256sum_reads_it(tmp_path: Path) -> None:
    """Whoever has no seamwright can hold the files against their list."""
    for path, text in {**FILES, "generated.sha256": manifest(FILES)}.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    command = ["sha256sum", "--check", "--strict", "generated.sha256"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False)
    assert 0 == done.returncode, done.stderr


@pytest.mark.parametrize(
    "line",
    [
        f"{DIGEST}  ../a.schema.json",
        f"{DIGEST}  /a.schema.json",
        f"{DIGEST}  a//b.schema.json",
        f"{DIGEST}  C:/a.schema.json",
        f"{DIGEST}  a\\b.schema.json",
        f"{DIGEST}  a\x1b.schema.json",
        f"{DIGEST}  system.py",
        f"{DIGEST} a.schema.json",
        f"{DIGEST[1:]}  a.schema.json",
        "<<<<<<< ours",
        "",
    ],
)
def test_a_line_that_is_none_of_ours_is_passed_over(line: str) -> None:
    """It names no file that could be taken away."""
    assert {"ours.schema.json": DIGEST} == listed(f"{line}\n{DIGEST}  ours.schema.json\n")


@pytest.mark.parametrize("path", ["a", "a/b.c", "..a/b..", "a b/c"])
def test_a_path_that_leads_down_stays_within(path: str) -> None:
    """Dots and spaces in a name are part of it."""
    assert stays_within(path)


@pytest.mark.parametrize(
    "path", ["", "/a", "a/", "a//b", ".", "..", "a/..", "./a", "a\\b", "C:a", "a\n", ".. /a"]
)
def test_a_path_that_leads_elsewhere_does_not(path: str) -> None:
    """Also one that does so on another system only."""
    assert not stays_within(path)
