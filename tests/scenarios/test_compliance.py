"""What the rules make of sellers and drafts: kept, counted, found, told, and in agreement with finalizing."""

from __future__ import annotations

import asyncio
import json
import random
from pathlib import Path
from typing import Any

import pytest

from app.db import query
from app.db.aggregates import COMPLIANCE
from app.db.transaction import Session
from app.db.where import Eq
from app.domain.scope import ALL_PERMISSIONS, Scope, system_scope
from app.services import compliance, keys
from tests import factories
from tests.command_line import invoicing
from tests.conftest import Clock
from tests.factories import Client, Data
from tests.graphql.test_invoices import FRENCH_BUSINESS

UPDATE = (
    "mutation($i: EntityUpdateInput!) { entityUpdate(input: $i)"
    " { entity { compliance { status } } userErrors { message field } } }"
)
SHOWN = (
    "compliance { status checkedAt pendingInvoices unverifiedCustomers"
    " findings { rule severity field message fix source } }"
)
REPORT = (
    '{ platformReport(from: "2026-01-01", to: "2026-12-31") { compliance'
    " { ready attention blocked unchecked byRule { rule severity entities } } } }"
)
FIND = (
    "query($w: EntityWhere, $n: Int, $a: String) { entities(where: $w, first: $n, after: $a, orderBy: NAME_ASC)"
    " { nodes { id } totalCount pageInfo { hasNextPage endCursor } } }"
)
WITHOUT_STREET: Data = {"address": {"country": "DE", "postcode": "10115"}}
ABROAD: Data = {"tax": {"oss": True}}
FRENCH: Data = {
    "address": {"country": "FR", "line1": "1 rue de Rivoli", "postcode": "75001", "city": "Paris"},
    "registration": "RCS Paris 303 265 045",
    "taxIds": [{"value": "FR40303265045", "country": "FR"}],
}
VALID: Data = {"value": "FR40303265045", "status": "VALID", "checkedAt": "2026-03-10T08:00:00Z"}


async def scope_of(client: Client) -> Scope:
    principal = await keys.authenticate(client.app.services, f"Bearer {client.secret}")
    return system_scope(principal.scope.platform_id, principal.scope.mode, "test", ALL_PERMISSIONS)


async def seller(client: Client, **given: Any) -> str:
    """A seller of whom nothing is found but what is given."""
    return await factories.entity(client, **{"settings": ABROAD, **given})


async def update(client: Client, entity_id: str, **given: Any) -> str:
    payload = (await client.ask(UPDATE, i={"id": entity_id, **given}))["entityUpdate"]
    assert payload["userErrors"] == []
    return str(payload["entity"]["compliance"]["status"])


async def judged(client: Client, entity_id: str) -> Data:
    found: Data = (await client.ask(f"query($i: ID!) {{ entity(id: $i) {{ {SHOWN} }} }}", i=entity_id))["entity"]
    shown: Data = found["compliance"]
    return shown


async def found_by(client: Client, **where: Any) -> list[str]:
    data = await client.ask(FIND, w={"compliance": where}, n=100)
    assert data["entities"]["totalCount"] == len(data["entities"]["nodes"])
    return [node["id"] for node in data["entities"]["nodes"]]


async def in_the_database(client: Client, sql: str, *values: object) -> None:
    async with client.app.database.transaction(await scope_of(client)) as session:
        await session.execute(sql, *values)


async def break_formats(client: Client, entity_id: str, formats: str) -> None:
    """Number formats that no request could give, as they were before a law changed."""
    await in_the_database(client, "UPDATE entity SET number_formats = $1 WHERE id = $2", formats, entity_id)


