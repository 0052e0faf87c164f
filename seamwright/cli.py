"""The front door: `seamwright COMMAND`."""

from __future__ import annotations

import os
import signal
import sys
import traceback
from importlib import import_module
from typing import NoReturn

import click

from seamwright.exit_code import ExitCode
from seamwright.problem import Problem

_COMMANDS = {
    "audit": "seamwright.commands.audit",
    "contracts": "seamwright.commands.contracts.group",
    "doctor": "seamwright.commands.doctor",
    "explain": "seamwright.commands.explain",
    "explore": "seamwright.commands.explore",
    "gate": "seamwright.commands.gate",
    "judge": "seamwright.commands.judge",
    "replay": "seamwright.commands.replay",
    "up": "seamwright.commands.up",
    "waive": "seamwright.commands.waive",
}


class _Commands(click.Group):
    """Imports a command when it is asked for: most need little of the tool, and begin at once."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        del ctx
        return sorted(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        del ctx
        if cmd_name not in _COMMANDS:
            return None
        found = getattr(import_module(_COMMANDS[cmd_name]), cmd_name)
        return found if isinstance(found, click.Command) else None


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="seamwright")
def commands() -> None:
    """Seamwright judges whether a system of small services keeps its contracts.

    Exit codes: 0 all holds, 1 findings, 2 usage or configuration, 3 the harness could not run.
    """


def main() -> NoReturn:
    """Run a command; whatever goes wrong is one clear message and an exit code."""
    # Pact's library would report its use to its makers over the network.
    os.environ["PACT_DO_NOT_TRACK"] = "true"
    # Being asked to end is being interrupted: everything that was started is ended in order. A
    # shell lets background jobs ignore SIGINT; who sends it by hand means it all the same.
    for asked in (signal.SIGTERM, signal.SIGINT):
        signal.signal(asked, signal.default_int_handler)
    try:
        sys.exit(commands.main(standalone_mode=False) or ExitCode.HOLDS)
    except click.ClickException as error:
        error.show()
        sys.exit(ExitCode.USAGE)
    except Problem as problem:
        click.echo(f"seamwright: {problem}", err=True)
        sys.exit(problem.exit_code)
    except (KeyboardInterrupt, click.Abort):
        click.echo("seamwright: interrupted; everything that was started has been ended", err=True)
        sys.exit(ExitCode.HARNESS)
    # What nobody foresaw is the harness's own fault, and still no reason for a wall of text.
    except Exception as error:  # noqa: BLE001
        if os.environ.get("SEAMWRIGHT_DEBUG"):
            traceback.print_exc()
        click.echo(f"seamwright: internal error: {type(error).__name__}: {error}", err=True)
        click.echo("  mend:     set SEAMWRIGHT_DEBUG=1 to see where, and report it", err=True)
        sys.exit(ExitCode.HARNESS)


if __name__ == "__main__":
    main()
