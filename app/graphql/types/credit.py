"""What can still be credited of a document."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import strawberry

from app.db.rows import InvoiceRow
from app.graphql.context import GraphQLContext
from app.graphql.types.money import Money, money
from app.graphql.types.tax import TaxBreakdown, breakdown
from app.services import credit_notes, credits
from app.services.credit_notes import Original


@strawberry.type(description="What can still be credited of a line.")
class CreditableLine:
    line_id: strawberry.ID = strawberry.field(description="The line; give it to invoiceCredit.")
    position: int = strawberry.field(description="The line's place in the document, from 1.")
    description: str = strawberry.field(description="What was billed.")
    quantity: Decimal = strawberry.field(description="How many were not credited yet; negative where the line is.")
    net: Money = strawberry.field(description="What is left without tax, with its share of the document's discounts.")
    tax: Money = strawberry.field(description="The tax that is left.")
    gross: Money = strawberry.field(description="What is left with tax.")


@strawberry.type(description="What can still be credited of a document: as a whole, by line and by VAT group.")
class Creditable:
    net_total: Money = strawberry.field(description="What is left without tax.")
    tax_total: Money = strawberry.field(description="The tax that is left.")
    gross_total: Money = strawberry.field(description="What is left with tax: the most that invoiceCredit takes.")
    lines: list[CreditableLine] = strawberry.field(description="All lines, in their order.")
    taxes: list[TaxBreakdown] = strawberry.field(description="The VAT groups, with the base and tax that are left.")


async def creditable(row: InvoiceRow, context: GraphQLContext) -> Creditable | None:
    """What is left of a document; None of one that cannot be credited."""
    if not credit_notes.is_creditable(row):
        return None

    async def load(ids: list[str]) -> Sequence[Original | None]:
        found = await credits.creditable(context.services, context.scope, ids)
        return [found.get(invoice_id) for invoice_id in ids]

    original = await context.loaders.named(("creditable",), load).load(row.id)
    return None if original is None else _shown(original)


def _shown(original: Original) -> Creditable:
    currency, left = original.invoice.currency, original.left
    lines = [
        CreditableLine(
            line_id=strawberry.ID(line.id),
            position=original.lines[line.id].position,
            description=original.lines[line.id].description,
            quantity=line.quantity,
            net=money(line.net_minor, currency),
            tax=money(line.tax_minor, currency),
            gross=money(line.gross_minor, currency),
        )
        for line in left
    ]
    return Creditable(
        net_total=money(sum(line.net_minor for line in left), currency),
        tax_total=money(sum(line.tax_minor for line in left), currency),
        gross_total=money(original.left_minor, currency),
        lines=lines,
        taxes=[breakdown(group, currency) for group in credit_notes.left_groups(original)],
    )
