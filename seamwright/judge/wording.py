"""Whether a sentence of the contract set says something, and how many sentences it is."""

from __future__ import annotations

import re

_PLACEHOLDERS = frozenset(
    {"todo", "tbd", "fixme", "na", "none", "unknown", "sync", "synchronous", "async"}
    | {"asynchronous", "queued"}
)
"""Words that stand for a text: who left them there has said nothing yet."""

_CLOSING = r"[\"'\u201d\u2019)\]]*"
_END = re.compile(
    rf"(?<!\w)(\w+){_CLOSING}([.!?]){_CLOSING}\s+(?=(\w))|[\u3002\uff01\uff1f]\s*(?=\w)"
)
_SHORTENED = frozenset({"approx", "corp", "dept", "etc", "inc", "incl", "ltd", "misc", "resp"})
_SHORTEST = 3


def says_something(text: str) -> bool:
    """Whether there is a word in it, and not just one that holds the place of a text."""
    word = re.sub(r"[\W_]", "", text).casefold()
    return any(one.isalpha() for one in word) and word not in _PLACEHOLDERS


def is_one_sentence(text: str) -> bool:
    """Whether it is a single sentence, as far as can be told: what is doubtful is one.

    A full stop that a small letter follows, or that ends a short word (`e.g.`, `Dr.`), ends
    no sentence.
    """
    return not any(_ends(one) for one in _END.finditer(text))


def _ends(found: re.Match[str]) -> bool:
    word, mark, after = found.groups()
    if word is None:
        return True
    if after.islower():
        return False
    return mark != "." or (len(word) >= _SHORTEST and word.casefold() not in _SHORTENED)


def same_words(text: str) -> str:
    """The text without what makes no other sense of it: case, spaces, marks."""
    return " ".join(re.sub(r"[\W_]+", " ", text.casefold()).split())
