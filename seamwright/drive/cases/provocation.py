"""How an error code is brought about: the state, the fault and the request that it takes.

    before ─▶ fault laid on an edge ─▶ request ─▶ fault lifted ─▶ after ─▶ until recovered

What an endpoint can only answer by the contract's generic codes is derived from the contract (see
`derived`); a team says only what is its own.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from seamwright.drive.cases.step import Json, Step
    from seamwright.drive.faults.fault import Fault


@dataclass(frozen=True, slots=True)
class OwnerStep:
    """A request to a box whose contract is somebody else's: the owner's own door.

    Attributes:
        box: whose door.
        method: in upper case.
        target: path and query; `{name}` is a value that was kept.
        headers: likewise; `{door}` is what the subject file's `[doors]` has for this box.
        body: JSON, likewise; None for none.
    """

    box: str
    method: str
    target: str
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    body: Json = None


Preparation = tuple["Step | OwnerStep", ...]


@dataclass(frozen=True, slots=True)
class Provocation:
    """One error code of one endpoint, and what brings it about.

    Those that follow each other with the same fault on the same edge are played under one.

    Attributes:
        code: that must be answered.
        request: what is asked; its service and endpoint are those whose code it is.
        before: requests that bring the state about, sent while all is well.
        after: requests that put it right again, sent whatever happened.
        edge: `caller→callee`, where something is to be broken; "" where nothing is.
        fault: how that edge is broken.
        leads_to: instead of a fault: the box that the edge leads to, which is the wrong one.
        recovered: a request that succeeds once the fault is overcome; None where nothing waits.
    """

    code: str
    request: Step
    before: Preparation = ()
    after: Preparation = ()
    edge: str = ""
    fault: Fault | None = None
    leads_to: str = ""
    recovered: Step | None = None

    @property
    def breaks(self) -> tuple[str, str]:
        """What is broken and how; equal for those that are played together."""
        return self.edge, self.fault.name if self.fault else self.leads_to


@dataclass(frozen=True, slots=True)
class Unprovoked:
    """A declared code that nothing may bring about from outside; it stays unproven, for a reason.

    `endpoint` is "" for a code that any endpoint of the service may answer.
    """

    service: str
    endpoint: str
    code: str
    reason: str
