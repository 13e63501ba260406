"""Numbering series."""

from __future__ import annotations

from datetime import date, datetime

import strawberry

from app.db.aggregates import SERIES
from app.db.rows import SeriesRow
from app.domain import numbering
from app.domain.documents.model import InvoiceType
from app.domain.identity import IdPrefix
from app.domain.scope import Permission
from app.graphql.fields import computed, to_one
from app.graphql.node import Node
from app.graphql.sources import OfRow, stored
from app.graphql.types.entity import Entity


def _rendered(row: SeriesRow, counter: int) -> str:
    return numbering.parse(row.pattern).render(counter, numbering.day_of(row.period))


def _first(row: SeriesRow) -> str:
    return _rendered(row, row.start_number + 1)


def _last(row: SeriesRow) -> str | None:
    return _rendered(row, row.last_number) if row.last_number > row.start_number else None


def _next(row: SeriesRow) -> str:
    return _rendered(row, row.last_number + 1)


@stored(SERIES, Permission.ENTITIES_READ, prefix=IdPrefix.SERIES)
@strawberry.type(description="A sequence of numbers of a seller: gapless from its first number on.")
class Series(OfRow, Node):
    type: InvoiceType = strawberry.field(
        description="The documents it numbers; where the law has one sequence for all tax documents, STANDARD."
    )
    pattern: str = strawberry.field(description="The format of its numbers.")
    period: str = strawberry.field(
        description="The year (2026) or month (2026-03) of its issue dates; empty when it never begins anew."
    )
    first_number: str = computed(
        _first, "pattern", "period", "start_number", description="The number of its first document."
    )
    last_number: str | None = computed(
        _last,
        "pattern",
        "period",
        "last_number",
        "start_number",
        description="The number of its last document; null while it has none.",
    )
    next_number: str = computed(
        _next, "pattern", "period", "last_number", description="The number that its next document will bear."
    )
    last_issue_date: date | None = strawberry.field(description="No document of an earlier date is numbered in it.")
    validation_code: str | None = strawberry.field(
        description="The tax authority's code, where series are registered (Portugal)."
    )
    created_at: datetime = strawberry.field(description="When it was opened.")
    row: strawberry.Private[SeriesRow]

    entity: Entity = to_one("entity_id", description="The seller.")
