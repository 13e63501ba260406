"""Buyers."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import strawberry

from app.db.aggregates import CUSTOMERS
from app.db.rows import CustomerRow
from app.domain.identity import IdPrefix
from app.domain.parties import CustomerKind
from app.domain.scope import Permission
from app.graphql import lists
from app.graphql.connections import Connection
from app.graphql.fields import computed, page, part, to_one
from app.graphql.node import Node
from app.graphql.sources import OfRow, stored
from app.graphql.types.entity import Entity
from app.graphql.types.money import Money
from app.graphql.types.party import ADDRESS, CUSTOMER_TAX_ID, Address, TaxId
from app.graphql.types.statement import (
    Ageing,
    CustomerStatement,
    balance,
    credit_balance,
    customer_ageing,
    statement,
)
from app.graphql.types.vat_check import TaxIdCheck

if TYPE_CHECKING:
    from app.graphql.types.history import AuditEntry
    from app.graphql.types.invoice import Invoice
    from app.graphql.types.payment import Payment


@stored(CUSTOMERS, Permission.CUSTOMERS_READ, prefix=IdPrefix.CUSTOMER)
@strawberry.type(description="A buyer, belonging to one seller.")
class Customer(OfRow, Node):
    external_id: str | None = strawberry.field(description="The marketplace's own id of the buyer.")
    name: str = strawberry.field(description="The buyer's name.")
    kind: CustomerKind = strawberry.field(description="What the buyer is to the VAT law.")
    email: str | None = strawberry.field(description="The buyer's e-mail address.")
    address: Address = part(**ADDRESS, description="The buyer's address.")
    tax_id: TaxId | None = part(**CUSTOMER_TAX_ID, present=("tax_id",), description="The buyer's tax number.")
    locale: str | None = strawberry.field(description="The language of documents to it; the seller's if none.")
    created_at: datetime = strawberry.field(description="When it was created.")
    updated_at: datetime = strawberry.field(description="When it last changed.")
    version: int = strawberry.field(description="Grows with every change; give it as expectedVersion.")
    row: strawberry.Private[CustomerRow]

    entity: Entity = to_one("entity_id", description="The seller it belongs to.")

    balance: list[Money] = computed(
        balance, "id", "entity_id", description="What it owes less what is held for it, one amount per currency."
    )
    credit_balance: list[Money] = computed(
        credit_balance, "id", "entity_id", description="What the seller holds for it, one amount per currency."
    )
    statement: CustomerStatement = computed(
        statement,
        "id",
        "entity_id",
        description="Its statement of account over some days: up to 100 entries, and the balances around them.",
    )
    ageing: list[Ageing] = computed(
        customer_ageing, "id", "entity_id", description="What it owes by how late it is, one row per currency."
    )
    invoices: Connection[Annotated[Invoice, strawberry.lazy("app.graphql.types.invoice")]] = lists.invoices(
        "customer_id", description="Its invoices."
    )
    payments: Connection[Annotated[Payment, strawberry.lazy("app.graphql.types.payment")]] = lists.payments(
        "customer_id", description="Its payments and what was paid back to it, the newest first."
    )
    tax_id_checks: Connection[TaxIdCheck] = page(
        "customer_id", description="What registers answered about its tax numbers, the newest first."
    )
    history: Connection[Annotated[AuditEntry, strawberry.lazy("app.graphql.types.history")]] = lists.history(
        "subject_id"
    )
