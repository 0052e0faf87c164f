"""A rule lands whole: its file, its line in the tuple, its page, its tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from seamwright.judge.registry import RULES
from tests.architecture.tree import ROOT, python_files

if TYPE_CHECKING:
    from seamwright.judge.rule import Rule

FILES = [one.stem for one in python_files("seamwright/judge/rules") if one.stem != "__init__"]
PARTS = ("## Demands", "## Why", "## Source", "## Example", "## Mend")
LONGEST = 30


def _module(rule: Rule) -> str:
    return rule.judge.__module__.rpartition(".")[2]


def test_every_file_is_in_the_tuple() -> None:
    """No rule was written and forgotten, and none is listed twice."""
    assert FILES == sorted(_module(one) for one in RULES)


@pytest.mark.parametrize("rule", RULES, ids=lambda one: one.code)
def test_every_rule_has_its_page(rule: Rule) -> None:
    """The page names the rule and says what it demands, why, whence, by example, and the mend."""
    text = (ROOT / "docs" / "reference" / "rules" / f"{rule.code}.md").read_text(encoding="utf-8")
    lines = text.splitlines()
    assert f"# {rule.code}: {rule.title}" == lines[0]
    assert list(PARTS) == [one for one in lines if one.startswith("## ")]
    assert len(lines) <= LONGEST


@pytest.mark.parametrize("name", FILES)
def test_every_rule_has_its_tests(name: str) -> None:
    """Records on which it passes, fails and stays unproven lie in a file of its name."""
    assert (ROOT / "tests" / "judge" / "rules" / f"test_rule_{name}.py").is_file()


def test_no_page_is_left_of_a_rule_that_is_gone() -> None:
    """The pages are those of the rules."""
    pages = {one.stem for one in (ROOT / "docs" / "reference" / "rules").glob("[A-Z]*.md")}
    assert {one.code for one in RULES} == pages - {"README"}
