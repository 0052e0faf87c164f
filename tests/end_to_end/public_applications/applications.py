"""Two public applications that bring an OpenAPI document of their own, each on a free port."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.error import URLError
from urllib.request import urlopen

from seamwright.drive.subject.toolchain import cache_folder
from tests.ports import free_port

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping, Sequence

FOLDER = Path(__file__).parent
_LOCK = FOLDER / "requirements.lock"
_SLOWEST_S = 60.0
_OBSERVED = "id,stn_id,datetime,value,lat,long\n1,35,2001-10-30T14:24:55Z,89.9,45,-75\n"


@dataclass(frozen=True, slots=True)
class Application:
    """One that runs: its address, and its document."""

    url: str
    document: Path


@contextmanager
def jupyter_server(folder: Path) -> Generator[Application]:
    """Jupyter's server, without a login; its files lie in the folder."""
    files = folder / "files"
    files.mkdir()
    port = free_port()
    options = {
        "ServerApp.ip": "127.0.0.1",
        "ServerApp.port": str(port),
        "ServerApp.port_retries": "0",
        "ServerApp.open_browser": "False",
        "ServerApp.allow_root": "True",
        "ServerApp.root_dir": str(files),
        "ServerApp.disable_check_xsrf": "True",
        "ServerApp.terminals_enabled": "False",
        "IdentityProvider.token": "",
    }
    command = [str(_bin() / "jupyter-server"), *(f"--{key}={one}" for key, one in options.items())]
    found = _bin().parent.glob("lib/python*/site-packages/jupyter_server/services/api/api.yaml")
    with _running(command, {"HOME": str(folder)}, files, f"http://127.0.0.1:{port}/api"):
        yield Application(f"http://127.0.0.1:{port}", next(iter(found)))


@contextmanager
def pygeoapi(folder: Path) -> Generator[Application]:
    """A server of the OGC's interfaces, with one collection and one process."""
    port = free_port()
    (folder / "obs.csv").write_text(_OBSERVED, encoding="utf-8")
    text = (FOLDER / "config.yml").read_text(encoding="utf-8")
    config, document = folder / "config.yml", folder / "openapi.yml"
    config.write_text(
        text.replace("PORT", str(port)).replace("FOLDER", str(folder)), encoding="utf-8"
    )
    environment = {"PYGEOAPI_CONFIG": str(config), "PYGEOAPI_OPENAPI": str(document)}
    generate = [str(_bin() / "pygeoapi"), "openapi", "generate", str(config)]
    subprocess.run(
        [*generate, "--output-file", str(document)],
        env={**os.environ, **environment},
        cwd=folder,
        check=True,
        capture_output=True,
    )
    # Its own `serve` is for development: it starts itself again, and answers with a debugger.
    serve = (
        "from pygeoapi.flask_app import APP; "
        f"APP.run('127.0.0.1', {port}, debug=False, threaded=True)"
    )
    command = [str(_bin() / "python"), "-c", serve]
    with _running(command, environment, folder, f"http://127.0.0.1:{port}/conformance"):
        yield Application(f"http://127.0.0.1:{port}", document)


def _bin() -> Path:
    """Where their programs are: installed once, with all that they need, each file checked."""
    name = f"applications-{hashlib.sha256(_LOCK.read_bytes()).hexdigest()[:16]}"
    folder = cache_folder(os.environ) / name
    if not (folder / "bin" / "jupyter-server").is_file():
        uv = str(Path(sys.executable).with_name("uv"))
        subprocess.run([uv, "venv", "-q", "--clear", "-p", sys.executable, str(folder)], check=True)
        python = str(folder / "bin" / "python")
        install = [uv, "pip", "install", "-q", "--require-hashes", "-p", python, "-r", str(_LOCK)]
        subprocess.run(install, check=True)
    return folder / "bin"


@contextmanager
def _running(
    command: Sequence[str], environment: Mapping[str, str], folder: Path, ready: str
) -> Generator[None]:
    log = folder / "server.log"
    with (
        log.open("wb") as file,
        subprocess.Popen(
            command,
            cwd=folder,
            env={**os.environ, **environment},
            stdout=file,
            stderr=subprocess.STDOUT,
        ) as process,
    ):
        try:
            _wait(process, ready, log)
            yield
        finally:
            process.terminate()


def _wait(process: subprocess.Popen[bytes], ready: str, log: Path) -> None:
    until_s = time.monotonic() + _SLOWEST_S
    while time.monotonic() < until_s and process.poll() is None:
        try:
            with urlopen(ready, timeout=5):
                return
        except (URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
    message = f"it did not come up: {log.read_text(encoding='utf-8', errors='replace')[-2000:]}"
    raise RuntimeError(message)
