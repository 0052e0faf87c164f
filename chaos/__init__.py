"""The drills of the seed's system, one row of its tables a file."""

from chaos.external_down import GROK_CUT

SCENARIOS = (GROK_CUT,)

__all__ = ["SCENARIOS"]
