"""`seamwright contracts import`: a document becomes a package that loads, or nothing is written."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from seamwright.commands.contracts.group import contracts
from seamwright.contract.load import load
from seamwright.contract.system import System
from seamwright.drive.adopted_set import UnloadableProblem, see_that_it_loads, write

if TYPE_CHECKING:
    from pathlib import Path

PETS = """openapi: 3.0.3
info: {title: "Pets & \\e[31mCo", version: 1.0.0}
paths:
  /pets/{id}:
    get:
      operationId: readPet
      summary: Read one pet.
      parameters:
        - {name: id, in: path, required: true, schema: {type: integer}}
        - {name: seen, in: cookie, schema: {type: string}}
      responses:
        "200":
          description: The pet
          content: {application/json: {schema: {$ref: "#/components/schemas/Pet"}}}
        "404":
          description: No such pet
components:
  schemas:
    Pet:
      type: object
      required: [name]
      properties:
        name: {type: string, maxLength: 9}
        born: {type: string, format: date, nullable: true}
"""


def _run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "seamwright.cli", "contracts", "import", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


@pytest.fixture(name="pets")
def _pets(tmp_path: Path) -> Path:
    (tmp_path / "pets.yaml").write_text(PETS, encoding="utf-8")
    return tmp_path


def test_a_document_becomes_a_package(pets: Path) -> None:
    """It says what it made, what it could not say, and the set loads by its name."""
    done = _run(pets, "pets.yaml", "--out", "adopted_pets")
    assert 0 == done.returncode, done.stderr
    assert "1 endpoints, 2 messages" in done.stdout
    assert "no envelope: 0 failures are described" in done.stdout
    assert "not said: the cookie 'seen': left out" in done.stdout
    assert "\x1b" not in done.stdout
    system = load("adopted_pets:SYSTEM", System, pets)
    (service,) = system.services
    assert ("pets-31mco", "GET /pets/{id}") == (service.name, service.endpoints[0].id)
    page = (pets / "adopted_pets" / "import.md").read_text(encoding="utf-8")
    for said in ("# Imported from pets.yaml", "## Envelope", "the cookie 'seen'", "## What to do"):
        assert said in page
    assert sorted(one.name for one in (pets / "adopted_pets").iterdir() if one.is_file()) == [
        *("__init__.py", "endpoints.py", "import.md", "messages.py", "system.py")
    ]
    assert [] == list(pets.glob("*.partial"))


def test_json_says_the_same(pets: Path) -> None:
    """For programs: every file and every note."""
    done = _run(pets, "pets.yaml", "--out", "it", "--name", "zoo", "--service", "cage", "--json")
    told = json.loads(done.stdout)
    assert (1, "it:SYSTEM", 1, 2) == (
        told["format"],
        told["set"],
        told["endpoints"],
        told["messages"],
    )
    assert [
        {"pointer": "/paths/~1pets~1{id}/get/parameters", "said": "the cookie 'seen': left out"}
    ] == told["notes"]
    system = load("it:SYSTEM", System, pets)
    assert ("zoo", "cage") == (system.name, system.services[0].name)


def test_an_earlier_import_is_replaced_only_when_asked(pets: Path) -> None:
    """What somebody put beside it stays; a folder that no import wrote is let be."""
    assert 0 == _run(pets, "pets.yaml", "--out", "it").returncode
    own = pets / "it" / "own.py"
    own.write_text("# mine\n", encoding="utf-8")
    refused = _run(pets, "pets.yaml", "--out", "it")
    assert 2 == refused.returncode
    assert "--force" in refused.stderr
    (pets / "pets.yaml").write_text(PETS.replace("readPet", "showPet"), encoding="utf-8")
    assert 0 == _run(pets, "pets.yaml", "--out", "it", "--force").returncode
    assert "# mine\n" == own.read_text(encoding="utf-8")
    (pets / "other").mkdir()
    (pets / "other" / "a.py").write_text("", encoding="utf-8")
    done = _run(pets, "pets.yaml", "--out", "other", "--force")
    assert 2 == done.returncode
    assert ["a.py"] == [one.name for one in (pets / "other").iterdir()]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["none.yaml"], "a file that can be read"),
        (["wrong.yaml"], "an OpenAPI document 3.0 or 3.1"),
        (["pets.yaml", "--out", "no-package"], "a folder whose name Python can import"),
        (["pets.yaml", "--out", "pets.yaml"], "a folder whose name Python can import"),
        (["pets.yaml", "--out", "file"], "a new folder, or one that an import wrote"),
        (["pets.yaml", "--name", "A B"], "small letters"),
        (["pets.yaml", "--service", ""], "small letters"),
        (["large.yaml"], "at most 33,554,432 bytes"),
    ],
)
def test_bad_input_ends_with_two_and_writes_nothing(
    pets: Path, arguments: list[str], said: str
) -> None:
    """One message that says what was expected, and nothing half-written."""
    (pets / "wrong.yaml").write_text("a: 1\n", encoding="utf-8")
    (pets / "file").write_text("", encoding="utf-8")
    with (pets / "large.yaml").open("wb") as file:
        file.truncate(33 * 1024 * 1024)
    before = sorted(one.name for one in pets.iterdir())
    done = _run(pets, *arguments)
    assert 2 == done.returncode, done.stdout
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert before == sorted(one.name for one in pets.iterdir())


def test_a_folder_that_is_empty_is_filled(pets: Path) -> None:
    """It may be there already; a folder that cannot be written is a clear problem."""
    (pets / "it").mkdir()
    assert 0 == _run(pets, "pets.yaml", "--out", "it").returncode
    done = CliRunner().invoke(contracts, ["import", str(pets / "pets.yaml"), "--out", "/proc/it"])
    assert done.exception is not None
    assert "a folder that can be written" in str(done.exception)


def test_a_set_that_does_not_load_is_a_fault_of_the_tool(tmp_path: Path) -> None:
    """It is told as one, with the last words of Python."""
    write(tmp_path / "it", {"__init__.py": "raise RuntimeError('oops')"}, force=False)
    with pytest.raises(UnloadableProblem) as raised:
        see_that_it_loads(tmp_path / "it")
    assert "RuntimeError: oops" == raised.value.seen
    assert 3 == raised.value.exit_code


def test_a_killed_write_leaves_nothing_under_the_name(tmp_path: Path) -> None:
    """What cannot be encoded is found before anything has the folder's name."""
    with pytest.raises(UnicodeEncodeError):
        write(tmp_path / "it", {"a.py": "", "b.py": "\ud800"}, force=False)
    assert [] == list(tmp_path.iterdir())
