"""One run of the compiler over everything that the tests here look at."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.contract.derive.typescript.assignments import STATEMENTS, assignments
from tests.contract.derive.typescript.compiled import FIXTURES, Compiled, compiled
from tests.contract.derive.typescript.derived import DERIVED

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="session")
def program(tmp_path_factory: pytest.TempPathFactory) -> Compiled:
    """Every derived file, the fixtures, and the seed's interfaces assigned to ours and back."""
    folder: Path = tmp_path_factory.mktemp("typescript")
    files = {f"{name}.ts": text for name, text in DERIVED.items()}
    files |= {one.name: one.read_text(encoding="utf-8") for one in FIXTURES.glob("*.ts")}
    files |= {f"assigned_{name}.ts": assignments(name) for name in STATEMENTS}
    return compiled(folder, files)
