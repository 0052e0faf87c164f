"""What the web answers when an external API fails it."""

from __future__ import annotations

from reference_impl.refusal import Refusal


def unavailable(error: Exception) -> Refusal:
    """A refusal (503), with the reason for the log."""
    refusal = Refusal("EXTERNAL_UNAVAILABLE", "An external service cannot be reached right now.")
    refusal.add_note(str(error))
    return refusal
