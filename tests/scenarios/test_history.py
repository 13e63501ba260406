"""Every mutation leaves an entry in the history of what it changed, or says here why it does not."""

from __future__ import annotations

import pytest

from app.db.aggregates import HISTORY
from app.db.history_rows import AuditEntryRow
from tests import books
from tests.factories import Client
from tests.scenarios.mutation_cases import CASES
from tests.scenarios.test_idempotency import ids_in, operation

_FACT = "a fact of its own, which nothing changes afterwards; the event log tells it"
# Mutations without an entry, and why.
EXEMPT: dict[str, str] = {
    "orderUpdate": "how an order goes on is told by the event log",
    "invoiceFinalize": "the document says itself by whom and when it was finalized, and is frozen",
    "invoicesFinalize": "the same",
    "paymentRecord": _FACT,
    "invoiceSend": _FACT,
    "invoiceCredit": _FACT,
    "invoiceVoid": _FACT,
    "orderRefund": _FACT,
    "orderCancel": _FACT,
    "paymentReverse": _FACT,
    "balanceApply": _FACT,
    "balanceRefund": _FACT,
    "customersVerifyTaxIds": "the job changes the buyers, each with an entry",
    "auditStart": "looks, and changes nothing",
    **dict.fromkeys(
        ("itemCreate", "itemUpdate", "itemArchive", "itemUnarchive"),
        "the catalogue is told by its events; a document keeps what it copied from an item",
    ),
    **dict.fromkeys(
        (f"recurringInvoice{action}" for action in ("Create", "Update", "Pause", "Resume", "End")),
        "told by its events; what it makes has a history of its own",
    ),
    "webhookReplay": "sends again, and changes no setting",
    "webhookTest": "the same",
}
# Mutations whose entries are about something else than what they answer with.
ABOUT_THE_BUYER = {"orderCreate", "ordersCreate", "cartCreate"}
ABOUT_THE_SELLER = {"seriesStart", "seriesRegister"}


def test_what_is_exempt_exists() -> None:
    assert set(EXEMPT) <= set(CASES)


async def entries(client: Client) -> dict[str, AuditEntryRow]:
    scope = await books.scope_of(client)
    async with client.app.database.read(scope) as session:
        return {row.id: row for row in await HISTORY.list(scope, session, limit=10_000)}


@pytest.mark.parametrize("name", sorted(CASES))
async def test_a_mutation_leaves_an_entry(client: Client, name: str) -> None:
    # given
    given = await CASES[name].prepare(client)
    before = await entries(client)

    # when
    request = {"x-request-id": f"req-{name}"}
    answer = (await client.raw(operation(name, CASES[name].select), request, i=given, key="k"))["data"][name]

    # then
    assert answer["userErrors"] == []
    made = [row for row_id, row in (await entries(client)).items() if row_id not in before]
    assert bool(made) != (name in EXEMPT), made
    scope = await books.scope_of(client)
    for row in made:
        assert (row.actor, row.request_id) == (scope.actor, f"req-{name}")
        assert row.changes
    if made and name not in ABOUT_THE_BUYER | ABOUT_THE_SELLER:
        assert {row.subject_id for row in made} >= set(ids_in(answer))

    # and a repetition leaves none
    count = len(before) + len(made)
    await client.raw(operation(name, CASES[name].again), i=given, key="k")
    assert len(await entries(client)) == count
