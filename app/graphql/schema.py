"""The schema, put together from its parts; `schema.graphql` is its text."""

from __future__ import annotations

from functools import cache

import strawberry
from strawberry.schema.config import StrawberryConfig
from strawberry.tools import merge_types

from app.graphql.coercion import compile_inputs
from app.graphql.idempotency import idempotent
from app.graphql.mutations.access import AccessMutations
from app.graphql.mutations.audit import AuditMutations
from app.graphql.mutations.channels import ChannelMutations
from app.graphql.mutations.credits import CreditMutations
from app.graphql.mutations.customers import CustomerMutations
from app.graphql.mutations.documents import DocumentMutations
from app.graphql.mutations.entities import EntityMutations
from app.graphql.mutations.invoices import InvoiceMutations
from app.graphql.mutations.items import ItemMutations
from app.graphql.mutations.jobs import JobMutations
from app.graphql.mutations.orders import OrderMutations
from app.graphql.mutations.payments import PaymentMutations
from app.graphql.mutations.recurring import RecurringMutations
from app.graphql.mutations.series import SeriesMutations
from app.graphql.mutations.vat_checks import VatCheckMutations
from app.graphql.mutations.webhooks import WebhookMutations
from app.graphql.queries.audit import AuditQueries
from app.graphql.queries.exchange import ExchangeQueries
from app.graphql.queries.facts import FactQueries
from app.graphql.queries.law_reports import LawReportQueries
from app.graphql.queries.numbering import NumberingQueries
from app.graphql.queries.objects import NODE_TYPES, ObjectQueries
from app.graphql.queries.rates import RateQueries
from app.graphql.queries.tax import TaxQueries
from app.graphql.reading import read
from app.graphql.scalars import SCALARS
from app.graphql.subscriptions import Subscription


@cache
def make_schema(*, sort: bool = False) -> strawberry.Schema:
    """The schema of the API, which is made once for all of a process that execute it.

    `sort` orders it for printing. It is not for executing: sorting rebuilds the enums as graphql-core's own, which hand
    resolvers bare text where Strawberry's hand them members.
    """
    query = merge_types(
        "Query",
        (
            ObjectQueries,
            FactQueries,
            TaxQueries,
            RateQueries,
            NumberingQueries,
            AuditQueries,
            ExchangeQueries,
            LawReportQueries,
        ),
    )
    mutation = merge_types(
        "Mutation",
        (
            EntityMutations,
            CustomerMutations,
            OrderMutations,
            InvoiceMutations,
            CreditMutations,
            PaymentMutations,
            DocumentMutations,
            SeriesMutations,
            JobMutations,
            AuditMutations,
            AccessMutations,
            ChannelMutations,
            WebhookMutations,
            ItemMutations,
            RecurringMutations,
            VatCheckMutations,
        ),
    )
    for root, description in ((query, "Everything that can be read."), (mutation, "Everything that can be done.")):
        root.__strawberry_definition__.description = description  # type: ignore[attr-defined]  # merge_types takes none
    schema = strawberry.Schema(
        query=query,
        mutation=mutation,
        subscription=Subscription,
        directives=[idempotent],
        types=[kind.type for kind in NODE_TYPES.values()],
        config=StrawberryConfig(scalar_map=dict(SCALARS), sort_schema=sort, default_resolver=read),
    )
    compile_inputs(schema)
    return schema


def sdl() -> str:
    """The schema in GraphQL's definition language, sorted: the content of `schema.graphql`."""
    return make_schema(sort=True).as_str().strip() + "\n"
