"""Every event that a test emits is held against the JSON Schema that its readers are given."""

from __future__ import annotations

from typing import Any, Final

import orjson
from jsonschema import Draft202012Validator

from app.bootstrap import Application
from app.db import accounts, event_log
from app.db.rows import EventRow
from app.domain.events import CATALOGUE
from app.domain.payloads import json_schema
from app.domain.scope import system_scope

# More events than this of one test are looked at by their first and last ones.
MOST: Final = 2_000


def closed(schema: dict[str, Any]) -> dict[str, Any]:
    """The schema without room for more: readers must bear more fields, but all that there are must be told of."""
    inner = {name: closed(value) if isinstance(value, dict) else value for name, value in schema.items()}
    return {**inner, "additionalProperties": False} if schema.get("type") == "object" else inner


VALIDATORS: Final = {
    (event.type, event.version): Draft202012Validator(closed(json_schema(event))) for event in CATALOGUE
}


def check(event: EventRow) -> None:
    """Raises ValidationError for a payload that is not what its schema says, KeyError for an event without one."""
    VALIDATORS[event.type, event.schema_version].validate(orjson.loads(event.payload))


async def check_all(app: Application) -> None:
    """Checks the events of all platforms."""
    for platform in await accounts.platforms(app.database):
        scope = system_scope(platform.id, platform.mode, "test")
        async with app.database.read(scope) as session:
            seen: set[str] = set()
            for event in await event_log.after(scope, session, 0, limit=MOST):
                # Thousands of a kind differ by a number in a text: the shape is looked at once.
                if event.payload not in seen:
                    check(event)
                seen.add(event.payload)
