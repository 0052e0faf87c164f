"""A program in which each interface of the seed is assigned to ours, and ours to the seed's."""

from __future__ import annotations

STATEMENTS = ("seed_block", "statement")
SEED = {
    "ApiResponse": "<T>",
    "SendEmailRequest": "",
    "SendEmailResponse": "",
    "EnrichmentRequest": "",
    "EnrichmentResponse": "",
}


def assignments(statement: str) -> str:
    """The program; it compiles when all are the same."""
    lines = [
        f'import type * as Seed from "./{statement}.js";',
        'import type * as Derived from "./worker.js";',
    ]
    for name, given in SEED.items():
        seed, ours = f"Seed.{name}{given}", f"Derived.{name}{given}"
        lines.append(f"export const give{name} = {given}(one: {seed}): {ours} => one;")
        lines.append(f"export const take{name} = {given}(one: {ours}): {seed} => one;")
    return "\n".join(lines) + "\n"
