"""The tool has never heard of the system that it judges here."""

from __future__ import annotations

import re

from tests.architecture.tree import ROOT, named

WORDS = re.compile(
    r"(?i)prospect|campaign|mailbox|grok|\bddg\b|duckduckgo|supabase|\bd1\b|enrich|outreach|jengu"
    r"|vercel|next\.js|cloudflare|postgrest|miniflare|workerd|reference_impl|send-email"
)
NO_TEXT = {".pyc", ".png"}


def test_the_tool_knows_no_name_of_this_system() -> None:
    """No file of the tool, templates and pins included, has a word of the judged system."""
    files = [one for one in sorted((ROOT / "seamwright").rglob("*")) if one.is_file()]
    found = [
        f"{named(path)}:{number} {word[0]}"
        for path in files
        if path.suffix not in NO_TEXT
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if (word := WORDS.search(line))
    ]
    assert [] == found
