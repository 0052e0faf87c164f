"""Whether a sentence of a contract set says something."""

from __future__ import annotations

import pytest

from seamwright.judge.wording import is_one_sentence, same_words, says_something


@pytest.mark.parametrize("text", ["Sells.", "the customer waits", "売る", "done by 9"])
def test_words_say_something(text: str) -> None:
    """Any word that is no place holder says something."""
    assert says_something(text)


@pytest.mark.parametrize(
    "text", ["", " \t\n", "-", "...", "42", "TODO", "t.b.d.", "N/A", "Sync", "queued.", "(async)"]
)
def test_place_holders_say_nothing(text: str) -> None:
    """Blanks, marks, numbers, place holders and the mode's own name say nothing."""
    assert not says_something(text)


@pytest.mark.parametrize(
    "text",
    [
        "Takes orders",
        "Takes orders.",
        "Takes orders: keeps them, and shows the rest.",
        "Sends mail, e.g. SMTP and IMAP, for Dr. No and the U.S. Army.",
        "Keeps lists etc. Nothing else may do so.",
        "Serves example.com and v1.2 of it.",
        "Asks why? and answers.",
    ],
)
def test_a_sentence_is_one(text: str) -> None:
    """Short words, abbreviations, names and small letters after a mark end no sentence."""
    assert is_one_sentence(text)


@pytest.mark.parametrize(
    "text",
    [
        "Takes orders. Charges cards.",
        "Takes orders (all). 3 kinds of them.",
        'Says "orders." Says "cards."',
        "Why? Nobody knows.",
        "Sells!\nBuys.",
        "売る。買う。",
    ],
)
def test_two_sentences_are_not_one(text: str) -> None:
    """A mark, a space and a beginning make a second sentence, in any script."""
    assert not is_one_sentence(text)


def test_case_spaces_and_marks_make_no_difference() -> None:
    """The same words are the same however they are set."""
    assert same_words("Takes  orders.") == same_words("takes\norders")
    assert same_words("Takes orders") != same_words("Takes cards")
