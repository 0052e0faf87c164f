"""What one audit found: the data of `audit.json`, from which every page is rendered.

    Audit ┬ Summary
          ├ Row ─ Evidence          requirements, recovery, failureModes
          ├ Finding ─ Evidence
          ├ WaivedFinding ─ Evidence, Waiver
          ├ Waiver                  all that were laid, with their standing
          ├ Census ─ Format         in which formats each service answered
          ├ Coverage                what was reached of each service
          ├ JudgedBy                the rules that judged
          └ NotSeen                 what could not be seen, and why

Fields are named as in the file; docs/reference/audit.schema.json is made by `audit_schema`.
"""

# ruff: noqa: N815 - the fields are named as in the published file

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal, Self

from pydantic import Field, model_validator

from seamwright.report.coverage import Coverage  # noqa: TC001 - a field's type
from seamwright.report.part import Count, Part, Text

if TYPE_CHECKING:
    from collections.abc import Sequence


Status = Literal["pass", "fail", "waived", "unproven"]
Standing = Literal["in force", "expired", "stale"]
Of = Literal["failures", "successes"]

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_DAY = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
_MOMENT = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9:]{8}(\.[0-9]+)?([Zz]|[+-][0-9]{2}:[0-9]{2})$"


class MadeBy(Part):
    """The tool that made the audit."""

    name: Text
    version: Text


class Verdicts(Part):
    """How many verdicts of each kind a row has."""

    pass_: Count = Field(validation_alias="pass", serialization_alias="pass")
    fail: Count
    waived: Count = 0
    unproven: Count


class Evidence(Part):
    """One thing that was seen, or the contract set where a rule needs to read nothing else."""

    id: Text = Field(description="Its id in the record, or `contract`.")
    what: Text = Field(description="The same for people: who asked whom for what, and the answer.")
    requestId: Text = Field(description='The request ID that it carried, or "".')


class Row(Part):
    """A requirement, a row of the recovery table or a failure mode, and what became of it."""

    id: Text = Field(description="Stable, `section.name`.")
    text: Text
    status: Status = Field(
        description="`unproven`: nothing was seen that could decide it. `waived`: all that fails "
        "is waived; it is no pass."
    )
    verdicts: Verdicts
    evidence: tuple[Evidence, ...] = Field(description="A bounded selection.")
    reasons: tuple[Text, ...] = Field(description="Why it is unproven or fails.")
    rules: tuple[Text, ...] = Field(description="Codes of the rules that prove it, together.")
    detection: Text = Field(description='How the failure is noticed; "" of a checklist row.')
    recovery: Text = Field(description='What is done then; "" of a checklist row.')
    impact: Text = Field(description='What its users feel; "" where nothing is said.')
    open: bool = Field(
        default=False, description="Whether a part of it is unproven, whatever its status."
    )

    @model_validator(mode="after")
    def _passes_by_evidence(self) -> Self:
        seen = self.verdicts
        others = seen.fail or seen.waived or seen.unproven
        if self.status == "pass" and (seen.pass_ == 0 or others):
            message = "a row passes when it has verdicts and all of them pass"
            raise ValueError(message)
        return self


class Finding(Part):
    """One fault, with all that shows it."""

    id: Text = Field(description="Its name, the same in every run; `seamwright replay ID`.")
    code: Text = Field(description="The code of the rule that was broken.")
    rule: Text = Field(description="The title of that rule.")
    service: Text
    endpoint: Text = Field(
        description='`METHOD /path/template`; "" where there is none, or several.'
    )
    endpoints: tuple[Text, ...] = Field(description="All endpoints at which it was seen.")
    message: Text
    requestId: Text = Field(description='The request ID of the first evidence, or "".')
    curl: Text = Field(description='A command that shows it again, or "".')
    evidence: tuple[Evidence, ...] = Field(description="A bounded selection.")
    count: Count = Field(description="How often it was seen.")
    again: Literal["shown", "not shown", "not tried"] = Field(
        description="Whether it was seen when the smallest request that showed it was sent again."
    )


class Waiver(Part):
    """A failure that is accepted for a while, and what came of it."""

    rule: Text = Field(description="The code of the rule.")
    endpoint: Text = Field(
        description="`service METHOD /path/template`, `service *`, or `*`: the system as a whole."
    )
    owner: Text = Field(description="Who answers for it.")
    reason: Text
    expires: Annotated[str, Field(pattern=_DAY, json_schema_extra={"format": "date"})] = Field(
        description="The last day on which it holds."
    )
    standing: Standing = Field(
        description="`expired` is a failure; `stale`: there is nothing that it waives."
    )
    findings: Count = Field(description="How many findings it is for.")
    note: Text = Field(description='What its owner should know, or "".')

    @property
    def words(self) -> str:
        """`waived by OWNER until 2027-01-31: REASON`."""
        return f"waived by {self.owner} until {self.expires}: {self.reason}"


