"""The front door: `seamwright COMMAND`."""

from __future__ import annotations

import os
import signal
import sys
import traceback
from typing import NoReturn

import click

from seamwright.commands.audit import audit
from seamwright.commands.contracts.group import contracts
from seamwright.commands.doctor import doctor
from seamwright.commands.explain import explain
from seamwright.commands.explore import explore
from seamwright.commands.gate import gate
from seamwright.commands.judge import judge
from seamwright.commands.replay import replay
from seamwright.commands.up import up
from seamwright.commands.waive import waive
from seamwright.exit_code import ExitCode
from seamwright.problem import Problem


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="seamwright")
def commands() -> None:
    """Seamwright judges whether a system of small services keeps its contracts.

    Exit codes: 0 all holds, 1 findings, 2 usage or configuration, 3 the harness could not run.
    """


for _command in (audit, gate, explore, up, doctor, judge, contracts, explain, replay, waive):
    commands.add_command(_command)


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
