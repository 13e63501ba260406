"""Mutations of numbering series."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import strawberry

from app.domain.documents.model import InvoiceType
from app.graphql.context import Info, idempotency_key
from app.graphql.errors import UserError, errors_field, payload
from app.graphql.inputs import IDEMPOTENCY, to_service
from app.graphql.types.series import Series
from app.services import series


@strawberry.input(description="Where a seller's numbers go on that another system began.")
class SeriesStartInput:
    entity_id: strawberry.ID = strawberry.field(description="The seller.")
    type: InvoiceType = strawberry.field(
        default=InvoiceType.STANDARD, description="The documents; they must have the format of the number already."
    )
    next_number: str = strawberry.field(description="The number of the next document, such as INV-0413 or 2026/0413.")
    last_issue_date: date | None = strawberry.field(
        default=None, description="The date of the last document elsewhere; none of an earlier date will follow it."
    )
    idempotency_key: str | None = strawberry.field(default=None, description=IDEMPOTENCY)


@strawberry.input(description="A series that was communicated to the tax authority (Portugal: Portaria 195/2020).")
class SeriesRegisterInput:
    entity_id: strawberry.ID = strawberry.field(description="The seller.")
    type: InvoiceType = strawberry.field(default=InvoiceType.STANDARD, description="The documents.")
    validation_code: str = strawberry.field(description="The code that the authority gave the series.")
    first_number: str | None = strawberry.field(
        default=None,
        description="The series' first number as communicated, such as FT 2027/1; the first of today's if not told.",
    )
    idempotency_key: str | None = strawberry.field(default=None, description=IDEMPOTENCY)


@strawberry.type(description="What became of a series.")
class SeriesPayload:
    series: Series | None = strawberry.field(default=None, description="The series; null when there are errors.")
    user_errors: list[UserError] = errors_field()


StartArgument = Annotated[SeriesStartInput, strawberry.argument(description="Where it goes on.")]
RegisterArgument = Annotated[SeriesRegisterInput, strawberry.argument(description="The series and its code.")]


@strawberry.type
class SeriesMutations:
    @strawberry.mutation(
        description="Lets a seller's numbers go on after those of another system. It can be raised only, and no more"
        " once the series has a document."
    )
    async def series_start(self, info: Info, input: StartArgument) -> SeriesPayload:
        context = info.context

        async def work() -> SeriesPayload:
            given = to_service(input, series.SeriesStartInput)
            key = idempotency_key(info, input.idempotency_key)
            return SeriesPayload(series=Series.of(await series.start(context.services, context.scope, given, key=key)))

        return await payload(SeriesPayload, work)

    @strawberry.mutation(
        description="States the tax authority's code of a series, without which no document of it is finalized. Needed"
        " before the first document of each series of sellers in Portugal."
    )
    async def series_register(self, info: Info, input: RegisterArgument) -> SeriesPayload:
        context = info.context

        async def work() -> SeriesPayload:
            given = to_service(input, series.SeriesRegisterInput)
            key = idempotency_key(info, input.idempotency_key)
            row = await series.register(context.services, context.scope, given, key=key)
            return SeriesPayload(series=Series.of(row))

        return await payload(SeriesPayload, work)
