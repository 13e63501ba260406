"""Numbers before they are given."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import strawberry

from app.domain.documents.model import InvoiceType
from app.domain.numbering import NumberingReset
from app.graphql.context import Info
from app.graphql.types.compliance import finding
from app.graphql.types.series import Series
from app.graphql.types.tax import Finding
from app.services import numbering_preview


@strawberry.type(description="What numbers a format would give a seller's documents, and what stands against it.")
class NumberingPreview:
    type: InvoiceType = strawberry.field(description="The documents whose series it is.")
    pattern: str = strawberry.field(description="The format.")
    issue_date: date = strawberry.field(description="The date of the next document.")
    period: str = strawberry.field(
        description="The year or month of the series; empty when it never begins anew, and for what is no pattern."
    )
    reset: NumberingReset | None = strawberry.field(
        description="How often the counter begins anew; null for what is no pattern."
    )
    series: Series | None = strawberry.field(
        description="The series that goes on; null when the next document opens a new one."
    )
    last_number: str | None = strawberry.field(
        description="The last number used in the series, here or elsewhere; null when there is none."
    )
    next_numbers: list[str] = strawberry.field(
        description="The next three numbers; none when the pattern can give none."
    )
    findings: list[Finding] = strawberry.field(
        description="What the law and the numbers used so far say of it: an ERROR keeps it from being used."
    )


EntityArgument = Annotated[strawberry.ID, strawberry.argument(description="The seller.")]
TypeArgument = Annotated[InvoiceType, strawberry.argument(description="The documents.")]
PatternArgument = Annotated[
    str | None, strawberry.argument(description="A format, stored or not; the one in use if not told.")
]
DateArgument = Annotated[
    date | None, strawberry.argument(description="The date of the next document; today in the seller's time zone.")
]


@strawberry.type
class NumberingQueries:
    @strawberry.field(description="The next numbers of a seller's documents in a format, and what the law says of it.")
    async def numbering_preview(
        self,
        info: Info,
        entity_id: EntityArgument,
        type: TypeArgument = InvoiceType.STANDARD,
        pattern: PatternArgument = None,
        issue_date: DateArgument = None,
    ) -> NumberingPreview:
        given = numbering_preview.NumberingPreviewInput(
            entity_id=entity_id, type=type, pattern=pattern, issue_date=issue_date
        )
        found = await numbering_preview.preview(info.context.services, info.context.scope, given)
        return NumberingPreview(
            type=found.type,
            pattern=found.pattern,
            issue_date=found.issue_date,
            period=found.period,
            reset=found.reset,
            series=None if found.series is None else Series.of(found.series),
            last_number=found.last_number,
            next_numbers=list(found.next_numbers),
            findings=[finding(item) for item in found.findings],
        )
