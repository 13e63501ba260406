"""Drafts and sellers over the API: what may change when, and what each refusal says."""

from __future__ import annotations

import base64
import io
from datetime import UTC, datetime
from typing import Any

from PIL import Image
from pypdf import PdfReader

from tests import books, factories
from tests.conftest import Clock
from tests.factories import Client, Data

UPDATE = (
    "mutation($i: InvoiceUpdateInput!) { invoiceUpdate(input: $i) {"
    " invoice { id version note status grossTotal { amount } lines { description } }"
    " userErrors { code message field } } }"
)
HELD: Data = {"autoInvoice": "NEVER", "tax": {"whenUnverified": "HOLD"}}
GROSS: Data = {"pricesIncludeTax": True}
FRENCH_BUSINESS: Data = {
    "name": "Atelier SARL",
    "kind": "BUSINESS",
    "address": {"country": "FR"},
    "taxId": {"value": "FR40303265045"},
}


async def test_a_draft_changes_by_version_and_is_priced_anew(client: Client) -> None:
    seller = await factories.entity(client)
    draft = await factories.draft(client, seller)

    changed = await client.ask(UPDATE, i={"id": draft, "lines": [factories.line("23.80")], "expectedVersion": 1})
    stale = await client.ask(UPDATE, i={"id": draft, "note": "x", "expectedVersion": 1})
    null = await client.ask(UPDATE, i={"id": draft, "lines": None})

    assert changed["invoiceUpdate"]["invoice"]["grossTotal"] == {"amount": "23.80"}
    assert changed["invoiceUpdate"]["invoice"]["version"] == 2
    assert stale["invoiceUpdate"]["userErrors"] == [
        {
            "code": "VERSION_CONFLICT",
            "message": "the invoice is at version 2, not 1: netTotal, taxTotal, grossTotal, lines.0.unitPrice changed"
            f" since, last by {(await books.scope_of(client)).actor} at 2026-03-10 09:00:00 UTC; read it again",
            "field": ["expectedVersion"],
        }
    ]
    assert null["invoiceUpdate"]["userErrors"][0] == {
        "code": "INVALID_INPUT",
        "message": "must not be null",
        "field": ["lines"],
    }


async def test_a_finalized_invoice_never_changes_whatever_happens_to_its_parties(client: Client) -> None:
    seller = await factories.entity(client)
    buyer = await factories.customer(client, seller)
    draft = await factories.draft(client, seller, buyer)
    await factories.finalize(client, draft)
    query = (
        "query($id: ID!) { invoice(id: $id) { number contentHash seller { name } buyer { name address { city } }"
        " grossTotal { amount } version } }"
    )
    before = await client.ask(query, id=draft)
    pdf = (await client.get(f"/invoices/{draft}.pdf")).content

    refused = await client.ask(UPDATE, i={"id": draft, "note": "x"})
    deleted = await client.ask(
        'mutation($id: ID!) { invoiceDelete(input: { id: $id }) { userErrors { code } } }', id=draft
    )  # fmt: skip
    await client.ask(
        'mutation($e: ID!, $c: ID!) { entityUpdate(input: { id: $e, name: "Renamed" }) { userErrors { code } }'
        ' customerUpdate(input: { id: $c, name: "Renamed", address: { country: "FR" } }) { userErrors { code } } }',
        e=seller,
        c=buyer,
    )

    assert refused["invoiceUpdate"]["userErrors"][0]["code"] == "INVALID_STATE"
    assert deleted["invoiceDelete"]["userErrors"] == [{"code": "INVALID_STATE"}]
    assert await client.ask(query, id=draft) == before
    assert (await client.get(f"/invoices/{draft}.pdf")).content == pdf


async def test_the_total_that_was_shown_must_be_the_total(client: Client) -> None:
    seller = await factories.entity(client)
    draft = await factories.draft(client, seller)
    wrong = await factories.finalize(client, draft, expectedTotal="11.89")
    right = await factories.finalize(client, draft, expectedTotal="11.90")
    assert wrong["userErrors"] == [
        {"code": "INVALID_INPUT", "message": "the total is 11.90, not 11.89", "field": ["expectedTotal"]}
    ]
    assert right["invoice"]["number"] == "INV-001"


