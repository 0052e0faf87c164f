"""Importing the tool does nothing: nothing connects, is written or is started."""

from __future__ import annotations

import json
import subprocess
import sys

from tests.architecture.tree import ROOT, named, python_files

WATCH = """
import importlib, json, sys, threading
names = json.loads(sys.argv[1])
# What others do when they are imported is theirs: import them first, then watch ours.
for name in names:
    importlib.import_module(name)
for name in [one for one in sys.modules if one.partition(".")[0] == "seamwright"]:
    del sys.modules[name]
seen, threads = [], threading.active_count()

def watch(event, arguments):
    if event in {"socket.connect", "socket.bind", "subprocess.Popen", "os.fork", "os.mkdir"}:
        seen.append(event)
    if event == "open" and isinstance(arguments[1], str) and set(arguments[1]) & set("wax+"):
        seen.append(f"{event} {arguments[0]}")

sys.dont_write_bytecode = True
sys.addaudithook(watch)
for name in names:
    importlib.import_module(name)
if threading.active_count() != threads:
    seen.append("thread")
print(json.dumps(seen))
"""


def test_importing_every_module_does_nothing() -> None:
    """Each module can be imported without a socket, a written file, a process or a thread."""
    names = [
        named(path).removesuffix(".py").removesuffix("/__init__").replace("/", ".")
        for path in python_files("seamwright")
        if path.stem != "__main__"
    ]
    said = subprocess.run(
        [sys.executable, "-c", WATCH, json.dumps(names)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert [] == json.loads(said.stdout)
