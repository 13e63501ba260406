"""The event log and the operator's report."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import strawberry

from app.db.where import All, Condition, Eq, OneOf
from app.graphql import lists
from app.graphql.connections import Connection
from app.graphql.context import GraphQLContext, Info
from app.graphql.scalars import CurrencyCode
from app.graphql.types.event import EntityId, Event, Types, numbered
from app.graphql.types.report import PlatformReport, report
from app.services import reports

From = Annotated[date, strawberry.argument(name="from", description="The first day.")]
To = Annotated[date, strawberry.argument(name="to", description="The last day.")]
Currency = Annotated[CurrencyCode | None, strawberry.argument(description="Only what is in this currency.")]
Zone = Annotated[str | None, strawberry.argument(description="The time zone (IANA) whose days are meant; UTC if none.")]


def _which(context: GraphQLContext, types: Types = None, entity_id: EntityId = None) -> Condition:
    parts = [numbered(context)]
    if types:
        parts.append(OneOf("type", [event_type.value for event_type in types]))
    if entity_id is not None:
        parts.append(Eq("entity_id", entity_id))
    return All(tuple(parts))


@strawberry.type
class FactQueries:
    events: Connection[Event] = lists.events(
        which=_which, description="The event log in its order, from its beginning or after a cursor."
    )

    @strawberry.field(description="A platform's figures over a period. Needs a platform key.")
    async def platform_report(
        self, info: Info, start: From, end: To, currency: Currency = None, time_zone: Zone = None
    ) -> PlatformReport:
        figures = await reports.platform_report(
            info.context.services, info.context.scope, start, end, currency=currency, time_zone=time_zone
        )
        return report(figures, currency=currency, time_zone=time_zone)
