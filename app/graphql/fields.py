"""Where a field's value comes from, declared once, beside the field.

A declaration yields both ways of answering: the resolver that graphql-core calls, and what `app.graphql.planning` needs
to read the same value with the one statement of a planned query. So the two cannot drift apart.

    @stored(INVOICES, Permission.INVOICES_READ)
    @strawberry.type(description="…")
    class Invoice(OfRow, Node):
        number: str | None = strawberry.field(description="…")      # nothing said: the column of that name
        gross_total: Money = amount("gross_minor", description="…")
        branding: Branding = part(description="…")                  # fields of the same row, in an object of their own
        overdue: bool = computed(_overdue, "status", "due_date", description="…")
        customer: Customer = to_one("customer_id", description="…")
        lines: list[InvoiceLine] = to_many("invoice_id", order="position", description="…")
        events: Connection[Event] = page("subject_id", order=LOG, description="…")
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from typing import Annotated, Any, Final, get_type_hints

import strawberry

from app.db.aggregates import Aggregate
from app.db.paging import NEWEST, Order
from app.db.where import Condition
from app.graphql.connections import After, Before, First, Last, connect, to_connection
from app.graphql.context import Info
from app.graphql.reading import Seen, load_nodes, parent_of, stored_type
from app.graphql.sources import (
    MAX_NODES,
    METADATA,
    Amount,
    ById,
    Column,
    Computed,
    OfRow,
    One,
    Page,
    Part,
    Source,
    Through,
    ToMany,
    ToOne,
)

_PAGING: Final = {"first": First, "after": After, "last": Last, "before": Before}


def column(name: str, *, description: str) -> Any:
    """The column of another name than the field's."""
    return _field(Column(name), description)


def amount(minor: str, *, description: str) -> Any:
    """Money of a column of minor units."""
    return _field(Amount(minor), description)


def part(*, description: str, present: Sequence[str] = (), **names: str) -> Any:
    """An object that shows columns of the same row."""
    return _field(Part(names, tuple(present)), description)


def computed(function: Callable[..., Any], *columns: str, description: str) -> Any:
    """What `function(row)` makes of the named columns of the row, or of the row that owns it.

    It may take `context` as well, and the field's arguments. One that waits is called for all rows of an answer at
    once: what it reads it asks of the loaders, so that they read it in one statement.
    """
    source = Computed(function, columns)
    given = _parameters(function, skip=("row", "context"))
    if not source.takes_context and not given:
        return _field(source, description)

    def resolve(root: OfRow, info: Info, **arguments: Any) -> Any:
        extra = {"context": info.context} if source.takes_context else {}
        return function(Seen(root), **extra, **arguments)

    async def wait(root: OfRow, info: Info, **arguments: Any) -> Any:
        return await resolve(root, info, **arguments)

    return _field(source, description, _shaped(wait if source.waits else resolve, given))


def to_one(column: str, *, description: str) -> Any:
    """The object whose id is in a column; null where the column is null or the object is out of sight."""

    async def resolve(root: OfRow, info: Info) -> Any:
        row_id = getattr(root.row, column)
        kind = stored_type(info)
        return None if row_id is None else kind.of(await info.context.loaders.one(kind, row_id))

    return _field(ToOne(column), description, resolve)


def to_many(column: str, *, order: str = "id", only: Condition | None = None, description: str) -> Any:
    """The objects that name the row's id in a column of theirs, in the order of another column.

    With `only`, those of which it holds.
    """

    async def resolve(root: OfRow, info: Info) -> Any:
        kind = stored_type(info)
        rows = await info.context.loaders.many(kind, column, order, parent_of(root.row), only)
        return [kind.of(row, root.row) for row in rows]

    return _field(ToMany(column, order, only), description, resolve)


def through(link: Aggregate[Any], *, mine: str, theirs: str, order: str = "id", description: str) -> Any:
    """The objects whose ids another table names beside the row's, each once, in the order of a column of theirs."""
    source = Through(link, mine, theirs, order)

    async def resolve(root: OfRow, info: Info) -> Any:
        kind = stored_type(info)
        rows = await info.context.loaders.linked(kind, source, parent_of(root.row))
        return [kind.of(row, root.row) for row in rows]

    return _field(source, description, resolve)


