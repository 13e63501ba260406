"""How a query is answered, and why it is not planned when it is not: what `invoicing plan` prints."""

from __future__ import annotations

from typing import Any

import typer
from graphql import OperationType
from tortoise.context import TortoiseContext

from app.bootstrap import dialect_of, mailing
from app.commands.console import OUT, fail, load_settings
from app.db.read.dialect import MARK
from app.db.transaction import Database
from app.delivery.broker import Broker
from app.delivery.wakeups import Wakeups
from app.domain.errors import InvoicingError
from app.domain.scope import Mode, Permission, Scope
from app.graphql.context import GraphQLContext
from app.graphql.loaders import Loaders
from app.graphql.planner import QueryPlanner
from app.graphql.schema import make_schema
from app.graphql.selection import Unplannable
from app.graphql.transport.engine import Engine, OperationRequest, RequestError
from app.graphql.transport.limits import Limits
from app.services.context import ServiceContext

_NOT_PLANNED = 1


def print_plan(query: str, operation: str | None, variables: dict[str, Any], *, seller: bool) -> None:
    """Prints the statement that answers a query, or why graphql-core answers it; then it exits with 1."""
    schema = make_schema()
    try:
        request = OperationRequest(query=query, operation_name=operation, variables=variables)
        prepared = Engine(schema, Limits()).prepare(request)
    except RequestError as error:
        raise fail("; ".join(item["message"] for item in error.errors), 2) from None
    if prepared.kind is not OperationType.QUERY:
        OUT.print(f"not planned: a {prepared.kind.value}")
        raise typer.Exit(_NOT_PLANNED)
    try:
        asker = _nobody(seller=seller)
        explained = QueryPlanner(schema).explain(prepared.document, prepared.operation, variables, asker)
    except (Unplannable, InvoicingError) as reason:
        OUT.print(f"not planned: {reason}", markup=False)
        raise typer.Exit(_NOT_PLANNED) from None
    OUT.print("planned, in one statement:", markup=False)
    # The marks around the columns of computed fields are control characters.
    OUT.print(explained.sql.replace(MARK, "␂"), markup=False, soft_wrap=True)
    for i, value in enumerate(explained.values, 1):
        OUT.print(f"  ${i} = {value!r}", markup=False, soft_wrap=True)
    for why in explained.not_planned:
        OUT.print(f"executed beside it: {why}", markup=False)


def _nobody(*, seller: bool) -> GraphQLContext:
    """Whoever may read everything, of no platform; the database is named, not opened."""
    settings = load_settings()
    database = Database(TortoiseContext(), dialect_of(settings))
    scope = Scope(
        platform_id="plat_of_the_key",
        mode=Mode.SANDBOX,
        actor="key_of_the_caller",
        entity_id="ent_of_the_key" if seller else None,
        permissions=frozenset(Permission),
    )
    return GraphQLContext(
        services=ServiceContext(database=database, mailing=mailing(settings)),
        scope=scope,
        key=None,  # type: ignore[arg-type]  # only `viewer` looks at it, and that is not planned
        loaders=Loaders(database, scope),
        broker=Broker(database, Wakeups()),
        base_url="",
        idempotency_header=None,
        operation_id="plan",
    )
