"""What the database already knows of the sellers, buyers and orders that a batch names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Protocol

from app.db.aggregates import CUSTOMERS, ENTITIES, ORDERS
from app.db.item_rows import ItemRow
from app.db.rows import CustomerRow, EntityRow, OrderRow
from app.db.where import All, Eq, OneOf
from app.domain.errors import AlreadyExists, InvalidInput, NotFound
from app.domain.scope import Scope
from app.running import named
from app.services import item_lines, payments
from app.services.inputs import UNSET, OrderInput
from app.services.once import Work

_LIMIT: Final = 100_000


@dataclass(frozen=True, slots=True)
class Reported:
    """An order and the scope of whoever reports it, which may be narrower than that of the transaction."""

    scope: Scope
    order: OrderInput
    # The transaction may run in nobody's request.
    request_id: str | None = field(default_factory=named.request_id)


@dataclass(slots=True, kw_only=True)
class Known:
    """What is known, which grows as the batch itself makes buyers and orders: two of its orders may share them."""

    entities: Mapping[str, EntityRow]
    entities_by_external_id: Mapping[str, EntityRow]
    customers: Mapping[str, CustomerRow]
    customers_by_external_id: dict[tuple[str, str], CustomerRow]
    # As stored, by id.
    customer_versions: Mapping[str, int]
    orders: dict[tuple[str, str], OrderRow]
    references: set[tuple[str, str]]
    items: Mapping[str, ItemRow]

    def entity_of(self, report: Reported) -> EntityRow:
        """The seller of an order. One that the caller may not see is answered as one that does not exist."""
        given, scope = report.order, report.scope
        if given.entity_id is not None:
            row, name = self.entities.get(given.entity_id), "entityId"
        elif given.entity_external_id is not None:
            row, name = self.entities_by_external_id.get(given.entity_external_id), "entityExternalId"
        elif scope.entity_id is not None:
            row, name = self.entities.get(scope.entity_id), "entityId"
        else:
            raise InvalidInput("name the seller by entityId or entityExternalId", field=("entityId",))
        if row is None or not scope.may_see(row.id):
            raise NotFound("no such entity", field=(name,))
        return row

    def take_reference(self, entity: EntityRow, reference: str) -> None:
        """Marks a payment's reference as used. Raises AlreadyExists when it is."""
        if (entity.id, reference) in self.references:
            raise AlreadyExists(f"a payment with the reference {reference!r} exists", field=("paymentReference",))
        self.references.add((entity.id, reference))


async def look_up(work: Work, reported: Sequence[Reported]) -> Known:
    """Reads what the orders name, in a bounded number of statements."""
    scope, session = work.scope, work.session
    given = [report.order for report in reported]
    own = {report.scope.entity_id for report in reported if report.scope.entity_id is not None}
    entity_ids = {order.entity_id for order in given if order.entity_id} | own
    external_ids = sorted({order.entity_external_id for order in given if order.entity_external_id})
    entities = await ENTITIES.by_ids(scope, session, sorted(entity_ids))
    by_external_id = {}
    if external_ids:
        found = await ENTITIES.list(scope, session, OneOf("external_id", external_ids), limit=_LIMIT)
        by_external_id = {str(row.external_id): row for row in found}
    sellers = sorted({row.id for row in (*entities.values(), *by_external_id.values())})
    customers = await CUSTOMERS.by_ids(scope, session, sorted({o.customer_id for o in given if o.customer_id}))
    named = await _named_customers(work, sellers, given)
    orders = []
    if sellers:
        where = All((OneOf("entity_id", sellers), OneOf("external_id", sorted({o.external_id for o in given}))))
        orders = await ORDERS.list(scope, session, where, limit=_LIMIT)
    references = sorted({o.payment_reference for o in given if o.payment_reference and o.paid_at is not None})
    return Known(
        entities=entities,
        entities_by_external_id=by_external_id,
        customers=customers,
        customers_by_external_id={(row.entity_id, str(row.external_id)): row for row in named},
        customer_versions={row.id: row.version for row in named},
        orders={(row.entity_id, row.external_id): row for row in orders},
        references=await payments.taken_references(work, [(s, r) for s in sellers for r in references]),
        items=await item_lines.named(scope, session, (line for order in given for line in order.lines)),
    )


async def _named_customers(work: Work, sellers: Sequence[str], given: Sequence[OrderInput]) -> list[CustomerRow]:
    buyers = [order.customer for order in given if order.customer is not None]
    names = sorted({b.external_id for b in buyers if b.external_id is not UNSET and b.external_id})
    if not names or not sellers:
        return []
    where = All((OneOf("entity_id", sellers), OneOf("external_id", names)))
    return await CUSTOMERS.list(work.scope, work.session, where, limit=_LIMIT)


class OrderName(Protocol):
    """The marketplace's id of an order and its seller."""

    @property
    def external_id(self) -> str | None: ...

    @property
    def entity_id(self) -> str | None: ...

    @property
    def entity_external_id(self) -> str | None: ...


async def id_of(work: Work, order_id: str | None, given: OrderName) -> str:
    """The id of the order that is named. Raises NotFound, InvalidInput when it is named twice or not at all."""
    seller = given.entity_id or given.entity_external_id
    if (order_id is None) == (given.external_id is None) or (order_id is not None and seller is not None):
        raise InvalidInput("name the order by id, or by externalId with its seller", field=("id",))
    if order_id is not None:
        return order_id
    entity_id = given.entity_id or work.scope.entity_id
    if given.entity_external_id is not None:
        if given.entity_id is not None:
            raise InvalidInput("name the seller by entityId or entityExternalId", field=("entityId",))
        found = await ENTITIES.list(work.scope, work.session, Eq("external_id", given.entity_external_id), limit=1)
        if not found:
            raise NotFound("no such entity", field=("entityExternalId",))
        entity_id = found[0].id
    if entity_id is None:
        raise InvalidInput("name the seller by entityId or entityExternalId", field=("entityId",))
    where = All((Eq("entity_id", entity_id), Eq("external_id", given.external_id)))
    orders = await ORDERS.list(work.scope, work.session, where, limit=1)
    if not orders:
        raise NotFound("no such order", field=("externalId",))
    return orders[0].id
