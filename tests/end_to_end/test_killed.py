"""`kill -9` of an audit in the middle: nothing is left, and the record reads back."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from contracts import SYSTEM
from seamwright.project import protocols
from seamwright.record.load import load
from tests.end_to_end.project import ROOT, SEAMWRIGHT
from tests.reference_impl.running import alive, answers, descendants, poll

if TYPE_CHECKING:
    from collections.abc import Iterator

_GONE_S = 8.0


@pytest.fixture
def temporary(tmp_path: Path) -> Path:
    """A folder for temporary files of this audit alone, which other users may pass through."""
    folder = tmp_path / "tmp"
    folder.mkdir()
    for one in (folder, *folder.parents):
        if one.is_relative_to(tmp_path.parents[1]):
            one.chmod(0o755)
    return folder


@pytest.fixture
def running(tmp_path: Path, temporary: Path) -> Iterator[subprocess.Popen[bytes]]:
    """An audit that is driving already."""
    process = subprocess.Popen(
        [*SEAMWRIGHT, "audit", "--out", str(tmp_path / "out")],
        cwd=ROOT,
        env={**os.environ, "TMPDIR": str(temporary)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    journal = tmp_path / "out" / "record.partial" / "journal.ndjson"
    poll(lambda: _has(journal, '"kind":"exchange"', 5) or (process.poll() is not None) or None)
    yield process
    if process.poll() is None:
        process.kill()
    process.wait()


def _has(path: Path, part: str, times: int) -> bool | None:
    try:
        return path.read_text(encoding="utf-8").count(part) >= times or None
    except OSError:
        return None


def _listening(pids: list[int]) -> list[int]:
    """The ports that these processes listen on."""
    inodes: set[str] = set()
    for pid in pids:
        for fd in Path(f"/proc/{pid}/fd").glob("*"):
            try:
                link = str(fd.readlink())
            except OSError:
                continue
            if link.startswith("socket:["):
                inodes.add(link[8:-1])
    ports: list[int] = []
    for line in Path("/proc/net/tcp").read_text(encoding="ascii").splitlines()[1:]:
        fields = line.split()
        if fields[3] == "0A" and fields[9] in inodes:
            ports.append(int(fields[1].rpartition(":")[2], 16))
    return ports


def _until_gone(pids: list[int]) -> list[int]:
    end_s = time.monotonic() + _GONE_S
    while time.monotonic() < end_s and any(alive(pid) for pid in pids):
        time.sleep(0.02)
    return [pid for pid in pids if alive(pid)]


def test_nothing_is_left_after_a_kill(
    running: subprocess.Popen[bytes], temporary: Path, tmp_path: Path
) -> None:
    """No process, no port and no folder of it is left, and its record reads back whole."""
    assert running.poll() is None
    pids = descendants(running.pid)
    ports = _listening(pids)
    assert len(pids) > 8
    assert len(ports) > 20
    assert any(temporary.iterdir())
    running.send_signal(signal.SIGKILL)
    running.wait()
    assert [] == _until_gone(pids)
    assert [] == [port for port in ports if answers(port)]
    poll(lambda: True if not any(temporary.iterdir()) else None, _GONE_S)
    record = load(tmp_path / "out" / "record.partial", protocols(SYSTEM))
    assert not record.complete
    assert len(record.driven()) >= 5
    assert any(one.case is None for one in record.exchanges)


def test_a_cut_record_is_judged(running: subprocess.Popen[bytes], tmp_path: Path) -> None:
    """`judge` reads what a kill left; what it lacks is unproven, never a pass."""
    pids = descendants(running.pid)
    running.kill()
    running.wait()
    assert [] == _until_gone(pids)
    partial = str(tmp_path / "out" / "record.partial")
    done = subprocess.run(
        [*SEAMWRIGHT, "judge", partial], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "cut short" in done.stdout


def test_an_interrupt_ends_in_order(running: subprocess.Popen[bytes], temporary: Path) -> None:
    """Ctrl-C ends every process and removes every folder before the command itself ends, with 3."""
    pids = descendants(running.pid)
    running.send_signal(signal.SIGINT)
    assert running.wait(timeout=20) == 3
    assert [] == [pid for pid in pids if alive(pid)]
    assert [] == list(temporary.iterdir())
