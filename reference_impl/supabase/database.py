"""PostgreSQL itself, on a socket that only its own user reaches."""

from __future__ import annotations

import shutil
import signal
import sys
from typing import TYPE_CHECKING

from reference_impl.supabase import child
from reference_impl.supabase.installation import program

if TYPE_CHECKING:
    import subprocess
    from pathlib import Path

# A socket's path may have about 100 characters and a run's folder may be longer. Both processes
# start in the data folder (mode 0700), and each has a short name for where it is.
_SOCKET_FOLDER = "/proc/self/cwd"

# What PostgreSQL writes when it takes connections.
READY = "database system is ready to accept connections"

_SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    # Nothing is forced to the disk: a killed PostgreSQL loses nothing that way, because what it
    # wrote is the kernel's; only a machine that stops does, and the data is of one run.
    "fsync": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_wal_size": "64MB",
    "min_wal_size": "2MB",
    # As few processes as possible: each costs time at the start.
    "autovacuum": "off",
    "io_method": "sync",
    "max_logical_replication_workers": "0",
    "max_connections": "30",
    "shared_buffers": "16MB",
    "jit": "off",
    # What the relay reads: problems, and the line a request that the schema writes.
    "log_line_prefix": "",
    "log_min_messages": "warning",
    "log_error_verbosity": "terse",
    "log_min_error_statement": "panic",
    "log_checkpoints": "off",
}


def socket_folder(data: Path) -> str:
    """The socket's folder as both processes, which start in `data`, name it."""
    return _SOCKET_FOLDER if sys.platform == "linux" else str(data)


def copy(template: Path, data: Path) -> None:
    """Make `data` a copy of the template, unless an earlier run of the box left one there.

    Raises:
        ChildProcessError: when it cannot be copied; says why.
    """
    if data.is_dir():
        return
    child.give(data.parent)
    unfinished = data.with_name(f"{data.name}.unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    child.run(["cp", "-Rp", str(template), str(unfinished)])
    unfinished.rename(data)


def start(data: Path) -> subprocess.Popen[bytes]:
    """Start PostgreSQL on `data`."""
    settings = {**_SETTINGS, "unix_socket_directories": socket_folder(data)}
    options = [f"--{name}={value}" for name, value in settings.items()]
    # If this process is killed: "immediate" shutdown, which also takes the workers along.
    return child.start([program("postgres"), "-D", str(data), *options], data, {}, signal.SIGQUIT)
