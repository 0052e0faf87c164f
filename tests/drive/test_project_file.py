"""A subject file is read whole, or refused with the line that is wrong."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from seamwright.contract.derive.places import Places
from seamwright.drive.subject.project_file import ProjectFileProblem, load_project_file

if TYPE_CHECKING:
    from pathlib import Path

_GOOD = """\
[subject]
name = "shop"
contracts = "contracts:SYSTEM"

[box.shop]
python = "shop.server"
ready = "/status"

[box.shop.env]
PORT = "{port}"
"""


def _load(tmp_path: Path, text: str) -> None:
    path = tmp_path / "seamwright.toml"
    path.write_text(text, encoding="utf-8")
    load_project_file(path)


def test_a_good_file_is_read(tmp_path: Path) -> None:
    """Everything that it says is there, and its root is its folder."""
    path = tmp_path / "seamwright.toml"
    path.write_text(_GOOD, encoding="utf-8")
    project = load_project_file(path)
    assert ("shop", "/status", {"PORT": "{port}"}) == (
        project.subject.name,
        project.box["shop"].ready,
        project.box["shop"].env,
    )
    assert tmp_path.resolve() == project.root


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ('ready = "/status"', 'redy = "/status"', 7, "redy"),
        ('ready = "/status"', 'ready = "status"', 7, "pattern"),
        ('ready = "/status"', 'command = ["./shop"]', 5, "exactly one"),
        ('contracts = "contracts:SYSTEM"', 'contracts = "contracts"', 3, "pattern"),
        ('name = "shop"\n', "", 1, "name"),
        ('name = "shop"', "name = shop", 2, "line 2"),
        ('python = "shop.server"', 'url = "https://127.0.0.1:1"', 5, "http://HOST:PORT"),
        ('PORT = "{port}"', "PORT = 80", 10, "string"),
        ("[box.shop]", "[published]\n[box.shop]", 5, "at least one of schemas, openapi"),
        ("[box.shop]", '[published]\nschema = "s"\n[box.shop]', 6, "'schema'"),
        ("[box.shop]", "[published]\nschemas = 1\n[box.shop]", 6, "string"),
        ("[box.shop]", '[published]\napi_reference = "a.html"\n[box.shop]', 6, "pattern"),
        ("[box.shop]", '[published.typescript]\nshop = "a.js"\n[box.shop]', 6, "pattern"),
    ],
)
def test_what_is_wrong_is_named_with_its_line(
    tmp_path: Path, old: str, new: str, line: int, said: str
) -> None:
    """A malformed key is refused with exit code 2, its line and what was expected."""
    with pytest.raises(ProjectFileProblem) as caught:
        _load(tmp_path, _GOOD.replace(old, new))
    assert caught.value.exit_code == 2
    text = str(caught.value)
    assert said in text
    assert f"seamwright.toml:{line}" in text or f"line {line}" in text


@pytest.mark.parametrize(
    "place", ["", ".", "..", "a/../..", "/tmp/a", "a/", "a//b", "C:/a", "a\tb"]
)
def test_a_place_that_does_not_lead_down_is_refused(tmp_path: Path, place: str) -> None:
    """What is published stays inside of the project, whatever the system; the key is named."""
    text = _GOOD.replace("[box.shop]", f"[published]\nschemas = {json.dumps(place)}\n[box.shop]", 1)
    with pytest.raises(ProjectFileProblem, match="leads down") as caught:
        _load(tmp_path, text)
    assert "seamwright.toml:6 published.schemas" in caught.value.where


def test_the_places_of_what_is_published_are_read(tmp_path: Path) -> None:
    """Folders and files as they are named; a file that names none publishes nothing."""
    path = tmp_path / "seamwright.toml"
    table = """\
[published]
schemas = "out"
openapi = "out/documents"
api_reference = "docs/api.md"
[published.typescript]
shop = "shop.ts"
[box.shop]"""
    path.write_text(_GOOD.replace("[box.shop]", table, 1), encoding="utf-8")
    published = load_project_file(path).published
    places = Places("out", "out/documents", "docs/api.md", (("shop", "shop.ts"),))
    assert published is not None
    assert places == published.places
    path.write_text(_GOOD, encoding="utf-8")
    assert None is load_project_file(path).published


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    """Where there is no file, the message says how to name one."""
    with pytest.raises(ProjectFileProblem, match="--subject"):
        load_project_file(tmp_path / "nowhere.toml")


def test_another_host_needs_a_word(tmp_path: Path) -> None:
    """Only loopback is driven, unless the host is named under allowed_hosts."""
    there = _GOOD.replace('python = "shop.server"', 'url = "http://192.0.2.1:80"')
    with pytest.raises(ProjectFileProblem, match="allowed_hosts"):
        _load(tmp_path, there)
    _load(tmp_path, there.replace("[box.shop]", 'allowed_hosts = ["192.0.2.1"]\n[box.shop]', 1))
