"""Every test says in one sentence what it holds."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

import pytest

from tests.architecture.tree import named, python_files

if TYPE_CHECKING:
    from pathlib import Path

FILES = [one for one in python_files("tests") if one.name.startswith("test_")]


@pytest.mark.parametrize("path", FILES, ids=named)
def test_every_test_has_a_sentence(path: Path) -> None:
    """A docstring of one line that ends like a sentence, on each test function."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    tests = [
        one
        for one in ast.walk(tree)
        if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef) and one.name.startswith("test_")
    ]
    said = {one.name: ast.get_docstring(one) or "" for one in tests}
    silent = [name for name, text in said.items() if "\n" in text or not text.endswith(".")]
    assert [] == silent


def test_names_of_test_files_are_unique() -> None:
    """Without packages, two files of one name would be one module."""
    names = [one.name for one in FILES]
    assert sorted(set(names)) == sorted(names)
