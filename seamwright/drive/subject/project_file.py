"""`seamwright.toml`: how a subject is started, and where its dependencies plug in.

[subject]              name, root, contracts, conformance, chaos, waivers, warm, allowed_hosts
[tools]                npm = folder with package.json and package-lock.json
[secrets]              name = "random", or { jwt = {…claims}, key = "other secret" }
[credentials]          the value of each credential of the contract
[doors]                what the harness shows at the door of a box that is no service
[durations]            name = milliseconds; scaled by subject.time_scale
[published]            schemas, openapi = folders; api_reference = file; typescript.SERVICE = file
[box.NAME]             python = "module" | command = [...] | url = "http://…"; provides, env
ready = path that answers HTTP, ready_log = part of a line that it writes
"""

from __future__ import annotations

import tomllib
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    ValidationError,
    model_validator,
)

from seamwright.contract.derive.manifest import stays_within
from seamwright.contract.derive.places import Places
from seamwright.drive.subject.toml_line import line_of
from seamwright.problem import UsageProblem

ObjectName = Annotated[str, Field(pattern=r"^[A-Za-z_][\w.]*:[A-Za-z_]\w*$")]
Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]*$")]


def _place(text: str) -> str:
    if not stays_within(text):
        message = (
            "expected a path from the project's root that leads down, "
            "without `.`, `..`, a drive or a `/` at an end"
        )
        raise ValueError(message)
    return text


Place = Annotated[str, AfterValidator(_place)]


class ProjectFileProblem(UsageProblem):
    """A project file is malformed."""


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class SubjectTable(_Table):
    """What is judged, and by which content."""

    name: str
    root: str = "."
    contracts: ObjectName
    conformance: ObjectName | None = None
    chaos: ObjectName | None = None
    waivers: Annotated[str, Field(min_length=1)] | None = None
    found: Annotated[str, Field(min_length=1)] | None = None
    warm: tuple[str, ...] = ()
    allowed_hosts: tuple[str, ...] = ()
    time_scale: Annotated[float, Field(gt=0, le=1)] = 1.0
    boot_within_s: Annotated[float, Field(gt=0, le=600)] = 60.0


class ToolsTable(_Table):
    """What the boxes need and the tool fetches."""

    npm: str | None = None


class JwtSecret(_Table):
    """A JSON Web Token (HS256) that another secret signs."""

    jwt: dict[str, str | int]
    key: Name


class PublishedTable(_Table):
    """Where what is derived from the contract set lies, from the project's root."""

    schemas: Place | None = None
    openapi: Place | None = None
    api_reference: Annotated[Place, Field(pattern=r"\.md$")] | None = None
    typescript: dict[str, Annotated[Place, Field(pattern=r"\.ts$")]] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _something(self) -> Self:
        if not self.places.folders and not self.places.files:
            message = "expected at least one of schemas, openapi, api_reference, typescript"
            raise ValueError(message)
        return self

    @property
    def places(self) -> Places:
        """The same for who publishes."""
        files = tuple(self.typescript.items())
        return Places(self.schemas, self.openapi, self.api_reference, files)


class BoxTable(_Table):
    """One box: started by a module or a command, or reached by its url."""

    python: str | None = None
    command: Annotated[tuple[str, ...], Field(min_length=1)] | None = None
    url: str | None = None
    ready: Annotated[str, Field(pattern="^/")] | None = None
    ready_log: Annotated[str, Field(min_length=1)] | None = None
    provides: tuple[str, ...] = ()
    env: dict[str, str] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        ways = [one for one in (self.python, self.command, self.url) if one is not None]
        if len(ways) != 1:
            message = f"expected exactly one of python, command, url; seen {len(ways)}"
            raise ValueError(message)
        if self.url is not None:
            parts = urlsplit(self.url)
            if parts.scheme != "http" or not parts.hostname or not parts.port:
                message = "expected http://HOST:PORT"
                raise ValueError(message)
        return self


class ProjectFile(_Table):
    """A whole project file; names and paths are read against the folder `root`."""

    subject: SubjectTable
    tools: ToolsTable = ToolsTable()
    secrets: dict[Name, Literal["random"] | JwtSecret] = Field(default_factory=dict)
    credentials: dict[str, str] = Field(default_factory=dict)
    doors: dict[Name, str] = Field(default_factory=dict)
    durations: dict[Name, Annotated[int, Field(ge=0)]] = Field(default_factory=dict)
    published: PublishedTable | None = None
    box: dict[Name, BoxTable]
    root: Path = Path()

    @model_validator(mode="after")
    def _hosts(self) -> Self:
        for name, box in self.box.items():
            host = urlsplit(box.url).hostname if box.url else None
            if host and not _loopback(host) and host not in self.subject.allowed_hosts:
                message = (
                    f"box {name} is at {host}, which is not this machine: "
                    f"only loopback is driven, unless subject.allowed_hosts names the host"
                )
                raise ValueError(message)
        return self

    @property
    def is_of_this_machine(self) -> bool:
        """Whether every box that is given by its url is on this machine."""
        hosts = (urlsplit(box.url).hostname for box in self.box.values() if box.url)
        return all(host is not None and _loopback(host) for host in hosts)

    def box_of(self, provided: str) -> str | None:
        """The box that provides a service or a dependency of the contract."""
        for name, box in self.box.items():
            if provided in (box.provides or (name,)):
                return name
        return None


def _loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def load_project_file(path: Path) -> ProjectFile:
    """Read and check a project file.

    Raises:
        ProjectFileProblem: when it is missing or malformed; the line is named.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ProjectFileProblem(
            expected="a subject file in TOML",
            seen=str(error),
            where=str(path),
            mend="name the file with --subject, or run in the folder of seamwright.toml",
        ) from error
    try:
        value = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ProjectFileProblem(
            expected="TOML", seen=str(error), where=str(path), mend="correct that line"
        ) from error
    try:
        file = ProjectFile.model_validate(value)
    except ValidationError as error:
        first = error.errors()[0]
        place = tuple(str(one) for one in first["loc"])
        raise ProjectFileProblem(
            expected=_expected(first["type"], place),
            seen=first["msg"].removeprefix("Value error, "),
            where=f"{path}:{line_of(text, place)} {'.'.join(place)}".rstrip(),
            mend="see docs/reference/subject-file.md",
        ) from error
    return file.model_copy(update={"root": (path.parent / file.subject.root).resolve()})


def _expected(kind: str, place: tuple[str, ...]) -> str:
    if kind == "extra_forbidden":
        return f"only keys that a subject file has, not {place[-1]!r}"
    if kind == "missing":
        return f"the key {place[-1]!r}"
    return "a value of the documented form"
