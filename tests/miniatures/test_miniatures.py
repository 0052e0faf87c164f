"""Each miniature breaks one promise, and the rule for it finds that and nothing else."""

from __future__ import annotations

import importlib
import os
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from seamwright import run
from seamwright.contract.derive.places import Places
from seamwright.contract.derive.published import published
from seamwright.drive.subject.toolchain import cache_folder
from seamwright.judge.finding import findings
from seamwright.judge.registry import RULES
from seamwright.judge.verdict import Outcome

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

FOLDER = Path(__file__).parent
ROOT = FOLDER.parent.parent
GOOD = "keeps_its_promises"
SINS = {
    path.stem: path.read_text(encoding="utf-8")[3:9]
    for path in sorted(FOLDER.glob("*.py"))
    if path.stem not in {GOOD, "contract", "test_miniatures"}
}
NEEDS_MORE_THAN_A_SERVICE = {
    "RID003": "calls of one service to another, or its log",
    "PCT001": "two services",
    "FLT001": "an edge that can be broken",
    "EDG001": "two services; it reads the contract",
    "ERR002": "nothing: what was not brought about is unproven, never a finding",
}


@contextmanager
def _running(name: str) -> Generator[str]:
    """The address of a miniature, for as long as the block runs."""
    with subprocess.Popen(
        [sys.executable, "-m", f"tests.miniatures.{name}"],
        cwd=ROOT,
        env={**os.environ, "PORT": "0"},
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            port = process.stdout.readline().strip() if process.stdout else ""
            yield f"http://127.0.0.1:{port}"
        finally:
            process.kill()


PLACES = Places("schemas", "openapi", "reference.md", (("notes", "notes.ts"),))
PUBLISHED = """\
[published]
schemas = "schemas"
openapi = "openapi"
api_reference = "reference.md"
typescript = { notes = "notes.ts" }
"""


def _publish(name: str, folder: Path) -> None:
    """The files that a miniature publishes: what its promises become, unless that is its sin."""
    system = importlib.import_module(f"tests.miniatures.{_promises(name)}").SYSTEM
    module = importlib.import_module(f"tests.miniatures.{name}")
    as_it_is: Callable[[str, str], str] = getattr(module, "publish", _as_it_should_be)
    for path, text in published(system, PLACES).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(as_it_is(path, text), encoding="utf-8")


def _as_it_should_be(path: str, text: str) -> str:
    del path
    return text


def _promises(name: str) -> str:
    """The module with the contract set by which a miniature is judged."""
    module = importlib.import_module(f"tests.miniatures.{name}")
    return name if hasattr(module, "SYSTEM") else "contract"


def _audit(name: str, folder: Path) -> run.Audited:
    file = folder / "seamwright.toml"
    _publish(name, folder)
    with _running(name) as url:
        file.write_text(
            "[subject]\n"
            f'name = "{name}"\n'
            f'contracts = "tests.miniatures.{_promises(name)}:SYSTEM"\n'
            'conformance = "tests.miniatures.contract:CONFORMANCE"\n'
            f'{PUBLISHED}[box.notes]\nurl = "{url}"\n',
            encoding="utf-8",
        )
        told: list[str] = []
        project = run.open_project(file)
        return run.audit(project, folder / "out", cache_folder(os.environ), told.append)


def test_the_good_one_keeps_its_promises(tmp_path: Path) -> None:
    """The well-behaved miniature has no finding, and every rule that can see it passes it."""
    judgement = _audit(GOOD, tmp_path).judgement
    assert () == findings(judgement.verdicts)
    assert () == judgement.raised
    passed = {one.code for one in judgement.verdicts if one.outcome is Outcome.PASS}
    assert set() == set(SINS.values()) - passed


@pytest.mark.parametrize(("name", "code"), SINS.items(), ids=SINS.keys())
def test_a_sin_is_found_by_its_own_rule(name: str, code: str, tmp_path: Path) -> None:
    """The rule that a miniature breaks finds it, and no other rule has a finding."""
    judgement = _audit(name, tmp_path).judgement
    assert {code} == {one.code for one in findings(judgement.verdicts)}
    assert () == judgement.raised


def test_every_rule_has_a_miniature_or_a_reason() -> None:
    """A rule that was never seen to find something proves nothing."""
    codes = {one.code for one in RULES}
    assert codes == set(SINS.values()) | set(NEEDS_MORE_THAN_A_SERVICE)
