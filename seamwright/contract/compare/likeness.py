"""Whether two schemas say the same, however they say it: by a mark that is equal for equal ones."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from typing import TYPE_CHECKING

from seamwright.contract.compare import keyword
from seamwright.contract.compare.wording import canonical

if TYPE_CHECKING:
    from seamwright.contract.compare.normal_form import Forms
    from seamwright.contract.compare.shape import Schema

_DEEPEST = 64
"""Levels that are looked into; below, only the same words are equal."""


class Marks:
    """The marks of schemas that share their definitions."""

    def __init__(self, forms: Forms) -> None:
        """Use these normal forms."""
        self._forms = forms
        self._known: dict[str, str] = {}

    def of(self, schema: Schema) -> str:
        """The mark of one schema."""
        return self._mark(schema, 0)

    def _mark(self, schema: Schema, depth: int) -> str:
        said = canonical(keyword.bare(schema))
        if '"$ref"' not in said:
            return self._made(schema, depth)
        if said not in self._known:
            # Met again within itself, a schema is known by its words.
            self._known[said] = said
            self._known[said] = self._made(schema, depth)
        return self._known[said]

    def _made(self, schema: Schema, depth: int) -> str:
        if depth > _DEEPEST:
            return canonical(keyword.bare(schema))
        shape = self._forms.shape(schema)
        plain = replace(shape, properties={}, items={}, additional={}, prefix=(), unions=())
        inner = (
            {name: self._mark(one, depth + 1) for name, one in shape.properties.items()},
            self._mark(shape.items, depth + 1) if shape.items else "",
            self._mark(shape.additional, depth + 1) if shape.additional else "",
            [self._mark(one, depth + 1) for one in shape.prefix],
            [sorted(self._mark(one, depth + 1) for one in union) for union in shape.unions],
        )
        told = [
            [sorted(plain.types), plain.nullable, sorted(plain.enum or ()), plain.enum is None],
            [plain.lower, plain.upper, plain.sizes, plain.multiple, plain.unique],
            [sorted(plain.patterns), sorted(plain.formats), sorted(plain.required)],
            [plain.default, plain.others, plain.read_only, plain.write_only],
            list(inner),
        ]
        return sha256(canonical(told).encode()).hexdigest()
