"""How a seller stands to the threshold for cross-border sales to consumers (Art. 59c)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any

import strawberry

from app.domain.exchange import EURO
from app.domain.tax.threshold import LIMIT_MINOR, EuSalesState
from app.graphql.context import GraphQLContext
from app.graphql.types.money import Money, money
from app.services import eu_sales_status
from app.services.eu_sales_status import EuSalesStatus
from app.services.readiness import Finding

Year = Annotated[
    int | None, strawberry.argument(description="The calendar year, from 2015; this one where the seller is if none.")
]


@strawberry.type(
    description="A seller's sales to consumers in other member states in a calendar year, as Art. 59c counts them:"
    " goods dispatched from its own member state, and digital services."
)
class EuSales:
    year: int = strawberry.field(description="The calendar year of their tax points.")
    net: Money = strawberry.field(description="What they come to without VAT, in euros, less what was credited.")
    limit: Money = strawberry.field(description="The threshold.")
    share: Decimal = strawberry.field(description="The sales as a part of the threshold; 1.0000 is all of it.")
    state: EuSalesState = strawberry.field(description="How they stand to it.")
    documents: int = strawberry.field(description="How many documents count, credit notes included.")
    uncounted_documents: int = strawberry.field(
        description="Those of them that are missing in the sum, since no exchange rate of their days is known."
    )
    approaching_since: datetime | None = strawberry.field(description="When the sum first came to 80 %.")
    exceeded_since: datetime | None = strawberry.field(description="When it first passed the threshold.")


async def entity_eu_sales(row: Any, context: GraphQLContext, year: Year = None) -> EuSales:
    """A seller's count; those of many sellers are read together."""

    async def load(ids: list[str]) -> Sequence[EuSalesStatus]:
        found = await eu_sales_status.of_entities(context.services, context.scope, ids, year)
        return [found[id_] for id_ in ids]

    found: EuSalesStatus = await context.loaders.named(("euSales", repr(year)), load).load(row.id)
    return EuSales(
        year=found.year,
        net=money(found.net_minor, EURO),
        limit=money(LIMIT_MINOR, EURO),
        share=found.share,
        state=found.state,
        documents=found.documents,
        uncounted_documents=found.uncounted,
        approaching_since=found.approaching_at,
        exceeded_since=found.exceeded_at,
    )


async def eu_sales_findings(row: Any, context: GraphQLContext) -> list[Finding]:
    """What a seller should know of its count; read together for many sellers."""

    async def load(ids: list[str]) -> Sequence[list[Finding]]:
        found = await eu_sales_status.findings_of(context.services, context.scope, ids)
        return [found.get(id_, []) for id_ in ids]

    found: list[Finding] = await context.loaders.named(("euSalesFindings",), load).load(row.id)
    return found
