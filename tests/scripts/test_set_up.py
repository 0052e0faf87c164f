"""The set-up on machines that lack something says what, and how to mend it."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.end_to_end.project import ROOT

_WITHOUT = """
import importlib.util, runpy, sys
real = importlib.util.find_spec
importlib.util.find_spec = lambda name, *rest: None if name == {name!r} else real(name, *rest)
sys.argv = ["set_up.py"]
runpy.run_path("scripts/set_up.py", run_name="__main__")
"""
_OLD = """
import runpy, sys
sys.version_info = (3, 9, 2)
sys.argv = ["set_up.py"]
runpy.run_path("scripts/set_up.py", run_name="__main__")
"""


@pytest.mark.parametrize(
    ("script", "said"),
    [
        (_WITHOUT.format(name="venv"), "install the package python3"),
        (_WITHOUT.format(name="ensurepip"), "-venv"),
        (_OLD, "make PYTHON=python3.11"),
    ],
)
def test_what_is_missing_is_said(script: str, said: str) -> None:
    """Without venv, without ensurepip or with an old Python: one line, and exit code 2."""
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2, done.stderr
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_a_second_set_up_does_nothing() -> None:
    """What is set up is left alone, at once and without a word."""
    for said in (None, ""):
        done = subprocess.run(
            [sys.executable, "scripts/set_up.py"],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        assert said is None or said == done.stdout + done.stderr


def test_the_locks_name_no_address() -> None:
    """The locks pin versions and digests, and leave the registry to the machine."""
    names = [
        "requirements.lock",
        "requirements-check.lock",
        "reference_impl/node/package-lock.json",
    ]
    texts = [(ROOT / name).read_text(encoding="utf-8") for name in names]
    assert all("--hash=sha256:" in text or '"integrity"' in text for text in texts)
    assert not any("resolved" in text for text in texts)
