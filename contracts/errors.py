"""The closed catalogue of error codes. The seed's three keep their meaning."""

from __future__ import annotations

from seamwright.contract import ErrorCode

ERRORS: tuple[ErrorCode, ...] = (
    ErrorCode("MALFORMED_REQUEST", 400, retryable=False, meaning="The request cannot be read"),
    ErrorCode("UNSUPPORTED_VERSION", 400, retryable=False, meaning="No such API version"),
    ErrorCode("UNAUTHORIZED", 401, retryable=False, meaning="No or an unknown token"),
    ErrorCode("FORBIDDEN", 403, retryable=False, meaning="This token may not do that"),
    ErrorCode("NOT_FOUND", 404, retryable=False, meaning="No such route"),
    ErrorCode("PROSPECT_NOT_FOUND", 404, retryable=False, meaning="Invalid prospectId"),
    ErrorCode("CAMPAIGN_NOT_FOUND", 404, retryable=False, meaning="Invalid campaignId"),
    ErrorCode("MAILBOX_NOT_FOUND", 404, retryable=False, meaning="Invalid mailbox id"),
    ErrorCode("EMAIL_NOT_FOUND", 404, retryable=False, meaning="Invalid emailId"),
    ErrorCode("ENRICHMENT_NOT_FOUND", 404, retryable=False, meaning="Nothing was enriched yet"),
    ErrorCode("METHOD_NOT_ALLOWED", 405, retryable=False, meaning="See the Allow header"),
    ErrorCode("PROSPECT_WITHOUT_EMAIL", 409, retryable=False, meaning="No address to send to"),
    ErrorCode("PAYLOAD_TOO_LARGE", 413, retryable=False, meaning="The body is too large"),
    ErrorCode("UNSUPPORTED_MEDIA_TYPE", 415, retryable=False, meaning="Bodies are JSON"),
    ErrorCode("VALIDATION_FAILED", 422, retryable=False, meaning="A field is not as documented"),
    ErrorCode(
        "IDEMPOTENCY_KEY_REUSED", 422, retryable=False, meaning="The key was used for another order"
    ),
    ErrorCode("RATE_LIMITED", 429, retryable=True, meaning="Too many requests"),
    ErrorCode("INTERNAL_ERROR", 500, retryable=False, meaning="A fault of the service itself"),
    ErrorCode("MAILBOX_UNAVAILABLE", 503, retryable=True, meaning="No healthy mailbox"),
    ErrorCode("WORKER_UNAVAILABLE", 503, retryable=True, meaning="The worker cannot be reached"),
    ErrorCode("SUPABASE_UNAVAILABLE", 503, retryable=True, meaning="Supabase cannot be reached"),
    ErrorCode("D1_UNAVAILABLE", 503, retryable=True, meaning="D1 cannot be reached"),
    ErrorCode("EXTERNAL_UNAVAILABLE", 503, retryable=True, meaning="An external API failed"),
    ErrorCode("MAIL_UNAVAILABLE", 503, retryable=True, meaning="A mail server cannot be reached"),
)

EVERYWHERE: tuple[str, ...] = (
    "MALFORMED_REQUEST",
    "UNSUPPORTED_VERSION",
    "NOT_FOUND",
    "METHOD_NOT_ALLOWED",
    "PAYLOAD_TOO_LARGE",
    "INTERNAL_ERROR",
)
