"""Refunds and cancellations as a marketplace reports them, on both databases; some of them happened in June 2011.

Those are of a British wholesaler (UCI, Online Retail): number, lines and prices as they are in its books.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from decimal import Decimal
from typing import Any, Final

import pytest

from tests import books, channels, factories, ledger
from tests.channels import Sender
from tests.conftest import Clock
from tests.factories import ERRORS, Client

Data = dict[str, Any]

_DOCUMENT = (
    "number type status grossTotal { amount } creditedTotal { amount } paidTotal { amount } amountDue { amount }"
    " reason lines { quantity gross { amount } }"
)
_ORDER = (
    "id externalId status failure cancelledAt total { amount } refundedTotal { amount }"
    f" lines {{ externalId sku quantity }} invoices {{ {_DOCUMENT} }}"
    " refunds { id reference amount { amount } creditNote { number } }"
)
REFUND = (
    "mutation($i: OrderRefundInput!) { orderRefund(input: $i) {"
    f" refund {{ id reference reason refundedAt amount {{ amount }} creditNote {{ {_DOCUMENT} }} }}"
    f" order {{ {_ORDER} }} {ERRORS} }} }}"
)
CANCEL = f"mutation($i: OrderCancelInput!) {{ orderCancel(input: $i) {{ order {{ {_ORDER} }} {ERRORS} }} }}"


async def refund(client: Client, order_id: str, **given: Any) -> Data:
    """The payload of a refund that was done."""
    payload: Data = (await client.ask(REFUND, i={"id": order_id, **given}))["orderRefund"]
    assert payload["userErrors"] == []
    return payload


async def refused(client: Client, query: str, **given: Any) -> Data:
    """The one error of a mutation that was not done."""
    (payload,) = (await client.ask(query, i=given)).values()
    (error,) = payload["userErrors"]
    assert payload["order"] is None
    found: Data = error
    return found


async def cancel(client: Client, order_id: str, **given: Any) -> Data:
    """The order that was cancelled."""
    payload: Data = (await client.ask(CANCEL, i={"id": order_id, **given}))["orderCancel"]
    assert payload["userErrors"] == []
    found: Data = payload["order"]
    return found


async def told(client: Client) -> list[tuple[str, Data]]:
    """What was told of orders and credits, in order."""
    await factories.settled(client.app)
    query = (
        "{ events(types: [ORDER_REFUNDED, ORDER_CANCELLED, INVOICE_CREDITED, INVOICE_PAID], first: 50)"
        " { nodes { type data } } }"
    )
    return [(node["type"], node["data"]) for node in (await client.ask(query))["events"]["nodes"]]


# Order number; its lines as (article, quantity, price); those cancelled as (article, quantity); total and cancelled.
JUNE: Final[Sequence[tuple[str, list[tuple[str, str, str]], list[tuple[str, str]], str, str]]] = (
    # C555652 of 6 June.
    ("555213", [("84946", "72", "1.06"), ("22791", "72", "1.06")], [("84946", "6")], "152.64", "6.36"),
    # C555629 of 6 June.
    (
        "555389",
        [("21936", "5", "2.95"), ("22501", "24", "8.50"), ("22270", "4", "3.75")],
        [("22270", "4")],
        "233.75",
        "15.00",
    ),
    # C555874 of 7 June.
    (
        "555281",
        [("23080", "2", "8.25"), ("23091", "3", "6.25"), ("23094", "1", "12.50")],
        [("23080", "1")],
        "47.75",
        "8.25",
    ),
    # C555411 of 3 June.
    ("555259", [("22334", "4", "1.65"), ("22694", "40", "2.10")], [("22694", "40")], "90.60", "84.00"),
    # C555421 of 3 June: the whole order.
    ("555422", [("23108", "4", "6.25")], [("23108", "4")], "25.00", "25.00"),
)


@pytest.mark.parametrize("real", JUNE, ids=lambda real: str(real[0]))
async def test_a_cancellation_of_june_2011_is_credited_by_its_article_numbers(client: Client, real: Any) -> None:
    number, lines, cancelled, total, back = real
    seller = await factories.entity(client)
    given = [factories.line(price, quantity, sku=article) for article, quantity, price in lines]
    order = await factories.order(client, seller, externalId=number, lines=given)
    assert order["invoices"][0]["grossTotal"]["amount"] == total

    payload = await refund(
        client,
        order["id"],
        lines=[{"externalId": article, "quantity": quantity} for article, quantity in cancelled],
        reference=f"C{number}",
        reason="Cancelled",
    )

    assert payload["refund"]["amount"]["amount"] == back
    note = payload["refund"]["creditNote"]
    assert (note["number"], note["grossTotal"]["amount"], note["reason"]) == ("CN-001", back, "Cancelled")
    assert [Decimal(line["quantity"]) for line in note["lines"]] == [Decimal(quantity) for _, quantity in cancelled]
    after = payload["order"]
    assert after["status"] == ("REFUNDED" if back == total else "INVOICED")
    assert after["refundedTotal"]["amount"] == back
    assert after["invoices"][0]["amountDue"]["amount"] == str(Decimal(total) - Decimal(back))


async def test_an_order_is_refunded_by_amount_by_line_and_the_rest(client: Client) -> None:
    """Paid 50.00 + 20.00 gross at 19 %: 7.00 by amount, then one of two at 25.00 less its share, then the rest."""
    seller = await factories.entity(client)
    lines = [factories.line("25.00", "2", externalId="a"), factories.line("20.00", externalId="b")]
    order = await factories.order(client, seller, lines=lines, paidAt="2026-03-09T11:00:00Z")

    first = await refund(client, order["id"], amount="7.00", reference="r1")
    # 5.00 of the first line and 2.00 of the second: 45.00 and 18.00 are left.
    assert [line["gross"]["amount"] for line in first["refund"]["creditNote"]["lines"]] == ["5.00", "2.00"]
    second = await refund(client, order["id"], lines=[{"externalId": "a", "quantity": "1"}], reference="r2")
    assert second["refund"]["amount"]["amount"] == "22.50"
    assert (second["order"]["status"], second["order"]["refundedTotal"]["amount"]) == ("INVOICED", "29.50")
    third = await refund(client, order["id"], full=True, reference="r3")
    assert third["refund"]["amount"]["amount"] == "40.50"

    after = third["order"]
    assert (after["status"], after["refundedTotal"]["amount"]) == ("REFUNDED", "70.00")
    invoice, *notes = after["invoices"]
    # All of it was paid: what is credited comes off that.
    assert (invoice["paidTotal"]["amount"], invoice["creditedTotal"]["amount"], invoice["amountDue"]["amount"]) == (
        "0.00",
        "70.00",
        "0.00",
    )
    assert [(note["number"], note["grossTotal"]["amount"]) for note in notes] == [
        ("CN-001", "7.00"),
        ("CN-002", "22.50"),
        ("CN-003", "40.50"),
    ]
    assert [(one["reference"], one["creditNote"]["number"]) for one in after["refunds"]] == [
        ("r1", "CN-001"),
        ("r2", "CN-002"),
        ("r3", "CN-003"),
    ]
    error = await refused(client, REFUND, id=order["id"], full=True)
    assert (error["code"], error["message"]) == ("INVALID_STATE", "cannot refund an order that is refunded")
    events = [(kind, data["amount"]["amount"]) for kind, data in await told(client) if kind != "INVOICE_PAID"]
    assert events == [
        (kind, amount) for amount in ("7.00", "22.50", "40.50") for kind in ("INVOICE_CREDITED", "ORDER_REFUNDED")
    ]
    await books.checked(client)


async def test_the_same_refund_event_twice_is_one_refund(client: Client) -> None:
    order = await factories.order(client, await factories.entity(client))
    given = {"id": order["id"], "amount": "1.00", "reference": "evt_1"}
    answers = await asyncio.gather(*(client.ask(REFUND, i=given) for _ in range(8)))
    assert len({answer["orderRefund"]["refund"]["id"] for answer in answers}) == 1
    assert answers[-1]["orderRefund"]["order"]["refundedTotal"]["amount"] == "1.00"
    error = await refused(client, REFUND, **{**given, "amount": "2.00"})
    assert (error["code"], error["field"]) == ("ALREADY_EXISTS", ["reference"])


async def test_what_is_not_finalized_yet_is_reduced(client: Client) -> None:
    seller = await factories.entity(client, settings={"autoInvoice": "NEVER", "tax": {"pricesIncludeTax": True}})
    lines = [
        factories.line("10.00", "3", externalId="a", allowances=[{"amount": "3.00"}]),
        factories.line("5.00", externalId="b"),
        factories.line("8.00", externalId="c"),
    ]
    order = await factories.order(client, seller, lines=lines)
    create = f"mutation($i: InvoiceCreateInput!) {{ invoiceCreate(input: $i) {{ invoice {{ id }} {ERRORS} }} }}"
    made = (await client.ask(create, i={"orderId": order["id"]}))["invoiceCreate"]
    assert made["userErrors"] == []

    # One of three at 10.00 less 1.00 each, and all of the second: 9.00 + 5.00.
    payload = await refund(
        client, order["id"], lines=[{"externalId": "a", "quantity": "1"}, {"externalId": "b"}], reference="r1"
    )
    assert payload["refund"]["amount"]["amount"] == "14.00"
    assert payload["refund"]["creditNote"] is None
    after = payload["order"]
    assert (after["status"], after["total"]["amount"], after["refundedTotal"]["amount"]) == (
        "PROCESSING",
        "26.00",
        "14.00",
    )
    (draft,) = after["invoices"]
    assert (draft["status"], draft["grossTotal"]["amount"]) == ("DRAFT", "26.00")
    assert [Decimal(line["quantity"]) for line in draft["lines"]] == [2, 1]
    # An amount of the whole, then of a line.
    payload = await refund(client, order["id"], amount="6.00")
    assert payload["order"]["invoices"][0]["grossTotal"]["amount"] == "20.00"
    payload = await refund(client, order["id"], lines=[{"externalId": "c", "amount": "2.00"}])
    assert payload["order"]["invoices"][0]["grossTotal"]["amount"] == "18.00"
    assert (await factories.finalize(client, made["invoice"]["id"]))["userErrors"] == []
    # What is billed now is credited from now on.
    payload = await refund(client, order["id"], full=True)
    assert payload["refund"]["creditNote"]["grossTotal"]["amount"] == "18.00"
    assert (payload["order"]["status"], payload["order"]["refundedTotal"]["amount"]) == ("REFUNDED", "40.00")


async def test_an_order_refunded_before_it_is_invoiced_bills_the_rest_or_nothing(client: Client) -> None:
    seller = await factories.entity(client, settings={"autoInvoice": "ON_FULFILMENT"})
    update = f"mutation($i: OrderUpdateInput!) {{ orderUpdate(input: $i) {{ order {{ {_ORDER} }} {ERRORS} }} }}"
    lines = [factories.line("10.00", "2", externalId="a"), factories.line("5.00", externalId="b")]
    order = await factories.order(client, seller, lines=lines, pricesIncludeTax=True)
    await refund(client, order["id"], lines=[{"externalId": "b"}, {"externalId": "a", "quantity": "1"}])
    done = await client.ask(update, i={"id": order["id"], "fulfilledAt": "2026-03-09T12:00:00Z"})
    (invoice,) = done["orderUpdate"]["order"]["invoices"]
    assert (invoice["status"], invoice["grossTotal"]["amount"], len(invoice["lines"])) == ("FINALIZED", "10.00", 1)

    other = await factories.order(client, seller)
    payload = await refund(client, other["id"], full=True)
    assert (payload["order"]["status"], payload["order"]["invoices"]) == ("REFUNDED", [])
    error = await refused(client, update, id=other["id"], fulfilledAt="2026-03-09T12:00:00Z")
    assert error["code"] == "INVALID_STATE"


async def test_what_cannot_be_refunded_is_refused_with_its_field(client: Client) -> None:
    seller = await factories.entity(client)
    lines = [
        factories.line("10.00", externalId="a", sku="x"),
        factories.line("5.00", externalId="b", sku="x"),
    ]
    order = await factories.order(client, seller, lines=lines)
    for given, message, field in (
        ({}, "give exactly one of lines, amount and full", ["lines"]),
        ({"full": True, "amount": "1"}, "give exactly one of lines, amount and full", ["lines"]),
        (
            {"lines": [{"externalId": "x"}]},
            "2 lines of the order have it; name one by lineId",
            ["lines", "0", "externalId"],
        ),
        ({"lines": [{"externalId": "z"}]}, "no such line of the order", ["lines", "0", "externalId"]),
        ({"lines": [{}]}, "name the line by lineId or by externalId", ["lines", "0", "lineId"]),
        ({"lines": [{"externalId": "a"}, {"externalId": "a"}]}, "names a line twice", ["lines", "1"]),
        ({"amount": "15.01"}, "15.00 EUR is left to credit; 15.01 is not within it", ["amount"]),
        ({"full": True, "refundedAt": "2027-01-01T00:00:00Z"}, "lies in the future", ["refundedAt"]),
    ):
        error = await refused(client, REFUND, id=order["id"], **given)
        assert (error["message"], error["field"]) == (message, field)
    net = await factories.entity(client, settings={"autoInvoice": "NEVER", "tax": {"pricesIncludeTax": False}})
    open_order = await factories.order(client, net)
    error = await refused(client, REFUND, id=open_order["id"], amount="1.00")
    assert (error["field"], "without tax" in error["message"]) == (["amount"], True)


async def test_an_order_is_cancelled_whatever_became_of_it(client: Client) -> None:
    at = "2026-03-09T12:00:00Z"
    seller = await factories.entity(client)
    # Invoiced: all that is left is credited.
    order = await factories.order(client, seller, lines=[factories.line("30.00")])
    await refund(client, order["id"], amount="10.00")
    after = await cancel(client, order["id"], cancelledAt=at, reason="Changed his mind")
    assert (after["status"], after["cancelledAt"], after["refundedTotal"]["amount"]) == (
        "CANCELLED",
        "2026-03-09T12:00:00Z",
        "30.00",
    )
    assert [(row["number"], row["grossTotal"]["amount"], row["reason"]) for row in after["invoices"]] == [
        ("INV-001", "30.00", None),
        ("CN-001", "10.00", None),
        ("CN-002", "20.00", "Changed his mind"),
    ]
    assert after["invoices"][0]["amountDue"]["amount"] == "0.00"
    assert (await refused(client, CANCEL, id=order["id"]))["message"] == "cannot cancel an order that is cancelled"
    # A draft is deleted.
    lazy = await factories.entity(client, settings={"autoInvoice": "NEVER"})
    drafted = await factories.order(client, lazy)
    create = f"mutation($i: InvoiceCreateInput!) {{ invoiceCreate(input: $i) {{ {ERRORS} }} }}"
    assert (await client.ask(create, i={"orderId": drafted["id"]}))["invoiceCreate"]["userErrors"] == []
    after = await cancel(client, drafted["id"])
    assert (after["status"], after["invoices"], after["refundedTotal"]["amount"]) == ("CANCELLED", [], "0.00")
    error = await refused_create(client, create, drafted["id"])
    assert error["message"] == "cannot invoice an order that is cancelled"
    # Nothing is there yet.
    assert (await cancel(client, (await factories.order(client, lazy))["id"]))["status"] == "CANCELLED"
    assert [kind for kind, _ in await told(client)].count("ORDER_CANCELLED") == 3


async def refused_create(client: Client, create: str, order_id: str) -> Data:
    """The error of a draft that is not made."""
    (error,) = (await client.ask(create, i={"orderId": order_id}))["invoiceCreate"]["userErrors"]
    found: Data = error
    return found


async def test_an_invoice_credited_in_full_makes_its_order_refunded(client: Client) -> None:
    order = await factories.order(client, await factories.entity(client))
    mutation = (
        f"mutation($i: InvoiceCreditInput!) {{ invoiceCredit(input: $i) {{ invoice {{ order {{ {_ORDER} }} }} }} }}"
    )
    for amount, status in (("1.90", "INVOICED"), (None, "REFUNDED")):
        done = await client.ask(mutation, i={"id": order["invoices"][0]["id"], "amount": amount})
        assert done["invoiceCredit"]["invoice"]["order"]["status"] == status
    assert done["invoiceCredit"]["invoice"]["order"]["refundedTotal"]["amount"] == "11.90"


@pytest.fixture
async def shop(client: Client, server: str, clock: Clock) -> AsyncIterator[Sender]:
    """A system that reports the orders of all sellers."""
    found = await channels.sender(client, server, clock)
    yield found
    await found.http.aclose()


async def test_signed_messages_refund_and_cancel(client: Client, shop: Sender) -> None:
    seller = await factories.entity(client)
    order = await factories.order(client, seller, lines=[factories.line("10.00", "2", externalId="a")])
    named = {"externalId": order["externalId"], "entityId": seller}

    one = {**named, "lines": [{"externalId": "a", "quantity": "1"}], "reference": "r1"}
    taken = await shop.send(one, kind="order.refunded")
    assert taken.status_code == 200, taken.text
    assert (taken.json()["refund"]["amount"], taken.json()["order"]["status"]) == ("10.00", "INVOICED")
    cancelled = await shop.send({**named, "reason": "Lost"}, "msg_2", kind="order.cancelled")
    assert (cancelled.status_code, cancelled.json()["order"]["status"]) == (200, "CANCELLED")
    refused_ = await shop.send({**named, "full": True}, "msg_3", kind="order.refunded")
    assert (refused_.status_code, refused_.json()["errors"][0]["code"]) == (409, "INVALID_STATE")


async def test_refunds_and_credits_of_one_order_at_once_never_exceed_it(client: Client) -> None:
    order = await factories.order(client, await factories.entity(client), lines=[factories.line("2.00", "10")])
    credit = f"mutation($i: InvoiceCreditInput!) {{ invoiceCredit(input: $i) {{ creditNote {{ number }} {ERRORS} }} }}"
    asks = [
        *((REFUND, {"id": order["id"], "amount": "3.00", "reference": f"r{n}"}) for n in range(8)),
        *((credit, {"id": order["invoices"][0]["id"], "amount": "3.00"}) for _ in range(8)),
        (CANCEL, {"id": order["id"]}),
    ]
    answers = await asyncio.gather(*(client.raw(query, i=given) for query, given in asks))
    assert all("errors" not in answer for answer in answers), answers
    found = await client.ask(f"query($id: ID!) {{ node(id: $id) {{ ... on Order {{ {_ORDER} }} }} }}", id=order["id"])
    after = found["node"]
    assert (after["status"], after["refundedTotal"]["amount"]) == ("CANCELLED", "20.00")
    invoice, *notes = after["invoices"]
    assert sum(Decimal(note["grossTotal"]["amount"]) for note in notes) == Decimal("20.00")
    assert invoice["amountDue"]["amount"] == "0.00"
    assert await ledger.findings(client.app, await ledger.scope_of(client)) == []
    await books.checked(client)


async def test_a_line_of_another_seller_is_as_none(client: Client) -> None:
    mine, other = [await factories.order(client, await factories.entity(client)) for _ in range(2)]
    lines = "query($id: ID!) { node(id: $id) { ... on Order { lines { id } invoices { lines { id } } } } }"
    foreign = (await client.ask(lines, id=other["id"]))["node"]
    absent = foreign["lines"][0]["id"][:-1] + "_"
    errors = [
        await refused(client, REFUND, id=mine["id"], lines=[{"lineId": line}])
        for line in (foreign["lines"][0]["id"], absent)
    ]
    assert errors[0] == errors[1]
    credit = f"mutation($i: InvoiceCreditInput!) {{ invoiceCredit(input: $i) {{ creditNote {{ number }} {ERRORS} }} }}"
    told_ = [
        (await client.ask(credit, i={"id": mine["invoices"][0]["id"], "lines": [{"lineId": line}]}))["invoiceCredit"]
        for line in (foreign["invoices"][0]["lines"][0]["id"], "invl_none")
    ]
    assert told_[0] == told_[1]
    assert told_[0]["userErrors"][0]["message"] == "no such line of the document"
