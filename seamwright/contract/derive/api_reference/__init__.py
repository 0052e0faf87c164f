"""The API reference of a system: one Markdown page for people, derived from the contract set."""

from seamwright.contract.derive.api_reference.document import api_reference

__all__ = ["api_reference"]
