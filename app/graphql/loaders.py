"""Relations by batches: one statement for all rows of a kind that an operation asks for, inside its scope."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from operator import attrgetter
from typing import Any, Final, Protocol, TypeAlias

from strawberry.dataloader import DataLoader

from app.db.aggregates import MAX_IDS, Aggregate
from app.db.page_batches import Parent, children, count_by, fetch_pages
from app.db.paging import Order, Page, PageRequest
from app.db.tables import TABLES
from app.db.transaction import Database
from app.db.where import All, Condition, IsNull
from app.domain.errors import LimitExceeded
from app.domain.scope import Permission, Scope

# Ids looked up in one statement, and rows that one statement may bring for them.
MAX_KEYS: Final = 1_000
MAX_CHILDREN: Final = 50_000


# What brings a value for each of several keys, in their order.
Load: TypeAlias = Callable[[list[Any]], Awaitable[Sequence[Any]]]


class Kind(Protocol):
    """What is loaded, and who may."""

    @property
    def aggregate(self) -> Aggregate[Any]: ...

    @property
    def permission(self) -> Permission: ...


class Link(Protocol):
    """A table that names two kinds of rows beside each other, and the order of theirs."""

    @property
    def link(self) -> Aggregate[Any]: ...

    @property
    def mine(self) -> str: ...

    @property
    def theirs(self) -> str: ...

    @property
    def order(self) -> str: ...


class Loaders:
    """The loaders of one operation. What its key may not read raises PermissionDenied when it is asked for."""

    def __init__(self, database: Database, scope: Scope) -> None:
        self._database = database
        self._scope = scope
        self._loaders: dict[tuple[str, ...], DataLoader[Any, Any]] = {}

    async def one(self, kind: Kind, row_id: str) -> Any:
        """The row with that id, or None."""
        loader = self.named((kind.aggregate.table,), self._one(kind.aggregate, kind.permission))
        return await loader.load(row_id)

    async def many(
        self, kind: Kind, column: str, order: str, parent: Parent, only: Condition | None = None
    ) -> list[Any]:
        """The rows that name the parent in that column of theirs, by `order`; with `only`, those of which it holds."""
        load = self._many(kind.aggregate, column, order, kind.permission, only)
        found: list[Any] = await self.named((kind.aggregate.table, column, order, repr(only)), load).load(parent)
        return found

    async def linked(self, kind: Kind, link: Link, parent: Parent) -> list[Any]:
        """The rows that a table names beside the parent, each once, by `link.order`."""
        load = self._linked(kind, link)
        found: list[Any] = await self.named(("linked", kind.aggregate.table, link.mine, link.theirs), load).load(parent)
        return found

    def pages(
        self, kind: Kind, column: str, request: PageRequest, order: Order, where: Condition | None
    ) -> DataLoader[Parent, Page[Any]]:
        """The page of the rows that name a parent in that column of theirs."""

        async def load(parents: list[Parent]) -> list[Page[Any]]:
            self._scope.require(kind.permission)
            async with self._database.read(self._scope) as session:
                found = await fetch_pages(self._scope, session, kind.aggregate, column, parents, request, order, where)
            return [found[parent.id] for parent in parents]

        return self.named(("page", kind.aggregate.table, column, repr((request, order, where))), load)

    def counts(self, kind: Kind, column: str, where: Condition | None) -> DataLoader[Parent, int]:
        """How many rows name a parent in that column of theirs."""

        async def load(parents: list[Parent]) -> list[int]:
            self._scope.require(kind.permission)
            async with self._database.read(self._scope) as session:
                found = await count_by(self._scope, session, kind.aggregate, column, parents, where)
            return [found[parent.id] for parent in parents]

        return self.named(("count", kind.aggregate.table, column, repr(where)), load)

    def named(self, name: tuple[str, ...], load: Load) -> DataLoader[Any, Any]:
        """The operation's loader of that name, made when first asked with `load`, which brings a value for each key."""
        if name not in self._loaders:
            self._loaders[name] = self._loader(load)
        return self._loaders[name]

    def _loader(self, load: Load) -> DataLoader[Any, Any]:
        return DataLoader(load_fn=load, max_batch_size=MAX_KEYS)

    def _one(self, aggregate: Aggregate[Any], permission: Permission) -> Load:
        async def load(ids: list[str]) -> list[Any]:
            self._scope.require(permission)
            async with self._database.read(self._scope) as session:
                found = await aggregate.by_ids(self._scope, session, ids)
            return [found.get(row_id) for row_id in ids]

        return load

    def _many(
        self, aggregate: Aggregate[Any], column: str, order: str, permission: Permission, only: Condition | None
    ) -> Load:
        async def load(parents: list[Parent]) -> list[list[Any]]:
            self._scope.require(permission)
            async with self._database.read(self._scope) as session:
                found = await aggregate.list(
                    self._scope,
                    session,
                    All((children(TABLES[aggregate.table], column, parents), *(() if only is None else (only,)))),
                    order=((column, False), (order, False)),
                    limit=MAX_CHILDREN + 1,
                )
            if len(found) > MAX_CHILDREN:
                raise LimitExceeded(f"one operation reads {MAX_CHILDREN} rows of {aggregate.table} at most")
            rows: dict[str, list[Any]] = {parent.id: [] for parent in parents}
            for row in found:
                rows[getattr(row, column)].append(row)
            return [rows[parent.id] for parent in parents]

        return load

    def _linked(self, kind: Kind, link: Link) -> Load:
        async def load(parents: list[Parent]) -> list[list[Any]]:
            self._scope.require(kind.permission)
            table = TABLES[link.link.table]
            async with self._database.read(self._scope) as session:
                named = await link.link.list(
                    self._scope,
                    session,
                    All((children(table, link.mine, parents), IsNull(link.theirs, null=False))),
                    limit=MAX_CHILDREN + 1,
                )
                if len(named) > MAX_CHILDREN:
                    raise LimitExceeded(f"one operation reads {MAX_CHILDREN} rows of {table.name} at most")
                ids = sorted({getattr(row, link.theirs) for row in named})
                found: dict[str, Any] = {}
                for start in range(0, len(ids), MAX_IDS):
                    found |= await kind.aggregate.by_ids(self._scope, session, ids[start : start + MAX_IDS])
            rows: dict[str, dict[str, Any]] = {parent.id: {} for parent in parents}
            for row in named:
                theirs = found.get(getattr(row, link.theirs))
                if theirs is not None:
                    rows[getattr(row, link.mine)][theirs.id] = theirs
            order = attrgetter(link.order)
            return [sorted(rows[parent.id].values(), key=order) for parent in parents]

        return load
