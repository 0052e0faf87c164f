"""`seamwright contracts generate` and `check`: published once, true until the set changes."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.commands.contracts.publishing import TABLE, Copy, copied

if TYPE_CHECKING:
    from pathlib import Path

OUTPUTS = (
    "contracts/cloudflare-api.ts",
    "contracts/published/worker.openapi.json",
    "contracts/published/worker/SendEmailResponse.schema.json",
    "docs/api-reference.md",
)
# Ends the process in the place of renaming the file with this number.
KILLED = """
import os, pathlib, signal, sys
left, rename = int(sys.argv.pop(1)), pathlib.Path.replace

def replace(self, target):
    global left
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    left -= 1
    return rename(self, target)

pathlib.Path.replace = replace
from seamwright.cli import main
main()
"""


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    """A project that has published its contract set."""
    made = copied(tmp_path)
    done = made.run("generate")
    assert done.returncode == 0, done.stderr
    return made


def test_everything_is_written_and_then_holds(tmp_path: Path) -> None:
    """Before, `check` ends with 1 and names every file; after `generate` it ends with 0."""
    copy = copied(tmp_path)
    before = copy.run("check")
    assert before.returncode == 1, before.stderr
    for path in OUTPUTS:
        assert f"{path} is not there" in before.stdout
    assert before.stdout.endswith("mend: seamwright contracts generate\n")
    assert {} == copy.published()
    done = copy.run("generate")
    files = copy.published()
    assert (0, "") == (done.returncode, done.stderr)
    assert f"{len(files)} written, 0 unchanged, 0 removed" == done.stdout.splitlines()[-1]
    assert set(OUTPUTS) <= files.keys()
    after = copy.run("check")
    assert (0, f"{len(files)} published files are what the contract set says\n") == (
        after.returncode,
        after.stdout,
    )


def test_generating_twice_changes_nothing(copy: Copy) -> None:
    """Neither a byte nor a moment, also where Python orders its sets in another way."""
    files, stamps = copy.published(), copy.stamps()
    for seed in ("1", "2"):
        done = copy.run("generate", PYTHONHASHSEED=seed)
        assert (0, f"0 written, {len(files)} unchanged, 0 removed\n") == (
            done.returncode,
            done.stdout,
        )
    assert (files, stamps) == (copy.published(), copy.stamps())


def test_one_edited_field_makes_all_four_outputs_out_of_date(copy: Copy) -> None:
    """Each is named with a diff; nothing is written; `generate` mends it."""
    copy.rename_a_field()
    stamps = copy.stamps()
    done = copy.run("check")
    assert done.returncode == 1, done.stderr
    for path in OUTPUTS:
        told = done.stdout.partition(f"\n{path} is not what the contract set says\n")[2]
        told = told or done.stdout.removeprefix(f"{path} is not what the contract set says\n")
        head, _, diff = told.partition(f"  +++ {path} (as the contract says)\n")
        assert f"  --- {path} (as it is)\n" == head
        own = diff.partition("contract set says\n")[0]
        assert any(line.startswith("  -") and "emailId" in line for line in own.splitlines()), path
        assert any(line.startswith("  +") and "mailId" in line for line in own.splitlines()), path
    assert stamps == copy.stamps()
    assert copy.run("generate").returncode == 0
    assert copy.run("check").returncode == 0


def test_programs_and_github_are_told_too(copy: Copy) -> None:
    """`--json` is one object and `--github` one annotation a file; both end with 1."""
    copy.rename_a_field()
    done = copy.run("check", "--json")
    assert done.returncode == 1, done.stderr
    stale = {one["path"]: one["why"] for one in json.loads(done.stdout)["stale"]}
    assert dict.fromkeys(OUTPUTS, "different").items() <= stale.items()
    done = copy.run("check", "--github")
    assert done.returncode == 1, done.stderr
    commands = [one for one in done.stdout.splitlines() if one.startswith("::error file=")]
    assert len(stale) == len(commands)


def test_an_edit_by_hand_is_found(copy: Copy) -> None:
    """What somebody wrote into a published file is told without what a terminal would obey."""
    path = copy.folder / "docs" / "api-reference.md"
    path.write_text(path.read_text(encoding="utf-8") + "\x1b[2Jmine\n", encoding="utf-8")
    done = copy.run("check")
    assert done.returncode == 1, done.stderr
    assert "  -⟨U+001B⟩[2Jmine\n" in done.stdout
    assert all(one.isprintable() for one in done.stdout.replace("\n", ""))


def test_what_is_left_over_is_told_and_taken_away(copy: Copy) -> None:
    """Only what was generated: neighbours and what somebody changed stay."""
    folder = copy.folder / "contracts" / "published"
    (folder / "worker" / "Mine.schema.json").write_text("{}", encoding="utf-8")
    before = set(copy.published())
    copy.write(TABLE.replace('openapi = "contracts/published"\n', ""))
    done = copy.run("check")
    assert done.returncode == 1, done.stderr
    left = {f"contracts/published/{name}.openapi.json" for name in ("web", "worker")}
    for path in left:
        assert f"{path} is left over: nothing generates it any more\n" in done.stdout
    (folder / "web.openapi.json").write_text("{}", encoding="utf-8")
    done = copy.run("generate")
    assert "removed contracts/published/worker.openapi.json\n" in done.stdout
    assert "kept contracts/published/web.openapi.json: " in done.stdout
    assert before - {"contracts/published/worker.openapi.json"} == set(copy.published())
    assert copy.run("check").returncode == 0


@pytest.mark.parametrize("renamed", [0, 1, 3])
def test_a_killed_run_leaves_whole_files(copy: Copy, renamed: int) -> None:
    """Each file is the old one or the new one, and the next run mends the rest."""
    old = copy.published()
    copy.rename_a_field()
    command = [sys.executable, "-c", KILLED, str(renamed), "contracts", "generate"]
    done = subprocess.run(command, cwd=copy.folder, env=copy.environment(), check=False, timeout=60)
    assert -signal.SIGKILL == done.returncode
    between = copy.published()
    assert copy.run("generate").returncode == 0
    new = copy.published()
    assert new.keys() == old.keys()
    lists = {"contracts/published/generated.sha256"}
    for path in new.keys() - lists:
        assert between[path] in (old[path], new[path])
    assert 1 == len([path for path in between if path.endswith(".partial")])
    assert copy.run("check").returncode == 0


def test_two_runs_at_once_do_not_disturb_each_other(copy: Copy) -> None:
    """Both end well, and everything is as it should be."""
    copy.rename_a_field()
    running = [
        subprocess.Popen(
            copy.command("generate"), cwd=copy.folder, env=copy.environment(), stdout=-3, stderr=-3
        )
        for _ in range(2)
    ]
    assert [0, 0] == [one.wait(timeout=60) for one in running]
    assert copy.run("check").returncode == 0


@pytest.mark.parametrize("command", ["generate", "check"])
@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("", "a table [published] in the subject file"),
        ('[published]\nschemas = "../out"\n', "leads down"),
        ('[published]\nschemas = "/tmp/out"\n', "leads down"),
        ('[published]\nschemas = "link"\n', "a link that leads to"),
        ('[published]\napi_reference = "folder.md"\n', "a folder"),
        ('[published.typescript]\nmail = "mail.ts"\n', "one of web, worker"),
        ('[published.typescript]\nweb = "a.ts"\nworker = "a.ts"\n', "a path of its own"),
    ],
)
def test_bad_usage_of_generate_and_check_ends_with_two(
    tmp_path: Path, command: str, table: str, said: str
) -> None:
    """What is wrong is named on standard error, without a traceback, and nothing is written."""
    (tmp_path / "outside").mkdir()
    (tmp_path / "project").mkdir()
    copy = copied(tmp_path / "project")
    (copy.folder / "link").symlink_to(tmp_path / "outside")
    (copy.folder / "folder.md").mkdir()
    copy.write(table)
    done = copy.run(command)
    assert done.returncode == 2, done.stderr
    assert said in done.stderr
    assert ("", False) == (done.stdout, "Traceback" in done.stderr)
    assert [] == list((tmp_path / "outside").iterdir())
    assert {} == copy.published()