async def test_an_unverified_number_holds_the_invoice_until_it_is_answered(client: Client) -> None:
    seller = await factories.entity(client, settings=HELD)
    buyer = await factories.customer(client, seller, **FRENCH_BUSINESS)
    draft = await factories.draft(client, seller, buyer)

    held = await factories.finalize(client, draft)
    await client.ask(
        "mutation($i: CustomerUpdateInput!) { customerUpdate(input: $i) { userErrors { code message } } }",
        i={
            "id": buyer,
            "taxId": {
                "value": "FR40303265045",
                "status": "VALID",
                "checkedAt": "2026-03-10T08:00:00Z",
                "consultationNumber": "WAPIAAAA",
            },
        },
    )
    done = await factories.finalize(client, draft)

    assert (held["invoice"]["status"], held["invoice"]["number"]) == ("PENDING", None)
    assert (done["invoice"]["status"], done["invoice"]["number"]) == ("FINALIZED", "INV-001")
    data = await client.ask(
        "query($id: ID!) { invoice(id: $id) { mentions taxTotal { amount } lines { taxDecision { category } }"
        " customer { taxId { status consultationNumber } } } }",
        id=draft,
    )
    assert data["invoice"]["mentions"] == ["Intra-Community supply exempt: Art. 138 Directive 2006/112/EC"]
    assert data["invoice"]["lines"][0]["taxDecision"]["category"] == "K"
    assert data["invoice"]["customer"]["taxId"] == {"status": "VALID", "consultationNumber": "WAPIAAAA"}


async def test_a_tax_that_cannot_be_decided_fails_the_order_with_the_reason(client: Client) -> None:
    seller = await factories.entity(client, settings={"autoInvoice": "ON_ORDER", "tax": {"euThresholdExceeded": True}})
    order = await factories.order(client, seller, customer={"name": "Jean", "address": {"country": "FR"}})
    assert (order["status"], order["invoices"]) == ("FAILED", [])
    assert order["failure"].startswith("lines.0: the seller has passed the threshold of EUR 10,000 (Art. 59c)")


async def test_numbers_start_anew_with_the_sellers_own_year(client: Client, clock: Clock) -> None:
    seller = await factories.entity(
        client,
        timeZone="Europe/Tallinn",
        settings={"numberFormats": [{"type": "STANDARD", "pattern": "{yyyy}/{nnn}"}]},
    )
    buyer = await factories.customer(client, seller)
    numbers = []
    for instant in ("2026-12-31T12:00:00+00:00", "2026-12-31T21:59:00+00:00", "2026-12-31T22:01:00+00:00"):
        clock.now = clock.now.fromisoformat(instant)
        payload = await factories.finalize(client, await factories.draft(client, seller, buyer))
        numbers.append(payload["invoice"]["number"])
    assert numbers == ["2026/001", "2026/002", "2027/001"]


async def test_the_rate_of_the_day_of_issue_holds_whatever_the_draft_said(client: Client, clock: Clock) -> None:
    # Germany's rate was 16 % from 1 July 2020 on (§ 28 UStG).
    clock.now = datetime(2020, 6, 30, 12, 0, tzinfo=UTC)
    seller = await factories.entity(client)
    kept, moved = await factories.draft(client, seller), await factories.draft(client, seller)
    fields = "netTotal { amount } taxTotal { amount } lines { gross { amount } tax { amount } taxDecision { percent } }"

    await factories.finalize(client, kept)
    clock.now = datetime(2020, 7, 1, 12, 0, tzinfo=UTC)
    await factories.finalize(client, moved)
    query = f"query($ids: [ID!]!) {{ nodes(ids: $ids) {{ ... on Invoice {{ {fields} }} }} }}"
    found = (await client.ask(query, ids=[kept, moved]))["nodes"]

    assert found == [
        {
            "netTotal": {"amount": net},
            "taxTotal": {"amount": tax},
            "lines": [{"gross": {"amount": "11.90"}, "tax": {"amount": tax}, "taxDecision": {"percent": percent}}],
        }
        for net, tax, percent in (("10.00", "1.90", "19"), ("10.26", "1.64", "16"))
    ]


async def test_dates_never_go_back_in_a_series(client: Client, clock: Clock) -> None:
    seller = await factories.entity(client)
    buyer = await factories.customer(client, seller)
    first, second = [await factories.draft(client, seller, buyer) for _ in range(2)]
    await factories.finalize(client, first)
    clock.advance(days=-1)
    refused = await factories.finalize(client, second)
    assert refused["userErrors"][0]["code"] == "INVALID_STATE"
    clock.advance(days=2)
    assert (await factories.finalize(client, second))["invoice"]["number"] == "INV-002"


