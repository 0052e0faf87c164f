"""The process that loads the contract set of another revision and prints its snapshot.

    python -P -m seamwright.drive.printed_snapshot NAME FOLDER ROOT

NAME is looked up in FOLDER, never in ROOT: what the revision does not have is not there. Whatever
the set prints while it is imported goes to standard error.
"""

from __future__ import annotations

import sys
from contextlib import redirect_stdout
from pathlib import Path

from seamwright.contract.compare.snapshot import snapshot, to_json
from seamwright.contract.load import load
from seamwright.contract.system import System
from seamwright.problem import Problem


def main(name: str, folder: Path, root: Path) -> int:
    """Print the snapshot; a problem goes to standard error, with its exit code."""
    gone = root.resolve()
    sys.path[:] = [one for one in sys.path if Path(one).resolve() != gone]
    try:
        with redirect_stdout(sys.stderr):
            taken = to_json(snapshot(load(name, System, folder)))
    except Problem as problem:
        sys.stderr.write(f"{problem}\n")
        return problem.exit_code
    module = sys.modules[name.partition(":")[0]]
    there = Path(module.__file__ or "").resolve().is_relative_to(folder.resolve())
    if not there:
        sys.stderr.write(f"{module.__name__} is not in this revision: it is installed elsewhere\n")
        return 2
    sys.stdout.write(taken)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])))
