"""`seamwright contracts`: what a contract set becomes, and how it changes."""

from __future__ import annotations

import click

from seamwright.commands.contracts.diff import diff
from seamwright.commands.contracts.generate import generate
from seamwright.commands.contracts.import_document import import_document
from seamwright.commands.contracts.up_to_date import up_to_date
from seamwright.commands.contracts.verify_ts import verify_ts


@click.group()
def contracts() -> None:
    """Derive, compare and import contract sets."""


contracts.add_command(diff)
contracts.add_command(generate)
contracts.add_command(import_document)
contracts.add_command(up_to_date)
contracts.add_command(verify_ts)
