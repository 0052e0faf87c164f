"""What is out of date, as it is told to people, to programs and to GitHub."""

from __future__ import annotations

import json

from seamwright.contract.derive.staleness import Stale, Why
from seamwright.report.stale_files import as_github, as_json, as_text

ONE = Stale("a.ts", Why.DIFFERENT, "one\n\x1b[31m2\u202e\n", "one\ntwo\n")
MISSING = Stale("docs/b.md", Why.MISSING, "", "x\n")
LEFT = Stale("out/c,1:2%.schema.json", Why.LEFTOVER, "{}\n", "")
LIST = Stale("out/generated.sha256", Why.DIFFERENT, "a\n", "b\n")
DIFF = [
    "--- a.ts (as it is)",
    "+++ a.ts (as the contract says)",
    "@@ -1,2 +1,2 @@",
    " one",
    "-⟨U+001B⟩[31m2⟨U+202E⟩",
    "+two",
]


def test_people_get_a_diff_and_the_mend() -> None:
    """What is missing or left over, and a list, is only named; no terminal obeys anything."""
    assert [
        "a.ts is not what the contract set says",
        *(f"  {line}" for line in DIFF),
        "docs/b.md is not there",
        "out/c,1:2%.schema.json is left over: nothing generates it any more",
        "out/generated.sha256 is not what the contract set says",
        "4 published files are out of date",
        "mend: seamwright contracts generate",
    ] == as_text((ONE, MISSING, LEFT, LIST), 9).split("\n")


def test_what_holds_is_one_line() -> None:
    """With the number of files, in the singular too."""
    assert "9 published files are what the contract set says" == as_text((), 9)
    assert "1 published file is what the contract set says" == as_text((), 1)
    assert as_text((MISSING,), 9).split("\n")[1] == "1 published file is out of date"


def test_what_is_told_has_an_end() -> None:
    """A file has at most 40 lines, all of them 400, and no line more than a screen takes."""
    long = "".join(f"{number}\n" for number in range(900))
    files = tuple(Stale(f"{number}.ts", Why.DIFFERENT, long, "y" * 9_000) for number in range(30))
    lines = as_text(files, 30).split("\n")
    assert 400 == sum(line.startswith("  ") and "more lines" not in line for line in lines)
    assert 30 == sum("more lines" in line for line in lines)
    assert max(map(len, lines)) < 260


def test_programs_get_json() -> None:
    """Every file with why, its diff and how much was left out."""
    told = json.loads(as_json((ONE, LEFT), 9))
    assert {
        "format": 1,
        "published": 9,
        "stale": [
            {"path": "a.ts", "why": "different", "diff": DIFF, "more_lines": 0},
            {"path": LEFT.path, "why": "leftover", "diff": [], "more_lines": 0},
        ],
        "mend": "seamwright contracts generate",
    } == told
    assert ("", []) == tuple(json.loads(as_json((), 9))[key] for key in ("mend", "stale"))


def test_github_gets_an_annotation_a_file() -> None:
    """Its file is named so that it is shown there, and no name can end the command."""
    first, second, *rest = as_github((ONE, LEFT), 9).split("\n")
    assert (
        "::error file=a.ts,title=out of date::a.ts is not what the contract set says. "
        "Mend: seamwright contracts generate"
    ) == first
    assert second.startswith("::error file=out/c%2C1%3A2%25.schema.json,title=out of date::out/c,")
    assert ["2 published files are out of date", "mend: seamwright contracts generate"] == rest
