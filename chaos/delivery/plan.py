"""How much is sent, what breaks meanwhile, and how fast the worker is set to give up and retry."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import TYPE_CHECKING

from seamwright.drive.faults.cut import Cut
from seamwright.drive.faults.storm import Storm
from seamwright.drive.faults.toxic import Toxic

if TYPE_CHECKING:
    from seamwright.drive.faults.fault import Fault
    from seamwright.drive.subject.project_file import ProjectFile

WORKER = "worker"
# Real times would make each fault last for minutes. Everything keeps its order: a deadline is
# shorter than a claim, and a breaker rests longer than a deadline.
_ENVIRONMENT = {
    "DEADLINE_SMTP_MS": "600",
    "SMTP_FAREWELL_MS": "100",
    "DEADLINE_D1_MS": "400",
    "DEADLINE_SUPABASE_MS": "400",
    "BREAKER_OPEN_MS": "300",
    "OUTBOX_CLAIM_MS": "3000",
    "OUTBOX_RETRY_MS": "200",
    # The caller is here to be impatient, and a limit would only slow it down.
    "RATE_LIMIT_FACTOR": "0",
}

_LATE_MS = 900
"""Longer than any deadline: what was given up arrives all the same, after its next attempt."""

_SILENT = Toxic("silent", "timeout", "upstream", {"timeout": 0})
_ANSWERS_LOST = Toxic("answers lost", "timeout", "downstream", {"timeout": 0})
_ANSWERS_RESET = Toxic("answers reset", "reset_peer", "downstream", {"timeout": 0})
_LATE = Toxic("late", "latency", "upstream", {"latency": _LATE_MS, "jitter": 100})
_ANSWERS_LATE = Toxic("answers late", "latency", "downstream", {"latency": _LATE_MS, "jitter": 100})
_HTTP: tuple[Fault, ...] = (Cut(), _SILENT, _ANSWERS_LOST, _ANSWERS_RESET, _LATE, _ANSWERS_LATE)
# A dialogue is about 120 bytes long up to DATA, and the mail about 400; the server says about 300.
_BROKEN_OFF: tuple[Fault, ...] = (
    *(Toxic(f"breaks off after {n}", "limit_data", "upstream", {"bytes": n}) for n in (30, 250)),
    Toxic("breaks off in the mail", "limit_data", "upstream", {"bytes": 450}),
    *(Toxic(f"answers {n} bytes", "limit_data", "downstream", {"bytes": n}) for n in (20, 250)),
)
# One of the last bytes is the answer to DATA, which is what an outbox is afraid of.
_LAST_ANSWER_LOST: tuple[Fault, ...] = tuple(
    Toxic(f"answers {n} bytes", "limit_data", "downstream", {"bytes": n}) for n in (290, 320, 350)
)


@dataclass(frozen=True, slots=True)
class Plan:
    """One run.

    Attributes:
        seed: of the storm, of the kills and of the callers' patience.
        emails: how many are ordered.
        kills: how often the worker is killed.
        within_s: after which time the orders are given up.
    """

    seed: int = 1
    emails: int = 1_000
    kills: int = 10
    within_s: float = 300.0

    @property
    def storm(self) -> Storm:
        """The faults that come and go."""
        faults = {
            "worker→smtp": (*_HTTP, *_BROKEN_OFF, *_LAST_ANSWER_LOST),
            "worker→d1": _HTTP,
            "worker→supabase": _HTTP,
        }
        return Storm(self.seed, faults, lasts_s=(0.1, 0.7), calm_s=(0.3, 1.5))

    @property
    def kill_marks(self) -> list[int]:
        """After how many accepted emails the worker is killed, in order."""
        chance = random.Random(f"{self.seed} kills")  # noqa: S311 - chance, not a secret
        return sorted(chance.sample(range(1, self.emails - 1), self.kills))

    @property
    def quiet_s(self) -> float:
        """How long something that is under way may take to arrive."""
        return _LATE_MS / 1_000 * 2


def hastened(file: ProjectFile, **env: str) -> ProjectFile:
    """The subject file with the worker set to this plan's times, save those that are given."""
    worker = file.box[WORKER]
    env = {**worker.env, **_ENVIRONMENT, **env}
    box = {**file.box, WORKER: worker.model_copy(update={"env": env})}
    return file.model_copy(update={"box": box})
