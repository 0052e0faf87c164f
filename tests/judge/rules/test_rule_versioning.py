"""VER001 on records made by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from seamwright.contract import Envelope, Form, Member, Role, Version
from seamwright.judge.rules.versioning import RULE
from seamwright.record.observation import Exchange, Unseen
from tests.judge.records import (
    READ,
    SYSTEM,
    answered,
    at,
    fails,
    failure,
    make_record,
    success,
    unanswered,
)

UNKNOWN = (("x-version", "99"),)
REFUSED = answered("r", failure("NO_SUCH_VERSION"), status=400, asked=UNKNOWN)


def test_passes_when_told_and_refused() -> None:
    """A service passes when every answer tells the version, and an unknown one is refused."""
    pinned = answered("p", success(), asked=(("x-version", "2"),))
    record = make_record(answered("a", success()), pinned, REFUSED)
    assert [("pass", "", ("r", "a"))] == at(RULE.judge(SYSTEM, record), "shop")


@pytest.mark.parametrize("headers", [(), (("x-version", "1"),)])
def test_fails_on_an_answer_without_the_version(headers: tuple[tuple[str, str], ...]) -> None:
    """An answer that tells no version, or another, is a fail of its endpoint."""
    record = make_record(answered("a", success(), headers=headers), REFUSED)
    verdicts = list(RULE.judge(SYSTEM, record))
    assert [("fail", "the answer has no x-version: 2", ("a",))] == at(verdicts, READ)
    assert [] == at(verdicts, "shop")


@pytest.mark.parametrize(
    "one",
    [
        answered("a", success(), asked=UNKNOWN),
        answered("a", failure("NO_SUCH_ORDER"), status=404, asked=UNKNOWN),
        answered("a", failure("NO_SUCH_ROUTE"), status=400, asked=UNKNOWN),
        answered("a", b"<html>", status=400, asked=UNKNOWN),
    ],
)
def test_fails_when_an_unknown_version_is_let_in(one: Exchange) -> None:
    """Another status, another code and another form are no refusal of the version."""
    said = "an unknown version is not refused with NO_SUCH_VERSION"
    assert [(said, ("a",))] == fails(RULE.judge(SYSTEM, make_record(one)))


@pytest.mark.parametrize(
    "envelope",
    [None, Envelope(Form((Member("", Role.DATA),)), Form((Member("/detail", Role.MESSAGE),)))],
)
def test_passes_by_the_status_where_no_code_is_declared(envelope: Envelope | None) -> None:
    """Where errors have no code, the status is the refusal."""
    record = make_record(answered("r", {"detail": "no"}, status=400, asked=UNKNOWN))
    system = replace(SYSTEM, envelope=envelope)
    assert [("pass", "", ("r", "r"))] == at(RULE.judge(system, record), "shop")


def test_unproven_where_no_unknown_version_was_named() -> None:
    """Telling the version is half of it."""
    expected = [("unproven", "no request named an unknown version", ())]
    record = make_record(answered("a", success()), unanswered("b"))
    assert expected == at(RULE.judge(SYSTEM, record), "shop")


def test_unproven_where_nothing_was_answered() -> None:
    """A service that never answered is unproven, with the reason where there is one."""
    verdicts = list(RULE.judge(SYSTEM, make_record(unanswered("a"), Unseen("bank", "no box"))))
    assert [("unproven", "it never answered", ())] == at(verdicts, "shop")
    assert [("unproven", "no box", ())] == at(verdicts, "bank")


def test_unproven_without_a_declared_version() -> None:
    """A contract without a version leaves every service open."""
    verdicts = RULE.judge(replace(SYSTEM, version=None), make_record())
    assert {"the contract declares no version"} == {one.said for one in verdicts}


def test_the_version_of_a_contract_is_a_declared_error() -> None:
    """The code that refuses a version belongs to the catalogue."""
    assert Version("x-version", "2", "NO_SUCH_VERSION") == SYSTEM.version


def test_leaves_out_what_was_not_seen_to_be_asked() -> None:
    """An answer whose request is not in the record says nothing of versions."""
    alone = replace(answered("a", success(), headers=()), request=None)
    expected = [("unproven", "no request named an unknown version", ())]
    assert expected == at(RULE.judge(SYSTEM, make_record(alone)), "shop")
