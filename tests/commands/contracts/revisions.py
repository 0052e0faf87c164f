"""A small project in a git repository of its own, with two revisions of its contract set."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[3]
_ENVIRONMENT = {
    "GIT_AUTHOR_NAME": "Somebody",
    "GIT_AUTHOR_EMAIL": "somebody@example.org",
    "GIT_COMMITTER_NAME": "Somebody",
    "GIT_COMMITTER_EMAIL": "somebody@example.org",
    "GIT_CONFIG_GLOBAL": "/dev/null",
    "GIT_CONFIG_SYSTEM": "/dev/null",
    "PATH": "/usr/local/bin:/usr/bin:/bin",
}

SUBJECT = """[subject]
name = "notes"
contracts = "promised:SYSTEM"
[box.notes]
url = "http://127.0.0.1:1"
"""

SET = '''"""The contract set of a service that keeps notes."""

from seamwright.contract import Endpoint, ErrorCode, Message, Service, System, Version

print("this set talks while it is imported")


class Note(Message):
    text: str
    %(field)s


class Kept(Message):
    id: str


SYSTEM = System(
    name="notes",
    services=(
        Service(
            "notes",
            "Notes",
            "Keeps notes.",
            (Endpoint("POST", "/notes", "Keep.", Kept, "it is done at once", request=Note),),
        ),
        Service("other", "Other", "Does nothing.", ()),
    ),
    errors=(ErrorCode("NO_VERSION", 400, retryable=False, meaning="No such version"),),
    version=Version("x-version", "%(version)s", "NO_VERSION"),
)
'''


@dataclass(frozen=True, slots=True)
class Project:
    """The project's folder."""

    folder: Path

    def write(self, field: str, version: str = "1") -> None:
        """The contract set, with one more field."""
        text = SET % {"field": field, "version": version}
        (self.folder / "promised.py").write_text(text, encoding="utf-8")

    def git(self, *arguments: str) -> str:
        """What git says in the folder."""
        return subprocess.run(
            ["git", *arguments],
            cwd=self.folder,
            env=_ENVIRONMENT,
            capture_output=True,
            text=True,
            check=True,
        ).stdout

    def commit(self, tag: str) -> None:
        """All that there is, as a revision with a tag."""
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", tag)
        self.git("tag", tag)

    def diff(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """`seamwright contracts diff` in the folder."""
        return subprocess.run(
            [sys.executable, "-m", "seamwright.cli", "contracts", "diff", *arguments],
            cwd=self.folder,
            env={**_ENVIRONMENT, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"},
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )


def project(folder: Path) -> Project:
    """The project with the revisions `before` (one field) and `after` (one required field more)."""
    made = Project(folder)
    (folder / "seamwright.toml").write_text(SUBJECT, encoding="utf-8")
    made.git("init", "--quiet", "--initial-branch=main")
    made.write("title: str | None = None")
    made.commit("before")
    made.write("title: str")
    made.commit("after")
    return made
