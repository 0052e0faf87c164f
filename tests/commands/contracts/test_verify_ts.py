"""`seamwright contracts verify-ts`: a TypeScript file that still is the contract, or where not."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING

import pytest

from seamwright.contract.derive.typescript import CLIENT_NAMES
from seamwright.drive.typescript.type_comparison import TypeScriptProblem, compare_types
from tests.commands.contracts.typescript_copies import (
    ALTERED,
    BLOCK,
    CONTRACTS,
    DEEP,
    FIVE,
    REFUSED,
    SAME,
    SENT,
)
from tests.contract.derive.typescript.compiled import FIXTURES, toolchain
from tests.end_to_end.project import ROOT, SEAMWRIGHT

if TYPE_CHECKING:
    from pathlib import Path

    from seamwright.drive.typescript.type_comparison import TypeComparison


@pytest.fixture(scope="module")
def compared(tmp_path_factory: pytest.TempPathFactory) -> dict[str, TypeComparison]:
    """All copies, compared by one run of the compiler."""
    texts = {**SAME, **DEEP}
    for name, (changes, _) in ALTERED.items():
        text = BLOCK
        for old, new in changes:
            assert old in text
            text = text.replace(old, new, 1)
        texts[name] = text
    folder = tmp_path_factory.mktemp("copies")
    files = {name: folder / f"{name}.ts" for name in texts}
    for name, file in files.items():
        file.write_text(texts[name], encoding="utf-8")
    told = compare_types(toolchain(), CONTRACTS, tuple(files.values()), CLIENT_NAMES)
    return dict(zip(texts, told, strict=True))


def _places(compared: TypeComparison) -> set[tuple[str, str, str]]:
    return {(one.name, one.path, one.kind) for one in compared.differences}


@pytest.mark.parametrize("name", ALTERED)
def test_an_altered_copy_is_told_by_its_place(
    compared: dict[str, TypeComparison], name: str
) -> None:
    """Interface, field, kind and both types; nothing else is blamed."""
    told = compared[name]
    found = {(one.name, one.path, one.kind, one.contract, one.file) for one in told.differences}
    assert ALTERED[name][1] == found
    assert ("worker", FIVE) == (told.service, told.compared)


@pytest.mark.parametrize("name", SAME)
def test_what_is_the_same_passes(compared: dict[str, TypeComparison], name: str) -> None:
    """The seed's block, a statement by hand, and copies that say it in other words."""
    told = compared[name]
    assert ("worker", ()) == (told.service, told.differences)
    assert set(FIVE) <= set(told.compared)


def test_names_that_only_one_has_are_told(compared: dict[str, TypeComparison]) -> None:
    """They are no difference, and what a file lacks is seen."""
    assert ("Mine",) == compared["others beside it"].onlyFile
    assert () == compared["the derived file"].onlyContract
    assert "Analytics" in compared["the code block"].onlyContract


def test_a_difference_has_the_line_of_the_file(compared: dict[str, TypeComparison]) -> None:
    """The field's own line, or that of the interface that should have it."""
    lines = BLOCK.splitlines()
    status = compared["a status added"].differences[0]
    assert "'sent' | 'queued'" in lines[status.line - 1]
    assert ('"bounced"', "") == (status.adds, status.lacks)
    gone = compared["a field gone"].differences[0]
    assert "export interface SendEmailRequest {" == lines[gone.line - 1]


def test_types_behind_an_import_are_compared(compared: dict[str, TypeComparison]) -> None:
    """A file may export what lies in another; then the line is the first of its own."""
    found = {(one.path, one.line) for one in compared["import"].differences}
    assert {("emailId", 1), ("mailId", 1)} == found
    assert FIVE == compared["import"].compared


def test_types_inside_of_other_types_are_walked(compared: dict[str, TypeComparison]) -> None:
    """Lists, records and messages in messages; a shared name is blamed once, where it is."""
    expected = {
        ("StoreComparison", "inSync", "type"),
        ("EmailPage", "items", "type"),
        ("HealthReport", "dependencies[string]", "type"),
        ("ApiFailure", "meta.duration", "optional"),
        ("Endpoints", '["GET /api/breakers"].path', "type"),
    }
    assert expected == _places(compared["inside"])


