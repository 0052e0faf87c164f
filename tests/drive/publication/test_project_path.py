"""Files of a project by their path: nothing outside is read or written, and nothing in halves."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from seamwright.drive.publication.project_path import (
    PublicationProblem,
    find,
    locked,
    read,
    read_own,
    remove,
    replace,
)

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project, with something beside it that is none of its business."""
    made = tmp_path.resolve() / "project"
    made.mkdir()
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "a.md").write_text("theirs", encoding="utf-8")
    return made


def test_a_file_is_read_as_it_was_written(root: Path) -> None:
    """Its folders are made, and nothing is left beside it."""
    replace(root, "a/b/c.md", b"one")
    replace(root, "a/b/c.md", b"two")
    assert b"two" == read(root, "a/b/c.md") == read_own(root, "a/b/c.md")
    assert ["c.md"] == [one.name for one in (root / "a" / "b").iterdir()]
    assert 0o644 & ~_umask() == (root / "a/b/c.md").stat().st_mode & 0o777


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def test_what_is_not_there_is_none(root: Path) -> None:
    """A path through a file leads to nothing either."""
    (root / "file").touch()
    assert [None] * 4 == [
        ask(root, path) for ask in (read, read_own) for path in ("no/a.md", "file/a.md")
    ]


@pytest.mark.parametrize("link", ["a.md", "folder"])
def test_a_link_that_leads_out_is_refused(root: Path, link: str) -> None:
    """Whether the file itself is the link or a folder above it; what is outside stays as it is."""
    there = root.parent / "outside"
    (root / link).symlink_to(there / "a.md" if link == "a.md" else there)
    path = "a.md" if link == "a.md" else "folder/a.md"
    for act in (lambda: read(root, path), lambda: replace(root, path, b"mine")):
        with pytest.raises(PublicationProblem, match="a link that leads to"):
            act()
    with pytest.raises(PublicationProblem):
        remove(root, path, "folder")
    assert "theirs" == (there / "a.md").read_text(encoding="utf-8")
    assert None is read_own(root, path)


def test_a_link_that_stays_inside_is_followed(root: Path) -> None:
    """The file that it leads to is the one that is written, and the link stays one."""
    (root / "real").mkdir()
    (root / "real" / "a.md").write_bytes(b"old")
    (root / "a.md").symlink_to("real/a.md")
    replace(root, "a.md", b"new")
    assert (True, b"new") == ((root / "a.md").is_symlink(), (root / "real" / "a.md").read_bytes())
    assert (b"new", None) == (read(root, "a.md"), read_own(root, "a.md"))


def test_a_link_where_a_file_is_written_aside_is_not_followed(root: Path) -> None:
    """What it leads to stays as it is."""
    (root / ".a.md.partial").symlink_to(root.parent / "outside" / "a.md")
    with pytest.raises(PublicationProblem):
        replace(root, "a.md", b"mine")
    assert "theirs" == (root.parent / "outside" / "a.md").read_text(encoding="utf-8")


def test_what_is_no_file_is_refused(root: Path) -> None:
    """A folder is not overwritten, nobody waits for the other end of a pipe, and a circle ends."""
    (root / "folder").mkdir()
    os.mkfifo(root / "pipe")
    (root / "circle").symlink_to("circle")
    for path, seen in (("folder", "a folder"), ("pipe", "no file"), ("circle", "")):
        with pytest.raises(PublicationProblem) as caught:
            find(root, path)
        assert seen in caught.value.seen
        assert path == caught.value.where


def test_what_the_system_refuses_is_told(root: Path) -> None:
    """A name that is too long and a file where a folder is needed, with their paths."""
    (root / "file").touch()
    for path in (f"{'a' * 300}.md", "file/a.md"):
        with pytest.raises(PublicationProblem) as caught:
            replace(root, path, b"")
        assert (path, 2) == (caught.value.where, caught.value.exit_code)


def test_folders_that_are_empty_go_with_their_last_file(root: Path) -> None:
    """Up to the folder that the project names, which stays; others with something in them stay."""
    for path in ("top/a/b/x", "top/c/x", "top/c/y"):
        replace(root, path, b"")
    remove(root, "top/a/b/x", "top")
    remove(root, "top/c/x", "top")
    assert ["c"] == [one.name for one in (root / "top").iterdir()]
    remove(root, "top/c/y", "top")
    assert [] == list((root / "top").iterdir())


def test_a_second_process_waits_for_the_first(root: Path) -> None:
    """While one holds the project another does not come in; once it is let go it does."""
    code = (
        "import fcntl, os, sys\n"
        "fcntl.flock(os.open(sys.argv[1], os.O_RDONLY), fcntl.LOCK_EX | fcntl.LOCK_NB)"
    )
    command = [sys.executable, "-c", code, str(root)]
    with locked(root):
        assert 0 != subprocess.run(command, stderr=subprocess.DEVNULL, check=False).returncode
    assert 0 == subprocess.run(command, check=False).returncode
