"""TypeScript of a service: its messages, its envelope, its endpoints, and a client of it."""

from seamwright.contract.derive.typescript.client import CLIENT_NAMES
from seamwright.contract.derive.typescript.source import typescript

__all__ = ["CLIENT_NAMES", "typescript"]
