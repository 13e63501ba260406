"""The main job over the API: a seller, an order, a compliant invoice, a payment, a report."""

from __future__ import annotations

import asyncio

from app.domain.money import Money
from tests import factories
from tests.factories import Client

TAKE = f"mutation($i: OrderCreateInput!) {{ orderCreate(input: $i) {{ {factories.ORDER} {factories.ERRORS} }} }}"


async def test_an_order_becomes_a_finalized_invoice_at_once(client: Client) -> None:
    seller = await factories.entity(client)

    order = await factories.order(
        client,
        seller,
        lines=[factories.line("79.20"), factories.line("32.95"), factories.line("44.20")],
    )

    assert order["status"] == "INVOICED"
    (invoice,) = order["invoices"]
    assert (invoice["number"], invoice["status"], invoice["paymentStatus"]) == ("INV-001", "FINALIZED", "UNPAID")
    data = await client.ask(
        """query($id: ID!) { invoice(id: $id) {
             issueDate supplyDate dueDate currency pricesIncludeTax mentions overdue contentHash previousHash
             seller { name taxId } buyer { name address { country } } netTotal { amount } taxTotal { amount }
             grossTotal { amount currency formatted(locale: "de") }
             lines { position net { amount } tax { amount } gross { amount }
                     taxDecision { treatment category percent country rule legalBasis vatexCode mention explanation } }
             taxes { category percent country base { amount } tax { amount } } } }""",
        id=invoice["id"],
    )
    found = data["invoice"]
    assert (found["netTotal"], found["taxTotal"]) == ({"amount": "131.39"}, {"amount": "24.96"})
    assert found["grossTotal"] == {"amount": "156.35", "currency": "EUR", "formatted": "156,35\u00a0€"}
    assert [line["net"]["amount"] for line in found["lines"]] == ["66.56", "27.69", "37.14"]
    assert found["taxes"] == [
        {"category": "S", "percent": "19", "country": "DE", "base": {"amount": "131.39"}, "tax": {"amount": "24.96"}}
    ]
    assert found["lines"][0]["taxDecision"] == {
        "treatment": "DOMESTIC",
        "category": "S",
        "percent": "19",
        "country": "DE",
        "rule": "eu.goods.domestic",
        "legalBasis": "Directive 2006/112/EC, art. 31-32",
        "vatexCode": None,
        "mention": None,
        "explanation": "Goods that stay in Germany: 19 % of Germany.",
    }
    assert (found["issueDate"], found["supplyDate"], found["dueDate"]) == ("2026-03-10", "2026-03-09", "2026-03-24")
    assert found["seller"]["taxId"] == "DE136695976"
    assert len(found["contentHash"]) == 64
    assert found["previousHash"] is None


async def test_the_chain_of_hashes_runs_through_the_series(client: Client) -> None:
    seller = await factories.entity(client)
    first = await factories.finalize(client, await factories.draft(client, seller))
    second = await factories.finalize(client, await factories.draft(client, seller))

    assert second["invoice"]["previousHash"] == first["invoice"]["contentHash"]
    assert (first["invoice"]["number"], second["invoice"]["number"]) == ("INV-001", "INV-002")


async def test_reporting_an_order_again_changes_nothing_and_with_other_content_is_refused(client: Client) -> None:
    seller = await factories.entity(client)
    value = factories.order_input(seller)
    first = (await client.ask(TAKE, i=value))["orderCreate"]

    again = (await client.ask(TAKE, i=value))["orderCreate"]
    other = (await client.ask(TAKE, i={**value, "lines": [factories.line("1.00")]}))["orderCreate"]

    assert again == first
    assert other["order"] is None
    assert other["userErrors"][0]["code"] == "ALREADY_EXISTS"
    assert other["userErrors"][0]["field"] == ["externalId"]
    assert (await client.ask("{ invoices { totalCount } }"))["invoices"]["totalCount"] == 1


async def test_a_basket_becomes_one_order_per_seller_each_with_its_own_outcome(client: Client) -> None:
    one = await factories.entity(client)
    two = await factories.entity(client, settings={"autoInvoice": "NEVER"})

    data = await client.ask(
        """mutation($i: CartCreateInput!) { cartCreate(input: $i) { results {
             entityId order { externalId cartId status total { amount } lines { description } }
             userErrors { code field } } userErrors { code } } }""",
        i={
            "externalId": "cart-1",
            "placedAt": "2026-03-09T10:00:00Z",
            "customer": {"name": "Bob", "address": {"country": "DE"}},
            "lines": [
                {"entityId": one, "line": factories.line("10.00")},
                {"entityId": two, "line": factories.line("20.00")},
                {"entityId": one, "line": factories.line("5.00")},
                {"entityId": "ent_00000000000000000000000000", "line": factories.line()},
            ],
        },
    )

    first, second, third = data["cartCreate"]["results"]
    assert (first["entityId"], first["order"]["status"], first["order"]["total"]) == (
        one,
        "INVOICED",
        {"amount": "15.00"},
    )
    assert (second["entityId"], second["order"]["status"], second["order"]["cartId"]) == (two, "PROCESSING", "cart-1")
    assert third["order"] is None
    assert third["userErrors"] == [{"code": "NOT_FOUND", "field": ["entityId"]}]


