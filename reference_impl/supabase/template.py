"""Data folders with the schema in them, made once and copied by every run.

`initdb` and the schema take half a second, a copy takes a fraction of that.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from pathlib import Path

from reference_impl.supabase import child
from reference_impl.supabase.installation import program

_SCHEMA = Path(__file__).with_name("schema.sql")

_INITDB = (
    "--no-sync",
    "--locale=C.UTF-8",
    "--encoding=UTF8",
    "--auth=trust",
    "--username=postgres",
    "--no-instructions",
    # The write-ahead log is most of what is copied: 1 MiB a file instead of 16.
    "--wal-segsize=1",
)

# Databases that nobody connects to, two thirds of what is left to copy.
_SMALLER = """
update pg_database set datistemplate = false;

drop database template1;

drop database template0;

"""


def find_or_make(templates: Path) -> Path:
    """The template for this schema and this PostgreSQL.

    Two that make it at the same time both make one, and the later one throws its own away.

    Raises:
        ChildProcessError: when PostgreSQL cannot be set up; says what it wrote.
        MissingError: when PostgreSQL is not installed.
    """
    template = templates / _key()
    if not template.is_dir():
        templates.mkdir(parents=True, exist_ok=True)
        _make(template, templates / f".{template.name}.{os.getpid()}")
    return template


def _key() -> str:
    """A name that changes with whatever a template is made of, and with whom it belongs to."""
    version = child.run([program("postgres"), "--version"])
    parts = (_SCHEMA.read_text(encoding="utf-8"), _SMALLER, version, *_INITDB)
    digest = hashlib.blake2b("\0".join(parts).encode(), digest_size=8).hexdigest()
    return f"supabase-{os.geteuid()}-{digest}"


def _make(template: Path, unfinished: Path) -> None:
    unfinished.mkdir(mode=0o700)
    try:
        child.give(unfinished)
        child.run([program("initdb"), *_INITDB, f"--pgdata={unfinished}"])
        for statements in (_SCHEMA.read_text(encoding="utf-8"), _SMALLER):
            child.run([*_single_user(unfinished), "postgres"], statements + "\n\n")
        unfinished.rename(template)
    except OSError:
        # Only if another made the same template meanwhile is all well.
        if not template.is_dir():
            raise
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)


def _single_user(data: Path) -> list[str]:
    """PostgreSQL without a server: reads statements on stdin, ends at the first that fails."""
    return [
        program("postgres"),
        "--single",
        "-j",
        *("-D", str(data)),
        *("-c", "exit_on_error=on"),
        *("-c", "fsync=off"),
        *("-c", "log_min_messages=error"),
    ]
