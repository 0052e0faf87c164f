"""Files stay readable, and no part needs itself."""

from __future__ import annotations

from graphlib import CycleError, TopologicalSorter

import grimp

from tests.architecture.tree import named, python_files

LONGEST = 300
FOLDERS = ("seamwright", "contracts", "conformance", "chaos", "reference_impl")


def test_no_file_is_longer_than_300_lines() -> None:
    """A file that grows beyond has more than one concept in it."""
    lengths = {
        named(path): len(path.read_text(encoding="utf-8").splitlines())
        for path in python_files(*FOLDERS)
    }
    assert {} == {name: length for name, length in lengths.items() if length > LONGEST}


def test_no_import_cycle() -> None:
    """No module of the tool imports itself through others, imports for types alone included."""
    graph = grimp.build_graph("seamwright", exclude_type_checking_imports=False, cache_dir=None)
    needs = {one: graph.find_modules_directly_imported_by(one) for one in sorted(graph.modules)}
    try:
        TopologicalSorter(needs).prepare()
        circle = ""
    except CycleError as error:
        circle = " → ".join(error.args[1])
    assert "" == circle
