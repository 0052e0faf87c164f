"""The contracts of the seed's system: what each of its services promises the others."""

from contracts.system import SYSTEM

__all__ = ["SYSTEM"]
