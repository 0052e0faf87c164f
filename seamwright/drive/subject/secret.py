"""The secrets of one run, made anew each time and known to the redaction."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from typing import TYPE_CHECKING

from seamwright.drive.subject.project_file import JwtSecret, ProjectFileProblem

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from seamwright.drive.subject.project_file import ProjectFile


def make_secrets(project: ProjectFile, random: Callable[[], str]) -> Mapping[str, str]:
    """A value for every name under `[secrets]`.

    Args:
        project: the project file.
        random: a fresh unguessable text of 43 characters, each time it is called.

    Raises:
        ProjectFileProblem: when a token is signed with a secret that is not a random one.
    """
    made = {name: random() for name, kind in project.secrets.items() if kind == "random"}
    for name, kind in project.secrets.items():
        if isinstance(kind, JwtSecret):
            if project.secrets.get(kind.key) != "random":
                raise ProjectFileProblem(
                    expected="the name of a random secret",
                    seen=repr(kind.key),
                    where=f"secrets.{name}.key",
                    mend=f'add {kind.key} = "random" under [secrets]',
                )
            made[name] = _jwt(kind.jwt, made[kind.key])
    return made


def _jwt(claims: Mapping[str, str | int], key: str) -> str:
    """A compact JSON Web Token, HS256 (RFC 7519)."""
    signed = b".".join(_part(one) for one in ({"alg": "HS256", "typ": "JWT"}, claims))
    signature = hmac.digest(key.encode(), signed, hashlib.sha256)
    return (signed + b"." + _base64url(signature)).decode()


def _part(value: Mapping[str, str | int]) -> bytes:
    return _base64url(json.dumps(value, separators=(",", ":")).encode())


def _base64url(data: bytes) -> bytes:
    return base64.urlsafe_b64encode(data).rstrip(b"=")
