"""The history of objects: who changed what from what to what."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any, Final

import strawberry
from strawberry.scalars import JSON

from app.db.aggregates import API_KEYS, CHANNELS, HISTORY
from app.db.history_rows import AuditEntryRow
from app.domain.history import ActorKind, AuditAction, AuditSubject
from app.domain.identity import IdPrefix, is_id
from app.domain.scope import Permission
from app.graphql.context import GraphQLContext
from app.graphql.fields import column, computed, part, to_one
from app.graphql.node import Node
from app.graphql.sources import OfRow, stored

if TYPE_CHECKING:
    from app.graphql.types.entity import Entity

_Named = tuple[str | None, str | None]
_NOBODY: Final[_Named] = (None, None)


@strawberry.type(description="A field that changed.")
class FieldChange:
    field: str = strawberry.field(
        description="The field by its path in the API, such as address.city, settings.numberFormats.STANDARD or"
        " lines.2.unitPrice; places count from 0."
    )
    from_: JSON | None = strawberry.field(
        name="from", description="The value before; null where there was none. (hidden) stands for a secret."
    )
    to: JSON | None = strawberry.field(
        description="The value after; null where there is none. (hidden) stands for a secret."
    )


def _kind(row: AuditEntryRow) -> ActorKind:
    return ActorKind(row.actor_kind)


async def _name(row: AuditEntryRow, context: GraphQLContext) -> str | None:
    return (await _named(row, context))[0]


async def _last_four(row: AuditEntryRow, context: GraphQLContext) -> str | None:
    return (await _named(row, context))[1]


async def _named(row: AuditEntryRow, context: GraphQLContext) -> _Named:
    """The name of the key or channel, and a key's last four characters, as far as they are in sight."""
    scope = context.scope

    async def load(ids: list[str]) -> Sequence[_Named]:
        # Whoever may read the history may read who made it, without what else may be read of keys.
        scope.require(Permission.AUDIT_READ)
        found: dict[str, _Named] = {}
        keys = [actor for actor in ids if is_id(actor, IdPrefix.API_KEY)]
        channels = [actor for actor in ids if is_id(actor, IdPrefix.ORDER_CHANNEL)]
        async with context.services.database.read(scope) as session:
            for key in (await API_KEYS.by_ids(scope, session, keys)).values():
                found[key.id] = (key.name, key.last_four)
            for channel in (await CHANNELS.by_ids(scope, session, channels)).values():
                found[channel.id] = (channel.name, None)
        return [found.get(actor, _NOBODY) for actor in ids]

    named: _Named = await context.loaders.named(("actors",), load).load(row.actor)
    return named


@strawberry.type(description="Who made a change.")
class AuditActor(OfRow):
    kind: ActorKind = computed(_kind, "actor_kind", description="What it is.")
    id: str = column(
        "actor", description="An API key's or a channel's id, system:… for the product itself, or command:…."
    )
    name: str | None = computed(
        _name, "actor", description="What the key or channel is called; null when it is out of sight or gone."
    )
    last_four: str | None = computed(
        _last_four, "actor", description="The last four characters of the key; null when it is out of sight."
    )
    on_behalf_of: strawberry.ID | None = strawberry.field(
        description="The seller in whose place the operator's key or channel acted."
    )
    row: strawberry.Private[AuditEntryRow]


def _subject_type(row: AuditEntryRow) -> AuditSubject:
    return AuditSubject(row.subject_type)


def _action(row: AuditEntryRow) -> AuditAction:
    return AuditAction(row.action)


def _changes(row: AuditEntryRow) -> list[FieldChange]:
    return [_change(change["field"], change["from"], change["to"]) for change in row.changes]


def _change(field: str, before: Any, after: Any) -> FieldChange:
    return FieldChange(field=field, from_=before, to=after)


@stored(HISTORY, Permission.AUDIT_READ, prefix=IdPrefix.AUDIT)
@strawberry.type(description="A change of an object: who did it, when, and what was what before. It is kept for ever.")
class AuditEntry(OfRow, Node):
    subject_type: AuditSubject = computed(_subject_type, "subject_type", description="What kind of object changed.")
    subject_id: strawberry.ID = strawberry.field(description="The id of the object, which may be deleted by now.")
    action: AuditAction = computed(_action, "action", description="What was done to it.")
    actor: AuditActor = part(description="Who did it.")
    changes: list[FieldChange] = computed(
        _changes, "changes", description="What changed, 200 fields at most; texts over 500 characters are cut."
    )
    changes_omitted: int = column("omitted", description="How many more fields changed.")
    version_from: int | None = strawberry.field(
        description="The object's version before; null of a new one, and of what has no versions."
    )
    version_to: int | None = strawberry.field(
        description="The object's version after; null of a deleted one, and of what has no versions."
    )
    request_id: str | None = strawberry.field(
        description="The X-Request-Id of the request that did it; null when none did."
    )
    created_at: datetime = strawberry.field(description="When it was done.")
    row: strawberry.Private[AuditEntryRow]

    entity: Annotated[Entity, strawberry.lazy("app.graphql.types.entity")] | None = to_one(
        "entity_id", description="The seller that the object belongs to; null when it is the platform's own."
    )
