"""The system itself, as source: its service, its catalogue, its envelope, its callers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from seamwright.contract.adopt.code import call, keyword, laid_out, literal, row
from seamwright.contract.credential import Credential
from seamwright.contract.description.document import Note
from seamwright.contract.health import Health
from seamwright.contract.request_id import RequestId
from seamwright.contract.version import Version

if TYPE_CHECKING:
    from seamwright.contract.adopt.code import Code
    from seamwright.contract.adopt.envelope_inference import Inferred
    from seamwright.contract.adopt.error_codes import Catalogue
    from seamwright.contract.description.document import Description, Scheme
    from seamwright.contract.envelope import Form

_FUTURE = ["from __future__ import annotations", ""]
_BASE = re.compile(r"https?://[^\s{}]+")
_LONGEST = 300
_HTTP = {"bearer": "Bearer", "basic": "Basic"}


@dataclass(frozen=True, slots=True)
class Promised:
    """What a document says in our own extensions, where it has them."""

    catalogue: Catalogue
    request_id: RequestId | None
    version: Version | None
    health: Health | None


def promised(description: Description, catalogue: Catalogue) -> Promised:
    """Request ID, version and health of a document."""
    return Promised(
        catalogue,
        _request_id(description),
        _version(description, catalogue),
        _health(description),
    )


def credentials(description: Description) -> tuple[list[Credential], list[Note]]:
    """The kinds of callers, and what of their schemes could not be said."""
    made: list[Credential] = []
    notes: list[Note] = []
    for one in description.schemes:
        credential, said = _credential(one)
        if credential is not None:
            made.append(credential)
        if said:
            notes.append(Note(f"security scheme {one.name!a}", said))
    return made, notes


def _credential(scheme: Scheme) -> tuple[Credential | None, str]:
    match scheme.kind:
        case "http" if scheme.scheme in _HTTP:
            return Credential(scheme.name, scheme=_HTTP[scheme.scheme]), ""
        case "apiKey" if scheme.place == "header" and scheme.header:
            said = re.search(r"begins with '([^']+)' and a space", scheme.description)
            return Credential(scheme.name, scheme.header.lower(), said.group(1) if said else ""), ""
        case "apiKey":
            return None, f"a key in the {scheme.place or 'request'}: left out"
        case "oauth2" | "openIdConnect":
            said = f"{scheme.kind}: taken for a bearer token, without flows and scopes"
            return Credential(scheme.name), said
        case _:
            return None, f"{scheme.kind} {scheme.scheme}".strip() + ": left out"


def errors_source(catalogue: Catalogue) -> str:
    """The catalogue of error codes."""
    lines = [
        '"""The error codes."""',
        "",
        *_FUTURE,
        "from seamwright.contract import ErrorCode",
        "",
        "ERRORS: tuple[ErrorCode, ...] = (",
    ]
    for one in catalogue.errors:
        items: list[Code] = [
            literal(one.code),
            str(one.status),
            keyword("retryable", str(one.retryable)),
            keyword("meaning", literal(one.meaning)),
        ]
        lines += laid_out(call("ErrorCode", items), 1, after=",")
    lines.append(")")
    everywhere = row([literal(one) for one in catalogue.everywhere])
    lines += laid_out(everywhere, 0, before="EVERYWHERE: tuple[str, ...] = ")
    return "\n".join(lines) + "\n"


def envelope_source(inferred: Inferred) -> str:
    """The envelope, with the reason for it."""
    envelope = inferred.envelope
    terms = ["Envelope", *(["Exemption"] if envelope and envelope.exempt else [])]
    terms += ["Form", "Member", "Role"]
    known = (
        "as its team names it"
        if inferred.named
        else ("inferred from what the answers of the document share")
    )
    lines = [
        f'"""How answers are wrapped: {known}."""',
        "",
        *_FUTURE,
        f"from seamwright.contract import {', '.join(terms)}",
        "",
    ]
    items: list[Code] = []
    if envelope is not None:
        items = [
            keyword("success", _form(envelope.success)),
            keyword("failure", _form(envelope.failure)),
        ]
        exempt = [
            call(
                "Exemption",
                [literal(x) for x in (one.service, one.endpoint, one.content_type, one.reason)],
            )
            for one in envelope.exempt
        ]
        items += [keyword("exempt", row(exempt))] if exempt else []
    return "\n".join([*lines, *laid_out(call("Envelope", items), 0, before="ENVELOPE = ")]) + "\n"


def _form(form: Form) -> Code:
    members = [
        call(
            "Member",
            [
                literal(one.at),
                f"Role.{one.role.name}",
                *([] if one.required else [keyword("required", "False")]),
            ],
        )
        for one in form.members
    ]
    items: list[Code] = [row(members)]
    if form.content_type != "application/json":
        items.append(keyword("content_type", literal(form.content_type)))
    if form.extra:
        items.append(keyword("extra", "True"))
    return call("Form", items)


def system_source(
    description: Description,
    names: tuple[str, str],
    told: Promised,
    shown: list[Credential],
    inferred: Inferred,
) -> str:
    """The module with `SYSTEM`; `names` are those of the system and of its service."""
    name, service = names
    items: list[Code] = [
        keyword("name", literal(name)),
        keyword("services", row([_service(description, service, told.health)])),
    ]
    if inferred.envelope is not None:
        items.append(keyword("envelope", "ENVELOPE"))
    if told.catalogue.errors:
        items += [keyword("errors", "ERRORS"), keyword("everywhere", "EVERYWHERE")]
    items.append(keyword("request_id", _request_id_source(told.request_id)))
    if told.version is not None:
        values = (told.version.header, told.version.current, told.version.unsupported)
        items.append(keyword("version", call("Version", [literal(one) for one in values])))
    if shown:
        made = [
            call("Credential", [literal(one.name), literal(one.header), literal(one.scheme)])
            for one in shown
        ]
        items.append(keyword("credentials", row(made)))
    terms = ["Credential"] if shown else []
    terms += ["Health"] if told.health else []
    terms += ["RequestId"] if told.request_id else []
    terms += ["Service", "System"]
    terms += ["Version"] if told.version else []
    lines = [
        '"""The whole contract set."""',
        "",
        *_FUTURE,
        f"from seamwright.contract import {', '.join(terms)}",
        "",
        "from .endpoints import ENDPOINTS",
        *(["from .envelope import ENVELOPE"] if inferred.envelope else []),
        *(["from .errors import ERRORS, EVERYWHERE"] if told.catalogue.errors else []),
        "",
        *laid_out(call("System", items), 0, before="SYSTEM = "),
    ]
    return "\n".join(lines) + "\n"


def _service(description: Description, service: str, health: Health | None) -> Code:
    first = description.description.strip().split("\n\n")[0].replace("\n", " ").strip()
    base = next((one for one in description.servers if _BASE.fullmatch(one)), "")
    items: list[Code] = [
        literal(service),
        literal(description.title.strip() or service),
        literal(first[:_LONGEST]),
        "ENDPOINTS",
    ]
    if health is not None:
        arguments: list[Code] = [
            literal(health.path),
            row([literal(one) for one in health.dependencies]),
            keyword("statuses", row([literal(one) for one in health.statuses])),
            keyword("unhealthy_status", str(health.unhealthy_status)),
        ]
        items.append(keyword("health", call("Health", arguments)))
    if base:
        items.append(keyword("base_url", literal(base)))
    return call("Service", items)


def _request_id_source(ids: RequestId | None) -> Code:
    if ids is None:
        return "None"
    items: list[Code] = [
        keyword("headers", row([literal(one) for one in ids.headers])),
        keyword("pattern", literal(ids.pattern)),
    ]
    if ids.mail_header is not None:
        items.append(keyword("mail_header", literal(ids.mail_header)))
    items.append(keyword("log_field", literal(ids.log_field)))
    return call("RequestId", items)


def _request_id(description: Description) -> RequestId | None:
    said = _object(description, "x-request-id")
    headers, pattern = _texts(said.get("headers")), said.get("pattern")
    mail, field = said.get("mailHeader"), said.get("logField")
    if not headers or not isinstance(pattern, str) or not _compiles(pattern):
        return None
    return RequestId(
        tuple(one.lower() for one in headers),
        pattern,
        mail if isinstance(mail, str) else None,
        field if isinstance(field, str) else "requestId",
    )


def _version(description: Description, catalogue: Catalogue) -> Version | None:
    said = _object(description, "x-version")
    told = [said.get(one) for one in ("header", "current", "unsupported")]
    texts = [one for one in told if isinstance(one, str) and one]
    if len(texts) < len(told) or texts[2] not in {one.code for one in catalogue.errors}:
        return None
    return Version(texts[0].lower(), texts[1], texts[2])


def _health(description: Description) -> Health | None:
    said = _object(description, "x-health")
    path, status = said.get("path"), said.get("unhealthyStatus")
    statuses, needed = _texts(said.get("statuses")), _texts(said.get("dependencies"))
    if not isinstance(path, str) or not isinstance(status, int) or not statuses:
        return None
    if f"GET {path}" not in {one.id for one in description.operations}:
        return None
    return Health(path, needed, statuses, status)


def _object(description: Description, key: str) -> dict[str, object]:
    said = description.extensions.get(key)
    return cast("dict[str, object]", said) if isinstance(said, dict) else {}


def _texts(said: object) -> tuple[str, ...]:
    items = cast("list[object]", said) if isinstance(said, list) else []
    texts = tuple(one for one in items if isinstance(one, str) and one)
    return texts if len(texts) == len(items) else ()


def _compiles(pattern: str) -> bool:
    try:
        re.compile(pattern)
    except re.error:
        return False
    return True
