"""Statements of account, balances, and how late what is owed is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated, Any

import strawberry

from app.db.page_batches import Parent
from app.domain.ledger import EntryKind
from app.graphql.context import GraphQLContext
from app.graphql.scalars import CurrencyCode
from app.graphql.types.money import Money, money
from app.services import statements
from app.services.statements import MAX_ENTRIES, Statement, StatementInput

From = Annotated[date, strawberry.argument(name="from", description="The first day, where the seller is.")]
To = Annotated[date, strawberry.argument(description="The last day.")]
Currency = Annotated[CurrencyCode, strawberry.argument(description="The currency of the entries.")]
FirstEntries = Annotated[int, strawberry.argument(description="How many entries, 1 to 100.")]
AfterEntry = Annotated[str | None, strawberry.argument(description="Begin after the entry with this cursor.")]
AsOf = Annotated[
    date | None,
    strawberry.argument(description="The day, where the seller is; of a day gone by, as it stood then. Today if none."),
]


@strawberry.type(description="One entry of a statement.")
class StatementEntry:
    cursor: str = strawberry.field(description="The entry's place; read on after it.")
    date: date = strawberry.field(description="The day it counts on, where the seller is.")
    occurred_at: datetime = strawberry.field(description="The instant it counts from.")
    kind: EntryKind = strawberry.field(description="Why the amount moved.")
    document_number: str | None = strawberry.field(description="The number of the document it is about.")
    invoice_id: strawberry.ID | None = strawberry.field(description="The document it is about.")
    payment_id: strawberry.ID | None = strawberry.field(description="The payment or refund that caused it.")
    reference: str | None = strawberry.field(
        description="The payment's reference, or the number of the credit note that caused it."
    )
    debit: Money | None = strawberry.field(description="What the buyer owes more by it.")
    credit: Money | None = strawberry.field(description="What the buyer owes less by it.")
    balance: Money = strawberry.field(description="What it owes after it; negative for what is held for it.")


@strawberry.type(description="What a buyer owed before and after some days, and a part of what happened between.")
class CustomerStatement:
    opening_balance: Money = strawberry.field(description="What it owed before the first day, less what was held.")
    closing_balance: Money = strawberry.field(description="What it owes after the last day, less what is held.")
    entries: list[StatementEntry] = strawberry.field(description="What happened, in order.")
    has_next_page: bool = strawberry.field(description="Whether there are entries after these.")
    end_cursor: str | None = strawberry.field(description="The cursor of the last of these entries.")


@strawberry.type(description="What is due in one currency by how many days it is late.")
class Ageing:
    currency: CurrencyCode = strawberry.field(description="The currency.")
    current: Money = strawberry.field(description="Not late.")
    days_1_30: Money = strawberry.field(name="days1To30", description="1 to 30 days late.")
    days_31_60: Money = strawberry.field(name="days31To60", description="31 to 60 days late.")
    days_61_90: Money = strawberry.field(name="days61To90", description="61 to 90 days late.")
    over_90: Money = strawberry.field(name="over90", description="More than 90 days late.")
    total: Money = strawberry.field(description="All of it.")


async def statement(
    row: Any,
    context: GraphQLContext,
    from_: From,
    to: To,
    currency: Currency,
    first: FirstEntries = MAX_ENTRIES,
    after: AfterEntry = None,
) -> CustomerStatement:
    """A customer's statement; those of many customers are read together."""
    given = StatementInput(start=from_, end=to, currency=currency, first=first, after=after)

    async def load(buyers: list[Parent]) -> Sequence[Statement]:
        found = await statements.of_customers(context.services, context.scope, buyers, given)
        return [found[buyer.id] for buyer in buyers]

    parent = Parent(row.id, row.entity_id)
    return _shown(await context.loaders.named(("statement", repr(given)), load).load(parent), currency)


def _shown(found: Statement, currency: str) -> CustomerStatement:
    entries = [
        StatementEntry(
            cursor=statements.cursor_of(line),
            date=day,
            occurred_at=line.occurred_at,
            kind=line.kind,
            document_number=line.number,
            invoice_id=None if line.invoice_id is None else strawberry.ID(line.invoice_id),
            payment_id=None if line.payment_id is None else strawberry.ID(line.payment_id),
            reference=line.reference,
            debit=money(line.owed_minor, currency) if line.owed_minor > 0 else None,
            credit=money(-line.owed_minor, currency) if line.owed_minor < 0 else None,
            balance=money(line.running_minor, currency),
        )
        for line, day in zip(found.lines, found.dates, strict=True)
    ]
    return CustomerStatement(
        opening_balance=money(found.opening_minor, currency),
        closing_balance=money(found.closing_minor, currency),
        entries=entries,
        has_next_page=found.has_next,
        end_cursor=entries[-1].cursor if entries else None,
    )


async def balance(row: Any, context: GraphQLContext) -> list[Money]:
    """What a customer owes less what is held for it."""

    async def load(buyers: list[Parent]) -> list[list[tuple[str, int]]]:
        found = await statements.owed(context.services, context.scope, buyers)
        return [found[buyer.id] for buyer in buyers]

    return _amounts(await context.loaders.named(("balance",), load).load(Parent(row.id, row.entity_id)))


async def credit_balance(row: Any, context: GraphQLContext) -> list[Money]:
    """What is held for a customer."""

    async def load(buyers: list[Parent]) -> list[list[tuple[str, int]]]:
        found = await statements.held(context.services, context.scope, buyers)
        return [found[buyer.id] for buyer in buyers]

    return _amounts(await context.loaders.named(("creditBalance",), load).load(Parent(row.id, row.entity_id)))


def _amounts(found: Sequence[tuple[str, int]]) -> list[Money]:
    return [money(minor, currency) for currency, minor in found]


async def entity_ageing(row: Any, context: GraphQLContext, as_of: AsOf = None) -> list[Ageing]:
    """What is due to a seller by how late it is."""

    async def load(sellers: list[Parent]) -> list[list[tuple[str, list[int]]]]:
        found = await statements.ageing(context.services, context.scope, "entity_id", sellers, as_of)
        return [found[seller.id] for seller in sellers]

    return _ages(await context.loaders.named(("ageing", "entity", repr(as_of)), load).load(Parent(row.id, row.id)))


async def customer_ageing(row: Any, context: GraphQLContext, as_of: AsOf = None) -> list[Ageing]:
    """What a customer owes by how late it is."""

    async def load(buyers: list[Parent]) -> list[list[tuple[str, list[int]]]]:
        found = await statements.ageing(context.services, context.scope, "customer_id", buyers, as_of)
        return [found[buyer.id] for buyer in buyers]

    parent = Parent(row.id, row.entity_id)
    return _ages(await context.loaders.named(("ageing", "customer", repr(as_of)), load).load(parent))


def _ages(found: Sequence[tuple[str, list[int]]]) -> list[Ageing]:
    return [
        Ageing(
            currency=CurrencyCode(currency),
            current=money(buckets[0], currency),
            days_1_30=money(buckets[1], currency),
            days_31_60=money(buckets[2], currency),
            days_61_90=money(buckets[3], currency),
            over_90=money(buckets[4], currency),
            total=money(sum(buckets), currency),
        )
        for currency, buckets in found
    ]
