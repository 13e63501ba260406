"""What a resolver may use: made anew for every operation, never shared between two."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from strawberry.types import Info as StrawberryInfo

from app.db.rows import ApiKeyRow
from app.delivery.broker import Broker
from app.domain.scope import Scope
from app.graphql.loaders import Loaders
from app.services.context import ServiceContext


@dataclass(frozen=True, slots=True, kw_only=True)
class GraphQLContext:
    """Who asks (`scope`, `key`), and the parts that answer."""

    services: ServiceContext
    scope: Scope
    key: ApiKeyRow
    loaders: Loaders
    broker: Broker
    base_url: str
    idempotency_header: str | None
    operation_id: str


Info: TypeAlias = StrawberryInfo[GraphQLContext, None]


def idempotency_key(info: Info, given: str | None) -> str | None:
    """The key of a mutation: from its input, else from the header `Idempotency-Key`, told apart by the response key."""
    if given is not None:
        return given
    header = info.context.idempotency_header
    return None if header is None else f"{header}/{'.'.join(str(part) for part in info.path.as_list())}"
