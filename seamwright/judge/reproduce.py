"""How to see a finding again: the curl line and the request ID of an exchange."""

from __future__ import annotations

import shlex
from functools import partial
from typing import TYPE_CHECKING

from seamwright.judge.raw_line import raw_line
from seamwright.record.observation import CLIENT_HEADERS, NO_CREDENTIAL, Purpose, header
from seamwright.record.redaction import is_hidden

if TYPE_CHECKING:
    from seamwright.contract.system import System
    from seamwright.record.observation import Exchange, Request

_LARGEST = 4_096


def curl_line(system: System, exchange: Exchange) -> str:
    """A line for a POSIX shell that sends the request again; "" where there is none to send.

    A credential is written as the variable `SEAMWRIGHT_NAME`: `seamwright up` says its value. What
    curl would correct is sent by nc.
    """
    request, case = exchange.request, exchange.case
    if request is None or not exchange.base_url:
        return ""
    if case is not None and case.purpose is Purpose.RAW:
        return raw_line(request.body, exchange.base_url, partial(_shown, system, exchange))
    parts = ["curl", "-sS", "-I" if request.method == "HEAD" else "-i"]
    if any(one in request.target for one in "[]{}"):
        parts.append("-g")
    if request.method != "HEAD" and (request.method != "GET" or request.body):
        parts += ["-X", shlex.quote(request.method)]
    for name, value in request.headers:
        if name not in CLIENT_HEADERS:
            parts += ["-H", _header(system, exchange, name, value)]
    if request.body:
        if header(request.headers, "content-type") is None:
            parts += ["-H", "content-type:"]  # or curl would send one of its own
        parts += ["--data-raw", _body(request)]  # not --data-binary, which reads a file after `@`
    parts += ["--path-as-is", shlex.quote(exchange.base_url + request.target)]
    return " ".join(parts)


def request_id_of(system: System, exchange: Exchange) -> str:
    """The request ID of the answer, else that of the request, else ""."""
    names = system.request_id.headers if system.request_id else ()
    for name in names:
        answered = exchange.response and header(exchange.response.headers, name)
        asked = exchange.request and header(exchange.request.headers, name)
        if answered or asked:
            return answered or asked or ""
    return ""


def _header(system: System, exchange: Exchange, name: str, value: str) -> str:
    if is_hidden(value):
        return f'"{name}: {_shown(system, exchange, name)}"'
    return shlex.quote(f"{name}: {value}" if value else f"{name};")


def _shown(system: System, exchange: Exchange, name: str) -> str:
    """What stands for the hidden value of a header."""
    reason = exchange.case.reason if exchange.case else ""
    kind = next((one for one in system.credentials if one.header == name), None)
    scheme = f"{kind.scheme} " if kind and kind.scheme else ""
    if reason.startswith(NO_CREDENTIAL):
        return f"{scheme}no-such-token"
    return f"{scheme}${variable_of(_credential(system, exchange) or name)}"


def variable_of(credential: str) -> str:
    """The shell variable that holds a credential."""
    return "SEAMWRIGHT_" + "".join(one if one.isalnum() else "_" for one in credential).upper()


def _credential(system: System, exchange: Exchange) -> str | None:
    case = exchange.case
    if case and case.credential:
        return case.credential
    service = system.service(case.service) if case else None
    if service is None or case is None:
        return None
    endpoint = service.endpoint(case.endpoint or "")
    if endpoint and endpoint.credentials:
        return endpoint.credentials[0]
    return next((one.credentials[0] for one in service.endpoints if one.credentials), None)


def _body(request: Request) -> str:
    body = request.body[:_LARGEST]
    try:
        return shlex.quote(body.decode())
    except UnicodeDecodeError:
        return "$'" + "".join(f"\\x{one:02x}" for one in body) + "'"
