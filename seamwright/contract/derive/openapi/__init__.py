"""OpenAPI 3.1 of a service: everything that its contract says, in the words of that standard."""

from seamwright.contract.derive.openapi.document import openapi

__all__ = ["openapi"]
