"""Debian's Chromium without a window, driven as a person's browser: what a page shows, as rendered.

It is asked by WebDriver for the text that can be seen, which is not the text that the HTML holds: a
style or a script may hide it, or write other words.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, cast

import httpx
import pytest

from tests.ports import free_port
from tests.reference_impl.running import answers, poll

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence

_PACKAGES = ("chromium", "chromium-driver")
_PROGRAMS = ("chromium", "chromedriver")
_SYSTEM_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
_INSTALLED_S = 600
# Root may not use the sandbox; a container's /dev/shm is too small for a page.
_OPTIONS = ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage")
_WINDOW = "--window-size=1000,700"
# A person does not see what lies outside of the window, has no size, or is as good as transparent.
_IN_SIGHT = """
const box = arguments[0].getBoundingClientRect();
return box.width > 0 && box.height > 0 && box.top >= 0 && box.left >= 0
    && box.bottom <= innerHeight && box.right <= innerWidth
    && arguments[0].checkVisibility({opacityProperty: true, visibilityProperty: true});
"""


@dataclass(frozen=True, slots=True)
class Window:
    """An open browser."""

    session: httpx.Client

    def open(self, url: str) -> None:
        """Go there, and wait until the page has loaded."""
        self._post("/url", {"url": url})

    def title(self) -> str:
        """What the tab says."""
        return str(self._got("/title"))

    def text(self, selector: str) -> str:
        """The text that can be read in the first element that fits; "" when it is out of sight."""
        asked = {"using": "css selector", "value": selector}
        found = cast("dict[str, str]", self._post("/element", asked))
        (id_,) = found.values()
        seen = self._post("/execute/sync", {"script": _IN_SIGHT, "args": [found]})
        return str(self._got(f"/element/{id_}/text")) if seen is True else ""

    def colour(self, selector: str, name: str) -> str:
        """A computed property of the style of the first element that fits."""
        script = "return getComputedStyle(document.querySelector(arguments[0]))[arguments[1]]"
        return str(self._post("/execute/sync", {"script": script, "args": [selector, name]}))

    def _got(self, path: str) -> object:
        return self.session.get(path.lstrip("/")).raise_for_status().json()["value"]

    def _post(self, path: str, body: object) -> object:
        return self.session.post(path.lstrip("/"), json=body).raise_for_status().json()["value"]


def chromium() -> tuple[Path, Path]:
    """The browser and its driver; installed where they are missing, which takes a minute."""
    found = _found()
    if found is None:
        if os.geteuid() != 0 or shutil.which("apt-get") is None:
            pytest.fail(f"a browser is needed: install {' and '.join(_PACKAGES)}, as Debian has it")
        _apt("update", "--quiet")
        _apt("install", "--yes", "--quiet", "--no-install-recommends", *_PACKAGES)
        found = _found()
    assert found is not None, "the packages have no such programs"
    return found


@contextlib.contextmanager
def window(folder: Path) -> Generator[Window]:
    """A browser with a profile of its own in that folder."""
    browser, driver = chromium()
    port = free_port()
    process = subprocess.Popen(
        [driver, f"--port={port}", "--allowed-ips=127.0.0.1"],
        env={"PATH": _SYSTEM_PATH, "HOME": str(folder)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        poll(lambda: answers(port))
        with httpx.Client(trust_env=False, timeout=60) as client:
            yield from _session(client, f"http://127.0.0.1:{port}", browser, folder)
    finally:
        # The browser is the driver's child, and stays behind where nobody ends it too.
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _session(client: httpx.Client, url: str, browser: Path, folder: Path) -> Generator[Window]:
    options = (*_OPTIONS, _WINDOW, f"--user-data-dir={folder / 'profile'}")
    chrome = {"binary": str(browser), "args": options}
    asked = {"capabilities": {"alwaysMatch": {"goog:chromeOptions": chrome}}}
    answer = client.post(f"{url}/session", json=asked)
    assert answer.is_success, answer.text
    client.base_url = httpx.URL(f"{url}/session/{answer.json()['value']['sessionId']}/")
    try:
        yield Window(client)
    finally:
        client.delete(str(client.base_url).rstrip("/")).raise_for_status()


def _found() -> tuple[Path, Path] | None:
    path = f"{os.environ.get('PATH', '')}:{_SYSTEM_PATH}"
    browser, driver = (shutil.which(one, path=path) for one in _PROGRAMS)
    return (Path(browser), Path(driver)) if browser and driver else None


def _apt(*arguments: str) -> None:
    command: Sequence[str] = ("apt-get", "-o", f"DPkg::Lock::Timeout={_INSTALLED_S}", *arguments)
    done = subprocess.run(
        command,
        env={**os.environ, "PATH": _SYSTEM_PATH, "DEBIAN_FRONTEND": "noninteractive"},
        capture_output=True,
        text=True,
        timeout=_INSTALLED_S,
        check=False,
    )
    assert done.returncode == 0, f"{' '.join(command)}\n{done.stderr}"
