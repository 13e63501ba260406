"""Relay connections over keyset pages: rows never shift, and the total is counted only when it is asked for."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Annotated, Any, Generic, Protocol, TypeVar

import strawberry

from app.db.aggregates import Aggregate
from app.db.paging import Order, Page, PageRequest, fetch_page
from app.db.where import Condition
from app.domain.scope import Permission
from app.graphql.context import Info

NodeT = TypeVar("NodeT")

First = Annotated[
    int | None, strawberry.argument(description="How many to give from the start, 0 to 100; 20 unless told otherwise.")
]
After = Annotated[str | None, strawberry.argument(description="Begin after the edge with this cursor.")]
Last = Annotated[int | None, strawberry.argument(description="How many to give from the end, 0 to 100.")]
Before = Annotated[str | None, strawberry.argument(description="End before the edge with this cursor.")]


@strawberry.type(description="Where a page stands in its list.")
class PageInfo:
    has_next_page: bool = strawberry.field(description="Whether there are edges after this page.")
    has_previous_page: bool = strawberry.field(description="Whether there are edges before this page.")
    start_cursor: str | None = strawberry.field(description="The cursor of the page's first edge.")
    end_cursor: str | None = strawberry.field(description="The cursor of the page's last edge.")


@strawberry.type(description="One object of a list, with its place in it.")
class Edge(Generic[NodeT]):
    cursor: str = strawberry.field(description="The edge's place in this order; give it as after or before.")
    node: NodeT = strawberry.field(description="The object.")


@strawberry.type(description="A page of a list.")
class Connection(Generic[NodeT]):
    edges: list[Edge[NodeT]] = strawberry.field(description="The objects of the page with their cursors.")
    page_info: PageInfo = strawberry.field(description="Where the page stands in the list.")
    count: strawberry.Private[Callable[[], Awaitable[int]]]

    @strawberry.field(description="The objects of the page, without cursors.")
    def nodes(self) -> list[NodeT]:
        return [edge.node for edge in self.edges]

    @strawberry.field(description="How many objects match in all; counted only when this field is asked for.")
    async def total_count(self) -> int:
        return await self.count()


R = TypeVar("R")


class Listed(Protocol):
    """What a list is of: its rows, who may read them, and how they are shown."""

    @property
    def aggregate(self) -> Aggregate[Any]: ...

    @property
    def permission(self) -> Permission: ...

    def of(self, row: Any) -> Any:
        """The object of a row."""


async def connect(
    info: Info, kind: Listed, request: PageRequest, order: Order, where: Condition | None
) -> Connection[Any]:
    """One page of a list inside the caller's scope. Raises PermissionDenied, InvalidInput."""
    scope, database = info.context.scope, info.context.services.database
    scope.require(kind.permission)
    async with database.read(scope) as session:
        page = await fetch_page(scope, session, kind.aggregate, request, order, where)

    async def count() -> int:
        async with database.read(scope) as session:
            return await kind.aggregate.count(scope, session, where)

    return to_connection(page, kind.of, count)


def to_connection(
    page: Page[R], to_node: Callable[[R], NodeT], count: Callable[[], Awaitable[int]]
) -> Connection[NodeT]:
    """A page of rows as a connection of objects."""
    edges: list[Edge[Any]] = [
        Edge(cursor=cursor, node=to_node(row)) for row, cursor in zip(page.rows, page.cursors, strict=True)
    ]
    info = PageInfo(
        has_next_page=page.has_next,
        has_previous_page=page.has_previous,
        start_cursor=page.cursors[0] if page.cursors else None,
        end_cursor=page.cursors[-1] if page.cursors else None,
    )
    return Connection(edges=edges, page_info=info, count=count)
