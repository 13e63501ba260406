"""The history of what can be changed: what an entry says, and how two states of an object become the changes in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum, StrEnum
from typing import Any, Final, TypeAlias

from app.domain.identity import IdPrefix
from app.domain.money import decimal_text

# Characters of a text and values of a list that an entry keeps, and changes of one entry.
MAX_TEXT: Final = 500
MAX_VALUES: Final = 100
MAX_CHANGES: Final = 200
_CHANNEL: Final = f"{IdPrefix.ORDER_CHANNEL}_"
HIDDEN: Final = "(hidden)"
_CUT: Final = "…"


class AuditSubject(StrEnum):
    """The kind of object that an entry of the history is about."""

    ENTITY = "ENTITY"
    CUSTOMER = "CUSTOMER"
    INVOICE = "INVOICE"
    API_KEY = "API_KEY"
    WEBHOOK_ENDPOINT = "WEBHOOK_ENDPOINT"
    ORDER_CHANNEL = "ORDER_CHANNEL"
    JOB = "JOB"


class AuditAction(StrEnum):
    """What was done to an object."""

    CREATED = "CREATED"
    UPDATED = "UPDATED"
    DELETED = "DELETED"
    SUSPENDED = "SUSPENDED"
    ACTIVATED = "ACTIVATED"
    ARCHIVED = "ARCHIVED"
    DISABLED = "DISABLED"
    REVOKED = "REVOKED"
    SECRET_ROTATED = "SECRET_ROTATED"
    CANCELLED = "CANCELLED"
    RETRIED = "RETRIED"


class ActorKind(StrEnum):
    """Who made a change. OPERATOR_AS_SELLER is the operator's key or channel on what belongs to a seller."""

    KEY = "KEY"
    OPERATOR_AS_SELLER = "OPERATOR_AS_SELLER"
    CHANNEL = "CHANNEL"
    SYSTEM = "SYSTEM"
    COMMAND = "COMMAND"


# What the operator does to a seller in its own right; no seller's key may.
_OPERATORS_OWN: Final = frozenset(
    {
        (AuditSubject.ENTITY, AuditAction.CREATED),
        (AuditSubject.ENTITY, AuditAction.SUSPENDED),
        (AuditSubject.ENTITY, AuditAction.ACTIVATED),
        (AuditSubject.ENTITY, AuditAction.ARCHIVED),
    }
)


@dataclass(frozen=True, slots=True)
class Acting:
    """Who acts: the actor as scopes name it, the seller that its key is bound to, and the request it came with."""

    actor: str
    entity_id: str | None
    request_id: str | None

    def on(self, subject: AuditSubject, action: AuditAction, entity_id: str | None) -> tuple[ActorKind, str | None]:
        """What kind of actor that is to an object of that seller, and the seller in whose place the operator acts."""
        if self.actor.startswith("command:"):
            return ActorKind.COMMAND, None
        if self.actor.startswith("system:"):
            return ActorKind.SYSTEM, None
        if self.entity_id is None and entity_id is not None and (subject, action) not in _OPERATORS_OWN:
            return ActorKind.OPERATOR_AS_SELLER, entity_id
        return (ActorKind.CHANNEL if self.actor.startswith(_CHANNEL) else ActorKind.KEY), None


@dataclass(frozen=True, slots=True)
class Secret:
    """A value of which the history says that it changed, and no more."""

    value: object


# A value as an entry keeps it: plain JSON, decimals as text; or a secret, until it is hidden.
Value: TypeAlias = str | int | bool | list[Any] | Secret | None
State: TypeAlias = Mapping[str, Value]
_NOTHING: Final[State] = {}
# No value and no values are the same to the history.
_EMPTY: Final[tuple[Value, Value]] = (None, [])


def flat(path: str, value: Any) -> Iterator[tuple[str, Value]]:
    """A stored value by paths of the API: objects by their fields, lists of objects by places from 0.

    What stands in an object with a name in `_minor` is left out: it follows from what was entered.
    """
    match value:
        case None:
            return
        case Mapping():
            for name, part in value.items():
                if not name.endswith("_minor"):
                    yield from flat(f"{path}.{camel(name)}", part)
        case Enum():
            yield path, value.value
        case Decimal():
            yield path, decimal_text(value)
        case datetime() | date():
            yield path, value.isoformat()
        case str() | int():
            yield path, value
        case Sequence():
            if value and isinstance(value[0], Mapping):
                for place, part in enumerate(value):
                    yield from flat(f"{path}.{place}", part)
            else:
                yield path, [part.value if isinstance(part, Enum) else part for part in value]
        case _:
            raise TypeError(f"the history has no form for {type(value).__name__}")


def camel(name: str) -> str:
    """A stored name as the API writes it; the values of enums, such as CREDIT_NOTE, stay as they are."""
    if "_" not in name or not name.islower():
        return name
    first, *rest = name.split("_")
    return first + "".join(part.capitalize() for part in rest)


def differences(before: State | None, after: State | None) -> tuple[list[dict[str, Any]], int]:
    """The changes from one state to another, None for an object that is not there: `{field, from, to}` each.

    With them comes how many were left out, being more than MAX_CHANGES. Texts are cut after MAX_TEXT characters.
    """
    old, new = before or _NOTHING, after or _NOTHING
    found: list[dict[str, Any]] = []
    omitted = 0
    for path in {**old, **new}:
        was, is_now = old.get(path), new.get(path)
        if was == is_now or (was in _EMPTY and is_now in _EMPTY):
            continue
        if len(found) == MAX_CHANGES:
            omitted += 1
        else:
            found.append({"field": path, "from": _bounded(was), "to": _bounded(is_now)})
    return found, omitted


def _bounded(value: Value) -> Any:
    if value is None:
        return None
    if isinstance(value, str):
        return value if len(value) <= MAX_TEXT else value[: MAX_TEXT - 1] + _CUT
    if isinstance(value, Secret):
        return HIDDEN
    if isinstance(value, list):
        kept = [_bounded(part) for part in value[:MAX_VALUES]]
        return kept if len(value) <= MAX_VALUES else [*kept, _CUT]
    return value
