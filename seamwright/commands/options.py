"""Options that several commands have."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from seamwright.drive.subject.toolchain import cache_folder

if TYPE_CHECKING:
    from collections.abc import Callable

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


def json_option(command: _Command) -> _Command:
    """`--json`."""
    return click.option("--json", "as_json", is_flag=True, help="Print JSON on standard output.")(
        command
    )


def cache() -> Path:
    """The cache folder of this user."""
    return cache_folder(os.environ)