class WaivedFinding(Finding):
    """A finding that does not count, and the waiver that is laid over it."""

    waiver: Waiver


class Format(Part):
    """One format of the answers of a service, and who answers in it."""

    format: Text = Field(
        description="Media type, and what lies where; `?` after what may be missing."
    )
    of: Of
    declared: bool = Field(description="Whether it is the form of the contract's envelope.")
    count: Count
    endpoints: tuple[Text, ...] = Field(description="All that answer in it.")
    causes: tuple[Text, ...] = Field(description="What brought these answers about.")
    evidence: tuple[Evidence, ...] = Field(description="A bounded selection.")


class Census(Part):
    """The formats of one service; of failures and of successes, the prevailing one first."""

    service: Text
    formats: tuple[Format, ...]


class JudgedBy(Part):
    """A rule that judged."""

    code: Text
    title: Text
    why: Text = Field(description="What goes wrong where it does not hold.")
    source: Text


class NotSeen(Part):
    """An edge or a box that could not be seen or broken, and why."""

    what: Text
    reason: Text


class Note(Part):
    """Something that was seen of which nobody can say from outside who is wrong; no finding."""

    code: Text = Field(description="The code of the rule that has seen it.")
    service: Text
    message: Text
    curl: Text = Field(description='A command that shows an instance of it, or "".')
    evidence: tuple[Evidence, ...] = Field(description="A bounded selection.")


class Summary(Part):
    """The rows, the findings and the waivers, counted."""

    rows: Count
    pass_: Count = Field(validation_alias="pass", serialization_alias="pass")
    fail: Count
    unproven: Count
    findings: Count = Field(description="Those that are waived do not count.")
    waived: Count = Field(default=0, description="Rows that are waived.")
    waivedFindings: Count = 0
    expiredWaivers: Count = Field(default=0, description="Each is a failure.")

    @classmethod
    def of(
        cls,
        rows: Sequence[Row],
        findings: Sequence[Finding],
        waived: Sequence[WaivedFinding] = (),
        waivers: Sequence[Waiver] = (),
    ) -> Summary:
        """Count them."""
        status = [one.status for one in rows]
        return cls(
            rows=len(status),
            pass_=status.count("pass"),
            fail=status.count("fail"),
            unproven=status.count("unproven"),
            findings=len(findings),
            waived=status.count("waived"),
            waivedFindings=len(waived),
            expiredWaivers=sum(one.standing == "expired" for one in waivers),
        )


class Audit(Part):
    """One audit of one subject, whole."""

    format: Literal[1]
    tool: MadeBy
    subject: Text = Field(description="What was judged.")
    system: Text = Field(description="The contract set by which it was judged.")
    contractDigest: Annotated[str, Field(pattern="^sha256:[0-9a-f]{64}$")]
    started: Annotated[str, Field(pattern=_MOMENT, json_schema_extra={"format": "date-time"})]
    duration: Annotated[float, Field(ge=0)] = Field(description="Seconds.")
    complete: bool = Field(description="Whether the run came to its end.")
    summary: Summary
    requirements: tuple[Row, ...]
    recovery: tuple[Row, ...]
    failureModes: tuple[Row, ...]
    findings: tuple[Finding, ...]
    census: tuple[Census, ...]
    rules: tuple[JudgedBy, ...]
    unseen: tuple[NotSeen, ...]
    waived: tuple[WaivedFinding, ...] = Field(
        default=(), description="Findings that do not count, since a waiver is laid over them."
    )
    waivers: tuple[Waiver, ...] = Field(default=(), description="All that were laid.")
    coverage: tuple[Coverage, ...] = ()
    notes: tuple[Note, ...] = Field(default=(), description="They do not count.")
    envelope: Text = Field(
        default="",
        description="Of a set that was made of a document: how its envelope was named or inferred, "
        'or why there is none; else "".',
    )

    @property
    def rows(self) -> tuple[Row, ...]:
        """Every row, in the order of the file."""
        return (*self.requirements, *self.recovery, *self.failureModes)

    @property
    def holds(self) -> bool:
        """Whether nothing was found broken; what is unproven is not broken."""
        counts = self.summary
        return not (counts.fail or counts.findings or counts.expiredWaivers)

    @model_validator(mode="after")
    def _counted(self) -> Self:
        counted = Summary.of(self.rows, self.findings, self.waived, self.waivers)
        if self.summary != counted:
            message = f"the summary does not count the rows: expected {counted!r}"
            raise ValueError(message)
        return self


def audit_schema() -> dict[str, object]:
    """The published JSON Schema (2020-12) of `audit.json`."""
    schema = Audit.model_json_schema(by_alias=True, mode="serialization")
    return {"$schema": _DIALECT, **schema}
