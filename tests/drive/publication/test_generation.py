"""The published files brought up to date, and what is left over taken away."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from seamwright.contract.derive.manifest import NAME, listed, manifest, sha256
from seamwright.contract.derive.places import Places
from seamwright.drive.publication.generation import generate
from seamwright.drive.publication.publication import Publication, found, leftovers, seen
from seamwright.record.observation import Published, PublishedFile

if TYPE_CHECKING:
    from pathlib import Path

PLACES = Places("out", "out", "api.md")
OLD = {"a.schema.json": "{}\n", "deep/b.schema.json": "[]\n"}
NEW = {"a.schema.json": "{}\n", "c.openapi.json": "1\n"}


def _publication(root: Path, within: dict[str, str], reference: str = "# API\n") -> Publication:
    files = {f"out/{name}": text for name, text in {**within, NAME: manifest(within)}.items()}
    return Publication(root, PLACES, {**files, "api.md": reference})


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project that published what is now old, with a neighbour that somebody wrote."""
    made = tmp_path.resolve()
    generate(_publication(made, OLD))
    (made / "out" / "hand.schema.json").write_text("mine", encoding="utf-8")
    return made


def _texts(root: Path) -> dict[str, str]:
    return {
        one.relative_to(root).as_posix(): one.read_text(encoding="utf-8")
        for one in root.rglob("*")
        if one.is_file()
    }


def test_what_is_out_of_date_is_written_and_the_rest_is_not_touched(root: Path) -> None:
    """New files come, leftovers go with their folder, neighbours stay, and all of it is told."""
    before = (root / "out" / "a.schema.json").stat()
    made = generate(_publication(root, NEW))
    assert (
        ("out/c.openapi.json", f"out/{NAME}"),
        ("out/a.schema.json", "api.md"),
        ("out/deep/b.schema.json",),
        (),
    ) == (made.written, made.unchanged, made.removed, made.kept)
    after = (root / "out" / "a.schema.json").stat()
    assert (before.st_mtime_ns, before.st_ino) == (after.st_mtime_ns, after.st_ino)
    assert {
        **_publication(root, NEW).files,
        "out/hand.schema.json": "mine",
    } == _texts(root)
    assert not (root / "out" / "deep").exists()


def test_a_leftover_that_somebody_changed_is_kept(root: Path) -> None:
    """It is told once; then it is a neighbour like any other."""
    (root / "out" / "deep" / "b.schema.json").write_text("[1]\n", encoding="utf-8")
    made = generate(_publication(root, NEW))
    assert ((), ("out/deep/b.schema.json",)) == (made.removed, made.kept)
    again = generate(_publication(root, NEW))
    assert ((), (), ()) == (again.written, again.removed, again.kept)
    assert "[1]\n" == _texts(root)["out/deep/b.schema.json"]


@pytest.mark.parametrize("name", ["../hand.schema.json", "hand.py", "link.schema.json", "deep"])
def test_a_list_that_names_others_takes_nothing_away(root: Path, name: str) -> None:
    """A forged list leads neither out, nor to another kind of file, nor through a link."""
    (root / "hand.schema.json").write_text("mine", encoding="utf-8")
    (root / "out" / "hand.py").write_text("mine", encoding="utf-8")
    (root / "out" / "link.schema.json").symlink_to(root / "hand.schema.json")
    forged = f"{sha256(b'mine')}  {name}\n"
    (root / "out" / NAME).write_text(manifest(OLD) + forged, encoding="utf-8")
    made = generate(_publication(root, OLD))
    assert ((f"out/{NAME}",), (), ()) == (made.written, made.removed, made.kept)
    assert "mine" == (root / "hand.schema.json").read_text(encoding="utf-8")
    assert (root / "out" / "link.schema.json").is_symlink()


def test_a_file_whose_name_only_changed_its_case_is_no_leftover(root: Path) -> None:
    """On some file systems it is the file that was just written."""
    one = _publication(root, {**NEW, "deep/B.schema.json": "[]\n"})
    assert {} == leftovers(one, found(one))


def test_a_leftover_is_listed_until_it_is_gone(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A run that ends before it took a file away leaves a list that the next one can go by."""

    def ends(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("seamwright.drive.publication.generation.remove", ends)
        with pytest.raises(KeyboardInterrupt):
            generate(_publication(root, NEW))
    known = listed((root / "out" / NAME).read_text(encoding="utf-8"))
    assert {**OLD, **NEW}.keys() == known.keys()
    assert ("out/deep/b.schema.json",) == generate(_publication(root, NEW)).removed


def test_what_is_seen_goes_into_the_record(root: Path) -> None:
    """Digests of all that should be there and is, and of leftovers; the reference as it reads."""
    (root / "out" / "a.schema.json").unlink()
    (root / "api.md").write_bytes(b"# \xff\n")
    kept = {f"out/{NAME}": manifest(OLD).encode(), "out/deep/b.schema.json": b"[]\n"}
    files = [PublishedFile(path, sha256(content)) for path, content in kept.items()]
    files = [PublishedFile("api.md", sha256(b"# \xff\n")), *sorted(files, key=lambda x: x.path)]
    assert Published("published", PLACES, tuple(files), "# \ufffd\n") == seen(
        _publication(root, NEW)
    )
    nowhere = replace(_publication(root, NEW), places=Places("out"))
    assert "" == seen(nowhere).reference
