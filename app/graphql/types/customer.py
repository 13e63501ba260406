"""Buyers."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Self

import strawberry

from app.db.aggregates import INVOICES
from app.db.orders import INVOICE_ORDERS
from app.db.paging import PageRequest
from app.db.rows import CustomerRow
from app.db.where import All, Condition, Eq
from app.domain.parties import CustomerKind
from app.domain.scope import Permission
from app.graphql.connections import After, Before, Connection, First, Last, connect
from app.graphql.context import Info
from app.graphql.filters import InvoiceOrder, condition_of
from app.graphql.node import Node
from app.graphql.types.entity import Entity, InvoiceArgument, InvoiceOrderArgument
from app.graphql.types.money import Money, money
from app.graphql.types.party import Address, TaxId, address_of, customer_tax_id

if TYPE_CHECKING:
    from app.graphql.types.invoice import Invoice


@strawberry.type(description="A buyer, belonging to one seller.")
class Customer(Node):
    external_id: str | None = strawberry.field(description="The marketplace's own id of the buyer.")
    name: str = strawberry.field(description="The buyer's name.")
    kind: CustomerKind = strawberry.field(description="What the buyer is to the VAT law.")
    email: str | None = strawberry.field(description="The buyer's e-mail address.")
    address: Address = strawberry.field(description="The buyer's address.")
    tax_id: TaxId | None = strawberry.field(description="The buyer's tax number.")
    locale: str | None = strawberry.field(description="The language of documents to it; the seller's if none.")
    created_at: datetime = strawberry.field(description="When it was created.")
    updated_at: datetime = strawberry.field(description="When it last changed.")
    version: int = strawberry.field(description="Grows with every change; give it as expectedVersion.")
    row: strawberry.Private[CustomerRow]

    @classmethod
    def of(cls, row: CustomerRow) -> Self:
        """A buyer from its row."""
        return cls(
            id=strawberry.ID(row.id),
            external_id=row.external_id,
            name=row.name,
            kind=row.kind,
            email=row.email,
            address=address_of(row),
            tax_id=customer_tax_id(row),
            locale=row.locale,
            created_at=row.created_at,
            updated_at=row.updated_at,
            version=row.version,
            row=row,
        )

    @strawberry.field(description="The seller it belongs to.")
    async def entity(self, info: Info) -> Entity:
        return await entity_of(info, self.row.entity_id)

    @strawberry.field(description="What it owes by finalized invoices less credit notes, one amount per currency.")
    async def balance(self, info: Info) -> list[Money]:
        return [money(minor, currency) for currency, minor in await info.context.loaders.balance.load(str(self.id))]

    @strawberry.field(description="Its invoices.")
    async def invoices(
        self,
        info: Info,
        where: InvoiceArgument = None,
        order_by: InvoiceOrderArgument = InvoiceOrder.NEWEST,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
    ) -> Connection[Annotated[Invoice, strawberry.lazy("app.graphql.types.invoice")]]:
        from app.graphql.types.invoice import Invoice

        own: Condition = Eq("customer_id", str(self.id))
        asked = condition_of(where, info.context.services.clock().date())
        return await connect(
            info,
            INVOICES,
            Permission.INVOICES_READ,
            Invoice.of,
            request=PageRequest(first=first, after=after, last=last, before=before),
            order=INVOICE_ORDERS[order_by.value],
            where=own if asked is None else All((own, asked)),
        )


async def entity_of(info: Info, entity_id: str) -> Entity:
    """The seller that an object belongs to."""
    row = await info.context.loaders.entity.load(entity_id)
    if row is None:
        raise LookupError(f"no entity {entity_id} in the scope of its own object")
    return Entity.of(row, info.context.base_url)
