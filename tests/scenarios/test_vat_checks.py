"""Against a VIES that fails in every way no invoice is finalized wrongly, none is lost, and all go out in the end.

On each database, through the API and the workers of jobs.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from app.db.aggregates import CUSTOMERS, JOBS
from app.domain.jobs import JobStatus
from app.domain.parties import TaxIdStatus
from app.services import vat_release
from app.services.job_kinds import JOB_KINDS
from tests import books, factories, vat
from tests.factories import Client, Data
from tests.scenarios.vies_server import ViesServer, vies_server
from tests.vat import NUMBERS, Moving, business, customers, invoices, order, treatment, until, working

# How each state behaves until it recovers.
MOODS = {
    "FR": "slow",
    "IT": "down",
    "NL": "garbage",
    "FI": "wrong",
    "ES": "drops",
    "AT": "huge",
    "PL": "MS_UNAVAILABLE",
    "PT": "GLOBAL_MAX_CONCURRENT_REQ",
    "SE": "IP_BLOCKED",
    "IE": "INVALID_INPUT",
    "LU": "other",
    "SI": "deep",
}
REFUSING = ("SE", "IE")


@pytest.fixture
def moving() -> Moving:
    return Moving()


@pytest.fixture
async def vies() -> AsyncIterator[ViesServer]:
    async with vies_server() as server:
        yield server


@pytest.fixture
async def client(database_url: str, vies: ViesServer, moving: Moving) -> AsyncIterator[Client]:
    async with vat.asking(database_url, vies, moving) as made:
        yield made


def asked(vies: ViesServer, country: str) -> int:
    return sum(question["countryCode"] == country for question in vies.asked)


async def test_whatever_vies_does_no_invoice_is_wrong_and_none_is_lost(client: Client, vies: ViesServer) -> None:
    # given a seller that holds, and a VIES that fails in another way for each state, one of which answers
    vies.moods.update(MOODS)
    vies.invalid.add(NUMBERS["DK"])
    seller = await vat.seller(client)
    for country in NUMBERS:
        taken = await order(client, seller, business(country))
        assert [invoice["status"] for invoice in taken["invoices"]] == ["PENDING"]

    async with working(client):
        # when each has failed again and again
        async def tried() -> bool:
            often = all(asked(vies, country) >= (1 if country in REFUSING else 2) for country in MOODS)
            return often and await vat.held(client, seller) == len(MOODS)

        await until(tried)

    # then only what VIES has answered about is finalized, as it answered
    found = await invoices(client, seller)
    assert len(found) == len(NUMBERS)
    assert {number for number, invoice in found.items() if invoice["status"] == "FINALIZED"} == {
        NUMBERS["BE"],
        NUMBERS["DK"],
    }
    assert (treatment(found[NUMBERS["BE"]]), found[NUMBERS["BE"]]["taxTotal"]["amount"]) == (
        "INTRA_COMMUNITY",
        "0.00",
    )
    # Denmark takes 25 % of a buyer whose number is none.
    assert (treatment(found[NUMBERS["DK"]]), found[NUMBERS["DK"]]["taxTotal"]["amount"]) == ("OSS", "25.00")
    for country in MOODS:
        waiting = found[NUMBERS[country]]
        assert (waiting["status"], waiting["number"], treatment(waiting)) == ("PENDING", None, "HOLD")

    # when it recovers; what was refused is not asked again by itself for a day
    vies.moods.clear()
    for country in REFUSING:
        buyer = (await customers(client, seller))[NUMBERS[country]]
        assert (await vat.verify(client, buyer["id"]))["check"]["kind"] == "VALID"
    async with working(client):
        await vat.released(client, seller)

    # then all have gone out as VIES answered, each with its proof
    found = await invoices(client, seller)
    assert sorted(invoice["number"] for invoice in found.values()) == [f"INV-{n:03}" for n in range(1, 15)]
    for country in MOODS:
        invoice = found[NUMBERS[country]]
        assert treatment(invoice) == "INTRA_COMMUNITY"
        proof = invoice["lines"][0]["taxDecision"]["evidence"]["buyer_number"]
        assert proof["consultation_number"] == "WAPIAAAAX1"
    # and what went wrong is kept
    kinds = {
        number: {check["kind"] for check in buyer["taxIdChecks"]["nodes"]}
        for number, buyer in (await customers(client, seller)).items()
    }
    assert kinds[NUMBERS["BE"]] == {"VALID"}
    assert kinds[NUMBERS["DK"]] == {"INVALID"}
    assert kinds[NUMBERS["FR"]] == {"UNAVAILABLE", "VALID"}
    assert kinds[NUMBERS["SE"]] == {"REFUSED", "VALID"}
    assert {question.get("requesterNumber") for question in vies.asked} == {"136695976"}


async def test_no_state_is_asked_more_at_once_than_the_setting_says(client: Client, vies: ViesServer) -> None:
    # given many buyers of one state, whose VIES bears two questions at once
    vies.per_state, vies.takes_s = 2, 0.01
    seller = await vat.seller(client)
    for n in range(16):
        await order(client, seller, business("BE", vat.belgian(n)))
    for country in ("FR", "NL"):
        await order(client, seller, business(country))

    # when the workers ask
    async with working(client):
        await vat.released(client, seller)

    # then never three at once, and none twice
    assert vies.most_at_once["BE"] == 2
    assert not vies.throttled
    assert len(vies.asked) == 18


async def test_an_answer_counts_for_a_day_and_is_asked_for_again_before_a_document_rests_on_it(
    client: Client, vies: ViesServer, moving: Moving
) -> None:
    # given a buyer whose number was valid
    seller = await vat.seller(client, "CHARGE")
    buyer = business("FR")
    customer = await factories.customer(client, seller, **buyer)
    assert (await vat.verify(client, customer))["customer"]["taxId"]["status"] == "VALID"
    count = len(vies.asked)

    # then a document of the same day needs no question
    moving.advance(hours=23)
    assert (await finalized(client, seller, customer))["number"] == "INV-001"
    assert len(vies.asked) == count

    # and one of two days later asks first, in the same call
    moving.advance(hours=48)
    assert (await finalized(client, seller, customer))["number"] == "INV-002"
    assert len(vies.asked) == count + 1

    # of a number that is no longer valid it is told so before it is too late
    vies.invalid.add(NUMBERS["FR"])
    moving.advance(hours=48)
    third = await finalized(client, seller, customer)
    assert (third["number"], third["taxTotal"]["amount"]) == ("INV-003", "20.00")


async def finalized(client: Client, seller: str, customer: str) -> Data:
    draft = await factories.draft(client, seller, customer, lines=[factories.line("100.00")])
    payload = await factories.finalize(client, draft)
    assert payload["userErrors"] == []
    data = await client.ask(
        "query($id: ID!) { invoice(id: $id) { id number status taxTotal { amount } lines { taxDecision {"
        " treatment explanation evidence } } } }",
        id=draft,
    )
    found: Data = data["invoice"]
    return found


@pytest.mark.parametrize(
    ("policy", "status", "tax", "treated"),
    [
        ("HOLD", "PENDING", "0.00", "INTRA_COMMUNITY"),
        ("CHARGE", "FINALIZED", "20.00", "OSS"),
        ("LAST_VALID", "FINALIZED", "0.00", "INTRA_COMMUNITY"),
    ],
)
async def test_an_old_answer_and_no_new_one_are_decided_by_the_sellers_policy(
    client: Client, vies: ViesServer, moving: Moving, policy: str, status: str, tax: str, treated: str
) -> None:
    # given a number that was valid two days ago, and a VIES that is down
    seller = await vat.seller(client, policy)
    customer = await factories.customer(client, seller, **business("FR"))
    await vat.verify(client, customer)
    moving.advance(hours=48)
    vies.moods["FR"] = "down"

    # when a document is finalized
    found = await finalized(client, seller, customer)

    # then the policy decides
    assert (found["status"], found["taxTotal"]["amount"], treatment(found)) == (status, tax, treated)
    taxed = found["lines"][0]["taxDecision"]
    if policy == "LAST_VALID":
        assert taxed["evidence"]["buyer_number"]["checked_at"].startswith("2026-03-10T09:00")
        assert taxed["evidence"]["buyer_number"]["consultation_number"] == "WAPIAAAAX1"
        assert "its last valid answer, of 2026-03-10, counts" in taxed["explanation"]
    if policy == "HOLD":
        # and what is held goes out when VIES is there again
        vies.moods.clear()
        async with working(client):
            await vat.released(client, seller)
        released = (await invoices(client, seller))[NUMBERS["FR"]]
        assert (released["taxTotal"]["amount"], treatment(released)) == ("0.00", "INTRA_COMMUNITY")


async def test_a_last_valid_answer_is_forgotten_after_the_days_of_the_setting(
    client: Client, vies: ViesServer, moving: Moving
) -> None:
    seller = await vat.seller(client, "LAST_VALID")
    customer = await factories.customer(client, seller, **business("FR"))
    await vat.verify(client, customer)
    vies.moods["FR"] = "down"
    moving.advance(days=30)
    assert treatment(await finalized(client, seller, customer)) == "INTRA_COMMUNITY"
    moving.advance(days=1)
    assert treatment(await finalized(client, seller, customer)) == "OSS"


async def test_an_order_on_an_old_answer_waits_for_a_new_one_whatever_the_policy(
    client: Client, vies: ViesServer, moving: Moving
) -> None:
    # given an answer that the marketplace states, of two days ago
    stated = (moving().replace(microsecond=0)).isoformat().replace("+00:00", "Z")
    moving.advance(hours=48)
    seller = await vat.seller(client, "CHARGE")
    buyer = business("FR", status="VALID", checkedAt=stated)
    taken = await order(client, seller, buyer)
    assert [invoice["status"] for invoice in taken["invoices"]] == ["PENDING"]

    async with working(client):
        await vat.released(client, seller)
    assert treatment((await invoices(client, seller))[NUMBERS["FR"]]) == "INTRA_COMMUNITY"

    # and the same statement, older than VIES's own answer, does not bring the old one back
    again = await order(client, seller, buyer)
    assert [invoice["status"] for invoice in again["invoices"]] == ["FINALIZED"]
    assert len(vies.asked) == 1


async def test_what_does_not_rest_on_the_number_or_keeps_what_was_decided_waits_for_nothing(
    client: Client, vies: ViesServer, moving: Moving
) -> None:
    # given an invoice by a valid number of France, and a German buyer whose number is valid
    seller = await vat.seller(client)
    french = await factories.customer(client, seller, **business("FR"))
    german = await factories.customer(client, seller, **business("DE", "DE115235681"))
    for customer in (french, german):
        await vat.verify(client, customer)
    first = await finalized(client, seller, french)
    count = len(vies.asked)

    # when both answers are old, and VIES is down
    vies.moods.update(FR="down", DE="down")
    moving.advance(days=3)

    # then the sale at home goes out, and so does the credit note, and nobody is asked
    home = await finalized(client, seller, german)
    assert (home["status"], treatment(home)) == ("FINALIZED", "DOMESTIC")
    assert "buyer_number" not in home["lines"][0]["taxDecision"]["evidence"]
    credit = (
        "mutation($id: ID!) { invoiceCredit(input: { id: $id }) { creditNote { status taxTotal { amount } }"
        " userErrors { message } } }"
    )
    assert (await client.ask(credit, id=first["id"]))["invoiceCredit"] == {
        "creditNote": {"status": "FINALIZED", "taxTotal": {"amount": "0.00"}},
        "userErrors": [],
    }
    assert len(vies.asked) == count


async def test_a_stated_answer_stands_where_nobody_is_asked(database_url: str, moving: Moving) -> None:
    stated = (moving().replace(microsecond=0)).isoformat().replace("+00:00", "Z")
    moving.advance(days=90)
    async with vat.asking(database_url, None, moving) as client:
        seller = await vat.seller(client)
        taken = await order(client, seller, business("FR", status="VALID", checkedAt=stated))
        assert [invoice["status"] for invoice in taken["invoices"]] == ["FINALIZED"]
        held = await order(client, seller, business("BE"))
        assert [invoice["status"] for invoice in held["invoices"]] == ["PENDING"]
        refused = await vat.verify(client, (await customers(client, seller))[NUMBERS["BE"]]["id"])
        assert refused["userErrors"][0]["code"] == "INVALID_STATE"
        # and whoever does not want to wait changes the policy
        settings = {"tax": {"whenUnverified": "CHARGE"}}
        change = "mutation($i: EntityUpdateInput!) { entityUpdate(input: $i) { userErrors { message } } }"
        await client.ask(change, i={"id": seller, "settings": settings})
        done = await factories.finalize(client, held["invoices"][0]["id"])
        assert done["invoice"]["number"] == "INV-002"


async def test_a_valid_answer_is_known_for_other_buyers_of_the_seller_and_of_no_other(
    client: Client, vies: ViesServer, moving: Moving
) -> None:
    # given a number that VIES has called valid for one buyer
    seller, other = await vat.seller(client), await vat.seller(client)
    first = await factories.customer(client, seller, **business("FR"))
    await vat.verify(client, first)
    assert len(vies.asked) == 1

    # then another buyer of the seller with that number is not asked about, and has the proof
    taken = await order(client, seller, {**business("FR"), "externalId": "second"})
    assert [invoice["status"] for invoice in taken["invoices"]] == ["FINALIZED"]
    second = (await customers(client, seller))["second"]
    assert second["taxId"]["consultationNumber"] == "WAPIAAAAX1"
    assert [check["kind"] for check in second["taxIdChecks"]["nodes"]] == ["VALID"]
    # but another seller asks for itself
    held = await order(client, other, business("FR"))
    assert [invoice["status"] for invoice in held["invoices"]] == ["PENDING"]

    # and what VIES has called invalid since is not valid from memory
    vies.invalid.add(NUMBERS["FR"])
    moving.advance(seconds=1)
    assert (await vat.verify(client, first))["check"]["kind"] == "INVALID"
    third = await order(client, seller, {**business("FR"), "externalId": "third"})
    assert [invoice["status"] for invoice in third["invoices"]] == ["PENDING"]


async def test_a_question_that_is_not_answered_is_said_to_be_and_goes_on(client: Client, vies: ViesServer) -> None:
    seller = await vat.seller(client)
    customer = await factories.customer(client, seller, **business("FR"))
    vies.moods["FR"] = "MS_UNAVAILABLE"
    payload = await vat.verify(client, customer, idempotencyKey="k")
    assert payload["check"] == {"kind": "UNAVAILABLE", "code": "MS_UNAVAILABLE", "source": "VIES"}
    assert payload["customer"]["taxId"]["status"] == "UNVERIFIED"
    error = payload["userErrors"][0]
    assert (error["code"], error["retryable"], error["field"]) == ("UNAVAILABLE", True, ["id"])
    # Repeated, it asks nobody.
    assert await vat.verify(client, customer, idempotencyKey="k") == payload
    assert len(vies.asked) == 1

    vies.moods.clear()
    async with working(client):
        await until(lambda: is_valid(client, customer))


async def is_valid(client: Client, customer: str) -> bool:
    scope = await books.scope_of(client)
    async with client.app.database.read(scope) as session:
        row = await CUSTOMERS.get(scope, session, customer)
    return row is not None and row.tax_id_status is TaxIdStatus.VALID


async def test_an_answer_on_a_number_that_is_no_longer_the_buyers_is_kept_and_changes_nothing(
    client: Client, vies: ViesServer
) -> None:
    # given a question about a number that is under way
    seller = await vat.seller(client)
    customer = await factories.customer(client, seller, **business("FR"))
    vies.takes_s = 0.5
    asking = asyncio.create_task(vat.verify(client, customer))
    async with asyncio.timeout(5):
        while not vies.asked:  # noqa: ASYNC110  # the server has no event for it
            await asyncio.sleep(0.01)

    # when the buyer gets another number meanwhile
    change = "mutation($i: CustomerUpdateInput!) { customerUpdate(input: $i) { userErrors { message } } }"
    given = {"id": customer, "taxId": {"value": NUMBERS["BE"], "country": "BE"}}
    assert (await client.ask(change, i=given))["customerUpdate"]["userErrors"] == []
    await asking

    # then the answer is in its history, and the new number unverified
    found = (await customers(client, seller))[NUMBERS["FR"]]
    assert (found["taxId"]["value"], found["taxId"]["status"]) == (NUMBERS["BE"], "UNVERIFIED")
    assert [check["number"] for check in found["taxIdChecks"]["nodes"]] == [NUMBERS["FR"]]


async def test_what_nobody_asks_about_any_more_is_looked_at_again(
    client: Client, vies: ViesServer, moving: Moving
) -> None:
    # given a document that waits, and the job that asks for it was cancelled
    seller = await vat.seller(client)
    await order(client, seller, business("FR"))
    jobs = (await client.ask("{ jobs(first: 10) { nodes { id } } }"))["jobs"]["nodes"]
    assert len(jobs) == 1
    cancel = "mutation($i: JobIdInput!) { jobCancel(input: $i) { userErrors { message } } }"
    await client.ask(cancel, i={"id": jobs[0]["id"]})

    # when it has waited for a while
    scope = await books.scope_of(client)
    await vat_release.look_again(client.app.services, scope)
    assert not vies.asked
    moving.advance(minutes=16)
    await vat_release.look_again(client.app.services, scope)

    # then it is asked about again
    async with working(client):
        await vat.released(client, seller)


async def test_a_batch_of_orders_leaves_one_question_for_each_buyer_and_number(client: Client) -> None:
    # given orders of ten new businesses, two of each, one of which changes its number meanwhile, and of a consumer
    seller = await vat.seller(client)
    orders = [
        factories.order_input(seller, customer=business("BE", vat.belgian(n % 10)), lines=[factories.line("100.00")])
        for n in range(20)
    ]
    orders[10]["customer"]["taxId"] = {"value": NUMBERS["FR"], "country": "FR"}
    orders.append(factories.order_input(seller))

    # when they come in one batch, and another order of each later
    create = "mutation($i: [OrderCreateInput!]!) { ordersCreate(input: $i) { results { userErrors { message } } } }"
    data = await client.ask(create, i=orders)
    assert all(result["userErrors"] == [] for result in data["ordersCreate"]["results"])
    for n in range(1, 10):
        await order(client, seller, business("BE", vat.belgian(n)))

    # then each number is to be asked about once
    scope = await books.scope_of(client)
    async with client.app.database.read(scope) as session:
        jobs = await JOBS.list(scope, session, limit=100)
    assert sorted(job.input["taxId"] for job in jobs) == sorted(
        [NUMBERS["FR"], *(vat.belgian(n) for n in range(1, 10))]
    )
    assert {job.kind for job in jobs} == {"vat.check"}


async def test_all_buyers_of_a_seller_are_verified_anew(client: Client, vies: ViesServer, moving: Moving) -> None:
    # given buyers of two states, one of them down, one that was just answered about, and a consumer
    seller = await vat.seller(client)
    for n in range(6):
        await factories.customer(client, seller, **business("BE", vat.belgian(n)))
    await factories.customer(client, seller, **business("FR"))
    await factories.customer(client, seller, **business("NL"))
    await factories.customer(client, seller)
    answered = (await customers(client, seller))[NUMBERS["NL"]]["id"]
    await vat.verify(client, answered)
    vies.moods["FR"] = "down"
    vies.invalid.add(vat.belgian(3))

    # when all whose answer is an hour old or missing are verified
    start = (
        "mutation($i: CustomersVerifyTaxIdsInput!) { customersVerifyTaxIds(input: $i) { job { id status }"
        " userErrors { message } } }"
    )
    data = await client.ask(start, i={"entityId": seller, "onlyOlderThanHours": 1})
    job = data["customersVerifyTaxIds"]["job"]["id"]
    # The jobs that the buyers' making left would do the same.
    nodes = (await client.ask("{ jobs(first: 50) { nodes { id } } }"))["jobs"]["nodes"]
    cancel = "mutation($i: JobIdInput!) { jobCancel(input: $i) { userErrors { message } } }"
    for node in nodes:
        if node["id"] != job:
            await client.ask(cancel, i={"id": node["id"]})
    async with working(client):

        async def put_off() -> bool:
            return (await vat.job_row(client, job)).error is not None

        await until(put_off)
        vies.moods.clear()

        async def done() -> bool:
            return (await vat.job_row(client, job)).status is JobStatus.SUCCEEDED

        await until(done)

    # then each was asked about once, but for the one that had to be asked again
    found = await customers(client, seller)
    assert {number: buyer["taxId"]["status"] for number, buyer in found.items() if number} == {
        **{vat.belgian(n): "INVALID" if n == 3 else "VALID" for n in range(6)},
        NUMBERS["FR"]: "VALID",
        NUMBERS["NL"]: "VALID",
    }
    assert (asked(vies, "BE"), asked(vies, "NL")) == (6, 1)


def test_the_kinds_of_jobs_ask_for_hours() -> None:
    kind = next(kind for kind in JOB_KINDS if kind.name == "vat.check")
    pauses = [*kind.retry, *[kind.retry[-1]] * (30 - 1 - len(kind.retry))]
    assert sum(pause.total_seconds() for pause in pauses) > 40 * 3600
