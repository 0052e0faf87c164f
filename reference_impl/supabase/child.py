"""Processes that die with this one, and that are not root.

PostgreSQL refuses to run as root, so that everything runs as `nobody` where this process is root.
`nobody` may be kept out of the folders on the way (a home folder, a test's temporary folder), so
that it is given one capability: to pass through folders and to read. It still writes only what is
its own.
"""

from __future__ import annotations

import ctypes
import os
import pwd
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

_PR_SET_PDEATHSIG = 1
_PR_SET_KEEPCAPS = 8
_PR_CAP_AMBIENT = 47
_PR_CAP_AMBIENT_RAISE = 2
_PR_SET_SECUREBITS = 28
_NO_SETUID_FIXUP = 1 << 2
_CAP_DAC_OVERRIDE = 1
_CAP_DAC_READ_SEARCH = 2
_CAP_SETPCAP = 8
_CAPABILITY_VERSION_3 = 0x20080522

_ENVIRONMENT = {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"}


def start(
    command: Sequence[str], folder: Path, environment: Mapping[str, str], death: signal.Signals
) -> subprocess.Popen[bytes]:
    """Start a child in that folder, its stdout and stderr joined in one pipe.

    Args:
        command: the program and its arguments.
        folder: where it starts.
        environment: its variables, added to a bare few.
        death: the signal that it gets when this process is gone, however that came about.
    """
    return subprocess.Popen(
        command,
        cwd=folder,
        env={**_ENVIRONMENT, **environment},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        # Unsafe only beside threads, and this process has none.
        preexec_fn=_preparation(death),  # noqa: PLW1509
    )


def run(command: Sequence[str], text: str = "") -> str:
    """Run a child to its end, `text` as its stdin; its stdout and stderr, joined.

    Raises:
        ChildProcessError: when it ended with an exit code that is not 0; says what it wrote.
    """
    ended = subprocess.run(
        command,
        check=False,
        cwd="/",
        env=_ENVIRONMENT,
        input=text.encode(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        preexec_fn=_preparation(signal.SIGKILL),
    )
    output = ended.stdout.decode(errors="replace")
    if ended.returncode != 0:
        message = f"{command[0]} ended with {ended.returncode}: {output.strip()}"
        raise ChildProcessError(message)
    return output


def give(path: Path) -> None:
    """Let the children own this file or folder."""
    if os.geteuid() == 0:
        nobody = pwd.getpwnam("nobody")
        os.chown(path, nobody.pw_uid, nobody.pw_gid)


def _preparation(death: signal.Signals) -> Callable[[], None]:
    """What a child does between fork and exec."""
    parent = os.getpid()
    nobody = pwd.getpwnam("nobody") if os.geteuid() == 0 else None
    linux = sys.platform == "linux"
    libc = ctypes.CDLL(None, use_errno=True)

    def prepare() -> None:
        if nobody is not None:
            if linux:
                libc.prctl(_PR_SET_KEEPCAPS, 1, 0, 0, 0)
            os.setgroups([])
            os.setgid(nobody.pw_gid)
            os.setuid(nobody.pw_uid)
            if linux:
                _keep_passage(libc)
        if linux:
            # A SIGKILL of this process runs none of its code: only the kernel can pass it on.
            # Asked for last, because a change of user takes it back.
            libc.prctl(_PR_SET_PDEATHSIG, int(death), 0, 0, 0)
            if os.getppid() != parent:
                os._exit(1)

    return prepare


def _keep_passage(libc: ctypes.CDLL) -> None:
    """Keep the one capability over the exec; where neither is allowed, do without.

    Containers often have only the wider of the two.
    """
    for capability in (_CAP_DAC_READ_SEARCH, _CAP_DAC_OVERRIDE):
        if _capset(libc, 1 << capability | 1 << _CAP_SETPCAP):
            # access(2) forgets the capabilities of whoever is not root, unless told not to; and
            # PostgreSQL asks it about its own programs.
            libc.prctl(_PR_SET_SECUREBITS, _NO_SETUID_FIXUP, 0, 0, 0)
        if _capset(libc, 1 << capability):
            libc.prctl(_PR_CAP_AMBIENT, _PR_CAP_AMBIENT_RAISE, capability, 0, 0)
            return


def _capset(libc: ctypes.CDLL, bits: int) -> bool:
    """Have these capabilities and no others: effective, permitted and inheritable."""
    header = (ctypes.c_uint32 * 2)(_CAPABILITY_VERSION_3, 0)
    # Each of the three twice, for the lower and the upper 32 capabilities.
    sets = (ctypes.c_uint32 * 6)(bits, bits, bits, 0, 0, 0)
    return libc.capset(header, sets) == 0
