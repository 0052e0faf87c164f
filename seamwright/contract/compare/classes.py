"""Every class of change that there is."""

from __future__ import annotations

from seamwright.contract.compare import (
    budgets,
    content,
    edges,
    envelopes,
    error_codes,
    healths,
    identity,
    modes,
    operations,
    ownership,
    parameters,
    rate_limits,
    request_body,
    response_headers,
    responses,
    security,
    services,
    value,
)

FACETS = (*content.FACETS, *value.FACETS)
"""Those that have two classes, one for requests and one for responses."""

CLASSES = (
    *services.CLASSES,
    *operations.CLASSES,
    *modes.CLASSES,
    *parameters.CLASSES,
    *request_body.CLASSES,
    *responses.CLASSES,
    *response_headers.CLASSES,
    *(one.request for one in FACETS),
    *(one.response for one in FACETS),
    *security.CLASSES,
    *error_codes.CLASSES,
    *rate_limits.CLASSES,
    *edges.CLASSES,
    *ownership.CLASSES,
    *budgets.CLASSES,
    *envelopes.CLASSES,
    *identity.CLASSES,
    *healths.CLASSES,
)
