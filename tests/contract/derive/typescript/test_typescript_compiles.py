"""The derived file under the real compiler, and programs that are written against it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.architecture.tree import ROOT
from tests.contract.derive.typescript.assignments import SEED, STATEMENTS
from tests.contract.derive.typescript.compiled import FIXTURES
from tests.contract.derive.typescript.derived import DERIVED

if TYPE_CHECKING:
    from tests.contract.derive.typescript.compiled import Compiled

_PRINT = (
    "import sys;"
    "from tests.contract.derive.typescript.derived import DERIVED;"
    "sys.stdout.write('\\n'.join(DERIVED.values()))"
)


@pytest.mark.parametrize("name", DERIVED)
def test_what_is_derived_compiles(program: Compiled, name: str) -> None:
    """No error under `strict` and all that is stricter, whatever the system and its envelope."""
    assert {} == program.errors.get(f"{name}.ts", {}), program.said


@pytest.mark.parametrize("statement", STATEMENTS)
def test_the_seeds_interfaces_and_ours_stand_for_each_other(
    program: Compiled, statement: str
) -> None:
    """All five, in both directions, as the seed prints them and stated by hand in other words."""
    assert {} == program.errors.get(f"{statement}.ts", {}), program.said
    assert {} == program.errors.get(f"assigned_{statement}.ts", {}), program.said


def test_the_five_are_exported_under_their_names() -> None:
    """The seed's names are those of interfaces in the derived file."""
    for name, given in SEED.items():
        assert f"\nexport interface {name}{given} {{\n" in DERIVED["worker"]


def test_a_client_written_against_it_compiles(program: Compiled) -> None:
    """Calls, codes, guards and both forms of the envelope are typed as the contract has them."""
    assert {} == program.errors.get("client_right.ts", {}), program.said


def test_a_wrong_client_does_not_compile(program: Compiled) -> None:
    """Each wrong line has the error that its comment names, and no other line has one."""
    lines = (FIXTURES / "client_wrong.ts").read_text(encoding="utf-8").splitlines()
    marks = {number: re.search(r"// (TS\d+)$", line) for number, line in enumerate(lines, 1)}
    wrong = {number: mark[1] for number, mark in marks.items() if mark}
    assert len(wrong) > 20
    assert wrong == program.errors["client_wrong.ts"], program.said


def test_nothing_else_has_an_error(program: Compiled) -> None:
    """The compiler ran over all of it and told nothing but what was meant to be wrong."""
    assert {"client_wrong.ts"} == set(program.errors), program.said


def test_the_same_contract_gives_the_same_bytes() -> None:
    """Two processes with other hash seeds derive the same text as this one."""
    told = [
        subprocess.run(
            [sys.executable, "-c", _PRINT],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert ["\n".join(DERIVED.values())] * 2 == told