async def test_a_batch_has_an_outcome_per_item(client: Client) -> None:
    seller = await factories.entity(client)
    good = factories.order_input(seller)

    data = await client.ask(
        """mutation($i: [OrderCreateInput!]!) { ordersCreate(input: $i) { results {
             index repeated order { status } userErrors { code field } } userErrors { code } } }""",
        i=[good, factories.order_input(seller, lines=[]), good, factories.order_input(seller)],
    )

    assert data["ordersCreate"]["results"] == [
        {"index": 0, "repeated": False, "order": {"status": "INVOICED"}, "userErrors": []},
        {
            "index": 1,
            "repeated": False,
            "order": None,
            "userErrors": [{"code": "INVALID_INPUT", "field": ["lines"]}],
        },
        {"index": 2, "repeated": True, "order": {"status": "INVOICED"}, "userErrors": []},
        {"index": 3, "repeated": False, "order": {"status": "INVOICED"}, "userErrors": []},
    ]


async def test_orders_are_invoiced_when_they_are_paid_or_fulfilled(client: Client) -> None:
    mutation = (
        f"mutation($i: OrderUpdateInput!) {{ orderUpdate(input: $i) {{ {factories.ORDER} {factories.ERRORS} }} }}"
    )
    for setting, news in (("ON_PAYMENT", "paidAt"), ("ON_FULFILMENT", "fulfilledAt")):
        seller = await factories.entity(client, settings={"autoInvoice": setting})
        order = await factories.order(client, seller)
        assert (order["status"], order["invoices"]) == ("PROCESSING", [])

        data = await client.ask(mutation, i={"id": order["id"], news: "2026-03-10T08:00:00Z"})

        found = data["orderUpdate"]["order"]
        assert found["status"] == "INVOICED"
        assert found["invoices"][0]["paymentStatus"] == ("PAID" if setting == "ON_PAYMENT" else "UNPAID")


async def test_a_payment_is_taken_off_what_is_due_and_never_exceeds_it(client: Client) -> None:
    seller = await factories.entity(client)
    invoice = (await factories.order(client, seller))["invoices"][0]
    mutation = """mutation($i: PaymentRecordInput!) { paymentRecord(input: $i) {
        payment { amount { amount } invoice { paymentStatus amountDue { amount } paidTotal { amount } } }
        userErrors { code message field } } }"""

    part = (await client.ask(mutation, i={"invoiceId": invoice["id"], "amount": "1.90", "reference": "r1"}))[
        "paymentRecord"
    ]
    too_much = (await client.ask(mutation, i={"invoiceId": invoice["id"], "amount": "10.01"}))["paymentRecord"]
    same = (await client.ask(mutation, i={"invoiceId": invoice["id"], "amount": "1.00", "reference": "r1"}))[
        "paymentRecord"
    ]
    rest = (await client.ask(mutation, i={"invoiceId": invoice["id"]}))["paymentRecord"]

    assert part["payment"]["invoice"] == {
        "paymentStatus": "PARTIALLY_PAID",
        "amountDue": {"amount": "10.00"},
        "paidTotal": {"amount": "1.90"},
    }
    assert too_much["userErrors"] == [
        {
            "code": "INVALID_INPUT",
            "message": "10.00 EUR is due; 10.01 is more; to keep the rest on the buyer's balance, say"
            " overpayment: TO_BALANCE",
            "field": ["amount"],
        }
    ]
    assert same["userErrors"][0]["code"] == "ALREADY_EXISTS"
    assert rest["payment"]["invoice"]["paymentStatus"] == "PAID"


