"""Every action on every type of document in every status: what the table allows is done, and nothing else is."""

from __future__ import annotations

import itertools
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Final

import pytest

from app.db.aggregates import INVOICE_LINES, INVOICES
from app.db.where import Eq
from app.domain.documents.model import InvoiceType
from app.domain.documents.registry import document_type
from app.domain.errors import InvalidState
from app.domain.identity import IdPrefix, new_id
from app.domain.lifecycle import (
    INVOICE_ACTION_TYPES,
    INVOICE_TRANSITIONS,
    InvoiceAction,
    InvoiceStatus,
    PaymentStatus,
    allowed,
    require,
)
from app.services.once import Work, run
from tests import books, factories
from tests.document_life import BUSINESS, done, read, seller
from tests.factories import Client, Data

U: Final = "userErrors { code message }"


def _of(name: str, **further: object) -> Callable[[Client, str], Awaitable[list[Data]]]:
    """Asks a mutation of the document; its errors."""
    kind = f"{name[0].upper()}{name[1:]}Input"

    async def ask(client: Client, invoice_id: str) -> list[Data]:
        answer = await client.ask(
            f"mutation($i: {kind}!) {{ {name}(input: $i) {{ {U} }} }}", i={"id": invoice_id, **further}
        )
        found: list[Data] = answer[name]["userErrors"]
        return found

    return ask


async def _pay(client: Client, invoice_id: str) -> list[Data]:
    query = f"mutation($i: PaymentRecordInput!) {{ paymentRecord(input: $i) {{ {U} }} }}"
    errors: list[Data] = (await client.ask(query, i={"invoiceId": invoice_id}))["paymentRecord"]["userErrors"]
    return errors


async def _deduct(client: Client, invoice_id: str) -> list[Data]:
    query = "query($i: ID!) { invoice(id: $i) { customer { id } } }"
    buyer = (await client.ask(query, i=invoice_id))["invoice"]["customer"]["id"]
    given = {"customerId": buyer, "lines": [factories.line("1000")], "advanceIds": [invoice_id]}
    query = f"mutation($i: InvoiceCreateInput!) {{ invoiceCreate(input: $i) {{ {U} }} }}"
    errors: list[Data] = (await client.ask(query, i=given))["invoiceCreate"]["userErrors"]
    return errors


# How a caller does it. HOLD is what finalizing does to a draft whose tax is awaited, CREDIT makes another document.
ASKED: Final = {
    InvoiceAction.UPDATE: _of("invoiceUpdate", note="changed"),
    InvoiceAction.DELETE: _of("invoiceDelete"),
    InvoiceAction.FINALIZE: _of("invoiceFinalize"),
    InvoiceAction.PAY: _pay,
    InvoiceAction.VOID: _of("invoiceVoid", reason="x"),
    InvoiceAction.SEND: _of("invoiceSend", to=["x@example.com"]),
    InvoiceAction.DUPLICATE: _of("invoiceDuplicate"),
    InvoiceAction.CONVERT: _of("proformaConvert"),
    InvoiceAction.DEDUCT: _deduct,
}
ELSEWHERE: Final = {InvoiceAction.HOLD, InvoiceAction.CREDIT}


async def document(client: Client, kind: InvoiceType, status: InvoiceStatus) -> str:
    """The id of a document of that type and status."""
    entity = await seller(client)
    buyer = await factories.customer(client, entity, **(BUSINESS if status is InvoiceStatus.PENDING else {}))
    given: Data = {"customerId": buyer, "lines": [factories.line("100")]}
    if kind is InvoiceType.CREDIT_NOTE:
        invoice = await done(client, "invoiceCreate", **given)
        invoice = await done(client, "invoiceFinalize", id=invoice["id"])
        return await credit_note(client, invoice["id"])
    if document_type(kind).needs_agreement:
        given["agreementReference"] = "2025/7"
    found = await done(client, "invoiceCreate", type=kind.value, **given)
    if status is not InvoiceStatus.DRAFT:
        found = await done(client, "invoiceFinalize", id=found["id"])
    if status is InvoiceStatus.VOID:
        found = await done(client, "invoiceVoid", id=found["id"], reason="x")
    assert found["status"] == status
    return str(found["id"])


async def credit_note(client: Client, invoice_id: str) -> str:
    """A row such as a credit note has."""
    scope = await books.scope_of(client)

    async def body(work: Work) -> str:
        row = await INVOICES.get(scope, work.session, invoice_id)
        assert row is not None
        lines = await INVOICE_LINES.list(scope, work.session, Eq("invoice_id", invoice_id), limit=10)
        note = replace(
            row,
            id=new_id(IdPrefix.INVOICE),
            type=InvoiceType.CREDIT_NOTE,
            number="CN-001",
            series_id=None,
            corrected_invoice_id=row.id,
            paid_minor=row.gross_minor,
            due_minor=0,
            payment_status=PaymentStatus.PAID,
        )
        copied = [replace(line, id=new_id(IdPrefix.INVOICE_LINE), invoice_id=note.id) for line in lines]
        work.defer(INVOICES.inserting([note]), INVOICE_LINES.inserting(copied))
        return note.id

    found: str = await run(client.app.services, scope, body)
    return found


# A credit note is finalized as it is made, and never void.
PLACES: Final = [
    (kind, status)
    for kind, status in itertools.product(InvoiceType, InvoiceStatus)
    if kind is not InvoiceType.CREDIT_NOTE or status is InvoiceStatus.FINALIZED
]


@pytest.mark.parametrize(("kind", "status"), PLACES, ids=str)
async def test_what_the_table_allows_is_done_and_nothing_else(
    client: Client, kind: InvoiceType, status: InvoiceStatus
) -> None:
    for action, asked in ASKED.items():
        invoice = await document(client, kind, status)
        before = await read(client, invoice)

        errors = await asked(client, invoice)

        if allowed(action, status, kind):
            assert errors == [], action
            after = INVOICE_TRANSITIONS[action, status]
            found = await read(client, invoice)
            # A draft whose tax is awaited is held instead of finalized.
            wanted = status if status is InvoiceStatus.PENDING and after is InvoiceStatus.FINALIZED else after
            assert (found and found["status"]) == wanted, action
        else:
            assert [error["code"] for error in errors] == ["INVALID_STATE"], action
            assert await read(client, invoice) == before, action


def test_every_action_is_asked_or_stands_elsewhere() -> None:
    assert set(ASKED) | ELSEWHERE == set(InvoiceAction) == set(INVOICE_ACTION_TYPES)


@pytest.mark.parametrize("action", InvoiceAction)
def test_the_table_is_what_is_required(action: InvoiceAction) -> None:
    for kind, status in itertools.product(InvoiceType, InvoiceStatus):
        if allowed(action, status, kind):
            assert require(action, status, kind) is INVOICE_TRANSITIONS[action, status]
        else:
            with pytest.raises(InvalidState, match=f"cannot {action.value} "):
                require(action, status, kind)
