"""ERR002 on records made by hand."""

from __future__ import annotations

from seamwright.judge.rules.code_provoked import RULE
from tests.judge.records import PLACE, READ, SYSTEM, answered, at, failure, make_record


def test_passes_where_the_code_was_answered() -> None:
    """Some of the answers that show it are evidence."""
    seen = [answered(id_, failure("NO_SUCH_ORDER"), status=404) for id_ in "abcd"]
    verdicts = RULE.judge(SYSTEM, make_record(*seen))
    assert [("pass", "", ("a", "b", "c"))] == at(verdicts, "NO_SUCH_ORDER")


def test_is_unproven_where_it_was_not() -> None:
    """A place and a code, with the reason; an endpoint's codes each have a verdict."""
    verdicts = list(RULE.judge(SYSTEM, make_record()))
    why = "nothing was sent that could bring it about"
    assert [("unproven", why, ())] * 2 == at(verdicts, PLACE)
    assert {"unproven"} == {one.outcome.value for one in verdicts}
    assert [("unproven", why, ())] == at(verdicts, READ)


def test_never_fails() -> None:
    """An undeclared code is the finding of another rule."""
    verdicts = RULE.judge(SYSTEM, make_record(answered("a", failure("OOPS"), status=500)))
    assert "fail" not in {one.outcome.value for one in verdicts}