async def test_a_seller_is_shown_with_what_is_found_and_what_waits(client: Client) -> None:
    # given a seller that passed the threshold without the One-Stop-Shop, with buyers and a document on hold
    entity = await factories.entity(client, settings={"tax": {"whenUnverified": "HOLD"}}, taxIds=[])
    held = await factories.customer(client, entity, **FRENCH_BUSINESS)
    await factories.customer(client, entity, name="B", kind="BUSINESS", address={"country": "FR"}, taxId=VALID)
    await factories.finalize(client, await factories.draft(client, entity, held))
    await update(client, entity, settings={"tax": {"euThresholdExceeded": True}})

    shown = await judged(client, entity)

    assert shown["status"] == "ATTENTION"
    assert shown["checkedAt"] == "2026-03-10T09:00:00Z"
    assert (shown["pendingInvoices"], shown["unverifiedCustomers"]) == (1, 1)
    assert [(one["rule"], one["severity"], one["field"]) for one in shown["findings"]] == [
        ("ENTITY-TAX-ID", "WARNING", ["taxIds"]),
        ("REG-OSS-01", "WARNING", ["settings", "tax", "oss"]),
        ("VIES-02", "INFO", ["customers"]),
    ]
    assert shown["findings"][0]["message"] == "the seller is registered for VAT but has no tax id of DE (Art. 226 (3))"
    assert shown["findings"][0]["source"] == "Directive 2006/112/EC, art. 226 (3)"
    assert shown["findings"][1]["fix"] == "Set oss, or name the member states in otherRegistrations."
    assert shown["findings"][2]["message"] == (
        "of 2 buyers' VAT numbers 1 are not verified; the invoice waits as PENDING until the number is verified"
    )


async def test_who_may_not_read_buyers_is_told_of_the_seller_alone(sqlite_client: Client) -> None:
    entity = await seller(sqlite_client)
    await factories.customer(sqlite_client, entity, **FRENCH_BUSINESS)
    secret = await factories.key(sqlite_client, permissions=["ENTITIES_READ"])
    limited = sqlite_client.with_key(secret)
    ask = "query($i: ID!) { entity(id: $i) { compliance { status %s } } }"

    told = await limited.ask(ask % "findings { rule }", i=entity)
    denied = [await limited.error(ask % name, i=entity) for name in ("unverifiedCustomers", "pendingInvoices")]

    assert told["entity"]["compliance"] == {"status": "READY", "findings": []}
    assert [error["extensions"]["code"] for error in denied] == ["PERMISSION_DENIED"] * 2


async def test_a_changed_status_is_kept_told_counted_and_found(client: Client) -> None:
    scope = await scope_of(client)
    good, bad = await seller(client, name="A"), await seller(client, name="B", **WITHOUT_STREET)
    assert await found_by(client, status={"eq": "READY"}) == [good]
    assert await found_by(client, rule={"eq": "ENTITY-ADDRESS"}) == [bad]

    # when the one is put right and the other loses its tax id
    assert (
        await update(client, bad, address={"country": "DE", "line1": "1", "postcode": "10115", "city": "B"}) == "READY"
    )
    assert await update(client, good, taxIds=[]) == "ATTENTION"
    # a change that changes nothing of it is not told
    assert await update(client, good, website="example.org") == "ATTENTION"

    await factories.settled(client.app)
    log = await client.ask("{ events(types: [ENTITY_COMPLIANCE_CHANGED]) { nodes { entity { id } data } } }")
    told = [(node["entity"]["id"], node["data"]) for node in log["events"]["nodes"]]
    assert [(one, data["previousComplianceStatus"], data["complianceStatus"], data["rules"]) for one, data in told] == [
        (bad, "ATTENTION", "READY", []),
        (good, "READY", "ATTENTION", ["ENTITY-TAX-ID"]),
    ]
    assert (await client.ask(REPORT))["platformReport"]["compliance"] == {
        "ready": 1,
        "attention": 1,
        "blocked": 0,
        "unchecked": 0,
        "byRule": [{"rule": "ENTITY-TAX-ID", "severity": "WARNING", "entities": 1}],
    }
    assert await found_by(client, status={"eq": "READY"}) == [bad]
    assert await found_by(client, status={"oneOf": ["ATTENTION", "BLOCKED"]}, rule={"eq": "ENTITY-TAX-ID"}) == [good]
    assert await found_by(client, rule={"oneOf": ["ENTITY-ADDRESS", "ENTITY-TAX-ID"]}) == [good]
    assert await found_by(client, rule={"eq": None}) == [bad]
    for nothing in ("ENTITY", "ENTITY-TAX-ID:WARNING", "entity-tax-id", "%", "", " "):
        assert await found_by(client, rule={"eq": nothing}) == []
    assert await found_by(client, rule={"oneOf": []}) == []
    assert await found_by(client, status={"eq": None}) == []
    async with client.app.database.read(scope) as session:
        assert len(await COMPLIANCE.list(scope, session, limit=10)) == 2


