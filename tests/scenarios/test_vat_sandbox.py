"""The sandbox shows every failure of a register by VIES's test numbers, and what each makes of a document."""

from __future__ import annotations

import pytest
from aiohttp import web

from app.services import vat_release
from tests import books, factories, mailing, vat
from tests.factories import Client
from tests.scenarios.receivers import receiver

READINESS = "query($id: ID!) { invoice(id: $id) { status readiness { rule severity message fix } } }"


@pytest.mark.parametrize(
    ("number", "kind", "code", "status"),
    [
        ("FR100", "VALID", None, "VALID"),
        ("FR200", "INVALID", None, "INVALID"),
        ("FR201", "REFUSED", "INVALID_INPUT", "UNVERIFIED"),
        ("FR202", "REFUSED", "INVALID_REQUESTER_INFO", "UNVERIFIED"),
        ("FR301", "UNAVAILABLE", "MS_UNAVAILABLE", "UNVERIFIED"),
        ("FR600", "UNAVAILABLE", "MS_MAX_CONCURRENT_REQ", "UNVERIFIED"),
    ],
)
async def test_the_test_numbers_are_taken_and_answered_by(
    sqlite_client: Client, number: str, kind: str, code: str | None, status: str
) -> None:
    client = sqlite_client
    buyer = await factories.customer(client, await vat.seller(client), **vat.business("FR", number))
    payload = await vat.verify(client, buyer)
    assert payload["check"] == {"kind": kind, "code": code, "source": "SANDBOX"}
    assert payload["customer"]["taxId"]["status"] == status
    assert [error["code"] for error in payload["userErrors"]] == (["UNAVAILABLE"] if kind == "UNAVAILABLE" else [])


async def test_a_live_platform_takes_no_test_numbers(sqlite_client: Client) -> None:
    made = await vat.account(sqlite_client)
    seller = await vat.seller(made)
    create = "mutation($i: CustomerCreateInput!) { customerCreate(input: $i) { userErrors { code field } } }"
    payload = await made.ask(create, i={"entityId": seller, **vat.business("FR", "FR100")})
    assert payload["customerCreate"]["userErrors"] == [{"code": "INVALID_INPUT", "field": ["taxId", "value"]}]


async def test_what_is_held_of_each_test_number_becomes_what_its_answer_makes_of_it(client: Client) -> None:
    # given orders of buyers with test numbers, of a seller that holds
    seller = await vat.seller(client)
    for number in ("FR100", "FR200", "FR201", "FR301"):
        taken = await vat.order(client, seller, vat.business("FR", number))
        assert [invoice["status"] for invoice in taken["invoices"]] == ["PENDING"]

    # when the jobs have run
    while await mailing.work_off(client.app):
        pass

    # then
    found = await vat.invoices(client, seller)
    assert {number: (invoice["status"], vat.treatment(invoice)) for number, invoice in found.items()} == {
        "FR100": ("FINALIZED", "INTRA_COMMUNITY"),
        "FR200": ("FINALIZED", "OSS"),
        "FR201": ("PENDING", "HOLD"),
        "FR301": ("PENDING", "HOLD"),
    }
    # and readiness says why the others wait
    refused = (await client.ask(READINESS, id=found["FR201"]["id"]))["invoice"]["readiness"]
    told = [finding for finding in refused if finding["rule"] == "BUYER-TAX-ID-REFUSED"]
    assert [(finding["message"], finding["fix"]) for finding in told] == [
        (
            "SANDBOX refused the question about FR201: INVALID_INPUT",
            "Correct the number with customerUpdate.",
        )
    ]
    waiting = (await client.ask(READINESS, id=found["FR301"]["id"]))["invoice"]["readiness"]
    assert [finding["rule"] for finding in waiting if finding["rule"].startswith("BUYER")] == ["BUYER-TAX-ID"]

    # and a number put right releases its document
    change = "mutation($i: CustomerUpdateInput!) { customerUpdate(input: $i) { userErrors { message } } }"
    buyer = (await vat.customers(client, seller))["FR201"]["id"]
    await client.ask(change, i={"id": buyer, "taxId": {"value": "FR100", "country": "FR"}})
    while await mailing.work_off(client.app):
        pass
    assert (await vat.invoices(client, seller))["FR201"]["status"] == "FINALIZED"


async def test_a_document_that_cannot_be_finalized_by_the_answer_is_told_of_and_stays(client: Client) -> None:
    # given a held document whose buyer, were its number invalid, could not be charged: above the threshold without OSS
    tax = {"whenUnverified": "HOLD", "pricesIncludeTax": False}
    seller = await factories.entity(client, settings={"autoInvoice": "ON_ORDER", "tax": tax})
    taken = await vat.order(client, seller, vat.business("FR", "FR200"))
    assert [invoice["status"] for invoice in taken["invoices"]] == ["PENDING"]
    change = "mutation($i: EntityUpdateInput!) { entityUpdate(input: $i) { userErrors { message } } }"
    await client.ask(change, i={"id": seller, "settings": {"tax": {"euThresholdExceeded": True}}})

    # when the answer comes
    while await mailing.work_off(client.app):
        pass

    # then it waits, and an event says what for
    assert [invoice["status"] for invoice in (await vat.invoices(client, seller)).values()] == ["PENDING"]
    await factories.settled(client.app)
    log = "{ events(first: 100) { nodes { type data } } }"
    events = (await client.ask(log))["events"]["nodes"]
    failed = [event["data"] for event in events if event["type"] == "INVOICE_AUTO_FINALIZE_FAILED"]
    assert len(failed) == 1
    assert "threshold" in failed[0]["reason"]


async def test_hmrc_is_asked_about_british_numbers_and_nobody_about_others(sqlite_url: str) -> None:
    # given HMRC alone
    paths = []

    async def answer(request: web.Request) -> web.StreamResponse:
        if request.path == "/oauth/token":
            return web.json_response({"access_token": "t", "expires_in": 14_400})
        paths.append(request.path.rpartition("/lookup/")[2])
        return web.json_response({"target": {"name": "Tea Ltd"}, "consultationNumber": "c-1"})

    async with receiver(answer) as port:
        given = {
            "INVOICING_HMRC_URL": f"http://127.0.0.1:{port}",
            "INVOICING_HMRC_CLIENT_ID": "id",
            "INVOICING_HMRC_CLIENT_SECRET": "secret",
        }
        async with vat.asking(sqlite_url, None, vat.Moving(), **given) as client:
            seller = await vat.seller(
                client,
                taxIds=[{"value": "DE136695976", "country": "DE"}, {"value": "GB110305878", "country": "GB"}],
            )
            for value, kind, code in (
                ("GB980780684", "VALID", None),
                ("GB980780685", "REFUSED", "WRONG_CHECK_DIGITS"),
            ):
                buyer = await factories.customer(client, seller, **vat.business("GB", value))
                check = (await vat.verify(client, buyer))["check"]
                assert (check["kind"], check["code"]) == (kind, code)
            french = await factories.customer(client, seller, **vat.business("FR"))
            refused = (await vat.verify(client, french))["userErrors"][0]
            assert refused["message"].startswith("nobody is asked about numbers of FR")
            scope = await books.scope_of(client)
            assert await vat_release.look_again(client.app.services, scope) == 0
    # By the seller's British number, and never about what cannot be a number.
    assert paths == ["980780684/110305878"]
