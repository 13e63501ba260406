"""Recurring invoices and their occurrences."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Final

import strawberry

from app.db.aggregates import OCCURRENCES, RECURRING
from app.db.recurring_rows import OccurrenceRow, RecurringRow
from app.domain.errors import InvalidInput
from app.domain.identity import IdPrefix
from app.domain.recurrence import OccurrenceStatus, RecurrenceUnit, RecurringAction, RecurringStatus
from app.domain.scope import Permission
from app.domain.tax.model import TaxClass
from app.graphql.connections import Connection
from app.graphql.fields import column, computed, page, part, to_one
from app.graphql.node import Node
from app.graphql.scalars import CountryCode, CurrencyCode
from app.graphql.sources import OfRow, stored
from app.graphql.types.customer import Customer
from app.graphql.types.entity import Entity
from app.graphql.types.invoice import Invoice
from app.graphql.types.tax import Supply, supply_from
from app.services import recurring

MAX_DATES: Final = 100


@strawberry.type(description="An allowance or a charge as it was entered: an amount or a percentage.")
class EnteredAllowance:
    amount: Decimal | None = strawberry.field(description="The amount, in the document's currency.")
    percent: Decimal | None = strawberry.field(description="The percentage of what it applies to.")
    reason: str | None = strawberry.field(description="What it is for.")


@strawberry.type(description="One line of every invoice that a recurring invoice makes.")
class RecurringLine:
    description: str = strawberry.field(description="What is billed; {month}, {year} and {date} are filled in.")
    quantity: Decimal = strawberry.field(description="How many.")
    unit: str | None = strawberry.field(description="Of what unit.")
    unit_price: Decimal = strawberry.field(description="The price of one, gross when the prices include tax.")
    sku: str | None = strawberry.field(description="The article number.")
    supply: Supply = strawberry.field(description="What is supplied, as far as the tax depends on it.")
    tax_class: TaxClass = strawberry.field(description="Which rate of a country the product falls under.")
    item_id: strawberry.ID | None = strawberry.field(description="The item that it was copied from.")
    allowances: list[EnteredAllowance] = strawberry.field(description="What is taken off the line.")
    charges: list[EnteredAllowance] = strawberry.field(description="What is put on the line.")


@strawberry.type(description="Where goods go, when it is not the buyer's address.")
class Destination:
    country: CountryCode = strawberry.field(description="The country.")
    region: str | None = strawberry.field(description="The subdivision by ISO 3166-2.")
    postcode: str | None = strawberry.field(description="The postal code.")


@strawberry.type(description="What every invoice of a recurring invoice says.")
class RecurringContent:
    currency: CurrencyCode = strawberry.field(description="The currency of all its amounts.")
    prices_include_tax: bool = strawberry.field(description="Whether its prices are gross.")
    payment_term_days: int = strawberry.field(description="Days to pay.")
    lines: list[RecurringLine] = strawberry.field(description="What is billed.")
    allowances: list[EnteredAllowance] = strawberry.field(description="What is taken off the document.")
    charges: list[EnteredAllowance] = strawberry.field(description="What is put on the document.")
    ship_to: Destination | None = strawberry.field(description="Where the goods go, if not to the buyer's address.")
    order_reference: str | None = strawberry.field(description="The order number on the document.")
    note: str | None = strawberry.field(description="A text to the buyer; {month}, {year} and {date} are filled in.")


def _time_of_day(row: RecurringRow) -> str:
    return "{:02}:{:02}".format(*divmod(row.minute_of_day, 60))


@strawberry.type(description="When an invoice recurs: dates counted from the first day, never from the one before.")
class RecurringSchedule(OfRow):
    unit: RecurrenceUnit = strawberry.field(description="What is counted.")
    every: int = strawberry.field(description="How many units lie between two occurrences.")
    starts_on: date = strawberry.field(description="The day from which it counts.")
    day_of_month: int | None = strawberry.field(
        description="The day of the month, or its last where the month is shorter; null means that of the first day."
    )
    time_of_day: str = computed(
        _time_of_day, "minute_of_day", description="When on that day, in the seller's time zone, as HH:MM."
    )
    ends_on: date | None = strawberry.field(description="The last day on which it may recur.")
    max_occurrences: int | None = strawberry.field(description="After how many occurrences it ends.")
    row: strawberry.Private[RecurringRow]


@stored(OCCURRENCES, Permission.INVOICES_READ)
@strawberry.type(description="An occurrence of a recurring invoice that was due.")
class RecurringOccurrence(OfRow):
    id: strawberry.ID = strawberry.field(description="The occurrence's id.")
    occurs_on: date = strawberry.field(description="Its date, which is the date of supply of its invoice.")
    status: OccurrenceStatus = strawberry.field(description="What became of it.")
    attempts: int = strawberry.field(description="How often it was tried.")
    reason: str | None = strawberry.field(description="Why it has no invoice, or has none yet.")
    created_at: datetime = strawberry.field(description="When it was first tried.")
    updated_at: datetime = strawberry.field(description="When it last changed.")
    row: strawberry.Private[OccurrenceRow]

    invoice: Invoice | None = to_one("invoice_id", description="Its invoice; null when a draft of it was deleted.")


def _content(row: RecurringRow) -> RecurringContent:
    stored = row.content
    ship_to = stored["ship_to"]
    return RecurringContent(
        currency=CurrencyCode(stored["currency"]),
        prices_include_tax=stored["prices_include_tax"],
        payment_term_days=stored["payment_term_days"],
        lines=[_line(line) for line in stored["lines"]],
        allowances=_allowances(stored["allowances"]),
        charges=_allowances(stored["charges"]),
        ship_to=None if ship_to is None else Destination(**ship_to),
        order_reference=stored["order_reference"],
        note=stored["note"],
    )


def _line(stored: Mapping[str, Any]) -> RecurringLine:
    return RecurringLine(
        **{
            **stored,
            "quantity": Decimal(stored["quantity"]),
            "unit_price": Decimal(stored["unit_price"]),
            "supply": supply_from(stored["supply"]),
            "tax_class": TaxClass(stored["tax_class"]),
            "allowances": _allowances(stored["allowances"]),
            "charges": _allowances(stored["charges"]),
        }
    )


def _allowances(stored: list[Mapping[str, Any]]) -> list[EnteredAllowance]:
    return [
        EnteredAllowance(
            amount=None if item["amount"] is None else Decimal(item["amount"]),
            percent=None if item["percent"] is None else Decimal(item["percent"]),
            reason=item["reason"],
        )
        for item in stored
    ]


def _next_dates(
    row: RecurringRow,
    first: Annotated[int, strawberry.argument(description=f"How many, 1 to {MAX_DATES}.")] = 3,
) -> list[date]:
    if not 1 <= first <= MAX_DATES:
        raise InvalidInput(f"must be from 1 to {MAX_DATES}", field=("first",))
    return recurring.next_dates(row, first)


@stored(RECURRING, Permission.INVOICES_READ, prefix=IdPrefix.RECURRING)
@strawberry.type(description="An invoice that is made again and again.")
class RecurringInvoice(OfRow, Node):
    name: str | None = strawberry.field(description="What the seller calls it.")
    action: RecurringAction = strawberry.field(description="What is made of each occurrence.")
    status: RecurringStatus = strawberry.field(description="Whether it makes invoices.")
    schedule: RecurringSchedule = part(description="When it recurs.")
    content: RecurringContent = computed(_content, "content", description="What every invoice says.")
    next_run_at: datetime | None = strawberry.field(
        description="When the next occurrence, or the next try of a failing one, is due; null unless it is ACTIVE."
    )
    last_on: date | None = strawberry.field(description="The date of the last occurrence that was made or given up.")
    occurrence_count: int = column("occurrences", description="How many occurrences were made or given up so far.")
    created_at: datetime = strawberry.field(description="When it was made.")
    updated_at: datetime = strawberry.field(description="When it was last changed; occurrences do not change it.")
    version: int = strawberry.field(description="Grows with every change; give it as expectedVersion.")
    row: strawberry.Private[RecurringRow]

    next_dates: list[date] = computed(
        _next_dates,
        "status",
        "unit",
        "every",
        "starts_on",
        "day_of_month",
        "ends_on",
        "max_occurrences",
        "occurrences",
        "next_index",
        description="The dates of the next occurrences; none unless it is ACTIVE.",
    )
    entity: Entity = to_one("entity_id", description="The seller.")
    customer: Customer = to_one("customer_id", description="The buyer.")
    occurrences: Connection[RecurringOccurrence] = page(
        "recurring_id", description="What was due so far with its invoices, the newest first."
    )
