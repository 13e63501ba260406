"""API keys and who is asking."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import strawberry

from app.db.aggregates import API_KEYS
from app.db.rows import ApiKeyRow
from app.domain.identity import IdPrefix
from app.domain.scope import Mode, Permission
from app.graphql import lists
from app.graphql.connections import Connection
from app.graphql.context import Info
from app.graphql.fields import computed, to_one
from app.graphql.node import Node
from app.graphql.reading import row_of
from app.graphql.sources import OfRow, stored
from app.graphql.types.entity import Entity

if TYPE_CHECKING:
    from app.graphql.types.history import AuditEntry


def _permissions(row: ApiKeyRow) -> list[Permission]:
    return [Permission(name) for name in row.permissions]


@stored(API_KEYS, Permission.API_KEYS_READ, prefix=IdPrefix.API_KEY)
@strawberry.type(description="An API key, without its secret.")
class ApiKey(OfRow, Node):
    name: str = strawberry.field(description="What it is called.")
    prefix: str = strawberry.field(description="The secret's first letters: sk_live_ or sk_test_.")
    last_four: str = strawberry.field(description="The secret's last four characters.")
    permissions: list[Permission] = computed(_permissions, "permissions", description="What it may do.")
    created_at: datetime = strawberry.field(description="When it was made.")
    created_by: str = strawberry.field(description="Who made it: an API key's id, or system:….")
    expires_at: datetime | None = strawberry.field(description="When it stops working.")
    revoked_at: datetime | None = strawberry.field(description="When it was revoked.")
    row: strawberry.Private[ApiKeyRow]

    entity: Entity | None = to_one("entity_id", description="The seller it is bound to; null for a platform key.")
    history: Connection[Annotated[AuditEntry, strawberry.lazy("app.graphql.types.history")]] = lists.history(
        "subject_id"
    )


@strawberry.type(description="Who is asking, and what it may do.")
class Viewer:
    platform_id: strawberry.ID = strawberry.field(description="The platform: an account in one mode.")
    mode: Mode = strawberry.field(description="Live or sandbox.")
    permissions: list[Permission] = strawberry.field(description="What the key may do.")
    api_key: ApiKey = strawberry.field(description="The key.")

    @strawberry.field(description="The seller the key is bound to; null for a platform key.")
    async def entity(self, info: Info) -> Entity | None:
        entity_id = info.context.scope.entity_id
        return None if entity_id is None else Entity.of(await row_of(info.context, Entity, entity_id))
