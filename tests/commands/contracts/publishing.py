"""A copy of this repository's contract set in a project of its own, that publishes it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[3]
TABLE = """\
[published]
schemas = "contracts/published"
openapi = "contracts/published"
api_reference = "docs/api-reference.md"
[published.typescript]
worker = "contracts/cloudflare-api.ts"
"""
SUBJECT = """\
[subject]
name = "copy"
contracts = "contracts:SYSTEM"
{table}
[box.web]
url = "http://127.0.0.1:1"
"""
FIELD = ("class SendEmailResponse", "    emailId: ", "    mailId: ")


@dataclass(frozen=True, slots=True)
class Copy:
    """The project's folder."""

    folder: Path

    def write(self, table: str = TABLE) -> None:
        """The subject file, with this table."""
        text = SUBJECT.format(table=table)
        (self.folder / "seamwright.toml").write_text(text, encoding="utf-8")

    def command(self, *arguments: str) -> list[str]:
        """A command of `seamwright contracts`."""
        return [sys.executable, "-m", "seamwright.cli", "contracts", *arguments]

    def environment(self, **more: str) -> dict[str, str]:
        """The tool from here, the contract set from the copy."""
        kept = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
        path = f"{self.folder}{os.pathsep}{ROOT}"
        return {**kept, "PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1", **more}

    def run(self, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
        """Run a command of `seamwright contracts` in the folder."""
        return subprocess.run(
            self.command(*arguments),
            cwd=self.folder,
            env=self.environment(**more),
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )

    def rename_a_field(self) -> None:
        """One field of one message gets another name."""
        file = self.folder / "contracts" / "worker_messages.py"
        head, name, body = file.read_text(encoding="utf-8").partition(FIELD[0])
        assert FIELD[1] in body
        file.write_text(head + name + body.replace(*FIELD[1:], 1), encoding="utf-8")

    def published(self) -> dict[str, bytes]:
        """Path → content of every file that is no Python and no subject file."""
        return {
            one.relative_to(self.folder).as_posix(): one.read_bytes()
            for one in self.folder.rglob("*")
            if one.is_file() and one.suffix not in (".py", ".toml")
        }

    def stamps(self) -> dict[str, tuple[int, int]]:
        """The same: when it was written, and which file it is."""
        return {
            path: ((self.folder / path).stat().st_mtime_ns, (self.folder / path).stat().st_ino)
            for path in self.published()
        }


def copied(folder: Path) -> Copy:
    """The project; nothing is published yet."""
    made = Copy(folder)
    shutil.copytree(
        ROOT / "contracts",
        folder / "contracts",
        ignore=shutil.ignore_patterns("published", "*.ts", "__pycache__"),
    )
    made.write()
    return made
