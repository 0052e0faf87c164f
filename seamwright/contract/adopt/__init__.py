"""A first contract set, made of a document of somebody's: readable Python, and what it lacks."""

from seamwright.contract.adopt.adoption import Adoption, adopt

__all__ = ["Adoption", "adopt"]
