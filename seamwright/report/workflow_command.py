"""Workflow commands of GitHub: a line of a log that becomes an annotation of a pull request."""

from __future__ import annotations


def workflow_command(level: str, text: str, **properties: str) -> str:
    """One annotation.

    Args:
        level: `error`, `warning` or `notice`.
        text: may have several lines.
        properties: `title`, `file`, …
    """
    told = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    return f"::{level} {told}::{_escaped(text)}"


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _escaped(text).replace(":", "%3A").replace(",", "%2C")
