"""The history of objects: entries made of an object's rows before and after, and what it says since a version."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from enum import Enum
from functools import cache
from operator import attrgetter
from typing import Any, Final

from app.db.aggregates import HISTORY
from app.db.history_rows import AuditEntryRow
from app.db.transaction import Session
from app.db.where import All, Compare, Eq
from app.domain.history import Acting, AuditAction, AuditSubject, Secret, State, Value, differences, flat
from app.domain.history_fields import LINE, TOLD, Told
from app.domain.identity import IdPrefix, new_id
from app.domain.money import minor_text
from app.domain.scope import Scope

# Entries that are read to say what changed since a version.
MAX_SINCE: Final = 100


def entry(
    acting: Acting,
    subject: AuditSubject,
    before: Any,
    after: Any,
    now: datetime,
    *,
    action: AuditAction | None = None,
    further: tuple[State, State] = ({}, {}),
) -> AuditEntryRow | None:
    """The entry of a change from one row to another, None for an object that is not there; None if nothing changed.

    `further` is what the rows do not have, before and after, such as `lines_state` of a draft's lines. An `action`
    that is named is told even if it changes nothing.
    """
    row = after if after is not None else before
    told = TOLD[subject]
    changes, omitted = differences(
        None if before is None else {**_state(told, before), **further[0]},
        None if after is None else {**_state(told, after), **further[1]},
    )
    if action is None:
        if not changes:
            return None
        action = AuditAction.CREATED if before is None else AuditAction.UPDATED
        action = AuditAction.DELETED if after is None else action
    entity_id = row.id if subject is AuditSubject.ENTITY else row.entity_id
    kind, on_behalf_of = acting.on(subject, action, entity_id)
    return AuditEntryRow(
        platform_id=row.platform_id,
        id=new_id(IdPrefix.AUDIT),
        entity_id=entity_id,
        subject_type=subject.value,
        subject_id=row.id,
        action=action.value,
        changes=changes,
        omitted=omitted,
        actor=acting.actor,
        actor_kind=kind.value,
        on_behalf_of=on_behalf_of,
        version_from=getattr(before, "version", None),
        version_to=getattr(after, "version", None),
        request_id=acting.request_id,
        created_at=now,
    )


def lines_state(lines: Sequence[Any]) -> State:
    """The lines of a draft by paths such as `lines.2.unitPrice`."""
    return {
        f"lines.{place}.{path}": value for place, line in enumerate(lines) for path, value in _state(LINE, line).items()
    }


def _state(told: Told, row: Any) -> dict[str, Value]:
    found: dict[str, Value] = {}
    read, paths = _reading(told.table)
    for path, value in zip(paths, read(row), strict=True):
        # Most columns hold nothing or plain values, and orders make many buyers.
        if value is None:
            continue
        kind = type(value)
        if kind is str or kind is bool or kind is int:
            found[path] = value
        elif isinstance(value, Enum):
            found[path] = value.value
        else:
            found.update(flat(path, value))
    for column, path in told.amounts.items():
        found[path] = minor_text(getattr(row, column), row.currency)
    for column, path in told.names.items():
        found[path] = [name.replace(".", "_").replace(":", "_").upper() for name in getattr(row, column)]
    for column, path in told.secrets.items():
        value = getattr(row, column)
        if isinstance(value, Mapping):
            found.update({f"{path}.{name}": Secret(part) for name, part in value.items()})
        else:
            found[path] = Secret(value)
    return found


@cache
def _reading(table: str) -> tuple[Callable[[Any], tuple[Any, ...]], tuple[str, ...]]:
    """What reads the columns that are told as they are off a row of the table, and their paths."""
    (told,) = (told for told in (*TOLD.values(), LINE) if told.table == table)
    return attrgetter(*told.fields), tuple(told.fields.values())


async def since(
    scope: Scope, session: Session, subject: AuditSubject, subject_id: str, version: int
) -> list[AuditEntryRow]:
    """What was done to an object since it had that version, the newest first; at most MAX_SINCE entries."""
    where = All(
        (Eq("subject_id", subject_id), Eq("subject_type", subject.value), Compare("version_to", ">", version)),
    )
    return await HISTORY.list(scope, session, where, order=(("id", True),), limit=MAX_SINCE)
