"""Names, forms of the envelope and entries of endpoints in the derived text."""

from __future__ import annotations

from dataclasses import replace

import pytest

import contracts
from seamwright.contract import RequestId
from seamwright.contract.derive.typescript.declarations import type_names
from tests.contract.derive.typescript.derived import DERIVED, derive
from tests.contract.derive.typescript.systems import FLAGGED


@pytest.mark.parametrize(
    ("definitions", "names"),
    [
        (["Pet"], ["Pet"]),
        (["a__b__Pet", "a__c__Pet"], ["BPet", "CPet"]),
        (["a__b__Pet", "x__b__Pet"], ["BPet", "XBPet"]),
        (["m__Pet__1", "m__Pet__2"], ["MPet1", "MPet2"]),
        (["BPet", "a__b__Pet"], ["BPet", "ABPet"]),
        (["string"], ["StringMessage"]),
        (["string", "StringMessage"], ["StringMessage_", "StringMessage"]),
        (["Ours"], ["OursMessage"]),
        (["Page_Pet_", "1st", "Pet-Shop"], ["Page_Pet_", "_1st", "Pet_Shop"]),
        (["___"], ["_"]),
    ],
)
def test_every_definition_has_a_name_of_its_own(definitions: list[str], names: list[str]) -> None:
    """The class name where it is free, and always the same one, in whatever order they come."""
    taken = frozenset({"string", "Ours"})
    expected = dict(zip(definitions, names, strict=True))
    assert expected == type_names(definitions, taken)
    assert expected == type_names(reversed(definitions), taken)


@pytest.mark.parametrize(
    "declared",
    [
        'export type Colour = "red" | "green";',
        "export interface Response {",
        '  "odd name": string;',
        "  nothing: number | null;",
        '  labels?: { [key in "a" | "b"]?: boolean };',
        "  pair: [number, string];",
        "export interface RecordMessage {",
        "  inner?: (RecordMessage | null)[];",
        "  [key: string]: unknown;",
        "export type Json = { [key: string]: Json } | Json[] | string | null;",
        "export interface EndpointsMessage {",
        "export interface FirstTwin {",
        "export interface SecondTwin {",
        "/** A name that the platform has too. *\\/ and what would end a comment. */",
    ],
)
def test_messages_are_declared(declared: str) -> None:
    """Whatever a message is made of and called, there is a type of it."""
    assert declared in DERIVED["flagged"].splitlines()


@pytest.mark.parametrize(
    "line",
    [
        "   * @deprecated",
        "    request: RecordMessage | undefined;",
        "    path: ByKind & { rest: string };",
        "    headers: Asked;",
        "    response: undefined;",
        "    response: unknown;",
        "    response: string;",
        "    error: never;",
        "      | { status: 202; body: RecordMessage }",
    ],
)
def test_endpoints_have_entries(line: str) -> None:
    """What is sent and answered stands in the entry, also where it is unusual."""
    text = DERIVED["flagged"]
    found = line in text.splitlines() or line.replace("      | ", "    other: ") in text
    assert found, text[text.index("export interface Endpoints {") :][:4000]


@pytest.mark.parametrize(
    ("name", "there"),
    [
        ("flagged", "return body.meta.ok === false;"),
        ("flagged", '  "data/it"?: T;'),
        ("flagged", "  error: Record<string, unknown>;"),
        ("by_failure", 'return !("error" in body);'),
        ("by_success", 'return "data" in body;'),
        ("dataless", "export interface ApiSuccess {"),
        ("dataless", "export function isFailure<C extends string>("),
        ("problem", "export type ApiResponse<T> = ApiSuccess<T> | ApiFailure;"),
        ("beside", "export type ApiSuccess<T> = T & {"),
        ("beside", "export type ApiFailure = unknown;"),
    ],
)
def test_each_envelope_has_its_forms(name: str, there: str) -> None:
    """The flag tells success and failure, else a member that only one of them has."""
    assert there in DERIVED[name]


@pytest.mark.parametrize("name", ["problem", "detail", "untold", "beside", "bank"])
def test_there_are_no_guards_where_nothing_tells(name: str) -> None:
    """A body that could be either is told by its status, not by a guess."""
    assert "isSuccess" not in DERIVED[name]


def test_the_loose_form_is_the_seeds() -> None:
    """Member for member, in the seed's order."""
    text = DERIVED["worker"]
    start = text.index("export interface ApiResponse<T> {")
    expected = """export interface ApiResponse<T> {
  success: boolean;
  data?: T;
  error?: {
    code: string;
    message: string;
    retryable: boolean;
  };
  meta?: {
    requestId: string;
    duration: number;
  };
}
"""
    assert expected == text[start : start + len(expected)]


@pytest.mark.parametrize(
    ("pattern", "maker"),
    [
        ("[0-9a-f]{32}", "crypto.getRandomValues"),
        ("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "crypto.randomUUID()"),
        ("req_[0-9a-z]+", "`req_${"),
        ("[0-9]{4}", ""),
    ],
)
def test_request_ids_are_made_as_the_contract_wants_them(pattern: str, maker: str) -> None:
    """Where none that the client can make is well-formed, its user has to give a maker."""
    text = derive(replace(contracts.SYSTEM, request_id=RequestId(pattern=pattern)), "worker")
    assert (maker in text) is True
    assert ("  requestId: () => string;" in text) is not bool(maker)


def test_each_credential_has_its_header() -> None:
    """One option where all share a header, else one a credential."""
    assert "  token?: string | undefined;" in DERIVED["worker"]
    odd = derive(FLAGGED, "odd")
    assert '{ key: ["x-key", ""], pass: ["authorization", "Bearer "] } as const;' in odd
    assert "CREDENTIALS" not in DERIVED["notes"]
