"""Runs a compiled read: one statement, one round trip, no transaction around it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from app.db.read.compile import Compiled
from app.db.read.dialect import POISON
from app.db.read.pieces import Rendering
from app.db.tables import Dialect
from app.db.transaction import Database
from app.domain.scope import Scope


class Spoiled(Exception):
    """The answer has a null where none may be; the reference executor knows what becomes of it."""


async def fetch(database: Database, scope: Scope, compiled: Compiled, request: Any) -> Sequence[str]:
    """The JSON text of each root of the operation. Raises Spoiled, InvalidInput, Unavailable."""
    if not compiled.roots:
        return []
    sql, values = render(database.dialect, scope, compiled, request)
    texts = await database.fetch_texts(sql, values)
    for text in texts:
        if text is None or POISON in text:
            raise Spoiled
    return texts


def render(dialect: Dialect, scope: Scope, compiled: Compiled, request: Any) -> tuple[str, list[object]]:
    """The statement of one request and its values. Raises InvalidInput."""
    rendering = Rendering(dialect, scope, request)
    return compiled.render(rendering), rendering.parameters.values
