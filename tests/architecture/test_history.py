"""The history tells every column of what it is about, or says why it does not."""

from __future__ import annotations

from dataclasses import fields

import pytest

from app.db.aggregates import API_KEYS, CHANNELS, CUSTOMERS, ENDPOINTS, ENTITIES, INVOICE_LINES, INVOICES, JOBS
from app.db.tables import TABLES, Kind
from app.domain.history import AuditSubject
from app.domain.history_fields import LINE, TOLD, Told
from app.graphql.schema import make_schema

ROWS = {
    one.table: one.row_type
    for one in (ENTITIES, CUSTOMERS, INVOICES, API_KEYS, ENDPOINTS, CHANNELS, JOBS, INVOICE_LINES)
}
# The types of the API whose fields the paths name. A line is named below `lines`.
SHOWN = {
    "entity": "Entity",
    "customer": "Customer",
    "invoice": "InvoiceCreateInput",
    "invoice_line": "InvoiceLine",
    "api_key": "ApiKey",
    "webhook_endpoint": "WebhookEndpoint",
    "order_channel": "OrderChannel",
    "job": "BackgroundJob",
}
# Names that the API does not show so, and why they are told nevertheless.
ONLY_TOLD = {
    ("invoice", "status"): "a draft deleted while it was pending",
    ("invoice", "netTotal"): "Invoice.netTotal",
    ("invoice", "taxTotal"): "Invoice.taxTotal",
    ("invoice", "grossTotal"): "Invoice.grossTotal",
    ("invoice", "mentions"): "Invoice.mentions",
    ("invoice", "reason"): "of documents that are made out of others",
    ("invoice", "sourceInvoiceId"): "the same",
    ("invoice", "correctedInvoiceId"): "the same",
    ("invoice_line", "itemId"): "InvoiceLine.item",
    ("invoice_line", "advanceId"): "the same",
    ("webhook_endpoint", "signingSecret"): "what the mutations call it",
    ("order_channel", "signingSecret"): "what the mutations call it",
}


def all_told() -> list[Told]:
    return [*TOLD.values(), LINE]


def paths(told: Told) -> list[str]:
    return [*told.fields.values(), *told.amounts.values(), *told.names.values(), *told.secrets.values()]


def test_every_subject_is_told() -> None:
    assert set(TOLD) == set(AuditSubject)


@pytest.mark.parametrize("told", all_told(), ids=lambda told: told.table)
def test_every_column_is_told_once_or_not_for_a_reason(told: Told) -> None:
    named = [*told.fields, *told.amounts, *told.names, *told.secrets, *told.untold]
    assert sorted(named) == sorted(TABLES[told.table].columns)
    assert {field.name for field in fields(ROWS[told.table])} == set(named)
    assert all(told.untold.values())


@pytest.mark.parametrize("told", all_told(), ids=lambda told: told.table)
def test_no_two_columns_are_told_by_one_name(told: Told) -> None:
    names = paths(told)
    assert len(names) == len(set(names))


@pytest.mark.parametrize("told", all_told(), ids=lambda told: told.table)
def test_what_is_called_secret_is_never_told(told: Told) -> None:
    columns = TABLES[told.table].columns
    secret = {name for name in columns if "secret" in name or "hash" in name or name in ("headers", "lease_token")}
    assert secret <= set(told.secrets) | set(told.untold)
    # Bytes have no form in the history.
    assert not [name for name in (*told.fields, *told.names) if columns[name].kind is Kind.BYTES]


@pytest.mark.parametrize("told", all_told(), ids=lambda told: told.table)
def test_the_names_are_the_apis(told: Told) -> None:
    types = make_schema()._schema.type_map
    known = set(types[SHOWN[told.table]].fields)  # type: ignore[attr-defined]  # an object or an input
    for path in paths(told):
        first = path.split(".")[0]
        assert (first in known) != ((told.table, first) in ONLY_TOLD), path
