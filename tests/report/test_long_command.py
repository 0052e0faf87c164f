"""A command that would fill the screen is not printed there: its request is sent by its name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from seamwright.report.terminal import summary

if TYPE_CHECKING:
    from pathlib import Path

    from seamwright.report.audit import Audit


@pytest.mark.parametrize(
    ("command", "shown"),
    [
        ("curl -d '[[]]' http://127.0.0.1:1/", "curl -d '[[]]' http://127.0.0.1:1/"),
        (f"curl -d '{'[' * 900}'", "seamwright replay {id} --from '{folder}'"),
        (f"printf '{'[' * 900}' | nc 127.0.0.1 1", f"printf '{'[' * 900}' | nc 127.0.0.1 1"),
    ],
)
def test_a_person_can_copy_it(audit: Audit, tmp_path: Path, command: str, shown: str) -> None:
    """What is no request of HTTP cannot be sent by its name, so it stays."""
    folder = tmp_path / "re ports"
    (one, *_) = audit.findings
    told = audit.model_copy(
        update={"findings": (one.model_copy(update={"curl": command}),), "summary": audit.summary}
    )
    lines = [line.strip() for line in summary(told, folder).splitlines()]
    assert shown.format(id=one.id, folder=folder) in lines
