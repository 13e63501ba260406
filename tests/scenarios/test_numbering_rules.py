"""The rules of numbering, N1 to N15, each as its law has it; `docs/guides/numbering.md` tells them to users."""

from __future__ import annotations

import asyncio
from datetime import datetime
from typing import Any

import pytest

from app.domain import numbering_law
from app.domain.documents.model import InvoiceType
from app.domain.errors import InvalidInput
from app.domain.numbering import parse
from app.domain.numbering_law import Severity
from app.services.keys import NewAccount
from tests import factories
from tests.conftest import Clock
from tests.factories import Client, Data
from tests.scenarios.mutation_cases_numbering import PORTUGUESE

UPDATE = "mutation($i: EntityUpdateInput!) { entityUpdate(input: $i) { entity { id } userErrors { message field } } }"
MANY = (
    "mutation($i: InvoicesFinalizeInput!) { invoicesFinalize(input: $i) { results { index invoice { number }"
    " userErrors { code message field } } userErrors { message } } }"
)
START = (
    "mutation($i: SeriesStartInput!) { seriesStart(input: $i) { series { firstNumber nextNumber lastIssueDate }"
    " userErrors { code message field } } }"
)
REGISTER = (
    "mutation($i: SeriesRegisterInput!) { seriesRegister(input: $i) { series { pattern period nextNumber validationCode"
    " } userErrors { code message field } } }"
)
PREVIEW = (
    "query($e: ID!, $p: String, $d: Date, $t: InvoiceType! = STANDARD) { numberingPreview(entityId: $e, pattern: $p,"
    " issueDate: $d, type: $t) { type period reset nextNumbers lastNumber series { lastIssueDate }"
    " findings { rule severity message source } } }"
)
SERIES = (
    "query($e: ID!) { entity(id: $e) { series(first: 100) { nodes { type pattern period firstNumber lastNumber"
    " nextNumber lastIssueDate validationCode } } } }"
)


async def seller(client: Client, pattern: str | None = None, country: str = "DE", **given: Any) -> str:
    """A seller that invoices when it is told to, with a format of its own for invoices."""
    formats = [{"type": "STANDARD", "pattern": pattern}] if pattern else []
    address = PORTUGUESE if country == "PT" else {"country": country, "line1": "1", "city": "C"}
    return await factories.entity(
        client, address=address, taxIds=[], settings={"autoInvoice": "NEVER", "numberFormats": formats}, **given
    )


async def issue(client: Client, entity_id: str, **given: Any) -> str:
    """The number of a new document."""
    payload = await factories.finalize(client, await factories.draft(client, entity_id), **given)
    assert payload["userErrors"] == []
    return str(payload["invoice"]["number"])


async def refused(client: Client, entity_id: str, **given: Any) -> str:
    """Why a new document cannot be finalized."""
    payload = await factories.finalize(client, await factories.draft(client, entity_id), **given)
    assert payload["invoice"] is None
    return str(payload["userErrors"][0]["message"])


async def set_format(client: Client, entity_id: str, pattern: str, type_: str = "STANDARD") -> list[Data]:
    """The errors of choosing a format."""
    given = {"id": entity_id, "settings": {"numberFormats": [{"type": type_, "pattern": pattern}]}}
    found: list[Data] = (await client.ask(UPDATE, i=given))["entityUpdate"]["userErrors"]
    return found


async def preview(client: Client, entity_id: str, pattern: str | None = None, **given: Any) -> Data:
    """What a format would give."""
    found: Data = (await client.ask(PREVIEW, e=entity_id, p=pattern, **given))["numberingPreview"]
    return found


async def series(client: Client, entity_id: str) -> list[Data]:
    """The seller's series, the oldest first."""
    found: list[Data] = (await client.ask(SERIES, e=entity_id))["entity"]["series"]["nodes"]
    return found[::-1]


async def test_n1_a_number_is_given_at_finalization_only_and_a_failure_leaves_no_hole(client: Client) -> None:
    entity = await seller(client)
    draft = await factories.draft(client, entity)
    query = "query($id: ID!) { invoice(id: $id) { number } }"
    assert (await client.ask(query, id=draft))["invoice"] == {"number": None}
    assert (await factories.finalize(client, draft, expectedTotal="1.00"))["invoice"] is None
    assert await issue(client, entity) == "INV-001"
    assert (await factories.finalize(client, draft))["invoice"]["number"] == "INV-002"


