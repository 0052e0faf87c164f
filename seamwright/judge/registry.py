"""All rules: one literal tuple, checked when it is made."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from seamwright.judge.rules import (
    accepted_request,
    acyclic,
    client_input,
    code_provoked,
    content_type,
    declared_boundary,
    declared_rate_limit,
    declared_status,
    declared_version,
    defined_schema,
    documentation,
    envelope,
    error_code,
    fault_answer,
    health,
    idempotent_read,
    internals,
    kept_rate_limit,
    method,
    mode_reason,
    one_format,
    ownership,
    pact,
    refused_request,
    request_id_echo,
    request_id_generated,
    request_id_propagated,
    responsibility,
    schema,
    still_answers,
    stored_state,
    told_duration,
    true_documentation,
    versioning,
    whole_list,
)
from seamwright.problem import UsageProblem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from seamwright.contract.system import System
    from seamwright.judge.rule import Rule

RULES: tuple[Rule, ...] = (
    envelope.RULE,
    one_format.RULE,
    content_type.RULE,
    schema.RULE,
    refused_request.RULE,
    accepted_request.RULE,
    error_code.RULE,
    declared_status.RULE,
    code_provoked.RULE,
    request_id_echo.RULE,
    request_id_generated.RULE,
    request_id_propagated.RULE,
    internals.RULE,
    told_duration.RULE,
    health.RULE,
    versioning.RULE,
    pact.RULE,
    fault_answer.RULE,
    acyclic.RULE,
    responsibility.RULE,
    ownership.RULE,
    mode_reason.RULE,
    defined_schema.RULE,
    declared_version.RULE,
    declared_rate_limit.RULE,
    kept_rate_limit.RULE,
    stored_state.RULE,
    whole_list.RULE,
    idempotent_read.RULE,
    method.RULE,
    client_input.RULE,
    still_answers.RULE,
    declared_boundary.RULE,
    documentation.RULE,
    true_documentation.RULE,
)

OF_ANSWERS: tuple[Rule, ...] = (
    envelope.RULE,
    one_format.RULE,
    content_type.RULE,
    schema.RULE,
    refused_request.RULE,
    accepted_request.OF_DOCUMENT,
    error_code.RULE,
    declared_status.RULE,
    request_id_echo.RULE,
    request_id_generated.RULE,
    internals.RULE,
    health.RULE,
    versioning.RULE,
    method.RULE,
    client_input.RULE,
    still_answers.RULE,
)
"""Those that say something of a service whose contract was made of its own document: the others
would judge what no document says."""

_CODE = re.compile(r"[A-Z]{3}\d{3}")


class RegistryProblem(UsageProblem):
    """A rule is not what a rule must be, or a row names one that there is not."""


def check(rules: Sequence[Rule], system: System) -> None:
    """Check the rules, and that every row of a system names rules that exist.

    Raises:
        RegistryProblem: the rule or the row is blamed by name.
    """
    codes: set[str] = set()
    for rule in rules:
        if not _CODE.fullmatch(rule.code):
            raise _problem("a code of three letters and three digits", rule.code, rule.title)
        if rule.code in codes:
            raise _problem("a code for each rule", f"{rule.code} twice", rule.title)
        if not (rule.title and rule.why and rule.source):
            raise _problem("a title, a reason and a source", "one of them is empty", rule.code)
        codes.add(rule.code)
    for row in (*system.checklist, *system.recovery, *system.failure_modes):
        for code in row.rules:
            if code not in codes:
                raise _problem(f"one of {', '.join(sorted(codes))}", code, f"row {row.id}")


def _problem(expected: str, seen: str, where: str) -> RegistryProblem:
    return RegistryProblem(
        expected=expected, seen=seen, where=where, mend="correct the rule or the row"
    )
