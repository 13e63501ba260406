"""The ledger as it is stored: what is posted, what cannot be changed, and that its check finds what is wrong."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from app.db.aggregates import LEDGER
from app.domain.errors import AlreadyExists, InvalidInput
from app.domain.ledger import CreditSettlement, EntryKind
from app.services import ledger as posting
from app.services.once import Work, run
from tests import factories, ledger
from tests.factories import Client

Posted = tuple[str, str, str, int]


async def posted(client: Client) -> list[Posted]:
    scope = await ledger.scope_of(client)
    return [(e.kind, e.debit, e.credit, e.amount_minor) for e in await ledger.entries(client.app, scope)]


async def test_an_order_that_was_paid_is_billed_and_settled_in_one_transaction(client: Client) -> None:
    seller = await factories.entity(client)
    order = await factories.order(client, seller, paidAt="2026-03-09T11:00:00Z")
    assert await posted(client) == [
        ("INVOICE", "RECEIVABLE", "SALES", 1190),
        ("PAYMENT", "CASH", "RECEIVABLE", 1190),
    ]
    scope = await ledger.scope_of(client)
    (billed, paid) = await ledger.entries(client.app, scope)
    # an entry's id follows from what it is of, so that nothing is posted twice
    assert billed.id == "lent" + order["invoices"][0]["id"][3:]
    assert paid.payment_id is not None
    assert paid.id == "lent" + paid.payment_id[3:]
    assert await ledger.findings(client.app, scope) == []


async def test_a_finalized_draft_is_billed_and_a_proforma_is_not(client: Client) -> None:
    seller = await factories.entity(client)
    await factories.finalize(client, await factories.draft(client, seller))
    await factories.finalize(client, await factories.draft(client, seller, type="PROFORMA"))
    free = await factories.draft(client, seller, lines=[factories.line("0.00")])
    assert (await factories.finalize(client, free))["userErrors"] == []
    assert await posted(client) == [("INVOICE", "RECEIVABLE", "SALES", 1190)]
    assert await ledger.findings(client.app, await ledger.scope_of(client)) == []


@pytest.mark.parametrize(
    ("settlement", "rest"),
    [
        (CreditSettlement.BALANCE, []),
        (CreditSettlement.REFUND, [("REFUND", "CUSTOMER_BALANCE", "CASH", 400)]),
        (CreditSettlement.ELSEWHERE, [("ELSEWHERE", "CUSTOMER_BALANCE", "ELSEWHERE", 400)]),
    ],
)
async def test_a_credit_reduces_what_is_due_and_the_rest_goes_where_it_is_told(
    client: Client, settlement: CreditSettlement, rest: list[Posted]
) -> None:
    # given 11.90, of which 10.00 are paid
    seller = await factories.entity(client)
    billed = (await factories.order(client, seller))["invoices"][0]["id"]
    await client.ask(
        'mutation($i: ID!) { paymentRecord(input: { invoiceId: $i, amount: "10.00" }) { payment { id } } }', i=billed
    )
    before = await posted(client)
    scope = await ledger.scope_of(client)

    # when 5.90 are credited
    row = await ledger.credit(client.app, scope, billed, 590, settlement, "refund-1")

    # then 1.90 were due, and 4.00 come off what was paid
    assert (row.paid_minor, row.credited_minor, row.due_minor, row.payment_status) == (600, 590, 0, "PAID")
    assert row == await ledger.invoice(client.app, scope, billed)
    expected: list[Posted] = [
        ("CREDIT", "SALES", "RECEIVABLE", 590),
        ("EXCESS", "RECEIVABLE", "CUSTOMER_BALANCE", 400),
        *rest,
    ]
    assert sorted(set(await posted(client)) - set(before)) == sorted(expected)
    assert await ledger.findings(client.app, scope) == []

    # and no more can be credited than is left, nor a reference used twice
    with pytest.raises(InvalidInput, match="more than is left"):
        await ledger.credit(client.app, scope, billed, 601, settlement)
    if settlement is CreditSettlement.REFUND:
        with pytest.raises(AlreadyExists):
            await ledger.credit(client.app, scope, billed, 1, settlement, "refund-1")
    assert len(await posted(client)) == len(before) + len(expected)


async def test_voiding_mirrors_the_entry_once(client: Client) -> None:
    seller = await factories.entity(client)
    billed = (await factories.order(client, seller))["invoices"][0]["id"]
    scope = await ledger.scope_of(client)
    row = await ledger.invoice(client.app, scope, billed)

    async def body(work: Work) -> None:
        work.defer(LEDGER.inserting(posting.void_entries(work, row)))

    await run(client.app.services, scope, body)
    kinds = [(e.kind, e.debit, e.credit, e.amount_minor) for e in await ledger.entries(client.app, scope)]
    assert sorted(kinds) == [("INVOICE", "RECEIVABLE", "SALES", 1190), ("VOID", "SALES", "RECEIVABLE", 1190)]
    with pytest.raises(AlreadyExists):
        await run(client.app.services, scope, body)


@pytest.mark.parametrize(
    "statement", ["UPDATE ledger_entry SET amount_minor = 1 WHERE platform_id = $1", "DELETE FROM ledger_entry"]
)
async def test_entries_are_never_changed_or_deleted(client: Client, statement: str) -> None:
    await factories.order(client, await factories.entity(client))
    scope = await ledger.scope_of(client)
    values: list[Any] = [scope.platform_id] if "$1" in statement else []
    with pytest.raises(Exception, match="append-only"):
        async with client.app.database.transaction(scope) as session:
            await session.execute(statement, *values)
    assert len(await posted(client)) == 1


async def test_the_check_finds_what_is_wrong(client: Client) -> None:
    # given a document whose row says more than the ledger, and entries that no rule posts
    seller = await factories.entity(client)
    billed = (await factories.order(client, seller))["invoices"][0]["id"]
    scope = await ledger.scope_of(client)
    row = await ledger.invoice(client.app, scope, billed)

    async def body(work: Work) -> None:
        entry = posting.of_invoice(work, row, EntryKind.BALANCE, 90)
        wrong = posting.mirrored(work, replace(entry, amount_minor=91), EntryKind.REVERSAL, work.now)
        await LEDGER.insert(scope, work.session, [entry, wrong])

    await run(client.app.services, scope, body)
    found = await ledger.findings(client.app, scope)
    assert len(found) == 2
    assert found[0].endswith("(REVERSAL) debits RECEIVABLE and credits CUSTOMER_BALANCE")
    assert found[1].startswith(f"{billed} (FINALIZED): the ledger says 1190 billed, -1 paid, 0 credited and 1191 due")

    async def overdraw(work: Work) -> None:
        await LEDGER.insert(scope, work.session, [posting.of_invoice(work, row, EntryKind.BALANCE, 90)])

    await run(client.app.services, scope, overdraw)
    assert f"the balance of {row.customer_id} is -89 EUR" in await ledger.findings(client.app, scope)
