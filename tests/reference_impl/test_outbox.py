"""Claims, waits and keys of the outbox, over a SQLite and a clock that is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from contracts.worker_messages import CronReport, SendEmailResponse
from reference_impl.refusal import Refusal
from reference_impl.worker.outbox import Claim, Outcome, Pace
from tests.reference_impl.outbox_world import PACE, World, prospect_id

if TYPE_CHECKING:
    from reference_impl.worker.mail import Mail
    from tests.reference_impl.outbox_world import Misfortune

ADA = prospect_id(1)
NEVER = prospect_id(2, "never")
LATER = prospect_id(3, "later")


@pytest.fixture
def world() -> World:
    """Nothing ordered yet."""
    return World()


def _order(
    world: World, prospect: str = ADA, key: str | None = "key", **ahead: Misfortune
) -> object:
    return world.play(world.order(prospect, key), **ahead)[0]


def _sent_by_cron(world: World) -> int:
    (report,) = world.play(world.cron())
    assert isinstance(report, CronReport), report
    return report.succeeded


def _statuses(world: World) -> list[object]:
    return [row["status"] for row in world.rows("SELECT status FROM emails")]


def _claim(world: World, name: str) -> Claim:
    (claim,) = world.play(lambda: world.outbox().claim(name, "req"))
    assert isinstance(claim, Claim), claim
    return claim


def _settle(world: World, mail: Mail, claim: str, outcome: Outcome) -> None:
    world.play(lambda: world.outbox().settle(mail, claim, outcome, "req"))


def _put_off(world: World, times: int) -> None:
    for _ in range(times):
        world.forward(PACE.longest_wait_s)
        world.play(world.cron())


def test_the_same_key_is_answered_with_the_first_result(world: World) -> None:
    """The answers are equal, and one email went out."""
    assert _order(world) == _order(world)
    assert [1] == list(world.inbox.values())


def test_the_first_result_stays_the_first(world: World) -> None:
    """An email that was queued is answered as queued after it was sent."""
    first = _order(world, LATER)
    world.patient = True
    _put_off(world, 1)
    assert (["sent"], first) == (_statuses(world), _order(world, LATER))


def test_another_order_with_the_key_is_refused(world: World) -> None:
    """IDEMPOTENCY_KEY_REUSED, and nothing of the second goes out."""
    _order(world)
    refused = _order(world, NEVER)
    assert isinstance(refused, Refusal)
    assert ("IDEMPOTENCY_KEY_REUSED", 1) == (refused.code, len(_statuses(world)))


@pytest.mark.parametrize(("hours", "emails"), [(23, 1), (25, 2)])
def test_a_key_lasts_for_a_day(world: World, hours: int, emails: int) -> None:
    """The same order is the same one for 24 hours, and another one afterwards."""
    _order(world)
    world.forward(hours * 3_600)
    _order(world)
    assert emails == len(_statuses(world))


def test_keys_that_have_run_out_are_forgotten(world: World) -> None:
    """A cron run deletes them; the emails stay."""
    _order(world)
    world.forward(25 * 3_600)
    world.play(world.cron())
    assert ([], ["sent"]) == (world.rows("SELECT key FROM send_keys"), _statuses(world))


def test_a_refused_order_leaves_no_key(world: World) -> None:
    """What D1 did not take may be ordered again with the same key."""
    refused = _order(world, _1="fail")
    assert isinstance(refused, Refusal)
    assert isinstance(_order(world), SendEmailResponse)


def test_without_a_key_each_order_is_one(world: World) -> None:
    """Two orders, two emails."""
    _order(world, key=None)
    _order(world, key=None)
    assert [1, 1] == list(world.inbox.values())


@pytest.mark.parametrize("step", range(12))
def test_a_kill_at_any_step_ends_in_one_mail(world: World, step: int) -> None:
    """Ordered again with its key and worked off, the email lies in the inbox once."""
    ahead: dict[str, Misfortune] = {f"_{step}": "kill"}
    _order(world, **ahead)
    _order(world)
    world.forward(PACE.claim_s + 1)
    world.play(world.cron())
    assert (["sent"], [1]) == (_statuses(world), list(world.inbox.values()))


def test_a_lost_answer_is_sent_again_as_the_same_mail(world: World) -> None:
    """Taken twice by the server, kept once."""
    queued = _order(world, _5="fail")
    assert isinstance(queued, SendEmailResponse)
    sent = _sent_by_cron(world)
    assert ("queued", 1) == (queued.status, sent)
    assert ([2], [1]) == (list(world.sent.values()), list(world.inbox.values()))


def test_a_claimed_email_is_left_alone(world: World) -> None:
    """Whoever comes while the claim lasts finds nothing; whoever comes after it finds the email."""
    _order(world, _4="kill")
    world.forward(PACE.claim_s - 1)
    early = _sent_by_cron(world)
    world.forward(2)
    assert (0, 1) == (early, _sent_by_cron(world))


def test_a_refused_email_fails_with_an_alert(world: World) -> None:
    """Failed at once, and never tried again."""
    failed = _order(world, NEVER)
    assert isinstance(failed, SendEmailResponse)
    _put_off(world, 2)
    assert ("failed", ["failed"], ["MAIL_REFUSED"]) == (
        failed.status,
        _statuses(world),
        world.alerts,
    )


def test_an_email_that_was_put_off_waits_longer_each_time(world: World) -> None:
    """It is not due before its wait has passed, which doubles."""
    _order(world, LATER)
    tried: list[int] = []
    for wait_s in (4, 2, 8, 3):
        world.forward(wait_s)
        (report,) = world.play(world.cron())
        assert isinstance(report, CronReport)
        tried.append(report.processed)
    assert [0, 1, 0, 1] == tried
    assert "MAIL_UNAVAILABLE" in world.alerts


def test_the_longest_wait_is_the_longest() -> None:
    """However often an email was put off."""
    pace = Pace(first_wait_s=5, longest_wait_s=900)
    assert [5, 10, 900, 900] == [pace.wait_s(n) for n in (1, 2, 20, 10_000)]


def test_emails_that_wait_do_not_stand_in_the_way(world: World) -> None:
    """A hundred that are put off let the next one pass."""
    later = [world.order(prospect_id(n, "later"), f"l{n}") for n in range(100)]
    world.play(*later)
    _order(world, _5="fail")
    assert 1 == _sent_by_cron(world)


def test_a_late_holder_gives_no_claim_back(world: World) -> None:
    """Whoever's claim has ended may not say "not now" of what is another's."""
    _order(world, _4="kill")
    world.forward(PACE.claim_s + 1)
    (mail,) = _claim(world, "late").mails
    world.forward(PACE.claim_s + 1)
    _claim(world, "new")
    _settle(world, mail, "late", Outcome("queued"))
    assert [{"claim": "new"}] == world.rows("SELECT claim FROM emails")


def test_sent_is_true_however_late(world: World) -> None:
    """A late holder that sent it says so, even of what another found refused."""
    _order(world, _4="kill")
    world.forward(PACE.claim_s + 1)
    (mail,) = _claim(world, "late").mails
    _settle(world, mail, "new", Outcome("failed"))
    _settle(world, mail, "late", Outcome("sent", "2026-01-01T00:00:00.000Z"))
    _settle(world, mail, "new", Outcome("failed"))
    assert ["sent"] == _statuses(world)


def test_a_claim_that_is_asked_for_twice_is_one(world: World) -> None:
    """D1 is asked again when its answer is lost, and then gives the same emails."""
    _order(world, _4="kill")
    world.forward(PACE.claim_s + 1)
    first, second = (_claim(world, "one") for _ in range(2))
    assert first.mails == second.mails
    assert [2] == [mail.attempts for mail in second.mails]


def test_nothing_is_begun_at_the_end_of_a_claim(world: World) -> None:
    """A run that was held up leaves the rest to the next, rather than be a second one at it."""
    for number in range(12):
        _order(world, prospect_id(number), f"k{number}", _5="fail")
    (report,) = world.play(world.cron(), _4="slow")
    assert isinstance(report, CronReport)
    assert (12, True) == (report.processed, report.succeeded < 12)
    world.forward(PACE.claim_s + 1)
    _sent_by_cron(world)
    assert {"sent"} == set(_statuses(world))


def test_a_run_stops_where_d1_does_not_hear_it(world: World) -> None:
    """What it can no longer write down it does not begin."""
    for number in range(20):
        _order(world, prospect_id(number), f"k{number}", _5="fail")
    ahead: dict[str, Misfortune] = {f"_{step}": "fail" for step in range(18, 60)}
    (report,) = world.play(world.cron(), **ahead)
    assert isinstance(report, CronReport)
    assert report.succeeded < 20
    assert 20 == len(world.inbox)
