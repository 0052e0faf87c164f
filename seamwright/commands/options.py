"""Options that several commands have."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from seamwright.drive.subject.toolchain import cache_folder

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

_Command = TypeVar("_Command", bound="Callable[..., object]")


def subject_option(command: _Command) -> _Command:
    """`--subject FILE`."""
    return click.option(
        "--subject",
        type=click.Path(path_type=Path, dir_okay=False),
        default=Path("seamwright.toml"),
        show_default=True,
        help="The subject file.",
    )(command)


def waivers_option(command: _Command) -> _Command:
    """`--waivers FILE`."""
    return click.option(
        "--waivers",
        type=click.Path(path_type=Path, dir_okay=False),
        metavar="FILE",
        help="The file of waivers.  [default: as the subject file says, or waivers.toml beside it]",
    )(command)


def json_option(command: _Command) -> _Command:
    """`--json`."""
    return click.option("--json", "as_json", is_flag=True, help="Print JSON on standard output.")(
        command
    )


def today() -> date:
    """The day by which waivers expire: the same wherever a command runs, so that of UTC."""
    return datetime.now(UTC).date()


def cache() -> Path:
    """The cache folder of this user."""
    return cache_folder(os.environ)
