"""Copies of the seed's code block and of the derived file: altered, reworded, deep and refused."""

from __future__ import annotations

from contracts import SYSTEM
from seamwright.contract.derive.typescript import typescript
from tests.contract.derive.typescript.compiled import FIXTURES

BLOCK = (FIXTURES / "seed_block.ts").read_text(encoding="utf-8")
FIVE = (
    "ApiResponse",
    "EnrichmentRequest",
    "EnrichmentResponse",
    "SendEmailRequest",
    "SendEmailResponse",
)
CONTRACTS = {one.name: typescript(SYSTEM, one) for one in SYSTEM.services}
SENT = '"failed" | "queued" | "sent"'
# Name of the copy → what is changed into what (at its first place), and what is told of it.
ALTERED: dict[str, tuple[tuple[tuple[str, str], ...], set[tuple[str, ...]]]] = {
    "an optional field": (
        (("  emailId: string", "  emailId?: string"),),
        {("SendEmailResponse", "emailId", "optional", "emailId: string", "emailId?: string")},
    ),
    "a field that must be there": (
        (("  website?: string", "  website: string"),),
        {("EnrichmentResponse", "website", "optional", "website?: string", "website: string")},
    ),
    "a status added": (
        (("'sent' | 'queued' | 'failed'", "'sent' | 'queued' | 'failed' | 'bounced'"),),
        {("SendEmailResponse", "status", "type", SENT, f'"bounced" | {SENT}')},
    ),
    "a status taken away": (
        (("'complete' | 'partial' | 'failed'", "'complete' | 'failed'"),),
        {
            (
                "EnrichmentResponse",
                "status",
                "type",
                '"complete" | "failed" | "partial"',
                '"complete" | "failed"',
            )
        },
    ),
    "a type widened": (
        (("'website' | 'email' | 'both'", "string"),),
        {("EnrichmentRequest", "type", "type", '"both" | "email" | "website"', "string")},
    ),
    "a type narrowed": (
        (("    code: string", "    code: 'RATE_LIMITED'"),),
        {("ApiResponse", "error.code", "type", "string", '"RATE_LIMITED"')},
    ),
    "another type": (
        (("    duration: number", "    duration: string"),),
        {("ApiResponse", "meta.duration", "type", "number", "string")},
    ),
    "any": (
        (("    message: string", "    message: any"),),
        {("ApiResponse", "error.message", "type", "string", "any")},
    ),
    "null": (
        (("  sentAt?: string", "  sentAt?: string | null"),),
        {("SendEmailResponse", "sentAt", "type", "string", "string | null")},
    ),
    "a field gone": (
        (("  campaignId: string;\n", ""),),
        {("SendEmailRequest", "campaignId", "missing", "campaignId: string", "no such field")},
    ),
    "an optional field gone": (
        (("  email?: string;\n", ""),),
        {("EnrichmentResponse", "email", "missing", "email?: string", "no such field")},
    ),
    "an optional field more": (
        (("    requestId: string;", "    requestId: string; traceId?: string;"),),
        {("ApiResponse", "meta.traceId", "extra", "no such field", "traceId?: string")},
    ),
    "a field renamed": (
        (("    retryable: boolean", "    canRetry: boolean"),),
        {
            ("ApiResponse", "error.retryable", "missing", "retryable: boolean", "no such field"),
            ("ApiResponse", "error.canRetry", "extra", "no such field", "canRetry: boolean"),
        },
    ),
    "a literal flag": (
        (("  success: boolean", "  success: true"),),
        {("ApiResponse", "success", "type", "boolean", "true")},
    ),
    "data that may be null": (
        (("  data?: T", "  data?: T | null"),),
        {("ApiResponse", "data", "type", "T", "T | null")},
    ),
    "a list of data": (
        (("  data?: T", "  data?: T[]"),),
        {("ApiResponse", "data", "type", "T", "T[]")},
    ),
    "no type parameter": (
        (("ApiResponse<T>", "ApiResponse"), ("data?: T", "data?: unknown")),
        {("ApiResponse", "", "type parameters", "<T>", "none")},
    ),
    "other members": (
        (("  emailId: string;", "  emailId: string; [key: string]: string | undefined;"),),
        {("SendEmailResponse", "[string]", "extra", "no such field", "string | undefined")},
    ),
    "two faults": (
        (("  scheduledFor?: string", "  scheduledFor?: Date"), ("  data?: T", "  data: T")),
        {
            ("SendEmailRequest", "scheduledFor", "type", "string", "Date"),
            ("ApiResponse", "data", "optional", "data?: T", "data: T"),
        },
    ),
}
# Copies that are the same in other words.
SAME: dict[str, str] = {
    "the code block": BLOCK,
    "a statement by hand": (FIXTURES / "statement.ts").read_text(encoding="utf-8"),
    "undefined": BLOCK.replace("scheduledFor?: string", "scheduledFor?: string | undefined"),
    "a default": BLOCK.replace("<T>", "<T = unknown>"),
    "read only": BLOCK.replace("  emailId", "  readonly emailId"),
    "others beside it": BLOCK + "export const one = 1; export interface Mine { a: any }",
    "the derived file": CONTRACTS["worker"],
}


# Copies of what lies deeper: in messages in messages, behind an import, without an end.
DEEP: dict[str, str] = {
    "inside": CONTRACTS["worker"]
    .replace("  inSync: boolean;\n}", "  inSync: any;\n}")
    .replace("  items: Email[];", "  items: readonly Email[];")
    .replace('Record<string, "healthy" | "degraded" | "unhealthy">', 'Record<string, "healthy">')
    .replace("  duration?: number;", "  duration: number;")
    .replace('"GET /api/breakers": {\n    path: undefined', '"GET /api/breakers": {\n path: {}'),
    "parts": BLOCK.replace("emailId", "mailId"),
    "import": 'export type { SendEmailResponse } from "./parts";\nexport * from "./parts.js";\n',
    "endless": "export interface Email { emailId: Deep<0> }\ntype Deep<T> = { d?: Deep<T[]> };\n",
}
# What a stranger's file may hold → what is told of it.
REFUSED: dict[str, tuple[str, str, int]] = {
    "does not compile": (BLOCK + "\nexport const x: number = '';", "TS2322", BLOCK.count("\n") + 2),
    "imports what is not there": ("import { z } from 'zod';\n" + BLOCK, "TS2307", 1),
    "shares no name": ("export interface Mine { a: string }", "Mine", 0),
    "only declares": (BLOCK.replace("export ", ""), "no exported type", 0),
}
