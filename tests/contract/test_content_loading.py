"""A name leads to an object of the project, or is blamed."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from seamwright.contract import ContractProblem, System
from seamwright.contract.load import LoadProblem, load

if TYPE_CHECKING:
    from pathlib import Path

FINE = """
from seamwright.contract import System
SYSTEM = System(name="tiny", services=())
OTHER = 7
"""


@pytest.fixture(autouse=True)
def _own_path(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a test puts on the path is gone after it."""
    monkeypatch.setattr(sys, "path", list(sys.path))


def _write(folder: Path, name: str, text: str) -> None:
    (folder / f"{name}.py").write_text(text, encoding="utf-8")


def test_a_name_leads_to_its_object(tmp_path: Path) -> None:
    """The module is found from the project's root, and found again."""
    _write(tmp_path, "content_fine", FINE)
    names = [load("content_fine:SYSTEM", System, tmp_path).name for _ in range(2)]
    assert ["tiny", "tiny"] == names
    assert 1 == sys.path.count(str(tmp_path))


@pytest.mark.parametrize(
    ("name", "seen"),
    [
        ("content_fine", "a name without a module or an attribute"),
        (":SYSTEM", "a name without a module or an attribute"),
        ("content_fine:", "a name without a module or an attribute"),
        ("content_fine:SYSTEM.name", "a name without a module or an attribute"),
        ("content_nowhere:SYSTEM", "ModuleNotFoundError: No module named 'content_nowhere'"),
        ("content_broken:SYSTEM", "ZeroDivisionError: division by zero"),
        ("content_typo:SYSTEM", "SyntaxError: "),
        ("content_exits:SYSTEM", "SystemExit: 0"),
        (".content_fine:SYSTEM", "TypeError: "),
        ("content_fine:GONE", "no such attribute"),
        ("content_fine:OTHER", "int"),
    ],
)
def test_a_name_that_leads_nowhere_is_blamed(tmp_path: Path, name: str, seen: str) -> None:
    """Each way to lead nowhere says what was there instead."""
    _write(tmp_path, "content_fine", FINE)
    _write(tmp_path, "content_broken", "1 / 0")
    _write(tmp_path, "content_typo", "def")
    _write(tmp_path, "content_exits", "raise SystemExit(0)")
    with pytest.raises(LoadProblem) as caught:
        load(name, System, tmp_path)
    assert caught.value.seen.startswith(seen)
    assert (f"the name {name!r}", 2) == (caught.value.where, caught.value.exit_code)
    assert "`module:ATTRIBUTE` that leads to a System" == caught.value.expected


def test_a_contradiction_stays_what_it_is(tmp_path: Path) -> None:
    """A contract set that contradicts itself is told as such, not as a failed import."""
    _write(
        tmp_path,
        "content_contradiction",
        "from seamwright.contract import System\n"
        'SYSTEM = System(name="tiny", services=(), everywhere=("GONE",))\n',
    )
    with pytest.raises(ContractProblem) as caught:
        load("content_contradiction:SYSTEM", System, tmp_path)
    assert "expected: a contract set whose parts agree" in str(caught.value)
