"""Bad input of every kind: one clear message, exit code 2, no traceback, nothing written."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING

import pytest

from tests.end_to_end.project import ROOT, SEAMWRIGHT

if TYPE_CHECKING:
    from pathlib import Path


def _run(*arguments: str, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*SEAMWRIGHT, *arguments], cwd=cwd, capture_output=True, text=True, check=False, timeout=300
    )


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("audit", "--subject", "nowhere.toml"), "nowhere.toml"),
        (("audit", "--only", "no.such-row"), "no.such-row"),
        (("audit", "--no-such-option"), "--no-such-option"),
        (("no-such-command",), "no-such-command"),
        (("judge", "docs"), "journal.ndjson"),
        (("doctor", "--subject", "nowhere.toml"), "nowhere.toml"),
    ],
)
def test_bad_usage_ends_with_two(arguments: tuple[str, ...], said: str) -> None:
    """What is wrong is named on standard error."""
    done = _run(*arguments)
    assert done.returncode == 2, done.stderr
    assert said in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ('contracts = "nowhere:SYSTEM"', "nowhere"),
        ('contracts = "contracts:NOTHING"', "no such attribute"),
        ('contracts = "contracts:SYSTEM"\nconformance = "contracts:SYSTEM"', "Conformance"),
    ],
)
def test_content_that_is_not_there_ends_with_two(tmp_path: Path, change: str, said: str) -> None:
    """A name that leads nowhere, or to another kind of thing, is refused before anything starts."""
    subject = tmp_path / "seamwright.toml"
    text = f'[subject]\nname = "x"\nroot = {json.dumps(str(ROOT))}\n{change}\n'
    subject.write_text(text + '[box.web]\nurl = "http://127.0.0.1:1"\n', encoding="utf-8")
    done = _run("audit", "--subject", str(subject), "--out", str(tmp_path / "out"))
    assert done.returncode == 2, done.stderr
    assert said in done.stderr
    assert not (tmp_path / "out").exists()


def test_a_box_that_does_not_come_up_ends_with_three(tmp_path: Path) -> None:
    """The message has the box, its exit code and its last words."""
    subject = tmp_path / "seamwright.toml"
    subject.write_text(
        f"""[subject]
name = "x"
root = {json.dumps(str(ROOT))}
contracts = "contracts:SYSTEM"
[box.web]
command = ["sh", "-c", "echo I cannot; exit 7"]
""",
        encoding="utf-8",
    )
    done = _run("audit", "--subject", str(subject), "--out", str(tmp_path / "out"))
    assert done.returncode == 3, done.stderr
    for word in ("box.web", "code 7", "I cannot"):
        assert word in done.stderr
    assert "Traceback" not in done.stderr


def test_doctor_lists_the_tools() -> None:
    """`doctor --json` gives each tool with where it is or what it would be fetched from."""
    done = _run("doctor", "--json")
    assert done.returncode == 0, done.stderr
    listed = {one["name"]: one for one in json.loads(done.stdout)["tools"]}
    assert {"python", "toxiproxy", "node", "npm packages"} <= set(listed)
    assert all(one["source"] for one in listed.values())
