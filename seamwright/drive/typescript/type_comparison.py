"""The types that TypeScript files export, held against those of a contract.

    files ─ read (bounded) ─▶ compiler, in Node ─▶ TypeComparison
           TypeScriptProblem   TypeScriptProblem: it does not compile, or takes too long
                               CompilerProblem: the compiler itself failed

The files are parsed and checked; nothing of them is run.
"""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict, ValidationError

from seamwright.problem import HarnessProblem, UsageProblem

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from seamwright.drive.subject.toolchain import Toolchain

_SCRIPT = Path(__file__).with_name("compare_types.mjs")
_LARGEST = 2 * 1024 * 1024
"""Bytes of a file that is compared."""
_LONGEST_S = 60
_MEMORY_MB = 1024
_LAST = 600
"""Characters of the compiler's own failure that a message quotes."""
_SUFFIXES = (".ts", ".tsx", ".mts", ".cts")


class TypeScriptProblem(UsageProblem):
    """A TypeScript file cannot be held against a contract."""


class CompilerProblem(HarnessProblem):
    """The TypeScript compiler itself failed."""


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Difference(_Part):
    """One place where a type of the file is not that of the contract.

    Attributes:
        name: of the exported type.
        path: of the field inside of it, `items[].status` for instance; "" for the type as a whole.
        kind: `missing`, `extra`, `optional`, `type` or `type parameters`.
        contract: what the contract has there.
        file: what the file has there.
        lacks: the alternatives that only the contract has; "" where neither is one of several.
        adds: the alternatives that only the file has.
        line: of the file.
    """

    name: str
    path: str
    kind: str
    contract: str
    file: str
    lacks: str
    adds: str
    line: int


class TypeComparison(_Part):
    """A file held against one service's contract.

    Attributes:
        service: whose contract it is.
        compared: the names that both export.
        onlyContract: the names that the file does not export.
        onlyFile: the names that the contract does not have.
        differences: in the order of the contract.
    """

    service: str
    compared: tuple[str, ...]
    onlyContract: tuple[str, ...]  # noqa: N815 - named as in the script's answer
    onlyFile: tuple[str, ...]  # noqa: N815 - named as in the script's answer
    differences: tuple[Difference, ...]


class _Refusal(_Part):
    line: int
    message: str


class _Answer(_Part):
    refused: _Refusal | None = None
    told: TypeComparison | None = None


class _Answers(_Part):
    answers: tuple[_Answer, ...]


def compare_types(
    toolchain: Toolchain,
    contracts: Mapping[str, str],
    files: Sequence[Path],
    ignored: Sequence[str],
) -> tuple[TypeComparison, ...]:
    """Hold each file against the contract that it shares most names with.

    Args:
        toolchain: has Node and the compiler.
        contracts: service → its contract in TypeScript.
        files: export types under the contract's names.
        ignored: names of the contract that are not compared.

    Raises:
        TypeScriptProblem: when a file is not there, does not compile, or shares no name.
        CompilerProblem: when the compiler fails.
    """
    for file in files:
        _readable(file)
    question = {
        "contracts": [{"service": name, "text": text} for name, text in contracts.items()],
        "files": [str(file.absolute()) for file in files],
        "ignored": list(ignored),
    }
    answers = _asked(toolchain, json.dumps(question), files).answers
    return tuple(_told(file, one) for file, one in zip(files, answers, strict=True))


def _told(file: Path, answer: _Answer) -> TypeComparison:
    """What was told of a file.

    Raises:
        TypeScriptProblem: when it was refused, or shares no name with the contract.
        CompilerProblem: when nothing was told of it.
    """
    if answer.refused is not None:
        raise TypeScriptProblem(
            expected="a file that compiles under `strict`",
            seen=answer.refused.message,
            where=f"{file}:{answer.refused.line}",
            mend="correct that line; what it imports must lie where the file can import it from",
        )
    told = answer.told
    if told is None:
        raise _failed(file, "nothing was told")
    if not told.compared:
        raise TypeScriptProblem(
            expected=f"an exported type of the contract: {_some(told.onlyContract)}",
            seen=_some(told.onlyFile) or "no exported type",
            where=str(file),
            mend="export the types under the contract's names, or name another file",
        )
    return told


def _some(names: Sequence[str]) -> str:
    shown = 12
    rest = f" and {len(names) - shown} more" if len(names) > shown else ""
    return ", ".join(names[:shown]) + rest


def _readable(file: Path) -> None:
    """Refuse what is no text of a bearable size before the compiler sees it."""
    try:
        size = file.stat().st_size
        text = file.read_text(encoding="utf-8") if size <= _LARGEST else None
    except (OSError, UnicodeDecodeError, ValueError) as error:
        raise _unreadable(file, str(error)) from error
    if text is None:
        raise _unreadable(file, f"{size:,} bytes, where {_LARGEST:,} are the most")
    if file.suffix not in _SUFFIXES:
        raise _unreadable(file, f"the suffix {file.suffix!r}")


def _unreadable(file: Path, seen: str) -> TypeScriptProblem:
    return TypeScriptProblem(
        expected=f"a TypeScript file ({', '.join(_SUFFIXES)}) in UTF-8",
        seen=seen,
        where=str(file),
        mend="name the file that exports the types",
    )


def _asked(toolchain: Toolchain, question: str, files: Sequence[Path]) -> _Answers:
    command = [toolchain.node(), f"--max-old-space-size={_MEMORY_MB}", _SCRIPT]
    where = ", ".join(str(one) for one in files)
    try:
        done = subprocess.run(
            [*command, toolchain.typescript()],
            input=question,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            env={},
            timeout=_LONGEST_S,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise TypeScriptProblem(
            expected=f"types that are compared within {_LONGEST_S} s",
            seen="the compiler was still at it",
            where=where,
            mend="put the types of the contract into a file of their own",
        ) from error
    try:
        return _Answers.model_validate_json(done.stdout)
    except ValidationError as error:
        said = done.stderr.strip()[-_LAST:]
        raise _failed(where, f"exit code {done.returncode}: {said}") from error


def _failed(where: object, seen: str) -> CompilerProblem:
    return CompilerProblem(
        expected="a comparison of types",
        seen=seen,
        where=f"{_SCRIPT.name} on {where}",
        mend="see that the file imports nothing unusual; else report it",
    )
