"""Rates as the API tells them."""

from __future__ import annotations

from tests.factories import Client

RATES = """query($day: Date!, $country: CountryCode) { taxRates(date: $day, country: $country) {
  country region name since until rates { taxClass percent } sources } }"""


async def test_the_rates_of_a_country_on_a_day_with_their_sources(sqlite_client: Client) -> None:
    before = (await sqlite_client.ask(RATES, day="2025-06-30", country="EE"))["taxRates"]
    after = (await sqlite_client.ask(RATES, day="2025-07-01", country="EE"))["taxRates"]
    assert [(one["since"], one["until"]) for one in before] == [("2025-01-01", "2025-06-30")]
    assert before[0]["rates"][0] == {"taxClass": "STANDARD", "percent": "22"}
    assert after[0]["rates"] == [
        {"taxClass": "STANDARD", "percent": "24"},
        {"taxClass": "REDUCED", "percent": "13"},
        {"taxClass": "SECOND_REDUCED", "percent": "9"},
    ]
    assert after[0]["until"] is None
    assert after[0]["sources"]


async def test_regions_have_their_own(sqlite_client: Client) -> None:
    found = (await sqlite_client.ask(RATES, day="2026-11-25", country="PT"))["taxRates"]
    assert [(one["region"], one["rates"][0]["percent"]) for one in found] == [
        (None, "23"),
        ("PT-20", "16"),
        ("PT-30", "22"),
    ]


async def test_all_countries_at_once(sqlite_client: Client) -> None:
    found = (await sqlite_client.ask(RATES, day="2026-11-25"))["taxRates"]
    assert len({one["country"] for one in found}) == 30


async def test_an_unknown_country_and_an_uncovered_day_are_no_zero(sqlite_client: Client) -> None:
    error = await sqlite_client.error(RATES, day="2026-11-25", country="JP")
    wrong = await sqlite_client.error(RATES, day="2026-11-25", country="XX")
    assert (error["extensions"]["code"], error["message"]) == ("NOT_FOUND", "the tax rates of JP are not known")
    assert wrong["extensions"]["code"] == "INVALID_INPUT"
    assert (await sqlite_client.ask(RATES, day="1990-01-01", country="GB"))["taxRates"] == []


async def test_a_mention_is_told_as_the_document_words_it(sqlite_client: Client) -> None:
    data = await sqlite_client.ask(
        """{ taxPreview(input: { date: "2026-11-25", currency: "EUR", seller: { country: "DE" },
          buyer: { country: "FR", kind: BUSINESS, taxIdStatus: VALID },
          lines: [{ description: "Consulting", quantity: "1", unitPrice: "100", supply: { kind: SERVICES } }] }) {
          lines { taxDecision { mention de: mention(locale: "de-AT") xx: mention(locale: "ja") } } } }"""
    )
    assert data["taxPreview"]["lines"][0]["taxDecision"] == {
        "mention": "Reverse charge",
        "de": "Steuerschuldnerschaft des Leistungsempfängers",
        "xx": "Reverse charge",
    }