async def test_n2_fifty_at_once_get_fifty_consecutive_numbers(client: Client) -> None:
    entity = await seller(client)
    drafts = [await factories.draft(client, entity) for _ in range(50)]
    payloads = await asyncio.gather(*(factories.finalize(client, draft) for draft in drafts))
    assert sorted(payload["invoice"]["number"] for payload in payloads) == [f"INV-{n:03d}" for n in range(1, 51)]


async def test_n3_two_sellers_may_both_have_the_first_number(client: Client) -> None:
    one, other = await seller(client), await seller(client)
    assert [await issue(client, one), await issue(client, other)] == ["INV-001", "INV-001"]


@pytest.mark.parametrize(
    ("zone", "numbers"),
    [
        ("Europe/Tallinn", ["2026/001", "2026/002"]),
        ("Pacific/Auckland", ["2026/001", "2026/002"]),
        ("Pacific/Honolulu", ["2025/001", "2025/002"]),
        ("UTC", ["2025/001", "2026/001"]),
    ],
)
async def test_n4_the_year_is_that_of_the_issue_date_where_the_seller_is(
    client: Client, clock: Clock, zone: str, numbers: list[str]
) -> None:
    clock.now = datetime.fromisoformat("2025-12-31T23:30:00Z")
    entity = await seller(client, "{yyyy}/{nnn}", timeZone=zone)
    first = await issue(client, entity)
    clock.now = datetime.fromisoformat("2026-01-01T00:30:00Z")
    assert [first, await issue(client, entity)] == numbers


async def test_n4_the_period_is_that_of_a_date_that_was_chosen(client: Client, clock: Clock) -> None:
    clock.now = datetime.fromisoformat("2026-01-02T12:00:00Z")
    entity = await seller(client, "{yyyy}/{nnn}")
    assert await issue(client, entity) == "2026/001"
    assert await issue(client, entity, issueDate="2025-12-31") == "2025/001"
    assert await issue(client, entity) == "2026/002"


async def test_n5_no_date_lies_in_the_future_or_before_the_last_of_its_series(client: Client, clock: Clock) -> None:
    clock.now = datetime.fromisoformat("2026-03-10T23:30:00Z")
    entity = await seller(client, country="FR", timeZone="Europe/Paris")
    assert await issue(client, entity, issueDate="2026-03-08") == "INV-001"
    assert await issue(client, entity, issueDate="2026-03-10") == "INV-002"
    assert await refused(client, entity, issueDate="2026-03-09") == (
        "the last document of the series, INV-002, is of 2026-03-10; 2026-03-09 lies before it"
    )
    # It is the 11th in Paris already, and not yet the 12th.
    assert await refused(client, entity, issueDate="2026-03-12") == (
        "2026-03-12 lies in the future: it is 2026-03-11 in Europe/Paris"
    )
    assert await issue(client, entity, issueDate="2026-03-11") == "INV-003"


async def test_n6_what_is_finalized_is_neither_changed_nor_deleted_nor_renumbered(client: Client) -> None:
    entity = await seller(client)
    draft = await factories.draft(client, entity)
    await factories.finalize(client, draft)
    update = "mutation($i: InvoiceUpdateInput!) { invoiceUpdate(input: $i) { userErrors { code } } }"
    delete = "mutation($i: InvoiceDeleteInput!) { invoiceDelete(input: $i) { userErrors { code } } }"
    assert (await client.ask(update, i={"id": draft, "note": "x"}))["invoiceUpdate"]["userErrors"] != []
    assert (await client.ask(delete, i={"id": draft}))["invoiceDelete"]["userErrors"] != []
    assert (await factories.finalize(client, draft))["userErrors"] != []
    await set_format(client, entity, "R-{nnn}")
    query = "query($id: ID!) { invoice(id: $id) { number } }"
    assert (await client.ask(query, id=draft))["invoice"] == {"number": "INV-001"}


async def test_n7_each_kind_of_document_has_its_series_unless_the_law_has_one_for_all(client: Client) -> None:
    german, bulgarian = await seller(client), await seller(client, country="BG", timeZone="Europe/Sofia")
    for entity, proforma in ((german, "PRO-001"), (bulgarian, "PRO-001")):
        draft = await factories.draft(client, entity, type="PROFORMA")
        assert (await factories.finalize(client, draft))["invoice"]["number"] == proforma
    assert [await issue(client, german), await issue(client, bulgarian)] == ["INV-001", "0000000001"]
    note = await preview(client, bulgarian, t="CREDIT_NOTE")
    assert (note["type"], note["lastNumber"], note["nextNumbers"][0]) == ("STANDARD", "0000000001", "0000000002")
    note = await preview(client, german, t="CREDIT_NOTE")
    assert (note["type"], note["lastNumber"], note["nextNumbers"][0]) == ("CREDIT_NOTE", None, "CN-001")