async def test_an_invoice_becomes_overdue_the_day_after_it_is_due(client: Client, clock: Clock) -> None:
    seller = await factories.entity(client)
    invoice = (await factories.order(client, seller))["invoices"][0]["id"]
    query = (
        "query($id: ID!) { invoice(id: $id) { overdue dueDate }"
        " late: invoices(where: { overdue: true }) { totalCount } fine: invoices(where: { overdue: false })"
        " { totalCount } }"
    )
    clock.advance(days=14)
    due = await client.ask(query, id=invoice)
    clock.advance(days=1)
    late = await client.ask(query, id=invoice)
    assert (due["invoice"]["overdue"], due["late"]["totalCount"], due["fine"]["totalCount"]) == (False, 0, 1)
    assert (late["invoice"]["overdue"], late["late"]["totalCount"], late["fine"]["totalCount"]) == (True, 1, 0)


async def test_a_suspended_seller_issues_nothing_and_an_archived_one_never_again(client: Client) -> None:
    seller = await factories.entity(client)
    draft = await factories.draft(client, seller)
    status = "mutation($i: EntityIdInput!) { %s(input: $i) { entity { status } userErrors { code message } } }"
    await client.ask(status % "entitySuspend", i={"id": seller})
    refused = await factories.finalize(client, draft)
    await client.ask(status % "entityActivate", i={"id": seller})
    done = await factories.finalize(client, draft)
    await client.ask(status % "entityArchive", i={"id": seller})
    back = await client.ask(status % "entityActivate", i={"id": seller})
    assert refused["userErrors"][0]["message"] == "the entity is suspended; it cannot issue documents"
    assert done["invoice"]["number"] == "INV-001"
    assert back["entityActivate"]["userErrors"][0]["code"] == "INVALID_STATE"


async def test_errors_name_the_path_in_the_input(client: Client) -> None:
    mutation = "mutation($i: EntityCreateInput!) { entityCreate(input: $i) { userErrors { code field } } }"
    base: Data = {"name": "x", "currency": "EUR", "address": {"country": "DE"}}
    cases: list[tuple[Data, list[str]]] = [
        ({"settings": {"numberFormats": [{"type": "STANDARD", "pattern": "INV"}]}},
         ["settings", "numberFormats", "0", "pattern"]),
        ({"settings": {"paymentTermDays": 400}}, ["settings", "paymentTermDays"]),
        ({"settings": {"tax": {"otherRegistrations": ["XX"]}}}, ["settings", "tax", "otherRegistrations", "0"]),
        ({"branding": {"primaryColor": "red"}}, ["branding", "primaryColor"]),
        ({"branding": {"logo": base64.b64encode(b"GIF89a").decode()}}, ["branding", "logo"]),
        ({"taxIds": [{"value": "DE123", "country": "DE"}]}, ["taxIds", "0", "value"]),
        ({"timeZone": "Mars/Olympus"}, ["timeZone"]),
        ({"currency": "XXX"}, ["currency"]),
        ({"address": {"country": "XX"}}, ["address", "country"]),
        ({"paymentDetails": {"iban": "DE00"}}, ["paymentDetails", "iban"]),
        ({"email": "nobody"}, ["email"]),
    ]  # fmt: skip
    for change, field in cases:
        data = await client.ask(mutation, i={**base, **change})
        assert [error["field"] for error in data["entityCreate"]["userErrors"]] == [field], change
    assert (await client.ask("{ entities { totalCount } }"))["entities"]["totalCount"] == 0


async def test_a_logo_is_stored_served_and_printed(client: Client) -> None:
    file = io.BytesIO()
    Image.new("RGB", (8, 4), (200, 0, 0)).save(file, "PNG")
    encoded = base64.b64encode(file.getvalue()).decode()
    seller = await factories.entity(client, branding={"logo": encoded, "primaryColor": "#aa0000"})
    data = await client.ask(
        "query($id: ID!) { entity(id: $id) { branding { logoUrl primaryColor } compliance { status } } }", id=seller
    )
    url = data["entity"]["branding"]["logoUrl"]
    served = await client.get(url.removeprefix(client.app.settings.base_url))
    assert (served.status_code, served.headers["content-type"], served.content) == (200, "image/png", file.getvalue())
    other = client.with_key(await factories.key(client, await factories.entity(client)))
    assert (await other.get(f"/entities/{seller}/logo")).status_code == 404


