"""The canonical text of a document, which is hashed and kept for ever, and the way back from it.

JSON with sorted keys and no blanks, in UTF-8; decimals as plain text, dates by ISO 8601, absent values as null. The
standard library's `json` (`sort_keys`, separators without blanks, `ensure_ascii=False`) writes the very same text, so
that a chain can be verified anywhere; a test holds the two together.
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
from functools import cache, lru_cache
from operator import attrgetter
from typing import Any, Final, Union, get_args, get_origin, get_type_hints

import orjson

from app.domain.documents.model import Document
from app.domain.parties import Party
from app.domain.tax.model import TaxDecision

SCHEMA: Final = 1


def to_canonical(document: Document) -> str:
    """The document's canonical text; equal documents give equal texts."""
    return orjson.dumps({"schema": SCHEMA, **_converter(Document)(document)}, option=orjson.OPT_SORT_KEYS).decode()


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


# Written as they are.
_PLAIN: Final = frozenset({str, int, bool, type(None)})


def _plain(value: Any) -> Any:
    kind: Any = type(value)
    return value if kind in _PLAIN else _converter(kind)(value)


@cache
def _converter(kind: type[Any]) -> Callable[[Any], Any]:
    """How values of that type are written; found once per type, since a document has hundreds of values."""
    if kind is Party:
        return _party
    if kind is TaxDecision:
        return _decision
    if dataclasses.is_dataclass(kind):
        return _fields(kind)
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
def _fields(kind: Any) -> Callable[[Any], dict[str, Any]]:
    names = tuple(field.name for field in dataclasses.fields(kind))
    values_of = attrgetter(*names)
    return lambda value: {
        name: item if type(item) in _PLAIN else _plain(item) for name, item in zip(names, values_of(value), strict=True)
    }


def _written(value: Any) -> orjson.Fragment:
    kind: Any = type(value)
    return orjson.Fragment(orjson.dumps(_fields(kind)(value), option=orjson.OPT_SORT_KEYS))


@lru_cache(maxsize=4_096)
def _party(party: Party) -> orjson.Fragment:
    """A seller or buyer as written; the same ones come back on document after document."""
    return _written(party)


_decisions: Final[dict[int, tuple[TaxDecision, orjson.Fragment]]] = {}


def _decision(decision: TaxDecision) -> orjson.Fragment:
    """A decision as written. One object stands on many lines: it is found by its identity, and kept alive for that."""
    found = _decisions.get(id(decision))
    if found is None:
        if len(_decisions) >= 4_096:
            _decisions.clear()
        found = _decisions[id(decision)] = (decision, _written(decision))
    return found[1]


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