async def test_n7_spain_keeps_rectifying_invoices_in_a_series_of_their_own(client: Client) -> None:
    entity = await seller(client, country="ES", timeZone="Europe/Madrid")
    alike = [{"type": kind, "pattern": "{yyyy}-{nnn}"} for kind in ("STANDARD", "CREDIT_NOTE")]
    errors = (await client.ask(UPDATE, i={"id": entity, "settings": {"numberFormats": alike}}))["entityUpdate"]
    assert "two documents would bear one number" in errors["userErrors"][0]["message"]


async def test_n8_a_counter_outgrows_its_padding(client: Client) -> None:
    entity = await seller(client)
    assert (await client.ask(START, i={"entityId": entity, "nextNumber": "INV-999"}))["seriesStart"]["userErrors"] == []
    drafts = [await factories.draft(client, entity) for _ in range(3)]
    results = (await client.ask(MANY, i={"ids": drafts}))["invoicesFinalize"]["results"]
    assert [result["invoice"]["number"] for result in results] == ["INV-999", "INV-1000", "INV-1001"]
    (found,) = await series(client, entity)
    # By sequence and not as text, in which INV-999 would be the last.
    assert (found["lastNumber"], found["nextNumber"]) == ("INV-1001", "INV-1002")


async def test_n9_a_changed_format_opens_a_series_and_is_explained(client: Client) -> None:
    entity = await seller(client, "{yyyy}/{nnnn}")
    await issue(client, entity)
    await issue(client, entity)
    found = await preview(client, entity, "RE-{nnn}")
    assert found["nextNumbers"] == ["RE-001", "RE-002", "RE-003"]
    assert [(one["rule"], one["message"]) for one in found["findings"]] == [
        ("NUM-NEW-SERIES", "{yyyy}/{nnnn} ends at 2026/0002 of 2026-03-10; RE-{nnn} begins at RE-001")
    ]
    assert await set_format(client, entity, "RE-{nnn}") == []
    assert await issue(client, entity) == "RE-001"
    assert await set_format(client, entity, "{yyyy}/{nnnn}") == []
    assert await issue(client, entity) == "2026/0003"


async def test_n9_a_changed_format_never_repeats_a_number(client: Client) -> None:
    entity = await seller(client, "INV-{yyyy}{nnn}")
    assert [await issue(client, entity) for _ in range(2)] == ["INV-2026001", "INV-2026002"]
    # INV-2026001 is a number of INV-{nnn} as well: its series begins after the last of them.
    warned = await preview(client, entity, "INV-{nnn}")
    assert warned["nextNumbers"][0] == "INV-2026003"
    assert [(one["rule"], one["severity"]) for one in warned["findings"]] == [
        ("NUM-USED", "WARNING"),
        ("NUM-NEW-SERIES", "INFO"),
    ]
    assert await set_format(client, entity, "INV-{nnn}") == []
    assert (await preview(client, entity))["nextNumbers"][0] == "INV-2026003"
    assert await issue(client, entity) == "INV-2026003"
    # Going back would repeat INV-2026003, and is refused for good reason.
    (error,) = await set_format(client, entity, "INV-{yyyy}{nnn}")
    assert error["message"].startswith("INV-{yyyy}{nnn} would give INV-2026003 again")
    found = await preview(client, entity, "INV-{yyyy}{nnn}")
    assert ("NUM-USED", "ERROR") in [(one["rule"], one["severity"]) for one in found["findings"]]
    assert await issue(client, entity) == "INV-2026004"


async def test_n9_a_format_that_changes_while_documents_are_finalized_repeats_nothing(client: Client) -> None:
    entity = await seller(client)
    await client.ask(START, i={"entityId": entity, "nextNumber": "INV-1001"})
    drafts = [await factories.draft(client, entity) for _ in range(40)]
    changes = [set_format(client, entity, pattern) for pattern in ("INV-{nnnn}", "INV-{nn}", "INV-1{nnn}")]
    done = [factories.finalize(client, draft) for draft in drafts]
    for place, change in zip((5, 15, 25), changes, strict=True):
        done.insert(place, change)  # type: ignore[arg-type]  # both are awaited
    payloads = [found for found in await asyncio.gather(*done) if isinstance(found, dict)]
    assert [payload["userErrors"] for payload in payloads] == [[]] * 40
    assert sorted(payload["invoice"]["number"] for payload in payloads) == [f"INV-{n}" for n in range(1001, 1041)]


