"""The body of a chat completion request, as far as the script needs it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import cast


class MalformedError(Exception):
    """The body is not a chat completion request; the text says why."""


@dataclass(frozen=True, slots=True)
class ChatRequest:
    """What a caller asks of the model.

    Attributes:
        model: the model's name, repeated in the answer.
        prompt: the fields of the last user message, which is a JSON document
            `{"task": "enrich" | "draft", …}`; a message in plain words asks to enrich what it says.
    """

    model: str
    prompt: dict[str, object]

    def text(self, *names: str) -> str:
        """The first of these fields that holds a text, or an empty text."""
        for name in names:
            value = self.prompt.get(name)
            if isinstance(value, str) and value.strip():
                return value.strip()
        return ""


def parse(body: bytes | None) -> ChatRequest:
    """Read the body.

    Raises:
        MalformedError: when it is too long, not JSON, or has no model or no user message.
    """
    if body is None:
        message = "the body is longer than 64 KiB"
        raise MalformedError(message)
    try:
        document: object = json.loads(body)
    except (ValueError, RecursionError) as problem:
        message = "the body is not JSON"
        raise MalformedError(message) from problem
    fields = cast("dict[str, object]", document) if isinstance(document, dict) else {}
    model, messages = fields.get("model"), fields.get("messages")
    if not isinstance(model, str) or not isinstance(messages, list):
        message = "expected an object with `model` and `messages`"
        raise MalformedError(message)
    return ChatRequest(model, _prompt(_last_user_message(cast("list[object]", messages))))


def _last_user_message(messages: list[object]) -> str:
    for one in reversed(messages):
        match one:
            case {"role": "user", "content": str() as content}:
                return content
            case _:
                pass
    message = "expected a message of the role `user` with a text"
    raise MalformedError(message)


def _prompt(content: str) -> dict[str, object]:
    try:
        document: object = json.loads(content)
    except (ValueError, RecursionError):
        document = None
    if isinstance(document, dict):
        return cast("dict[str, object]", document)
    return {"task": "enrich", "name": content}
