"""The canonical text of a document, which is hashed and kept for ever, and the way back from it.

JSON with sorted keys and no blanks, in UTF-8; decimals as plain text, dates by ISO 8601, absent values as null. The
standard library's `json` (`sort_keys`, separators without blanks, `ensure_ascii=False`) writes the very same text, so
that a chain can be verified anywhere; a test holds the two together.
"""

from __future__ import annotations

import hashlib
import json
import types
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cache, lru_cache
from typing import Any, Final, TypeAlias, Union, get_args, get_origin, get_type_hints

import orjson

from app.domain.documents.model import Document
from app.domain.money import decimal_text
from app.domain.parties import Party
from app.domain.tax.model import TaxDecision

SCHEMA: Final = 2
# What can be read: 1 lacks what was added in 2, which then has its default.
_READABLE: Final = (1, SCHEMA)


def to_canonical(document: Document) -> str:
    """The document's canonical text; equal documents give equal texts."""
    return orjson.dumps({"schema": SCHEMA, **_writer(Document)(document)}, option=orjson.OPT_SORT_KEYS).decode()


def from_canonical(text: str) -> Document:
    """The document that a canonical text was made from. Raises ValueError for a text of an unknown schema."""
    content = json.loads(text)
    if content.pop("schema", None) not in _READABLE:
        raise ValueError(f"not a document of schema {' or '.join(map(str, _READABLE))}")
    document = _typed(content, Document)
    assert isinstance(document, Document)  # narrows the type; _typed made it
    return document


def parties_of(text: str) -> tuple[Party, Party]:
    """The seller and the buyer of a canonical text, without reading the rest of it."""
    content = json.loads(text)
    seller, buyer = (_typed(content[name], Party) for name in ("seller", "buyer"))
    return seller, buyer


def registration_code_of(text: str) -> str | None:
    """What a tax authority wants beside the number, of a canonical text, without reading the rest of it."""
    found: str | None = json.loads(text).get("registration_code")
    return found


def content_hash(canonical: str, previous_hash: str | None) -> str:
    """SHA-256 in hexadecimal over the predecessor's hash, a line feed, and the canonical text."""
    return hashlib.sha256(f"{previous_hash or ''}\n{canonical}".encode()).hexdigest()


# How a value of that type is written, as an expression of Python; anything else is a type of ours, or a collection.
_EXPRESSIONS: Final = {
    str: "{}",
    int: "{}",
    bool: "{}",
    Decimal: "decimal({})",
    date: "{}.isoformat()",
}
_Writer: TypeAlias = Callable[[Any], Any]


@cache
def _writer(kind: Any) -> _Writer:
    """What writes a dataclass as a mapping: compiled once from its fields' types, since a document has hundreds."""
    known: dict[str, Any] = {"decimal": decimal_text}
    hints = _hints(kind)
    items = [f"{field.name!r}: {_expression(hints[field.name], f'v.{field.name}', known)}" for field in fields(kind)]
    exec(f"def write(v):\n    return {{{', '.join(items)}}}", known)
    write: _Writer = known["write"]
    return write


def _expression(hint: Any, value: str, known: dict[str, Any]) -> str:
    """The expression that writes a value of that type; the functions it calls are put into `known`."""
    origin = get_origin(hint)
    if origin in (Union, types.UnionType):
        (inner,) = (arg for arg in get_args(hint) if arg is not type(None))
        written = _expression(inner, value, known)
        return value if written == value else f"None if {value} is None else {written}"
    if origin is tuple:
        return f"[{_expression(get_args(hint)[0], 'item', known)} for item in {value}]"
    if hint in _EXPRESSIONS:
        return _EXPRESSIONS[hint].format(value)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return f"{value}.value"
    if origin is not None and issubclass(origin, Mapping):
        known["loose"] = _loose
        return f"loose({value})"
    name = f"write_{hint.__name__}"
    known[name] = _CACHED.get(hint) or _writer(hint)
    return f"{name}({value})"


def _loose(value: Any) -> Any:
    """A value whose type is not declared, such as what a rule looked at."""
    match value:
        case Mapping():
            return {str(name): _loose(item) for name, item in value.items()}
        case tuple() | list():
            return [_loose(item) for item in value]
        case Decimal():
            return decimal_text(value)
        case Enum():
            return value.value
        case date():
            return value.isoformat()
    return value


def _written(value: Any) -> orjson.Fragment:
    kind: Any = type(value)
    return orjson.Fragment(orjson.dumps(_writer(kind)(value), option=orjson.OPT_SORT_KEYS))


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


# What comes back on document after document.
_CACHED: Final[Mapping[Any, _Writer]] = {Party: _party, TaxDecision: _decision}


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
    if is_dataclass(hint):
        hints = _hints(hint)  # type: ignore[arg-type]  # a dataclass type, not an instance
        return hint(**{name: _typed(item, hints[name]) for name, item in value.items()})  # type: ignore[operator]
    if hint is Decimal:
        return Decimal(value)
    if hint is date:
        return date.fromisoformat(value)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return hint(value)
    return value
