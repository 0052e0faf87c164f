"""The compiler may fail or take too long: then that is told, and nothing is taken for the same."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from seamwright.drive.subject.toolchain import Toolchain, cache_folder
from seamwright.drive.typescript import type_comparison
from seamwright.drive.typescript.type_comparison import (
    CompilerProblem,
    TypeScriptProblem,
    compare_types,
)

CONTRACTS = {"shop": "export interface Order { id: string }"}


class _Broken(Toolchain):
    """Tools whose compiler is no compiler."""

    def typescript(self) -> Path:
        """A package that is not there."""
        return Path("/nowhere/typescript")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A file that is the contract."""
    path = tmp_path / "order.ts"
    path.write_text(CONTRACTS["shop"], encoding="utf-8")
    return path


def test_a_compiler_that_fails_is_the_harnesss_fault(file: Path) -> None:
    """Exit code 3, with the compiler's own last words."""
    with pytest.raises(CompilerProblem) as caught:
        compare_types(_Broken(cache_folder(os.environ), print), CONTRACTS, (file,), ())
    assert (3, True) == (caught.value.exit_code, "exit code 1" in caught.value.seen)


def test_types_that_take_too_long_are_refused(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Exit code 2: the file is to blame, and is named."""
    monkeypatch.setattr(type_comparison, "_LONGEST_S", 0.001)
    tools = Toolchain(cache_folder(os.environ), print)
    tools.typescript()
    with pytest.raises(TypeScriptProblem) as caught:
        compare_types(tools, CONTRACTS, (file,), ())
    assert (2, str(file)) == (caught.value.exit_code, caught.value.where)


def test_a_type_bomb_is_refused(tmp_path: Path) -> None:
    """A type that grows without bounds ends in the compiler's own refusal."""
    path = tmp_path / "bomb.ts"
    path.write_text(
        "type Grow<N extends unknown[]> = N extends [1] ? 1 : Grow<[...N, 0]>;\n"
        "export interface Order { id: Grow<[0]> }\n",
        encoding="utf-8",
    )
    tools = Toolchain(cache_folder(os.environ), print)
    with pytest.raises(TypeScriptProblem) as caught:
        compare_types(tools, CONTRACTS, (path,), ())
    assert "TS2589" in caught.value.seen


def test_names_are_not_listed_without_an_end(tmp_path: Path) -> None:
    """A file that shares no name is told with its first names and a count."""
    path = tmp_path / "many.ts"
    lines = [f"export type T{number} = {number};" for number in range(20)]
    path.write_text("\n".join(lines), encoding="utf-8")
    tools = Toolchain(cache_folder(os.environ), print)
    with pytest.raises(TypeScriptProblem) as caught:
        compare_types(tools, CONTRACTS, (path,), ())
    assert caught.value.seen.endswith(" and 8 more")