async def test_an_archived_seller_is_not_judged_any_more(client: Client) -> None:
    entity = await seller(client, **WITHOUT_STREET)
    for mutation, found in (("entitySuspend", [entity]), ("entityArchive", [])):
        ask = f"mutation($i: EntityIdInput!) {{ {mutation}(input: $i) {{ userErrors {{ message }} }} }}"
        assert (await client.ask(ask, i={"id": entity}))[mutation]["userErrors"] == []
        assert await found_by(client, rule={"eq": "ENTITY-ADDRESS"}) == found
    scope = await scope_of(client)
    assert await compliance.refresh(client.app.services, scope) == 0
    assert (await client.ask(REPORT))["platformReport"]["compliance"]["attention"] == 0


async def test_rules_that_changed_are_asked_by_the_clock(client: Client, clock: Clock) -> None:
    # given sellers whom older rules saw, and one whom none did
    scope = await scope_of(client)
    ids = [await seller(client, name=name) for name in "ABC"]
    await in_the_database(
        client, "UPDATE entity_compliance SET law = 'older', status = 'BLOCKED' WHERE id = $1", ids[0]
    )
    await in_the_database(client, "DELETE FROM entity_compliance WHERE id = $1", ids[1])
    before = (await client.ask(REPORT))["platformReport"]["compliance"]

    clock.advance(hours=2)
    assert await compliance.refresh(client.app.services, scope) == 2
    assert await compliance.refresh(client.app.services, scope) == 0

    assert (before["ready"], before["blocked"], before["unchecked"]) == (1, 1, 1)
    after = (await client.ask(REPORT))["platformReport"]["compliance"]
    assert (after["ready"], after["blocked"], after["unchecked"]) == (3, 0, 0)
    await factories.settled(client.app)
    log = await client.ask("{ events(types: [ENTITY_COMPLIANCE_CHANGED]) { nodes { data actor } } }")
    assert [(node["data"]["id"], node["data"]["complianceStatus"]) for node in log["events"]["nodes"]] == [
        (ids[0], "READY")
    ]
    async with client.app.database.read(scope) as session:
        rows = {row.id: row for row in await COMPLIANCE.list(scope, session, limit=10)}
    # the third was left alone
    assert [rows[one].checked_at == clock() for one in ids] == [True, True, False]


