"""`seamwright explain`: the page of a rule, or all rules."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from seamwright.commands.explain import ExplainProblem, explain
from seamwright.judge.registry import RULES


@pytest.mark.parametrize("rule", RULES, ids=lambda one: one.code)
def test_every_rule_is_explained(rule: object) -> None:
    """What it demands, why, its source, an example and how to mend."""
    code = str(getattr(rule, "code", ""))
    done = CliRunner().invoke(explain, [code.lower()])
    assert 0 == done.exit_code
    assert f"# {code}: " in done.output
    for part in ("## Demands", "## Why", "## Mend"):
        assert part in done.output


def test_without_a_code_all_are_listed() -> None:
    """A line each."""
    done = CliRunner().invoke(explain, [])
    assert len(RULES) == len(done.output.splitlines())


def test_an_unknown_code_is_a_clear_problem() -> None:
    """With the codes that there are."""
    with pytest.raises(ExplainProblem) as raised:
        CliRunner().invoke(explain, ["NO_SUCH"], catch_exceptions=False)
    assert "ENV001" in raised.value.expected
