"""API keys and who is asking."""

from __future__ import annotations

from datetime import datetime
from typing import Self

import strawberry

from app.db.rows import ApiKeyRow
from app.domain.scope import Mode, Permission
from app.graphql.context import Info
from app.graphql.node import Node
from app.graphql.types.customer import entity_of
from app.graphql.types.entity import Entity


@strawberry.type(description="An API key, without its secret.")
class ApiKey(Node):
    name: str = strawberry.field(description="What it is called.")
    prefix: str = strawberry.field(description="The secret's first letters: sk_live_ or sk_test_.")
    last_four: str = strawberry.field(description="The secret's last four characters.")
    permissions: list[Permission] = strawberry.field(description="What it may do.")
    created_at: datetime = strawberry.field(description="When it was made.")
    created_by: str = strawberry.field(description="Who made it: an API key's id, or system:….")
    expires_at: datetime | None = strawberry.field(description="When it stops working.")
    revoked_at: datetime | None = strawberry.field(description="When it was revoked.")
    row: strawberry.Private[ApiKeyRow]

    @classmethod
    def of(cls, row: ApiKeyRow) -> Self:
        """A key from its row."""
        return cls(
            id=strawberry.ID(row.id),
            name=row.name,
            prefix=row.prefix,
            last_four=row.last_four,
            permissions=[Permission(name) for name in row.permissions],
            created_at=row.created_at,
            created_by=row.created_by,
            expires_at=row.expires_at,
            revoked_at=row.revoked_at,
            row=row,
        )

    @strawberry.field(description="The seller it is bound to; null for a platform key.")
    async def entity(self, info: Info) -> Entity | None:
        return None if self.row.entity_id is None else await entity_of(info, self.row.entity_id)


@strawberry.type(description="Who is asking, and what it may do.")
class Viewer:
    platform_id: strawberry.ID = strawberry.field(description="The platform: an account in one mode.")
    mode: Mode = strawberry.field(description="Live or sandbox.")
    permissions: list[Permission] = strawberry.field(description="What the key may do.")
    api_key: ApiKey = strawberry.field(description="The key.")

    @strawberry.field(description="The seller the key is bound to; null for a platform key.")
    async def entity(self, info: Info) -> Entity | None:
        entity_id = info.context.scope.entity_id
        return None if entity_id is None else await entity_of(info, entity_id)
