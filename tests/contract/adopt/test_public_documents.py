"""Documents that real services publish become sets that load, and say what they could not."""

from __future__ import annotations

import warnings
from functools import cache

import pytest
from openapi_spec_validator import validate

from seamwright.contract.adopt import Adoption, adopt
from seamwright.contract.description.read import read
from tests.contract.adopt.adopted import document, load
from tests.contract.public_documents.public_documents import NAMES, paths

ENVELOPES = {
    "docuseal": "no envelope: 0 failures are described, too few to tell",
    "figma": "no envelope: the failures are {status}, without a code or a message",
    "gitbook": "the 342 successes have no wrapper in common, they are bare; "
    "162 of 162 failures are {error}",
    "netlify": "the 134 successes have no wrapper in common, they are bare; "
    "176 of 176 failures are {code, message}",
    "okta": "no envelope: 0 failures are described, too few to tell",
}
NOTES = {
    "docuseal": None,
    "figma": "oauth2: taken for a bearer token, without flows and scopes",
    "gitbook": "the keyword 'discriminator': left out",
    "netlify": "oauth2: taken for a bearer token, without flows and scopes",
    "okta": "beside a reference: no effect",
}


@cache
def _adoption(name: str) -> Adoption:
    path = paths()[name]
    return adopt(read(path.read_bytes(), path.name), name, "api")


@pytest.mark.parametrize("name", NAMES)
def test_a_public_document_becomes_a_set(name: str) -> None:
    """It loads without a warning, with every operation, and says which envelope it has and why."""
    made = _adoption(name)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        system = load(made)
    assert made.endpoints == len(system.services[0].endpoints) > 10
    assert ENVELOPES[name] == made.envelope
    assert ("no envelope" in made.envelope) == (system.envelope is None)


@pytest.mark.parametrize("name", NAMES)
def test_what_could_not_be_said_is_listed(name: str) -> None:
    """With the place in the document."""
    said = [one.said for one in _adoption(name).notes]
    expected = NOTES[name]
    assert (expected is None) == (not said)
    assert expected is None or any(expected in one for one in said)


def test_the_document_of_an_adopted_set_is_valid() -> None:
    """The smallest one, as the validator of the standard takes a while."""
    validate(document(load(_adoption("docuseal"))))