def page(
    column: str | None = None,
    *,
    description: str,
    which: Callable[..., Condition | None] | None = None,
    order: Order = NEWEST,
    order_by: tuple[Any, Any, Mapping[str, Order]] | None = None,
    forward: bool = False,
) -> Any:
    """A connection. `which(context, …arguments)` says what belongs to it beyond the relation; `order_by` is the
    annotation of its order with the default and the orders by name; `forward` is for one that is read onwards only.
    """
    source = Page(column, which, {} if order_by is None else order_by[2], order)

    async def resolve(root: Any, info: Info, **given: Any) -> Any:
        request, chosen, condition = source.asked(info.context, given)
        kind, loaders = stored_type(info), info.context.loaders
        if column is None:
            return await connect(info, kind, request, chosen, condition)
        pages = loaders.pages(kind, column, request, chosen, condition)
        count = loaders.counts(kind, column, condition)
        parent = parent_of(root.row)
        return to_connection(await pages.load(parent), kind.of, lambda: count.load(parent))

    parameters = [] if which is None else _parameters(which, skip=("context",))
    if order_by is not None:
        parameters.append(_optional("order_by", order_by[0], order_by[1]))
    parameters += [_optional(name, kind) for name, kind in _PAGING.items() if not forward or name in ("first", "after")]
    return _field(source, description, _shaped(resolve, parameters))


def one(which: Callable[..., Condition], *, description: str) -> Any:
    """The object that matches `which(context, …arguments)`, or null."""

    async def resolve(root: Any, info: Info, **arguments: Any) -> Any:
        context, kind = info.context, stored_type(info)
        condition = which(context, **arguments)
        context.scope.require(kind.permission)
        async with context.services.database.read(context.scope) as session:
            rows = await kind.aggregate.list(context.scope, session, condition, limit=1)
        return kind.of(rows[0]) if rows else None

    return _field(One(which), description, _shaped(resolve, _parameters(which, skip=("context",))))


def by_id(*, description: str) -> Any:
    """The object with the id in `id`, of whatever type; null when there is none."""

    async def resolve(root: Any, info: Info, id: str) -> Any:
        return (await load_nodes(info, [id]))[0]

    kind = Annotated[strawberry.ID, strawberry.argument(description="The object's id.")]
    return _field(ById(many=False), description, _shaped(resolve, [_required("id", kind)]))


def by_ids(*, description: str) -> Any:
    """The objects with the ids in `ids`, of whatever type, in their order; null for each that there is not."""
    source = ById(many=True)

    async def resolve(root: Any, info: Info, **given: Any) -> Any:
        return await load_nodes(info, source.ids(given))

    about = f"The objects' ids, at most {MAX_NODES}."
    kind = Annotated[list[strawberry.ID], strawberry.argument(description=about)]
    return _field(source, description, _shaped(resolve, [_required("ids", kind)]))


def _field(source: Source, description: str, resolver: Callable[..., Any] | None = None) -> Any:
    metadata = {METADATA: source}
    if resolver is None:
        return strawberry.field(description=description, metadata=metadata)
    return strawberry.field(resolver=resolver, description=description, metadata=metadata)


def _required(name: str, annotation: Any) -> inspect.Parameter:
    return _optional(name, annotation, inspect.Parameter.empty)


def _optional(name: str, annotation: Any, default: Any = None) -> inspect.Parameter:
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation)


def _parameters(function: Callable[..., Any], *, skip: Sequence[str]) -> list[inspect.Parameter]:
    """The parameters of a function that are arguments of its field, with their annotations evaluated."""
    found = [item for name, item in inspect.signature(function).parameters.items() if name not in skip]
    if not found:
        return []
    hints = get_type_hints(function, include_extras=True)
    return [_optional(item.name, hints[item.name], item.default) for item in found]


def _shaped(resolve: Callable[..., Any], parameters: Sequence[inspect.Parameter]) -> Callable[..., Any]:
    """The resolver as Strawberry should see it: with these arguments instead of `**arguments`."""
    kind = inspect.Parameter.POSITIONAL_OR_KEYWORD
    fixed = [inspect.Parameter("root", kind), inspect.Parameter("info", kind, annotation=Info)]
    resolve.__signature__ = inspect.Signature([*fixed, *parameters])  # type: ignore[attr-defined]  # functions have it
    resolve.__annotations__ = {"info": Info, **{item.name: item.annotation for item in parameters}}
    return resolve
