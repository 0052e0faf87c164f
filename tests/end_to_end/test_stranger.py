"""A stranger's repository, with the built wheel in an environment of its own."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from uv import find_uv_bin

from seamwright.drive.subject.toolchain import Toolchain, cache_folder
from seamwright.report.audit import Audit
from tests.end_to_end.project import ROOT

_HERE = Path(__file__).parent
_DEADLINE_S = 300


def _run(command: list[str | Path], cwd: Path) -> subprocess.CompletedProcess[str]:
    environment = {
        name: value
        for name, value in os.environ.items()
        if name not in {"PYTHONPATH", "VIRTUAL_ENV"}
    }
    return subprocess.run(
        command,
        cwd=cwd,
        env=environment,
        capture_output=True,
        text=True,
        timeout=_DEADLINE_S,
        check=False,
    )


@pytest.fixture(scope="module")
def seamwright(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command of an installed wheel, in an environment with nothing else but what it needs."""
    folder = tmp_path_factory.mktemp("wheel")
    Toolchain(cache_folder(os.environ), print).toxiproxy()
    uv = find_uv_bin()
    build = _run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder], ROOT)
    assert build.returncode == 0, build.stderr
    (wheel,) = folder.glob("seamwright-*.whl")
    python = folder / "venv" / "bin" / "python"
    assert _run([uv, "venv", "--python", sys.executable, folder / "venv"], folder).returncode == 0
    install = _run(
        [uv, "pip", "install", "--python", python, "-c", ROOT / "requirements.lock", wheel], folder
    )
    assert install.returncode == 0, install.stderr
    return python.with_name("seamwright")


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The stranger's repository, far from ours."""
    return shutil.copytree(_HERE / "stranger", tmp_path_factory.mktemp("stranger") / "shop")


def test_the_wheel_audits_a_stranger(seamwright: Path, repository: Path) -> None:
    """Its own contracts, conformance and chaos are used; all that was seen of the shop holds."""
    done = _run([seamwright, "audit"], repository)
    assert done.returncode == 0, done.stdout + done.stderr
    text = (repository / "reports" / "audit" / "audit.json").read_text(encoding="utf-8")
    audit = Audit.model_validate_json(text)
    assert ("shop", 17) == (audit.system, audit.summary.rows)
    passed = {row.id for row in audit.rows if row.status == "pass"}
    assert {"contracts.error-format", "contracts.schemas", "verify.error-format"} <= passed
    assert {"verify.health", "contracts.versioning"} <= passed
    assert {"boundaries.single-responsibility", "data.ownership", "data.sync-async"} <= passed
    verdicts = {one.code for one in audit.rules}
    assert "FLT001" in verdicts


def test_an_edge_of_the_stranger_is_seen(seamwright: Path, repository: Path) -> None:
    """The correlation ID under its own name is followed from the driver to the stock keeper."""
    if not (repository / "reports").exists():
        _run([seamwright, "audit"], repository)
    wire = (repository / "reports" / "audit" / "record" / "wire.ndjson").read_text(encoding="ascii")
    sent = [json.loads(line)[4] for line in wire.splitlines() if json.loads(line)[3] == ">"]
    assert any("x-correlation-id: case-well-1" in one.lower() for one in sent)


def test_doctor_works_without_a_project(seamwright: Path, tmp_path: Path) -> None:
    """`doctor` in an empty folder says what is found and what will be fetched."""
    done = _run([seamwright, "doctor"], tmp_path)
    assert done.returncode == 0, done.stderr
    assert "toxiproxy" in done.stdout
