"""Grok, asked one thing at a time: a JSON document in, a JSON document out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import to_json

from reference_impl.foreign import Foreign
from reference_impl.unreachable import Unreachable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reference_impl.callee import Callee

_MODEL = "grok-3-mini"
_PATH = "/v1/chat/completions"
_ORDER = (
    "You help a sales team. You get a JSON document with a task. "
    "Answer with the JSON document that the task asks for, and nothing else."
)
_Reply = TypeVar("_Reply", bound=BaseModel)


class _Said(Foreign):
    content: str


class _Choice(Foreign):
    message: _Said


class _Completion(Foreign):
    choices: list[_Choice]


@dataclass(frozen=True, slots=True)
class Grok:
    """The chat completions of an OpenAI-compatible API."""

    box: Callee

    async def ask(
        self, question: Mapping[str, object], answer: type[_Reply], request_id: str
    ) -> _Reply:
        """What Grok answers, in the form that was asked for.

        Raises:
            Unreachable: when it does not answer, or with something else.
        """
        body = to_json(
            {
                "model": _MODEL,
                "temperature": 0,
                "messages": [
                    {"role": "system", "content": _ORDER},
                    {"role": "user", "content": to_json(question).decode()},
                ],
            }
        )
        reply = await self.box.call("POST", _PATH, request_id, body, repeat=True)
        try:
            said = _Completion.model_validate_json(reply.body).choices[0].message.content
            return answer.model_validate_json(said)
        except (ValidationError, IndexError) as error:
            raise Unreachable(self.box.name, f"{reply.status}, not what was asked") from error
