"""Grok: an OpenAI-compatible chat endpoint whose answers follow from the question alone."""

from __future__ import annotations

import hmac
import json
from hashlib import blake2b
from typing import TYPE_CHECKING

from reference_impl.box.exchange import Answer, json_answer
from reference_impl.externals.chat_request import MalformedError, parse
from reference_impl.externals.slug import slug

if TYPE_CHECKING:
    from reference_impl.box.exchange import Request
    from reference_impl.externals.chat_request import ChatRequest

# A fixed moment: the same question gets the same bytes.
_CREATED_S = 1_750_000_000


class Grok:
    """Answers `POST /v1/chat/completions` for whoever has the key."""

    __slots__ = ("_key",)

    def __init__(self, key: str) -> None:
        """Answer those who know the key."""
        self._key = key.encode()

    def respond(self, request: Request) -> Answer:
        """Answer one request; refusals have OpenAI's shape."""
        if request.path != "/v1/chat/completions":
            return _refusal(404, "invalid_request_error", f"Unknown request URL: {request.path}")
        if request.method != "POST":
            return _refusal(405, "invalid_request_error", "Not allowed: only POST is", allow="POST")
        if not hmac.compare_digest((request.bearer or "").encode("latin-1"), self._key):
            return _refusal(
                401,
                "invalid_request_error",
                "Incorrect API key provided",
                code="invalid_api_key",
                www_authenticate="Bearer",
            )
        try:
            return json_answer(200, _completion(parse(request.body)))
        except MalformedError as problem:
            return _refusal(400, "invalid_request_error", str(problem))


def _completion(chat: ChatRequest) -> dict[str, object]:
    content = json.dumps(_draft(chat) if chat.prompt.get("task") == "draft" else _enrich(chat))
    question = json.dumps(chat.prompt, sort_keys=True)
    asked, answered = len(question.split()), len(content.split())
    return {
        "id": f"chatcmpl-{blake2b(question.encode(), digest_size=12).hexdigest()}",
        "object": "chat.completion",
        "created": _CREATED_S,
        "model": chat.model,
        "choices": [
            {
                "index": 0,
                "message": {"role": "assistant", "content": content, "refusal": None},
                "finish_reason": "stop",
            }
        ],
        "usage": {
            "prompt_tokens": asked,
            "completion_tokens": answered,
            "total_tokens": asked + answered,
        },
    }


def _enrich(chat: ChatRequest) -> dict[str, str]:
    host = f"{slug(chat.text('company', 'name'))}.example"
    return {"website": f"https://{host}", "email": f"hello@{host}"}


def _draft(chat: ChatRequest) -> dict[str, str]:
    name = chat.text("name") or "there"
    company = chat.text("company") or "your company"
    subject = chat.text("subject", "campaign") or "an idea"
    return {
        "subject": f"{name}: {subject}",
        "body": f"Dear {name},\n\nwe thought of {company}: {subject}.\n\nKind regards",
    }


def _refusal(
    status: int, kind: str, message: str, *, code: str | None = None, **headers: str
) -> Answer:
    error = {"message": message, "type": kind, "param": None, "code": code}
    return json_answer(status, {"error": error}, **headers)