async def test_tax_preview_answers_as_an_invoice_would(client: Client) -> None:
    data = await client.ask(
        """query($i: TaxPreviewInput!) { taxPreview(input: $i) { netTotal { amount } taxTotal { amount }
             grossTotal { amount } mentions findings { rule severity }
             lines { taxDecision { treatment percent country } } } }""",
        i={
            "seller": {"country": "DE", "oss": True},
            "buyer": {"country": "PT", "region": "PT-20"},
            "date": "2026-10-15",
            "currency": "EUR",
            "pricesIncludeTax": True,
            "lines": [factories.line("116.00")],
        },
    )
    assert data["taxPreview"] == {
        "netTotal": {"amount": "100.00"},
        "taxTotal": {"amount": "16.00"},
        "grossTotal": {"amount": "116.00"},
        "mentions": [],
        "findings": [],
        "lines": [{"taxDecision": {"treatment": "OSS", "percent": "16", "country": "PT"}}],
    }
    error = await client.error(
        "query($i: TaxPreviewInput!) { taxPreview(input: $i) { netTotal { amount } } }",
        i={
            "seller": {"country": "DE"},
            "buyer": {"country": "FR"},
            "date": "2026-10-15",
            "currency": "EUR",
            "thresholdExceeded": True,
            "lines": [factories.line()],
        },
    )
    assert error["extensions"] == {"code": "TAX_UNDETERMINED", "field": ["lines", "0"]}


async def test_filters_combine(client: Client) -> None:
    one, two = await factories.entity(client), await factories.entity(client)
    for seller in (one, one, two):
        await factories.order(client, seller)
    await factories.draft(client, two)

    async def count(where: Any) -> int:
        data = await client.ask("query($w: InvoiceWhere) { invoices(where: $w) { totalCount nodes { id } } }", w=where)
        assert data["invoices"]["totalCount"] == len(data["invoices"]["nodes"])
        return int(data["invoices"]["totalCount"])

    assert await count({"entityId": {"eq": one}}) == 2
    assert await count({"status": {"oneOf": ["DRAFT", "FINALIZED"]}}) == 4
    assert await count({"status": {"oneOf": []}}) == 0
    assert await count({"number": {"eq": None}}) == 1
    assert await count({"issueDate": {"range": {"gte": "2026-03-10", "lte": "2026-03-10"}}}) == 3
    assert await count({"OR": [{"entityId": {"eq": one}}, {"status": {"eq": "DRAFT"}}]}) == 3
    assert await count({"AND": [{"entityId": {"eq": two}}, {"OR": [{"status": {"eq": "DRAFT"}}]}]}) == 1
    deep: Any = {"status": {"eq": "DRAFT"}}
    for _ in range(7):
        deep = {"AND": [deep]}
    error = await client.error("query($w: InvoiceWhere) { invoices(where: $w) { totalCount } }", w=deep)
    assert error["extensions"]["code"] == "LIMIT_EXCEEDED"


async def test_what_is_paid_before_it_is_invoiced_stands_on_the_invoice_as_paid(client: Client) -> None:
    paid = {"paidAt": "2026-03-09T11:00:00Z", "paymentMethod": "card", "paymentReference": "pi_1"}
    seller = await factories.entity(client, settings={"autoInvoice": "ON_FULFILMENT", "tax": GROSS}, locale="en")
    order = await factories.order(client, seller, **paid)
    by_hand = await factories.entity(client, settings={"autoInvoice": "NEVER", "tax": GROSS}, locale="en")
    other = await factories.order(client, by_hand, **paid)

    await client.ask(
        'mutation($id: ID!) { orderUpdate(input: { id: $id, fulfilledAt: "2026-03-10T08:00:00Z" })'
        " { userErrors { code } } }",
        id=order["id"],
    )
    drafted = await client.ask(
        "mutation($id: ID!) { invoiceCreate(input: { orderId: $id }) { invoice { id } userErrors { code } } }",
        id=other["id"],
    )
    await factories.finalize(client, drafted["invoiceCreate"]["invoice"]["id"])

    for order_id in (order["id"], other["id"]):
        data = await client.ask(
            "query($id: ID!) { node(id: $id) { ... on Order { status invoices { id paymentStatus amountDue { amount }"
            " payments { method reference paidAt amount { amount } } } } } }",
            id=order_id,
        )
        (invoice,) = data["node"]["invoices"]
        assert data["node"]["status"] == "INVOICED"
        assert (invoice["paymentStatus"], invoice["amountDue"]) == ("PAID", {"amount": "0.00"})
        assert invoice["payments"] == [
            {"method": "card", "reference": "pi_1", "paidAt": "2026-03-09T11:00:00Z", "amount": {"amount": "11.90"}}
        ]
        pdf = PdfReader(io.BytesIO((await client.get(f"/invoices/{invoice['id']}.pdf")).content))
        text = pdf.pages[0].extract_text()
        assert "Paid already" in text
        assert "-11.90\u00a0EUR" in text
        assert "0.00\u00a0EUR" in text
        assert "Due date" not in text


