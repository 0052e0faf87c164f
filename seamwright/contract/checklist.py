"""The 17 checklist rows that hold for any system of services.

Source: the seed, "What to Verify" (boundaries, contracts, data), "Verification Checklist" (verify).
"""

from __future__ import annotations

from seamwright.contract.requirement import Requirement

_TRESPASS = "no drive tries the doors that must be shut yet"

CHECKLIST: tuple[Requirement, ...] = (
    Requirement(
        "boundaries.single-responsibility",
        "Each service has a single responsibility",
        rules=("RSP001",),
    ),
    Requirement(
        "boundaries.no-foreign-database",
        "No service directly accesses another's database",
        rules=("BND001",),
        lacks=_TRESPASS,
    ),
    Requirement(
        "boundaries.http-only",
        "All inter-service communication is via HTTP APIs",
        rules=("BND001",),
        lacks=_TRESPASS,
    ),
    Requirement("boundaries.documented", "API contracts are documented", rules=("DOC001",)),
    Requirement(
        "contracts.schemas",
        "Every endpoint has defined request/response schemas",
        rules=("SCH001", "SCH002"),
    ),
    Requirement(
        "contracts.error-format",
        "Error responses are consistent (same format across all APIs)",
        rules=("ENV001", "FMT001"),
    ),
    Requirement(
        "contracts.versioning",
        "Versioning strategy exists (even if just v1)",
        rules=("VER001", "VER002"),
    ),
    Requirement(
        "contracts.rate-limits",
        "Rate limits are documented",
        rules=("LIM001", "LIM002"),
    ),
    Requirement("data.ownership", "Clear ownership of each data entity", rules=("OWN001",)),
    Requirement("data.acyclic", "No circular dependencies between services", rules=("EDG001",)),
    Requirement(
        "data.sync-async",
        "Async vs sync communication is intentional",
        rules=("MOD001",),
    ),
    Requirement(
        "verify.error-format",
        "All API endpoints return consistent error format",
        rules=("ENV001", "ERR001", "ERR002"),
    ),
    Requirement(
        "verify.request-ids",
        "Request IDs propagated through all services",
        rules=("RID001", "RID002", "RID003", "PCT001"),
    ),
    Requirement(
        "verify.health",
        "Health checks return dependency status",
        rules=("HEA001",),
    ),
    Requirement(
        "verify.circuit-breakers",
        "Circuit breakers on external API calls",
        lacks="no drill keeps a part down for long enough yet",
    ),
    Requirement(
        "verify.docs",
        "API documentation up to date",
        rules=("DOC002", "SCH001"),
    ),
    Requirement(
        "verify.no-foreign-database",
        "No direct database access across service boundaries",
        rules=("BND001",),
        lacks=_TRESPASS,
    ),
)
