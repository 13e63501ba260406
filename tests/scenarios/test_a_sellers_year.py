"""A year of an Estonian seller that came from another system: its numbers, a new rate of VAT and a new format."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from tests import factories
from tests.conftest import Clock
from tests.factories import Client

ESTONIAN: dict[str, Any] = {
    "address": {"country": "EE", "line1": "Viru 1", "postcode": "10111", "city": "Tallinn"},
    "timeZone": "Europe/Tallinn",
    "taxIds": [{"value": "EE100931558", "country": "EE"}],
    "settings": {
        "autoInvoice": "NEVER",
        "tax": {"pricesIncludeTax": False},
        "numberFormats": [{"type": "STANDARD", "pattern": "{yyyy}-{nnnn}"}],
    },
}
START = "mutation($i: SeriesStartInput!) { seriesStart(input: $i) { userErrors { message } } }"
UPDATE = "mutation($i: EntityUpdateInput!) { entityUpdate(input: $i) { userErrors { message } } }"
PREVIEW = """query($e: ID!, $p: String) { numberingPreview(entityId: $e, type: STANDARD, pattern: $p) {
  nextNumbers findings { severity message } } }"""
FINALIZE = """mutation($i: InvoiceFinalizeInput!) { invoiceFinalize(input: $i) { userErrors { message }
  invoice { number issueDate netTotal { amount } taxTotal { amount } taxes { percent } previousHash contentHash } } }"""
AUDIT = """query($e: ID!) { sequenceAudit(entityId: $e) { clean documentCount
  series { pattern firstNumber lastNumber documentCount } findings { code message } } }"""


async def test_a_year(client: Client, clock: Clock) -> None:
    clock.now = datetime(2025, 1, 2, 9, 0, tzinfo=UTC)
    seller = await factories.entity(client, **ESTONIAN)
    buyer = await factories.customer(client, seller, address={"country": "EE"})

    async def sold(at: datetime, **given: Any) -> dict[str, Any]:
        clock.now = at
        draft = await factories.draft(client, seller, buyer, lines=[factories.line("100")], **given)
        payload = (await client.ask(FINALIZE, i={"id": draft}))["invoiceFinalize"]
        assert payload["userErrors"] == []
        found: dict[str, Any] = payload["invoice"]
        return found

    # January: the other system's last invoice of the year was 2025-0417.
    started = await client.ask(START, i={"entityId": seller, "type": "STANDARD", "nextNumber": "2025-0418"})
    assert started["seriesStart"]["userErrors"] == []
    first = await sold(datetime(2025, 1, 2, 10, 0, tzinfo=UTC))
    assert (first["number"], first["taxTotal"], first["taxes"]) == (
        "2025-0418",
        {"amount": "22.00"},
        [{"percent": "22"}],
    )

    # The last evening of June: 22 % until midnight in Tallinn, which is 21:00 in Greenwich; 24 % from then on.
    before = await sold(datetime(2025, 6, 30, 20, 59, tzinfo=UTC))
    after = await sold(datetime(2025, 6, 30, 21, 1, tzinfo=UTC))
    assert (before["issueDate"], before["taxTotal"]) == ("2025-06-30", {"amount": "22.00"})
    assert (after["issueDate"], after["taxTotal"]) == ("2025-07-01", {"amount": "24.00"})

    # In July a supply of June is billed: the rate is that of the day of supply.
    late = await sold(datetime(2025, 7, 10, 9, 0, tzinfo=UTC), supplyDate="2025-06-28")
    assert (late["number"], late["issueDate"], late["taxes"]) == ("2025-0421", "2025-07-10", [{"percent": "22"}])

    # In September the format changes: a new series begins, and the preview says so before.
    clock.now = datetime(2025, 9, 1, 9, 0, tzinfo=UTC)
    preview = (await client.ask(PREVIEW, e=seller, p="EE-{nnn}"))["numberingPreview"]
    assert preview["nextNumbers"] == ["EE-001", "EE-002", "EE-003"]
    changed = await client.ask(
        UPDATE, i={"id": seller, "settings": {"numberFormats": [{"type": "STANDARD", "pattern": "EE-{nnn}"}]}}
    )
    assert changed["entityUpdate"]["userErrors"] == []
    fresh = await sold(datetime(2025, 9, 1, 10, 0, tzinfo=UTC))
    assert (fresh["number"], fresh["previousHash"], fresh["taxes"]) == ("EE-001", None, [{"percent": "24"}])

    # A format without a year goes on through New Year.
    last = await sold(datetime(2025, 12, 31, 21, 59, tzinfo=UTC))
    next_year = await sold(datetime(2025, 12, 31, 22, 1, tzinfo=UTC))
    assert [(one["number"], one["issueDate"]) for one in (last, next_year)] == [
        ("EE-002", "2025-12-31"),
        ("EE-003", "2026-01-01"),
    ]
    assert next_year["previousHash"] == last["contentHash"]

    # Both series hold, and the numbers of the other system are no gap.
    audit = (await client.ask(AUDIT, e=seller))["sequenceAudit"]
    assert (audit["clean"], audit["documentCount"], audit["findings"]) == (True, 7, [])
    assert sorted(
        (one["pattern"], one["firstNumber"], one["lastNumber"], one["documentCount"]) for one in audit["series"]
    ) == [
        ("EE-{nnn}", 1, 3, 3),
        ("{yyyy}-{nnnn}", 418, 421, 4),
    ]
