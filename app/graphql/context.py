"""What a resolver may use: made anew for every operation, never shared between two."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, replace
from typing import TypeAlias

from strawberry.types import Info as StrawberryInfo

from app.db.rows import ApiKeyRow
from app.delivery.broker import Broker
from app.domain.scope import Scope
from app.graphql.idempotency import key_of
from app.graphql.loaders import Loaders
from app.services.context import ServiceContext


@dataclass(frozen=True, slots=True, kw_only=True)
class GraphQLContext:
    """Who asks (`scope`, `key`), and the parts that answer. `idempotency_header` came with the request, or, where the
    operation came `over_socket`, with the socket that it is one of many of.
    """

    services: ServiceContext
    scope: Scope
    key: ApiKeyRow
    loaders: Loaders
    broker: Broker
    base_url: str
    idempotency_header: str | None
    operation_id: str
    over_socket: bool = False

    @property
    def authority(self) -> Hashable:
        """What the answer to a question depends on besides the question: two keys with the same are answered alike.

        Not the key: what it may see and do follows from its platform, its entity and its permissions alone, and a
        context that is `shared` has no key that an answer could be about. Whether a key still works is asked for each
        key by itself.
        """
        return (self.scope.platform_id, self.scope.entity_id, self.scope.permissions, self.base_url)

    def shared(self) -> GraphQLContext:
        """A context of the same authority with loaders of its own and nobody's key, to answer several keys in."""
        scope = replace(self.scope, actor="system:subscriptions")
        loaders = Loaders(self.services.database, scope)
        return replace(
            self,
            scope=scope,
            key=None,  # type: ignore[arg-type]  # an answer about a key cannot be shared: asking for it is a bug
            loaders=loaders,
            idempotency_header=None,
        )


Info: TypeAlias = StrawberryInfo[GraphQLContext, None]


def idempotency_key(info: Info, given: str | None) -> str | None:
    """The key of a mutation whose input says `given`. Raises InvalidInput when its places contradict one another."""
    context = info.context
    return key_of(info._raw_info, given, context.idempotency_header, over_socket=context.over_socket)