async def test_every_layout_can_be_chosen_and_looks_different(client: Client) -> None:
    files = []
    for template in ("classic", "compact"):
        seller = await factories.entity(client, branding={"template": template})
        invoice = (await factories.order(client, seller))["invoices"][0]["id"]
        files.append((await client.get(f"/invoices/{invoice}.pdf")).content)
    assert len(set(files)) == 2
    wrong = await client.ask(
        "mutation($i: EntityCreateInput!) { entityCreate(input: $i) { userErrors { code field } } }",
        i={"name": "x", "currency": "EUR", "address": {"country": "DE"}, "branding": {"template": "baroque"}},
    )
    assert wrong["entityCreate"]["userErrors"] == [{"code": "INVALID_INPUT", "field": ["branding", "template"]}]


async def test_a_proforma_is_numbered_but_neither_paid_nor_counted(client: Client) -> None:
    seller = await factories.entity(client)
    buyer = await factories.customer(client, seller)
    draft = await factories.draft(client, seller, buyer, type="PROFORMA")
    done = await factories.finalize(client, draft)
    paid = await client.ask(
        "mutation($id: ID!) { paymentRecord(input: { invoiceId: $id }) { userErrors { code message } } }", id=draft
    )
    data = await client.ask(
        """query($c: ID!) { node(id: $c) { ... on Customer { balance { amount } } }
             platformReport(from: "2026-03-01", to: "2026-03-31") { invoiceCount invoiced { amount } } }""",
        c=buyer,
    )
    refused = await client.ask(
        "mutation($i: InvoiceCreateInput!) { invoiceCreate(input: $i) { userErrors { code field } } }",
        i={"customerId": buyer, "type": "CREDIT_NOTE", "lines": [factories.line()]},
    )
    assert done["invoice"]["number"] == "PRO-001"
    assert paid["paymentRecord"]["userErrors"] == [
        {"code": "INVALID_STATE", "message": "a document of type PROFORMA is not paid"}
    ]
    assert data["node"]["balance"] == []
    assert data["platformReport"] == {"invoiceCount": 0, "invoiced": []}
    assert refused["invoiceCreate"]["userErrors"] == [{"code": "INVALID_INPUT", "field": ["type"]}]


async def test_what_cannot_be_printed_is_not_finalized_and_takes_no_number(client: Client) -> None:
    seller = await factories.entity(client)
    draft = await factories.draft(client, seller, lines=[factories.line(description="Tea 🍵")])

    refused = await factories.finalize(client, draft)
    found = await client.ask("query($id: ID!) { invoice(id: $id) { readiness { severity field } } }", id=draft)
    plain = await factories.finalize(client, await factories.draft(client, seller))
    footer = await client.ask(
        "mutation($i: EntityUpdateInput!) { entityUpdate(input: $i) { userErrors { code field } } }",
        i={"id": seller, "branding": {"footer": "🍵"}},
    )

    assert refused["userErrors"][0]["field"] == ["lines", "0", "description"]
    assert "cannot be printed" in refused["userErrors"][0]["message"]
    assert found["invoice"]["readiness"][0] == {"severity": "ERROR", "field": ["lines", "0", "description"]}
    assert plain["invoice"]["number"].endswith("1")
    assert footer["entityUpdate"]["userErrors"] == [{"code": "INVALID_INPUT", "field": ["branding", "footer"]}]
