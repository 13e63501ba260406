"""The types: what a list of invoices shows, and what an event of one tells."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import orjson
import strawberry

from app.domain.lifecycle import InvoiceStatus
from app.domain.money import from_minor


@strawberry.type
class Money:
    amount: str
    currency: str


def money(minor: int, currency: str) -> Money:
    """An amount as text."""
    return Money(amount=str(from_minor(minor, currency)), currency=currency)


@strawberry.type
class Customer:
    id: strawberry.ID
    name: str
    email: str | None


@strawberry.type
class Line:
    id: strawberry.ID
    position: int
    description: str
    quantity: str
    unit_price: str
    gross: Money


@strawberry.type
class Files:
    pdf_url: str


@strawberry.type
class Party:
    name: str


@strawberry.type
class Invoice:
    id: strawberry.ID
    number: str | None
    status: str
    issue_date: str | None
    due_date: str | None
    gross_total: Money
    net_total: Money
    tax_total: Money
    mentions: list[str]
    supply_date: str | None
    payment_status: str
    row: strawberry.Private[Any]

    @strawberry.field
    async def customer(self, info: strawberry.Info) -> Customer:
        row = await info.context["customers"].load(self.row.customer_id)
        return Customer(id=row.id, name=row.name, email=row.email)

    @strawberry.field
    async def lines(self, info: strawberry.Info) -> list[Line]:
        return [
            Line(
                id=row.id,
                position=row.position,
                description=row.description,
                quantity=str(row.quantity),
                unit_price=str(row.unit_price),
                gross=money(row.gross_minor, self.row.currency),
            )
            for row in await info.context["lines"].load((self.row.entity_id, self.row.id))
        ]

    @strawberry.field
    def overdue(self) -> bool:
        late = self.row.due_date is not None and self.row.due_date < datetime.now(UTC).date()
        return late and self.row.due_minor > 0 and self.row.status is InvoiceStatus.FINALIZED

    @strawberry.field
    def files(self) -> Files:
        return Files(pdf_url=f"http://127.0.0.1:8000/invoices/{self.row.id}.pdf")

    @strawberry.field
    def seller(self) -> Party:
        return Party(name=orjson.loads(self.row.snapshot)["seller"]["name"])


def invoice(row: Any) -> Invoice:
    """A model's instance as the API shows it."""
    return Invoice(
        id=row.id,
        number=row.number,
        status=row.status.value,
        issue_date=row.issue_date and str(row.issue_date),
        due_date=row.due_date and str(row.due_date),
        gross_total=money(row.gross_minor, row.currency),
        net_total=money(row.net_minor, row.currency),
        tax_total=money(row.tax_minor, row.currency),
        mentions=orjson.loads(row.mentions),
        supply_date=row.supply_date and str(row.supply_date),
        payment_status=row.payment_status.value,
        row=row,
    )


@strawberry.type
class Connection:
    nodes: list[Invoice]


@strawberry.type
class InvoiceEvent:
    cursor: str
    type: str
    invoice: Invoice


@strawberry.type
class InvoicePayload:
    invoice: Invoice


@strawberry.input
class InvoiceFinalizeInput:
    id: strawberry.ID