async def test_n9_a_format_with_a_suffix_that_meets_another_prefix_repeats_nothing(client: Client) -> None:
    entity = await seller(client, "{n}-7")
    assert [await issue(client, entity) for _ in range(3)] == ["1-7", "2-7", "3-7"]
    assert await set_format(client, entity, "2-{n}") == []
    assert await issue(client, entity) == "2-8"


async def test_n9_the_sequence_that_a_country_wants_shared_repeats_nothing(client: Client) -> None:
    entity = await seller(client, "{nnnnnnnnnn}")
    assert await issue(client, entity) == "0000000001"
    await set_format(client, entity, "A{nnn}")
    address = {"country": "BG", "line1": "1", "city": "Sofia"}
    moved = (await client.ask(UPDATE, i={"id": entity, "address": address}))["entityUpdate"]["userErrors"]
    # The law of the new country holds for the formats that are there.
    assert "BG wants exactly 10 digits" in moved[0]["message"]
    given = {"id": entity, "address": address, "settings": {"numberFormats": []}}
    assert (await client.ask(UPDATE, i=given))["entityUpdate"]["userErrors"] == []
    assert await issue(client, entity) == "0000000002"


@pytest.mark.parametrize(
    ("country", "pattern", "said"),
    [
        ("DE", "INV", "needs exactly one counter"),
        ("DE", "{mm}-{nnn}", "without a year"),
        ("DE", " {nnn}", "nor begin or end with a blank"),
        ("DE", "X" * 55 + "{n}", "leaves no room for a counter"),
        ("FR", "FA n° {nnn}", "FR wants at most 35 letters"),
        ("FR", "F" * 30 + "{nnnnnn}", "FR wants at most 35 letters"),
        ("IT", "FATTURA/{yyyy}/{nnnnnnnnn}", "IT wants at most 20 characters"),
        ("BG", "{nnnnnnnnn}", "BG wants exactly 10 digits"),
        ("PT", "FT{yyyy}-{nnn}", "PT wants <type> <series>/<n>"),
        ("HU", "N" * 45 + "{n}", "HU wants at most 50 characters"),
        ("ES", "N" * 55 + "{n}", "leaves no room"),
        ("HR", "{n} 1 1", "HR wants no blanks"),
    ],
)
async def test_n10_formats_are_checked_when_they_are_chosen(
    sqlite_client: Client, country: str, pattern: str, said: str
) -> None:
    entity = await seller(sqlite_client, country=country)
    (error,) = await set_format(sqlite_client, entity, pattern)
    assert said in error["message"]
    found = await preview(sqlite_client, entity, pattern)
    stops = [one for one in found["findings"] if one["severity"] == "ERROR" and one["rule"] != "NUM-REGISTERED"]
    assert any(said in one["message"] and one["source"] for one in stops)


def test_n10_every_countrys_own_formats_obey_its_law() -> None:
    for country in numbering_law.LAWS:
        for kind in InvoiceType:
            pattern = parse(numbering_law.pattern_of({}, country, kind))
            found = numbering_law.findings(pattern, country, type_=numbering_law.series_type(country, kind))
            assert [one for one in found if one.severity is Severity.ERROR] == [], (country, kind)
        assert numbering_law.findings_together({}, country) == ()


