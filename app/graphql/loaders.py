"""Relations by batches: one statement for all rows of a kind that an operation asks for, inside its scope."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Final, Protocol, TypeAlias

from strawberry.dataloader import DataLoader

from app.db import balances
from app.db.aggregates import Aggregate
from app.db.page_batches import count_by, fetch_pages
from app.db.paging import Order, Page, PageRequest
from app.db.transaction import Database
from app.db.where import Condition, OneOf
from app.domain.errors import LimitExceeded
from app.domain.scope import Permission, Scope

# Ids looked up in one statement, and rows that one statement may bring for them.
MAX_KEYS: Final = 1_000
MAX_CHILDREN: Final = 50_000


# What brings a value for each of several ids, in their order.
Load: TypeAlias = Callable[[list[str]], Awaitable[Sequence[Any]]]


class Kind(Protocol):
    """What is loaded, and who may."""

    @property
    def aggregate(self) -> Aggregate[Any]: ...

    @property
    def permission(self) -> Permission: ...


class Loaders:
    """The loaders of one operation. What its key may not read raises PermissionDenied when it is asked for."""

    def __init__(self, database: Database, scope: Scope) -> None:
        self._database = database
        self._scope = scope
        self._loaders: dict[tuple[str, ...], DataLoader[str, Any]] = {}
        self.balance: DataLoader[str, list[tuple[str, int]]] = self._loader(self._balances)

    async def one(self, kind: Kind, row_id: str) -> Any:
        """The row with that id, or None."""
        loader = self.named((kind.aggregate.table,), self._one(kind.aggregate, kind.permission))
        return await loader.load(row_id)

    async def many(self, kind: Kind, parent: str, order: str, row_id: str) -> list[Any]:
        """The rows that name that id in their column `parent`, by `order`."""
        load = self._many(kind.aggregate, parent, order, kind.permission)
        found: list[Any] = await self.named((kind.aggregate.table, parent, order), load).load(row_id)
        return found

    def pages(
        self, kind: Kind, parent: str, request: PageRequest, order: Order, where: Condition | None
    ) -> DataLoader[str, Page[Any]]:
        """The page of the rows that name an id in their column `parent`."""

        async def load(ids: list[str]) -> list[Page[Any]]:
            self._scope.require(kind.permission)
            async with self._database.read(self._scope) as session:
                found = await fetch_pages(self._scope, session, kind.aggregate, parent, ids, request, order, where)
            return [found[row_id] for row_id in ids]

        return self.named(("page", kind.aggregate.table, parent, repr((request, order, where))), load)

    def counts(self, kind: Kind, parent: str, where: Condition | None) -> DataLoader[str, int]:
        """How many rows name an id in their column `parent`."""

        async def load(ids: list[str]) -> list[int]:
            self._scope.require(kind.permission)
            async with self._database.read(self._scope) as session:
                found = await count_by(self._scope, session, kind.aggregate, parent, ids, where)
            return [found[row_id] for row_id in ids]

        return self.named(("count", kind.aggregate.table, parent, repr(where)), load)

    def named(self, name: tuple[str, ...], load: Load) -> DataLoader[str, Any]:
        """The operation's loader of that name; made with `load`, which brings a value for each id, when first asked."""
        if name not in self._loaders:
            self._loaders[name] = self._loader(load)
        return self._loaders[name]

    def _loader(self, load: Load) -> DataLoader[str, Any]:
        return DataLoader(load_fn=load, max_batch_size=MAX_KEYS)

    def _one(self, aggregate: Aggregate[Any], permission: Permission) -> Load:
        async def load(ids: list[str]) -> list[Any]:
            self._scope.require(permission)
            async with self._database.read(self._scope) as session:
                found = await aggregate.by_ids(self._scope, session, ids)
            return [found.get(row_id) for row_id in ids]

        return load

    def _many(self, aggregate: Aggregate[Any], parent: str, order: str, permission: Permission) -> Load:
        async def load(ids: list[str]) -> list[list[Any]]:
            self._scope.require(permission)
            async with self._database.read(self._scope) as session:
                found = await aggregate.list(
                    self._scope,
                    session,
                    OneOf(parent, sorted(set(ids))),
                    order=((parent, False), (order, False)),
                    limit=MAX_CHILDREN + 1,
                )
            if len(found) > MAX_CHILDREN:
                raise LimitExceeded(f"one operation reads {MAX_CHILDREN} rows of {aggregate.table} at most")
            children: dict[str, list[Any]] = {row_id: [] for row_id in ids}
            for row in found:
                children[getattr(row, parent)].append(row)
            return [children[row_id] for row_id in ids]

        return load

    async def _balances(self, ids: list[str]) -> list[list[tuple[str, int]]]:
        self._scope.require(Permission.INVOICES_READ)
        async with self._database.read(self._scope) as session:
            found = await balances.by_customer(self._scope, session, ids)
        return [found[row_id] for row_id in ids]
