"""The outbox against a model: whatever is ordered, killed, broken and late, in any order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from contracts.worker_messages import SendEmailResponse
from reference_impl import moment
from reference_impl.refusal import Refusal
from tests.reference_impl.outbox_world import PACE, Killed, Misfortune, World, prospect_id

if TYPE_CHECKING:
    from collections.abc import Mapping

_KEYS = st.integers(0, 3)
_MOODS = st.sampled_from(["", "", "", "later", "never"])
_WHAT: st.SearchStrategy[Misfortune] = st.sampled_from(["kill", "fail", "slow"])
# An order has about eight steps, and so does each mail of a cron run.
_AHEAD = st.dictionaries(st.integers(0, 14).map(lambda n: f"_{n}"), _WHAT, max_size=3)
_DAY_S = 24 * 3_600.0
_EXPECTED = (Refusal, Killed)


class OutboxMachine(RuleBasedStateMachine):
    """Orders, cron runs and time; each email's fate is known from its prospect alone."""

    def __init__(self) -> None:
        """Begin with nothing."""
        super().__init__()
        self.world = World()
        self.of_key: dict[str, str] = {}
        self.accepted: set[str] = set()
        self.days = 0

    @rule(number=_KEYS, mood=_MOODS, ahead=_AHEAD)
    def order(self, number: int, mood: str, ahead: Mapping[str, Misfortune]) -> None:
        """One order, at once, perhaps not for the first time."""
        key, prospect = f"{mood}{number}", prospect_id(number, mood)
        for came in self.world.play(self.world.order(prospect, key), **ahead):
            self._note(key, came)

    @rule(number=_KEYS, ahead=_AHEAD)
    def order_for_later(self, number: int, ahead: Mapping[str, Misfortune]) -> None:
        """One order that is not due yet."""
        later = moment.text(self.world.now.replace(year=2027))
        key = f"scheduled{number}"
        order = self.world.order(prospect_id(number + 10), key, later)
        for came in self.world.play(order, **ahead):
            self._note(key, came)

    @rule(number=_KEYS, ahead=_AHEAD)
    def order_twice_while_cron_runs(self, number: int, ahead: Mapping[str, Misfortune]) -> None:
        """The same order two times, side by side with two cron runs."""
        key, world = str(number), self.world
        orders = [world.order(prospect_id(number), key) for _ in range(2)]
        *told, first, second = world.play(*orders, world.cron(), world.cron(), **ahead)
        for came in told:
            self._note(key, came)
        for came in (first, second):
            assert not isinstance(came, Exception) or isinstance(came, Refusal), came

    @rule(ahead=_AHEAD)
    def run_cron(self, ahead: Mapping[str, Misfortune]) -> None:
        """One run of the outbox job."""
        (came,) = self.world.play(self.world.cron(), **ahead)
        assert not isinstance(came, BaseException) or isinstance(came, _EXPECTED), came

    @rule(seconds=st.sampled_from([1.0, PACE.claim_s + 1, PACE.longest_wait_s]))
    def wait(self, seconds: float) -> None:
        """Time passes."""
        self.world.forward(seconds)

    @rule()
    def wait_a_day(self) -> None:
        """So much that keys are forgotten: the same order is another one then."""
        self.world.forward(_DAY_S + 1)
        self.of_key.clear()
        self.days += 1

    @rule(patient=st.booleans())
    def change_of_mood(self, *, patient: bool) -> None:
        """The server takes what it put off so far, or does not any more."""
        self.world.patient = patient

    @invariant()
    def nothing_arrives_twice(self) -> None:
        """An email lies in its inbox once at most."""
        assert all(count == 1 for count in self.world.inbox.values())

    @invariant()
    def nothing_goes_out_again_without_a_reason(self) -> None:
        """An email goes over the wire once, and once more for what went wrong at most."""
        most = max(self.world.sent.values(), default=0)
        assert most <= 1 + self.world.misfortunes

    @invariant()
    def a_key_has_one_email(self) -> None:
        """Each prospect is written to with one key, so it has one email a day at most."""
        rows = self.world.rows("SELECT count(*) AS n FROM emails GROUP BY prospect_id")
        assert all(int(str(row["n"])) <= 1 + self.days for row in rows)

    @invariant()
    def what_is_sent_has_arrived(self) -> None:
        """D1 never says sent of what did not arrive, nor failed of what did."""
        for row in self.world.rows("SELECT email_id, status FROM emails"):
            arrived = self.world.inbox[str(row["email_id"])]
            assert (row["status"], arrived) in {
                ("sent", 1),
                ("queued", 0),
                ("queued", 1),
                ("failed", 0),
            }

    def teardown(self) -> None:
        """In the end all is well, and every accepted email has arrived, or has failed for good."""
        self.world.patient = True
        self.world.now = self.world.now.replace(year=2028)
        for _ in range(4):
            self.world.forward(PACE.longest_wait_s)
            self.world.play(self.world.cron())
        rows = self.world.rows("SELECT email_id, status, recipient FROM emails")
        fates = {str(row["email_id"]): row for row in rows}
        assert self.accepted <= fates.keys()
        for id_, row in fates.items():
            never = str(row["recipient"]).startswith("never")
            seen = (row["status"], self.world.inbox[id_])
            assert (("failed", 0) if never else ("sent", 1)) == seen
        assert set(self.world.inbox) <= fates.keys()

    def _note(self, key: str, came: object) -> None:
        """One key, one email."""
        if isinstance(came, SendEmailResponse):
            self.accepted.add(came.emailId)
            assert came.emailId == self.of_key.setdefault(key, came.emailId)
        else:
            assert isinstance(came, _EXPECTED), came


TestOutboxMachine = OutboxMachine.TestCase
TestOutboxMachine.settings = settings(
    max_examples=120,
    stateful_step_count=25,
    deadline=None,
    database=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
