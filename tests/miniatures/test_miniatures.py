"""Each miniature breaks one promise, and the rule for it finds that and nothing else."""

from __future__ import annotations

import importlib
import multiprocessing
import os
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from seamwright import run
from seamwright.contract.derive.places import Places
from seamwright.contract.derive.published import published
from seamwright.drive.subject.toolchain import cache_folder
from seamwright.judge.excerpt.limits import Limits
from seamwright.judge.finding import findings
from seamwright.judge.judgement_of_parts import judge_parts
from seamwright.judge.registry import RULES
from seamwright.judge.verdict import Outcome
from seamwright.project import open_project, protocols
from seamwright.record.load import parts
from seamwright.report.assemble import assemble

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator
    from concurrent.futures import Future

FOLDER = Path(__file__).parent
ROOT = FOLDER.parent.parent
AT_ONCE = 4
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
OF_BARE_CONTRACTS = {"STS001"}
"""They say something where no catalogue of error codes does; the good one has one."""


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


@dataclass(frozen=True, slots=True)
class Told:
    """What an audit of a miniature came to: codes of findings, rules that raised, rules passed.

    The same as a report, of the record and of an excerpt of it.
    """

    found: frozenset[str]
    raised: tuple[tuple[str, str], ...]
    passed: frozenset[str]
    of_record: str
    of_excerpt: str


def _audit(name: str, folder: Path) -> Told:
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
        project = open_project(file)
        made = run.audit(project, folder / "out", cache_folder(os.environ), told.append)
    verdicts, system = made.judgement.verdicts, made.project.system
    read = partial(parts, folder / "out" / "record", protocols(system), 50)
    excerpt = judge_parts(RULES, system, read, Limits(whole=0))
    return Told(
        frozenset(one.code for one in findings(verdicts)),
        made.judgement.raised,
        frozenset(one.code for one in verdicts if one.outcome is Outcome.PASS),
        assemble(system, made.record, made.judgement).model_dump_json(),
        assemble(system, excerpt.record, excerpt.judgement).model_dump_json(),
    )


@pytest.fixture(scope="module", name="audits")
def _audits(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, Future[Told]]]:
    """Those of all miniatures that are asked for; they wait most of the time: several at once."""
    wanted = [one.name.partition("[")[2].rstrip("]") for one in request.session.items]
    with ProcessPoolExecutor(AT_ONCE, multiprocessing.get_context("spawn")) as pool:
        yield {
            name: pool.submit(_audit, name, tmp_path_factory.mktemp(name))
            for name in (GOOD, *SINS)
            if name in wanted or name == GOOD
        }
        pool.shutdown(cancel_futures=True)


def test_the_good_one_keeps_its_promises(audits: dict[str, Future[Told]]) -> None:
    """The well-behaved miniature has no finding, and every rule that can see it passes it."""
    told = audits[GOOD].result()
    assert frozenset() == told.found
    assert () == told.raised
    assert OF_BARE_CONTRACTS == set(SINS.values()) - told.passed


@pytest.mark.parametrize(("name", "code"), SINS.items(), ids=SINS.keys())
def test_a_sin_is_found_by_its_own_rule(
    name: str, code: str, audits: dict[str, Future[Told]]
) -> None:
    """The rule that a miniature breaks finds it, and no other rule has a finding."""
    told = audits[name].result()
    assert {code} == told.found
    assert () == told.raised
    # An excerpt of its record shows it no less, byte for byte.
    assert told.of_record == told.of_excerpt


def test_every_rule_has_a_miniature_or_a_reason() -> None:
    """A rule that was never seen to find something proves nothing."""
    codes = {one.code for one in RULES}
    assert codes == set(SINS.values()) | set(NEEDS_MORE_THAN_A_SERVICE)
