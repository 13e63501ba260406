"""What events look like to whoever receives them: their payloads, and the JSON Schemas of these."""

from __future__ import annotations

import dataclasses
import types
from collections.abc import Callable
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

from app.domain.events import EventData


def to_payload(data: EventData) -> dict[str, Any]:
    """The payload as JSON-able data, names in camel case as in the API."""
    kind: Any = type(data)
    return _writer(kind)(data)


@cache
def _writer(kind: Any) -> Callable[[Any], dict[str, Any]]:
    """What writes a dataclass of events; compiled once from its fields, since every change writes some."""
    hints, known, items = get_type_hints(kind), dict[str, Any](), []
    for field in dataclasses.fields(kind):
        written = f"v.{field.name}"
        if dataclasses.is_dataclass(hints[field.name]):
            name = f"write_{field.name}"
            known[name], written = _writer(hints[field.name]), f"{name}({written})"
        elif get_origin(hints[field.name]) is tuple and dataclasses.is_dataclass(get_args(hints[field.name])[0]):
            name = f"write_{field.name}"
            known[name], written = _writer(get_args(hints[field.name])[0]), f"[{name}(item) for item in {written}]"
        items.append(f"{_camel(field.name)!r}: {written}")
    exec(f"def write(v):\n    return {{{', '.join(items)}}}", known)
    write: Callable[[Any], dict[str, Any]] = known["write"]
    return write


def json_schema(event: type[EventData]) -> dict[str, Any]:
    """The JSON Schema (2020-12) of an event's payload.

    It says what a reader of this version can count on. A later payload of the same version may have more.
    """
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:marketplace-invoicing:event:{event.type}:{event.version}",
        "title": event.type,
        "description": (event.__doc__ or "").strip(),
        **_object_schema(event),
    }


def _object_schema(kind: type[Any]) -> dict[str, Any]:
    hints = get_type_hints(kind)
    properties = {_camel(field.name): _schema(hints[field.name]) for field in dataclasses.fields(kind)}
    return {"type": "object", "properties": properties, "required": list(properties)}


def _schema(hint: Any) -> dict[str, Any]:
    if get_origin(hint) in (Union, types.UnionType):
        (inner,) = (arg for arg in get_args(hint) if arg is not type(None))
        return {"type": [_schema(inner)["type"], "null"]}
    if get_origin(hint) is tuple:
        return {"type": "array", "items": _schema(get_args(hint)[0])}
    if dataclasses.is_dataclass(hint):
        return _object_schema(hint)  # type: ignore[arg-type]  # a dataclass type, not an instance
    return {"type": {str: "string", int: "integer", bool: "boolean"}[hint]}


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(part.capitalize() for part in rest)