async def test_the_report_sums_up_what_was_issued_paid_and_is_due(client: Client) -> None:
    euro = await factories.entity(client, name="Euro")
    zloty = await factories.entity(
        client, name="Zloty", currency="PLN", address={"country": "PL"}, taxIds=[], settings={"autoInvoice": "ON_ORDER"}
    )
    await factories.order(client, euro, lines=[factories.line("119.00")], paidAt="2026-03-09T10:00:00Z")
    await factories.order(client, euro, lines=[factories.line("11.90")])
    await factories.order(
        client, zloty, lines=[factories.line("100.00")], customer={"name": "A", "address": {"country": "PL"}}
    )
    await factories.draft(client, euro)

    data = await client.ask(
        """{ platformReport(from: "2026-03-01", to: "2026-03-31") {
             period { from to } entityCount activeEntityCount orderCount invoiceCount
             invoiced { amount currency } paid { amount currency } outstanding { amount currency }
             overdue { amount currency } byStatus { status count }
             entities { totalCount nodes {
               entity { name } orderCount invoiceCount invoiced { amount currency } } } } }"""
    )

    report = data["platformReport"]
    assert report["period"] == {"from": "2026-03-01", "to": "2026-03-31"}
    assert (report["entityCount"], report["activeEntityCount"]) == (2, 2)
    assert (report["orderCount"], report["invoiceCount"]) == (3, 3)
    assert report["invoiced"] == [{"amount": "130.90", "currency": "EUR"}, {"amount": "123.00", "currency": "PLN"}]
    assert report["paid"] == [{"amount": "119.00", "currency": "EUR"}]
    assert report["outstanding"] == [{"amount": "11.90", "currency": "EUR"}, {"amount": "123.00", "currency": "PLN"}]
    assert report["overdue"] == [{"amount": "0.00", "currency": "EUR"}, {"amount": "0.00", "currency": "PLN"}]
    assert report["byStatus"] == [
        {"status": "DRAFT", "count": 1},
        {"status": "PENDING", "count": 0},
        {"status": "FINALIZED", "count": 3},
        {"status": "VOID", "count": 0},
    ]
    assert [row["entity"]["name"] for row in report["entities"]["nodes"]] == ["Euro", "Zloty"]
    assert Money(13090, "EUR").amount == Money(11900, "EUR").amount + Money(1190, "EUR").amount


async def test_the_pdf_is_served_with_the_same_authorization(client: Client) -> None:
    seller = await factories.entity(client)
    invoice = (await factories.order(client, seller))["invoices"][0]

    mine = await client.get(f"/invoices/{invoice['id']}.pdf")
    stranger = await client.with_key("sk_test_wrong").get(f"/invoices/{invoice['id']}.pdf")
    missing = await client.get("/invoices/inv_00000000000000000000000000.pdf")

    assert (mine.status_code, mine.headers["content-type"]) == (200, "application/pdf")
    assert mine.content.startswith(b"%PDF-")
    assert mine.headers["content-disposition"] == 'inline; filename="INV-001.pdf"'
    assert (stranger.status_code, missing.status_code) == (401, 404)
    again = await client.get(f"/invoices/{invoice['id']}.pdf")
    assert again.content == mine.content


async def test_an_order_reported_many_times_at_once_is_taken_once(client: Client) -> None:
    seller = await factories.entity(client)
    value = factories.order_input(seller)

    answers = await asyncio.gather(*(client.ask(TAKE, i=value) for _ in range(12)))

    assert {answer["orderCreate"]["order"]["id"] for answer in answers if answer["orderCreate"]["order"]} == {
        answers[0]["orderCreate"]["order"]["id"]
    }
    assert all(answer["orderCreate"]["userErrors"] == [] for answer in answers)
    totals = await client.ask("{ orders { totalCount } invoices { totalCount } customers { totalCount } }")
    assert totals == {"orders": {"totalCount": 1}, "invoices": {"totalCount": 1}, "customers": {"totalCount": 1}}


async def test_new_orders_of_one_new_buyer_at_once_share_the_buyer(client: Client) -> None:
    seller = await factories.entity(client)
    values = [factories.order_input(seller) for _ in range(12)]

    answers = await asyncio.gather(*(client.ask(TAKE, i=value) for value in values))

    assert all(answer["orderCreate"]["userErrors"] == [] for answer in answers)
    totals = await client.ask("{ orders { totalCount } invoices { totalCount } customers { totalCount } }")
    assert totals == {"orders": {"totalCount": 12}, "invoices": {"totalCount": 12}, "customers": {"totalCount": 1}}


async def test_baskets_and_batches_that_race_are_taken_once(client: Client) -> None:
    sellers = [await factories.entity(client) for _ in range(2)]
    cart = {
        "externalId": "cart-1",
        "placedAt": "2026-03-09T10:00:00Z",
        "customer": {"name": "Bob", "externalId": "bob", "address": {"country": "DE"}},
        "lines": [{"entityId": seller, "line": factories.line()} for seller in sellers],
    }
    batch = [factories.order_input(sellers[0]) for _ in range(3)]
    carts = "mutation($i: CartCreateInput!) { cartCreate(input: $i) { results { order { id } } userErrors { code } } }"
    orders = (
        "mutation($i: [OrderCreateInput!]!) { ordersCreate(input: $i) { results { order { id } userErrors { code } }"
        " userErrors { code } } }"
    )

    answers = await asyncio.gather(
        *(client.ask(carts, i=cart) for _ in range(6)), *(client.ask(orders, i=batch) for _ in range(6))
    )

    for answer in answers:
        (payload,) = answer.values()
        assert payload["userErrors"] == []
        assert all(result["order"] for result in payload["results"])
    totals = await client.ask("{ orders { totalCount } invoices { totalCount } }")
    assert totals == {"orders": {"totalCount": 5}, "invoices": {"totalCount": 5}}