def test_types_that_name_themselves_come_to_an_end(compared: dict[str, TypeComparison]) -> None:
    """A type without an end is not followed without an end."""
    assert ("Email", "emailId", "type") in _places(compared["endless"])


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_that_cannot_be_compared_is_refused(tmp_path: Path, name: str) -> None:
    """It is neither the same nor different: the first error is told with its line."""
    text, said, line = REFUSED[name]
    file = tmp_path / "api.ts"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(TypeScriptProblem) as caught:
        compare_types(toolchain(), CONTRACTS, (file,), CLIENT_NAMES)
    assert said in caught.value.seen
    assert (f"{file}:{line}" if line else str(file)) == caught.value.where


def _run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*SEAMWRIGHT, "contracts", "verify-ts", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def test_the_command_passes_what_is_the_same() -> None:
    """Exit code 0, and the names that only one of both has are told."""
    done = _run(str(FIXTURES / "seed_block.ts"))
    assert done.returncode == 0, done.stderr
    first, second = done.stdout.splitlines()
    assert first.endswith("seed_block.ts against worker: 5 compared, all the same")
    assert second.startswith("  not in the file: Analytics, ApiFailure, ApiSuccess, ")


def test_the_command_tells_each_difference_in_a_line(tmp_path: Path) -> None:
    """Exit code 1; file, line, interface, field and both types, without what a terminal obeys."""
    file = tmp_path / "api.ts"
    text = BLOCK.replace("  status: 'sent'", "  status: '\\x1b[31m\\u202e' | 'sent'")
    file.write_text(text.replace("  sentAt", "  'sent\x1bat'"), encoding="utf-8")
    done = _run(str(file))
    assert done.returncode == 1, done.stderr
    line = BLOCK.splitlines().index("  emailId: string;") + 1
    status = done.stdout.splitlines()[0]
    assert status.startswith(f"{file}:{line + 1}: SendEmailResponse.status has another type, adds ")
    assert f"; contract: {SENT}; file: " in status
    assert all(one.isprintable() for one in done.stdout.replace("\n", ""))
    assert "against worker: 5 compared, 1 of them differs" in done.stdout


def test_the_command_gives_json_of_a_named_service(tmp_path: Path) -> None:
    """`--service` overrides the choice by names; the JSON has all that was found."""
    file = tmp_path / "web.ts"
    file.write_text(CONTRACTS["web"], encoding="utf-8")
    done = _run(str(file), "--service", "worker", "--json")
    assert done.returncode == 1, done.stderr
    told = json.loads(done.stdout)["files"][0]
    assert (str(file), "worker") == (told["file"], told["service"])
    assert {"Endpoints"} == {one["name"] for one in told["differences"]}
    assert "Prospect" in told["onlyFile"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("nowhere.ts",), "nowhere.ts"),
        (("README.md",), "the suffix '.md'"),
        (("docs",), "docs"),
        ((str(FIXTURES / "seed_block.ts"), "--service", "mail"), "one of web, worker"),
        ((str(FIXTURES / "seed_block.ts"), "--subject", "nowhere.toml"), "nowhere.toml"),
    ],
)
def test_bad_usage_of_verify_ts_ends_with_two(arguments: tuple[str, ...], said: str) -> None:
    """What is wrong is named on standard error, without a traceback."""
    done = _run(*arguments)
    assert done.returncode == 2, done.stderr
    assert said in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("content", [b"\xff\xfe", b"//" + b" " * (3 * 1024 * 1024)])
def test_what_is_no_text_of_a_bearable_size_is_refused(tmp_path: Path, content: bytes) -> None:
    """The compiler never sees it."""
    file = tmp_path / "api.ts"
    file.write_bytes(content)
    with pytest.raises(TypeScriptProblem):
        compare_types(toolchain(), CONTRACTS, (file,), ())