async def test_n11_portugal_waits_for_the_series_code_and_prints_it(client: Client, clock: Clock) -> None:
    clock.now = datetime.fromisoformat("2026-03-10T12:00:00Z")
    entity = await seller(client, country="PT", timeZone="Europe/Lisbon")
    message = "the series FT {yyyy}/{n} of 2026 has no validation code of the tax authority; state it with"
    assert (await refused(client, entity)).startswith(message)
    assert "NUM-REGISTERED" in [one["rule"] for one in (await preview(client, entity))["findings"]]
    given = {"entityId": entity, "validationCode": "CSDF7T5H", "firstNumber": "FT 2026/35"}
    registered = (await client.ask(REGISTER, i=given))["seriesRegister"]
    assert registered["series"] == {
        "pattern": "FT {yyyy}/{n}",
        "period": "2026",
        "nextNumber": "FT 2026/35",
        "validationCode": "CSDF7T5H",
    }
    draft = await factories.draft(client, entity)
    assert (await factories.finalize(client, draft))["invoice"]["number"] == "FT 2026/35"
    query = "query($id: ID!) { invoice(id: $id) { registrationCode } }"
    assert (await client.ask(query, id=draft))["invoice"] == {"registrationCode": "CSDF7T5H-35"}
    # Each year's series has a code of its own, and the code of a used one stays.
    clock.now = datetime.fromisoformat("2027-01-04T12:00:00Z")
    assert "of 2027 has no validation code" in await refused(client, entity)
    again = {"entityId": entity, "validationCode": "CSDF7T5J", "firstNumber": "FT 2026/36"}
    assert "it stays" in (await client.ask(REGISTER, i=again))["seriesRegister"]["userErrors"][0]["message"]
    taken = {"entityId": entity, "validationCode": "CSDF7T5H"}
    (error,) = (await client.ask(REGISTER, i=taken))["seriesRegister"]["userErrors"]
    assert (error["code"], error["field"]) == ("ALREADY_EXISTS", ["validationCode"])
    # What is no tax document needs no code.
    proforma = await factories.draft(client, entity, type="PROFORMA")
    assert (await factories.finalize(client, proforma))["invoice"]["number"] == "PRO-001"


async def test_n11_codes_are_checked_and_asked_only_where_series_are_registered(sqlite_client: Client) -> None:
    german, portuguese = await seller(sqlite_client), await seller(sqlite_client, country="PT")

    async def error(entity: str, **given: Any) -> str:
        asked = {"entityId": entity, "validationCode": "CSDF7T5H", **given}
        (found,) = (await sqlite_client.ask(REGISTER, i=asked))["seriesRegister"]["userErrors"]
        return str(found["message"])

    assert "need no registered series" in await error(german)
    assert "need no registered series" in await error(portuguese, type="PROFORMA")
    assert "8 to 20 capital letters" in await error(portuguese, validationCode="short")
    assert "is not a number of the pattern FT {yyyy}/{n}" in await error(portuguese, firstNumber="INV-1")


@pytest.mark.parametrize("country", ["SI", "HR", "GR"])
async def test_n11_a_form_that_holds_for_some_documents_only_is_a_warning(sqlite_client: Client, country: str) -> None:
    entity = await seller(sqlite_client, country=country)
    rules = {(one["rule"], one["severity"]) for one in (await preview(sqlite_client, entity))["findings"]}
    assert (f"NUM-{country}-01", "WARNING") in rules
    assert await issue(sqlite_client, entity) == "INV-001"
    compliance = "query($e: ID!) { entity(id: $e) { compliance { findings { rule } } } }"
    found = (await sqlite_client.ask(compliance, e=entity))["entity"]["compliance"]["findings"]
    assert {"rule": f"NUM-{country}-01"} in found


async def test_n12_a_repeated_request_answers_with_the_same_number(client: Client) -> None:
    entity = await seller(client)
    draft = await factories.draft(client, entity)
    asked = {"idempotencyKey": "once", "issueDate": "2026-03-09"}
    first = await factories.finalize(client, draft, **asked)
    assert (await factories.finalize(client, draft, **asked))["invoice"] == first["invoice"]
    other = await factories.finalize(client, draft, idempotencyKey="once", issueDate="2026-03-08")
    assert [error["code"] for error in other["userErrors"]] == ["IDEMPOTENCY_MISMATCH"]
    assert await issue(client, entity) == "INV-002"