async def test_a_law_that_takes_effect_blocks_who_breaks_it(client: Client) -> None:
    # given a French seller's format from before the law asked for its form
    entity = await seller(client, **FRENCH)
    await break_formats(client, entity, '{"STANDARD": "F:{nnn}"}')
    assert await update(client, await seller(client), website="example.org") == "READY"
    scope = await scope_of(client)
    await in_the_database(client, "UPDATE entity_compliance SET law = 'older' WHERE id = $1", entity)
    assert await compliance.refresh(client.app.services, scope) == 1

    shown = (await client.ask(REPORT))["platformReport"]["compliance"]
    draft = await factories.draft(client, entity)
    findings = (await client.ask(READ, ids=[draft]))["nodes"][0]["readiness"]
    refused = await factories.finalize(client, draft)

    assert (shown["ready"], shown["blocked"]) == (1, 1)
    assert shown["byRule"] == [{"rule": "NUM-FR-01", "severity": "ERROR", "entities": 1}]
    assert await found_by(client, status={"eq": "BLOCKED"}, rule={"eq": "NUM-FR-01"}) == [entity]
    assert (findings[0]["rule"], findings[0]["severity"]) == ("NUM-LAW", "ERROR")
    assert refused["userErrors"] == [{"code": "INVALID_INPUT", "message": findings[0]["message"], "field": None}]
    # what another type's format breaks is no matter of this one
    await break_formats(client, entity, '{"ADVANCE": "A:{nnn}"}')
    assert (await factories.finalize(client, draft))["userErrors"] == []


async def test_sellers_found_by_rule_are_paged_by_keyset(client: Client) -> None:
    wanted = [await seller(client, name=f"S{n:02d}", **(WITHOUT_STREET if n % 2 else {})) for n in range(7)][1::2]
    found, after = list[str](), None
    for _ in range(4):
        where = {"compliance": {"rule": {"eq": "ENTITY-ADDRESS"}}, "search": "S0"}
        page = (await client.ask(FIND, w=where, n=2, a=after))["entities"]
        found += [node["id"] for node in page["nodes"]]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break
    assert found == wanted


async def test_a_seller_counts_and_finds_itself_alone(client: Client, account: keys.NewAccount) -> None:
    # given sellers of this platform and one of another
    own, other = await seller(client, **WITHOUT_STREET), await seller(client, **WITHOUT_STREET)
    live = client.with_key(account.live_secret)
    await factories.entity(live, **WITHOUT_STREET)

    narrow = client.with_key(await factories.key(client, own))

    assert await found_by(narrow, rule={"eq": "ENTITY-ADDRESS"}) == [own]
    assert sorted(await found_by(client, rule={"eq": "ENTITY-ADDRESS"})) == sorted([own, other])
    assert (await client.ask(REPORT))["platformReport"]["compliance"]["attention"] == 2
    assert (await live.ask(REPORT))["platformReport"]["compliance"]["attention"] == 1
    assert (await narrow.error(REPORT))["extensions"]["code"] == "PERMISSION_DENIED"
    foreign = await scope_of(live)
    async with client.app.database.transaction(foreign) as session:
        assert await query.delete(foreign, session, "entity_compliance", Eq("entity_id", own)) == 0


