"""`seamwright contracts diff`: sources, forms, and how it ends."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.commands.contracts.revisions import Project, project

if TYPE_CHECKING:
    from subprocess import CompletedProcess

OLD = """openapi: 3.1.0
info: {title: Notes, version: 1.0.0}
paths:
  /notes:
    post:
      requestBody:
        content:
          application/json:
            schema: {type: object, properties: {text: {type: string}}}
      responses:
        "200": {description: Kept}
"""
NEW = OLD.replace("{text: {type: string}}", "{text: {type: string}}, required: [text]")


@pytest.fixture(scope="module", name="notes")
def _notes(tmp_path_factory: pytest.TempPathFactory) -> Project:
    made = project(tmp_path_factory.mktemp("notes"))
    for name, text in {
        "old.yaml": OLD,
        "new.yaml": NEW,
        "moved.yaml": NEW.replace("1.0.0", "2.0.0"),
    }.items():
        (made.folder / name).write_text(text, encoding="utf-8")
    return made


def _codes(done: CompletedProcess[str]) -> list[str]:
    assert done.returncode in (0, 1), done.stderr
    return [one["code"] for one in json.loads(done.stdout)["changes"]]


def test_a_breaking_change_of_a_document_ends_with_one(notes: Project) -> None:
    """The change, its place, its reason and its cure are told; back it breaks nobody who calls."""
    done = notes.diff("old.yaml", "new.yaml")
    assert 1 == done.returncode, done.stderr
    for word in ("POST /notes", "REQ-PROPERTY-BECAME-REQUIRED", "/text", "cure:", "did not move"):
        assert word in done.stdout
    back = notes.diff("new.yaml", "old.yaml")
    assert 0 == back.returncode, back.stderr
    assert 1 == notes.diff("new.yaml", "old.yaml", "--for", "both").returncode


def test_a_version_that_moved_lets_it_pass(notes: Project) -> None:
    """The change is told all the same, and that the version moved."""
    done = notes.diff("old.yaml", "moved.yaml")
    assert 0 == done.returncode, done.stderr
    assert "the version moved (1.0.0 → 2.0.0)" in done.stdout
    assert "REQ-PROPERTY-BECAME-REQUIRED" in done.stdout


def test_nothing_changed_says_so(notes: Project) -> None:
    """A document is what it is."""
    done = notes.diff("old.yaml", "old.yaml")
    assert (0, "nothing changed\n") == (done.returncode, done.stdout)


def test_revisions_are_compared_with_each_other_and_with_the_work_tree(notes: Project) -> None:
    """The set of a tag, of a hash and of the work tree; nothing is left behind."""
    before = sorted(Path(tempfile.gettempdir()).glob("seamwright-revision-*"))
    done = notes.diff("before", "after", "--format", "json")
    assert ["REQ-PROPERTY-BECAME-REQUIRED"] == _codes(done)
    assert 1 == done.returncode
    hash_ = notes.git("rev-parse", "before").strip()
    assert ["REQ-PROPERTY-BECAME-REQUIRED"] == _codes(notes.diff(hash_, "--format", "json"))
    assert [] == _codes(notes.diff("after", "--format", "json"))
    assert [] == _codes(notes.diff("after", "promised:SYSTEM", "--format", "json"))
    assert before == sorted(Path(tempfile.gettempdir()).glob("seamwright-revision-*"))
    assert "" == notes.git("status", "--porcelain", "promised.py", "seamwright.toml")


def test_the_version_of_a_set_lets_it_pass(tmp_path: Path) -> None:
    """Another current version in the work tree announces what breaks."""
    made = project(tmp_path)
    made.write("text2: str", version="2")
    done = made.diff("after", "--format", "json")
    told = json.loads(done.stdout)
    assert 0 == done.returncode, done.stderr
    assert {"old": "1", "new": "2", "moved": True} == told["version"]
    assert 0 < told["breaking"]


def test_a_document_at_a_revision(notes: Project) -> None:
    """A file is read as it was, without the work tree."""
    notes.git("add", "old.yaml")
    notes.git("commit", "--quiet", "--message", "a document")
    done = notes.diff("HEAD:old.yaml", "new.yaml", "--format", "json")
    assert ["REQ-PROPERTY-BECAME-REQUIRED"] == _codes(done)
    assert ["REQ-PROPERTY-BECAME-REQUIRED"] == _codes(
        notes.diff("HEAD:./old.yaml", "new.yaml", "--format", "json")
    )


def test_a_document_against_a_set_needs_a_service(notes: Project) -> None:
    """A set of two services could mean either; with one named, its interface is compared."""
    done = notes.diff("old.yaml", "promised:SYSTEM")
    assert 2 == done.returncode
    assert "--service" in done.stderr
    named = notes.diff("old.yaml", "promised:SYSTEM", "--service", "notes", "--format", "json")
    assert "REQ-PROPERTY-ADDED-REQUIRED" in _codes(named)
    wrong = notes.diff("old.yaml", "promised:SYSTEM", "--service", "nobody")
    assert 2 == wrong.returncode
    assert "notes, other" in wrong.stderr


def test_one_service_of_two_sets(notes: Project) -> None:
    """Only its changes are told."""
    done = notes.diff("before", "after", "--service", "other", "--format", "json")
    assert [] == _codes(done)


def test_annotations_are_escaped(notes: Project) -> None:
    """One line a change, without the line ends of the document; the level says if it breaks."""
    hostile = NEW.replace("text", '"a%0A::error::b,c"')
    (notes.folder / "hostile.yaml").write_text(hostile, encoding="utf-8")
    done = notes.diff("old.yaml", "hostile.yaml", "--format", "github")
    commands = [one for one in done.stdout.splitlines() if one.startswith("::")]
    assert any(one.startswith("::error title=REQ-PROPERTY-") for one in commands)
    assert all("%0A" not in one.replace("%250A", "") for one in commands)
    moved = notes.diff("old.yaml", "moved.yaml", "--format", "github").stdout
    assert moved.startswith("::warning title=REQ-PROPERTY-BECAME-REQUIRED::")
    harmless = notes.diff("new.yaml", "old.yaml", "--format", "github").stdout
    assert harmless.startswith("::notice title=REQ-PROPERTY-BECAME-OPTIONAL::")


def test_a_terminal_gets_no_escapes_from_a_document(notes: Project) -> None:
    """Control characters in names are shown by their numbers."""
    hostile = NEW.replace("text", '"te\\e[31mxt"')
    (notes.folder / "escape.yaml").write_text(hostile, encoding="utf-8")
    for form in ("text", "json", "github"):
        done = notes.diff("old.yaml", "escape.yaml", "--format", form)
        assert 1 == done.returncode, done.stderr
        assert "\x1b" not in done.stdout


@pytest.mark.parametrize(
    ("old", "said"),
    [
        ("nowhere.yaml", "none of them"),
        ("--end-of-options", "--end-of-options"),
        ("no-such-revision", "none of them"),
        ("nowhere:SYSTEM", "nowhere"),
        ("promised:NOTHING", "no such attribute"),
        ("before:nowhere.yaml", "none of them"),
        ("empty", "No module named 'promised'"),
        ("broken", "promised:SYSTEM at the revision broken"),
        ("torn.yaml", "torn.yaml"),
        ("list.json", "list.json"),
        ("twice.yaml", "a document and also a git revision"),
        ("", "none of them"),
    ],
)
def test_what_cannot_be_compared_ends_with_two(tmp_path: Path, old: str, said: str) -> None:
    """One message, no traceback, nothing on standard output."""
    made = project(tmp_path)
    (tmp_path / "torn.yaml").write_text("openapi: [", encoding="utf-8")
    (tmp_path / "list.json").write_text("[]", encoding="utf-8")
    (tmp_path / "twice.yaml").write_text(OLD, encoding="utf-8")
    made.git("tag", "twice.yaml")
    made.git("rm", "--quiet", "promised.py")
    made.commit("empty")
    (tmp_path / "promised.py").write_text("def (", encoding="utf-8")
    made.commit("broken")
    made.write("title: str")
    done = made.diff(old)
    assert 2 == done.returncode, done.stdout
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert "" == done.stdout.replace("this set talks while it is imported\n", "")


def test_a_project_without_git_is_told_so(tmp_path: Path) -> None:
    """Where there is no repository no name is a revision."""
    (tmp_path / "seamwright.toml").write_text("", encoding="utf-8")
    done = Project(tmp_path).diff("HEAD")
    assert 2 == done.returncode, done.stdout
    assert "Traceback" not in done.stderr
