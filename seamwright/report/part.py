"""What every part of `audit.json` is made of."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field


def _sayable(text: str) -> str:
    """The text without halves of surrogate pairs, which a JSON string may hold and UTF-8 cannot."""
    return text.encode(errors="backslashreplace").decode()


Text = Annotated[str, AfterValidator(_sayable)]
Count = Annotated[int, Field(ge=0)]


class Part(BaseModel):
    """A part of an audit: fields are named as in the file, and nothing else is in it."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        validate_by_name=True,
        validate_by_alias=True,
        serialize_by_alias=True,
    )