async def test_a_page_of_sellers_costs_no_more_statements_than_one(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    for n in range(12):
        entity = await seller(client, **(WITHOUT_STREET if n % 2 else {}))
        await factories.customer(client, entity, **FRENCH_BUSINESS)
    asked: list[str] = []
    fetch = Session.fetch

    async def counted(self: Session, sql: str, *values: object) -> Any:
        # the loops in the background read neither buyers nor documents
        if "FROM customer" in sql or "FROM invoice" in sql:
            asked.append(sql)
        return await fetch(self, sql, *values)

    monkeypatch.setattr(Session, "fetch", counted)
    counts = []
    for size in (1, 12):
        asked.clear()
        page = await client.ask(f"query($n: Int) {{ entities(first: $n) {{ nodes {{ {SHOWN} }} }} }}", n=size)
        assert len(page["entities"]["nodes"]) == size
        assert all(node["compliance"]["unverifiedCustomers"] == 1 for node in page["entities"]["nodes"])
        counts.append(len(asked))
    # answered both ways, each with one statement for the buyers and one for the documents
    assert counts == [4, 4]


async def test_a_rule_is_written_with_the_seller_or_not_at_all(
    sqlite_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    # given a seller whose change is refused after it was written
    entity = await seller(sqlite_client)

    async def away(*_: object, **__: object) -> None:
        raise RuntimeError("the log is away")

    from app.services.once import Work

    monkeypatch.setattr(Work, "finish", away)
    assert "errors" in await sqlite_client.raw(UPDATE, i={"id": entity, "taxIds": []})
    monkeypatch.undo()

    assert await found_by(sqlite_client, status={"eq": "READY"}) == [entity]
    assert (await judged(sqlite_client, entity))["status"] == "READY"


READ = (
    "query($ids: [ID!]!) { nodes(ids: $ids)"
    " { id ... on Invoice { status readiness { rule severity message field } } } }"
)


async def test_of_an_ordinary_draft_nothing_is_found(client: Client) -> None:
    # given a seller that could not sell abroad, and drafts at home and to a business abroad
    entity = await seller(client, settings={"tax": {"euThresholdExceeded": True}})
    business = await factories.customer(
        client, entity, **{**FRENCH_BUSINESS, "taxId": VALID, "address": FRENCH["address"]}
    )
    plain = await factories.draft(client, entity)
    exempt = await factories.draft(client, entity, business, lines=[factories.line("900.00")])
    lacking = await factories.draft(
        client,
        entity,
        await factories.customer(client, entity, **{**FRENCH_BUSINESS, "taxId": VALID}),
        lines=[factories.line("900.00", unit="piece", allowances=[{"percent": "5"}])],
        supplyDate="2026-01-20",
        pricesIncludeTax=True,
    )

    nodes = (await client.ask(READ, ids=[plain, exempt, lacking]))["nodes"]

    assert [node["readiness"] for node in nodes[:2]] == [[], []]
    found = [(one["rule"], one["severity"], one["field"]) for one in nodes[2]["readiness"]]
    assert found == [
        ("ART226-05", "WARNING", ["customer", "address"]),
        ("ART226-08", "WARNING", ["pricesIncludeTax"]),
        ("ART222-01", "WARNING", ["supplyDate"]),
        ("BR-23", "INFO", ["lines", "0", "unit"]),
        ("BR-42", "INFO", ["lines", "0", "allowances", "0", "reason"]),
    ]
    assert (await factories.finalize(client, lacking))["userErrors"] == []


EXEMPT: Data = {"kind": "SERVICES", "nature": "EXEMPT_EDUCATION"}


def _lines(chance: random.Random) -> list[Data]:
    """Lines that are mostly right, and now and then cannot be printed, decided, or come to less than nothing."""
    kinds: list[tuple[int, Data]] = [
        (30, factories.line("11.90")),
        (10, factories.line("0.01", "3", allowances=[{"percent": "10"}], charges=[{"amount": "1.00", "reason": "x"}])),
        (6, factories.line("100.00", "1", supply={"kind": "DIGITAL"})),
        (6, factories.line("50.00", "1", supply=EXEMPT)),
        (3, factories.line("20.00", "-3")),
        (3, factories.line("5.00", "1", description="Tea 🍵")),
        (3, factories.line("5.00", "1", supply={"kind": "GOODS", "dispatchFrom": "IT"})),
        (3, factories.line("-5.00", "1", unit="piece")),
        (3, factories.line("9.00", "1", supply={"kind": "GOODS", "facilitatedByMarketplace": True})),
    ]
    return chance.choices([line for _, line in kinds], [weight for weight, _ in kinds], k=chance.randint(1, 3))


async def _sellers(client: Client) -> list[str]:
    """Sellers in good and in bad order."""
    chinese = {"country": "CN", "line1": "1", "city": "Shenzhen"}
    return [
        await seller(client),
        await seller(client, settings={"tax": {"euThresholdExceeded": True}}),
        await seller(client, settings={"tax": {"whenUnverified": "HOLD", "oss": True, "pricesIncludeTax": True}}),
        await seller(client, settings={"tax": {"smallBusiness": True}}),
        await seller(client, **FRENCH),
        await seller(client, address=chinese, taxIds=[], settings={"tax": {"otherRegistrations": ["DE"]}}),
        await seller(
            client, address={"country": "PT", "line1": "1", "postcode": "1000-001", "city": "Lisboa"}, taxIds=[]
        ),
        await seller(
            client, address={"country": "PL", "line1": "1", "postcode": "00-001", "city": "Warszawa"}, taxIds=[]
        ),
        await seller(client, name="to be suspended"),
    ]


async def test_what_readiness_calls_an_error_is_what_finalizing_refuses(client: Client) -> None:
    # given drafts of many kinds, by sellers of whom one has a format that its law forbids by now, and one is suspended
    chance = random.Random(20260310)
    sellers = await _sellers(client)
    drafts = []
    for entity in sellers:
        buyers = [
            await factories.customer(client, entity),
            await factories.customer(client, entity, address={"country": "FR"}),
            await factories.customer(client, entity, **FRENCH_BUSINESS),
            await factories.customer(client, entity, **{**FRENCH_BUSINESS, "taxId": VALID}),
            await factories.customer(client, entity, name="US", kind="BUSINESS", address={"country": "US"}),
        ]
        for _ in range(5):
            given: Data = {"lines": _lines(chance), "customerId": chance.choice(buyers)}
            given["currency"] = chance.choices(["EUR", "USD"], [5, 1])[0]
            given["type"] = chance.choices(["STANDARD", "PROFORMA", "ADVANCE", "SELF_BILLED"], [6, 1, 1, 1])[0]
            if chance.random() < 0.5:
                given["agreementReference"] = "A-1" if given["type"] == "SELF_BILLED" else None
            mutation = (
                "mutation($i: InvoiceCreateInput!) { invoiceCreate(input: $i) { invoice { id } userErrors { code } } }"
            )
            payload = (await client.ask(mutation, i=given))["invoiceCreate"]
            if payload["invoice"] is not None:
                drafts.append(payload["invoice"]["id"])
    await break_formats(client, sellers[4], '{"STANDARD": "F:{nnn}"}')
    await client.ask(
        "mutation($i: EntityIdInput!) { entitySuspend(input: $i) { entity { id } } }", i={"id": sellers[-1]}
    )

    # when each is looked at, and then finalized
    found: dict[str, list[Data]] = {}
    for start in range(0, len(drafts), 50):
        nodes = (await client.ask(READ, ids=drafts[start : start + 50]))["nodes"]
        found |= {node["id"]: node["readiness"] for node in nodes}
    seen: set[str] = set()
    outcomes = {True: 0, False: 0}
    for draft in drafts:
        stops = [one for one in found[draft] if one["severity"] == "ERROR"]
        refused = (await factories.finalize(client, draft))["userErrors"]

        # then the two agree, in the message as well
        assert bool(stops) == bool(refused), (found[draft], refused)
        if refused:
            assert refused[0]["message"] in [one["message"] for one in stops]
        outcomes[bool(refused)] += 1
        seen |= {one["rule"] for one in stops}
    assert min(outcomes.values()) >= 10
    assert {"ENTITY-STATUS", "ART224-01", "NUM-LAW", "NUM-REGISTERED", "TOTAL-01"} <= seen


async def test_a_draft_whose_amounts_were_changed_is_not_finalized(sqlite_client: Client) -> None:
    draft = await factories.draft(sqlite_client, await seller(sqlite_client))
    await in_the_database(sqlite_client, "UPDATE invoice SET tax_minor = tax_minor + 1 WHERE id = $1", draft)

    found = (await sqlite_client.ask(READ, ids=[draft]))["nodes"][0]["readiness"]
    refused = (await factories.finalize(sqlite_client, draft))["userErrors"]

    assert [one["rule"] for one in found if one["severity"] == "ERROR"] == ["BR-CO-14", "BR-CO-15"]
    assert refused[0]["message"] == found[0]["message"]


async def test_a_reference_that_is_taken_is_found_before_finalizing(sqlite_client: Client) -> None:
    # given two paid orders with one reference, drafted while the first was not finalized
    entity = await seller(sqlite_client)
    paid = {"paidAt": "2026-03-09T10:00:00Z", "paymentReference": "R-1"}
    drafts = []
    for _ in range(2):
        order = await factories.order(sqlite_client, entity, **paid)
        mutation = (
            "mutation($i: InvoiceCreateInput!) { invoiceCreate(input: $i) { invoice { id } userErrors { message } } }"
        )
        payload = (await sqlite_client.ask(mutation, i={"orderId": order["id"]}))["invoiceCreate"]
        assert payload["userErrors"] == []
        drafts.append(payload["invoice"]["id"])
    assert (await factories.finalize(sqlite_client, drafts[0]))["userErrors"] == []

    stops = (await sqlite_client.ask(READ, ids=[drafts[1]]))["nodes"][0]["readiness"]
    refused = (await factories.finalize(sqlite_client, drafts[1]))["userErrors"]

    assert refused[0]["code"] == "ALREADY_EXISTS"
    assert [(one["rule"], one["message"]) for one in stops if one["severity"] == "ERROR"] == [
        ("ALREADY_EXISTS", refused[0]["message"])
    ]


async def test_the_number_of_the_import_scheme_is_a_tax_id_that_no_document_states(sqlite_client: Client) -> None:
    # given a seller in the EU with the number of the Import One-Stop-Shop before its VAT number
    number = {"value": "IM 2760000742", "country": "DE"}
    settings = {"tax": {"oss": True, "ioss": True}}
    entity = await seller(sqlite_client, settings=settings, taxIds=[number, {"value": "DE136695976", "country": "DE"}])
    without = await seller(sqlite_client, settings=settings)

    draft = await factories.draft(sqlite_client, entity)
    shown = await sqlite_client.ask(
        "query($i: ID!) { invoice(id: $i) { seller { taxId } entity { taxIds { value } } } }", i=draft
    )

    assert shown["invoice"]["seller"]["taxId"] == "DE136695976"
    assert [one["value"] for one in shown["invoice"]["entity"]["taxIds"]] == ["IM2760000742", "DE136695976"]
    assert (await judged(sqlite_client, entity))["findings"] == []
    assert [one["rule"] for one in (await judged(sqlite_client, without))["findings"]] == ["REG-IOSS-01"]


async def test_the_command_shows_all_platforms_or_one_seller(sqlite_client: Client, tmp_path: Path) -> None:
    url = sqlite_client.app.settings.database_url
    entity = await seller(sqlite_client, **WITHOUT_STREET)
    blocked = await seller(sqlite_client, **FRENCH)
    await break_formats(sqlite_client, blocked, '{"STANDARD": "F:{nnn}"}')
    await in_the_database(sqlite_client, "UPDATE entity_compliance SET law = 'older'")
    platform = (await scope_of(sqlite_client)).platform_id

    def run(*arguments: str) -> tuple[int, str]:
        done = invoicing(tmp_path, "compliance", *arguments, INVOICING_DATABASE_URL=url)
        return done.returncode, done.stdout

    code, shown = await asyncio.to_thread(run, "--refresh", "--platform", platform, "--json")
    assert (code, json.loads(shown)) == (
        1,
        {
            platform: {
                "ready": 0,
                "attention": 1,
                "blocked": 1,
                "unchecked": 0,
                "by_rule": [
                    {"rule": "NUM-FR-01", "severity": "ERROR", "entities": 1},
                    {"rule": "ENTITY-ADDRESS", "severity": "WARNING", "entities": 1},
                ],
            }
        },
    )
    code, shown = await asyncio.to_thread(run, "--entity", entity)
    assert code == 0
    assert "ATTENTION" in shown
    assert "ENTITY-ADDRESS" in shown
