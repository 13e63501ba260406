"""The canonical text of a document, which is hashed and kept for ever, and the way back from it.

JSON with sorted keys and no blanks, in UTF-8; decimals as plain text, dates by ISO 8601, absent values as null. The
standard library's `json` writes it, so that a chain can be verified anywhere.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import types
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any, Final, Union, get_args, get_origin, get_type_hints

from app.domain.documents.model import Document
from app.domain.parties import Party

SCHEMA: Final = 1


def to_canonical(document: Document) -> str:
    """The document's canonical text; equal documents give equal texts."""
    content = {"schema": SCHEMA, **_plain(document)}
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def from_canonical(text: str) -> Document:
    """The document that a canonical text was made from. Raises ValueError for a text of another schema."""
    content = json.loads(text)
    if content.pop("schema", None) != SCHEMA:
        raise ValueError(f"not a document of schema {SCHEMA}")
    document = _typed(content, Document)
    assert isinstance(document, Document)  # narrows the type; _typed made it
    return document


def parties_of(text: str) -> tuple[Party, Party]:
    """The seller and the buyer of a canonical text, without reading the rest of it."""
    content = json.loads(text)
    seller, buyer = (_typed(content[name], Party) for name in ("seller", "buyer"))
    return seller, buyer


def content_hash(canonical: str, previous_hash: str | None) -> str:
    """SHA-256 in hexadecimal over the predecessor's hash, a line feed, and the canonical text."""
    return hashlib.sha256(f"{previous_hash or ''}\n{canonical}".encode()).hexdigest()


def _plain(value: Any) -> Any:
    kind: Any = type(value)
    return _converter(kind)(value)


@cache
def _converter(kind: type[Any]) -> Callable[[Any], Any]:
    """How values of that type are written; found once per type, since a document has hundreds of values."""
    if dataclasses.is_dataclass(kind):
        names = tuple(field.name for field in dataclasses.fields(kind))
        return lambda value: {name: _plain(getattr(value, name)) for name in names}
    if issubclass(kind, Enum):
        return lambda value: value.value
    if issubclass(kind, Decimal):
        return lambda value: format(value.normalize(), "f") if value else "0"
    if issubclass(kind, date):
        return lambda value: value.isoformat()
    if issubclass(kind, Mapping):
        return lambda value: {str(name): _plain(item) for name, item in value.items()}
    if issubclass(kind, tuple | list):
        return lambda value: [_plain(item) for item in value]
    return lambda value: value


@cache
def _hints(kind: type[Any]) -> Mapping[str, Any]:
    return get_type_hints(kind)


def _typed(value: Any, hint: Any) -> Any:
    if value is None:
        return None
    origin = get_origin(hint)
    if origin in (Union, types.UnionType):
        (inner,) = (arg for arg in get_args(hint) if arg is not type(None))
        return _typed(value, inner)
    if origin is tuple:
        return tuple(_typed(item, get_args(hint)[0]) for item in value)
    if dataclasses.is_dataclass(hint):
        hints = _hints(hint)  # type: ignore[arg-type]  # a dataclass type, not an instance
        return hint(**{name: _typed(item, hints[name]) for name, item in value.items()})  # type: ignore[operator]
    if hint is Decimal:
        return Decimal(value)
    if hint is date:
        return date.fromisoformat(value)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return hint(value)
    return value
