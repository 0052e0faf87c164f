"""The audit as one page: no script, nothing loaded, made to be read on paper too.

Audit ──▶ style.css ──digest──▶ the page's Content-Security-Policy
  └─────▶ page.html, which shows subject text through `plain_text` alone
"""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING, cast

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from seamwright.report.plain_text import is_exact, marked, visible

if TYPE_CHECKING:
    from collections.abc import Iterable

    from seamwright.report.audit import Audit, Row

_LIMIT = 600
"""Characters of a text that are shown."""

_SECTIONS = {
    "boundaries": "Service boundaries",
    "contracts": "API contracts",
    "data": "Data flow",
    "verify": "Verification checklist",
}
_MINUTE_S = 60


def page(audit: Audit) -> str:
    """The whole page; the same audit gives the same text."""
    environment = _environment()
    style = environment.get_template("style.css").render(summary=audit.summary)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return environment.get_template("page.html").render(
        audit=audit,
        answer=answer(audit),
        sections=sections(audit.requirements),
        style=Markup(style),  # noqa: S704 - our own file, with three whole numbers put in
        policy=f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; "
        f"form-action 'none'",
        titles={one.code: one.title for one in audit.rules},
    )


def answer(audit: Audit) -> str:
    """Whether it holds, in one sentence."""
    counts = audit.summary
    if counts.rows == 0:
        return "Nothing was judged."
    if counts.fail:
        return f"It does not hold: {counts.fail} of {_rows(counts.rows)} fail."
    if counts.findings:
        return f"It does not hold: no row fails, but there {_findings(counts.findings)}."
    if counts.expiredWaivers:
        return f"It does not hold: {_expired(counts.expiredWaivers)}."
    if counts.unproven == counts.rows:
        return f"Nothing is proven: of {_rows(counts.rows)}, none could be decided."
    lacking = [
        f"{number} of {_rows(counts.rows)} {'is' if number == 1 else 'are'} {word}"
        for number, word in ((counts.waived, "waived"), (counts.unproven, "not proven"))
        if number
    ]
    if lacking:
        return f"Nothing fails, but {' and '.join(lacking)}."
    if counts.waivedFindings:
        return f"Nothing fails, but there {_findings(counts.waivedFindings, 'waived ')}."
    return f"It holds: {_rows(counts.rows)}, and each of them passes."


def sections(rows: Iterable[Row]) -> list[tuple[str, list[Row]]]:
    """The rows under a title for each run of ids with the same beginning."""
    return [
        (_SECTIONS.get(prefix, prefix), list(group))
        for prefix, group in groupby(rows, key=lambda row: row.id.partition(".")[0])
    ]


def _rows(number: int) -> str:
    return f"{number} row" if number == 1 else f"{number} rows"


def _findings(number: int, which: str = "") -> str:
    return f"is a {which}finding" if number == 1 else f"are {number} {which}findings"


def _expired(number: int) -> str:
    return "a waiver has expired" if number == 1 else f"{number} waivers have expired"


def _anchor(text: str) -> str:
    return re.sub(r"[^A-Za-z0-9._-]", "-", text[:_LIMIT])


def _duration(seconds: float) -> str:
    minutes, rest = divmod(seconds, _MINUTE_S)
    return f"{minutes:.0f} min {rest:.0f} s" if minutes else f"{seconds:.1f} s"


def _shown(text: str, limit: int = _LIMIT) -> Markup:
    return marked(text, limit)


def _exact(text: str, limit: int = _LIMIT) -> bool:
    return is_exact(text, limit)


def _bare(text: str, limit: int = _LIMIT) -> str:
    return visible(text, limit)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("seamwright.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    # jinja2 leaves the type of its table to inference, which then knows its own filters only.
    filters = cast("dict[str, object]", environment.filters)
    filters.update(shown=_shown, exact=_exact, bare=_bare, anchor=_anchor, duration=_duration)
    return environment