async def test_n13_a_start_is_only_raised_and_only_before_the_first_document(client: Client) -> None:
    entity = await seller(client)

    async def start(number: str, **given: Any) -> Data:
        asked = {"entityId": entity, "nextNumber": number, **given}
        found: Data = (await client.ask(START, i=asked))["seriesStart"]
        return found

    started = await start("INV-413", lastIssueDate="2026-03-05")
    assert started["series"] == {"firstNumber": "INV-413", "nextNumber": "INV-413", "lastIssueDate": "2026-03-05"}
    (error,) = (await start("INV-412"))["userErrors"]
    assert (error["field"], error["message"]) == (
        ["nextNumber"],
        "can only be raised: numbers up to INV-412 count as used",
    )
    assert (await start("INV-500"))["series"]["nextNumber"] == "INV-500"
    assert (
        "is not a number of the pattern INV-{nnn}, such as INV-001" in (await start("R-1"))["userErrors"][0]["message"]
    )
    assert (await start("INV-0600"))["userErrors"][0]["message"] == "would be written INV-600"
    assert (await start("INV-600", lastIssueDate="2026-04-01"))["userErrors"][0]["field"] == ["lastIssueDate"]
    # What was issued elsewhere counts: no document before its date.
    assert await refused(client, entity, issueDate="2026-03-04") == (
        "the last document of the series, INV-499, is of 2026-03-05; 2026-03-04 lies before it"
    )
    assert await issue(client, entity) == "INV-500"
    (error,) = (await start("INV-600"))["userErrors"]
    assert (error["code"], error["message"]) == (
        "INVALID_STATE",
        "the series has documents up to INV-500: what is left out would be a gap; a changed number format opens a new"
        " series",
    )
    assert await issue(client, entity) == "INV-501"


async def test_n13_a_start_obeys_the_law_and_its_period(sqlite_client: Client) -> None:
    bulgarian = await seller(sqlite_client, country="BG")
    given = {"entityId": bulgarian, "nextNumber": "2000000001"}
    assert (await sqlite_client.ask(START, i=given))["seriesStart"]["series"]["nextNumber"] == "2000000001"
    given = {"entityId": bulgarian, "nextNumber": "20000000001"}
    (error,) = (await sqlite_client.ask(START, i=given))["seriesStart"]["userErrors"]
    assert "BG wants exactly 10 digits" in error["message"]
    yearly = await seller(sqlite_client, "{yyyy}/{nnnn}")
    given = {"entityId": yearly, "nextNumber": "2026/0413", "lastIssueDate": "2025-12-31"}
    (error,) = (await sqlite_client.ask(START, i=given))["seriesStart"]["userErrors"]
    assert error["message"] == "2025-12-31 does not lie in 2026, as the number does"


async def test_n14_a_batch_is_numbered_by_date_and_a_failure_in_it_leaves_no_hole(client: Client) -> None:
    entity = await seller(client)
    drafts = [await factories.draft(client, entity) for _ in range(5)]
    days = ["2026-03-09", None, "2026-03-08", "2099-01-01", "2026-03-08"]
    results = (await client.ask(MANY, i={"ids": drafts, "issueDates": days}))["invoicesFinalize"]["results"]
    assert [result["index"] for result in results] == [0, 1, 2, 3, 4]
    assert [result["invoice"] and result["invoice"]["number"] for result in results] == [
        "INV-003",
        "INV-004",
        "INV-001",
        None,
        "INV-002",
    ]
    assert [error["field"] for error in results[3]["userErrors"]] == [["issueDate"]]
    assert await issue(client, entity) == "INV-005"


async def test_n14_what_shares_a_transaction_is_numbered_by_date(client: Client) -> None:
    entity = await seller(client)
    drafts = [await factories.draft(client, entity) for _ in range(20)]
    first = [factories.finalize(client, draft, issueDate="2026-03-09") for draft in drafts[:10]]
    payloads = await asyncio.gather(*first)
    payloads += await asyncio.gather(*(factories.finalize(client, draft) for draft in drafts[10:]))
    assert sorted(payload["invoice"]["number"] for payload in payloads) == [f"INV-{n:03d}" for n in range(1, 21)]


async def test_n14_the_dates_of_a_batch_are_as_many_as_its_drafts(sqlite_client: Client) -> None:
    draft = await factories.draft(sqlite_client, await seller(sqlite_client))
    answer = await sqlite_client.ask(MANY, i={"ids": [draft], "issueDates": []})
    assert answer["invoicesFinalize"]["userErrors"] == [{"message": "names 0 dates for 1 invoices"}]


async def test_n15_the_sandbox_never_consumes_a_live_number(client: Client, account: NewAccount) -> None:
    live = client.with_key(account.live_secret)
    sandboxed, real = await seller(client), await seller(live)
    assert [await issue(client, sandboxed) for _ in range(3)] == ["INV-001", "INV-002", "INV-003"]
    assert await issue(live, real) == "INV-001"
    assert (await live.ask(SERIES, e=sandboxed))["entity"] is None


def test_what_no_pattern_gave_is_not_read() -> None:
    with pytest.raises(InvalidInput, match="names no year and month"):
        parse("{yyyy}{mm}-{n}").read("202613-1")
