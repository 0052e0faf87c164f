"""A corpus is the same for the same contract and seed, in memory, in its file and in the cache."""

from __future__ import annotations

import asyncio
import gzip
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from contracts import SYSTEM
from seamwright.drive.cases.generated import FUZZING, Amount
from seamwright.drive.corpus.build import corpus
from seamwright.drive.corpus.corpus import Corpus, CorpusProblem, dumped, parsed
from tests.miniatures.contract import SYSTEM as NOTES

if TYPE_CHECKING:
    from pathlib import Path

SMALL = Amount(random=2)


def _said(text: str) -> None:
    assert text


def _built(cache: Path, amount: Amount = SMALL, system: object = NOTES) -> Corpus:
    assert system in (NOTES, SYSTEM)
    return asyncio.run(corpus(SYSTEM if system is SYSTEM else NOTES, amount, cache, _said))


def _file(cache: Path) -> Path:
    (path,) = (cache / "corpus").iterdir()
    return path


def test_two_builds_give_the_same_bytes(tmp_path: Path) -> None:
    """Also with workers side by side, whoever of them is done first."""
    built = [_built(tmp_path / name, SMALL, SYSTEM) for name in ("a", "b")]
    assert built[0] == built[1]
    assert _file(tmp_path / "a").read_bytes() == _file(tmp_path / "b").read_bytes()
    places = {(one.name, each.id) for one in SYSTEM.services for each in one.endpoints}
    assert places == set(built[0].requests)
    assert all(built[0].requests.values())
    assert sum(map(len, built[0].requests.values())) == len(built[0])


def test_a_corpus_is_made_once(tmp_path: Path) -> None:
    """And found the next time; what cannot be read, or is another's, is made anew."""
    first = _built(tmp_path)
    path = _file(tmp_path)
    content = path.read_bytes()
    path.touch()
    inode = path.stat().st_ino
    assert first == _built(tmp_path)
    assert inode == path.stat().st_ino
    path.write_bytes(content[:100])
    assert first == _built(tmp_path)
    assert content == path.read_bytes()
    other = gzip.decompress(content).replace(b"schemathesis ", b"schemathesis 0", 1)
    path.write_bytes(gzip.compress(other))
    assert first == _built(tmp_path)
    assert [path] == list((tmp_path / "corpus").iterdir())


def test_no_random_ones_are_made_where_there_is_enough(tmp_path: Path) -> None:
    """The others are as before; both corpora are kept."""
    whole, some = (_built(tmp_path, one) for one in (SMALL, replace(SMALL, enough=1)))
    for place, requests in whole.requests.items():
        made = [one for one in requests if one.scenario != FUZZING]
        assert made == list(some.requests[place])
    assert len(some) < len(whole)
    assert 2 == len(list((tmp_path / "corpus").iterdir()))


def test_another_seed_gives_others(tmp_path: Path) -> None:
    """Of the random ones; each scenario at each place stays."""
    one, other = (_built(tmp_path, Amount(2, seed)) for seed in (1, 2))
    assert one != other
    known = [
        [each for some in made.requests.values() for each in some if each.scenario != "fuzzing"]
        for made in (one, other)
    ]
    assert known[0] == known[1]


def test_a_file_says_all_of_a_corpus(tmp_path: Path) -> None:
    """Whatever is in a body."""
    made = _built(tmp_path)
    assert made == parsed(dumped(made), "here")
    assert dumped(made) == dumped(parsed(dumped(made), "here"))


@pytest.mark.parametrize(
    "content",
    # Without a moment in them: each worker of a run collects the same names.
    [b"", b"x", b"\x1f\x8b", *(gzip.compress(one, mtime=0) for one in (b"", b"{}\n", b"\xff"))],
)
def test_what_is_no_corpus_is_told(content: bytes) -> None:
    """With where it is, and how to mend it."""
    with pytest.raises(CorpusProblem) as caught:
        parsed(content, "some/file")
    assert "some/file" in str(caught.value)


def test_a_line_that_is_no_request_is_told(tmp_path: Path) -> None:
    """As the whole file is."""
    head = gzip.decompress(dumped(_built(tmp_path))).splitlines()[0]
    for line in (b"{}", b"[]", b"7", b"{", b'{"service": 1}'):
        with pytest.raises(CorpusProblem):
            parsed(gzip.compress(head + b"\n" + line), "here")
