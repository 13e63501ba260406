"""What counts against the threshold of Art. 59c, and when it is passed."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import product
from typing import Any

import pytest

from app.domain.errors import TaxUndetermined
from app.domain.parties import CustomerKind, TaxIdStatus
from app.domain.tax.determine import determine
from app.domain.tax.model import (
    SupplyKind,
    SupplyNature,
    TaxBuyer,
    TaxClass,
    TaxDecision,
    TaxQuestion,
    TaxSeller,
    TaxSupply,
    TaxTreatment,
)
from app.domain.tax.threshold import (
    EuSalesState,
    NetLine,
    Turnover,
    counted_net,
    counts,
    may_count,
    state_of,
    threshold_passed,
)

GERMAN = TaxSeller(country="DE")
CROSS_BORDER = {TaxTreatment.ORIGIN, TaxTreatment.OSS, TaxTreatment.DESTINATION_REGISTRATION}
S19 = ("S", Decimal(19), "DE")
S7 = ("S", Decimal(7), "DE")


def question(seller: TaxSeller = GERMAN, to: str = "FR", above: bool | None = False, **supply: Any) -> TaxQuestion:
    return TaxQuestion(
        seller=seller,
        buyer=TaxBuyer(country=to),
        supply=TaxSupply(**supply),
        tax_class=TaxClass.STANDARD,
        tax_point=date(2026, 10, 15),
        threshold_exceeded=above,
    )


def counted(decision: TaxDecision) -> bool:
    return counts(decision.rule, decision.inputs)


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (question(), True),
        (question(kind=SupplyKind.DIGITAL), True),
        (question(replace(GERMAN, oss=True)), True),
        (question(replace(GERMAN, other_registrations=("FR",)), above=True), True),
        (question(replace(GERMAN, country="PT", region="PT-30"), "ES"), True),
        (question(TaxSeller(country="GB", region="GB-NIR"), "IE"), True),
        # at home, out of the EU, general services
        (question(to="DE"), False),
        (question(to="CH"), False),
        (question(kind=SupplyKind.SERVICES), False),
        # from stock elsewhere, and by sellers outside the EU
        (question(replace(GERMAN, oss=True, other_registrations=("PL",)), dispatch_from="PL"), False),
        (question(TaxSeller(country="GB", oss=True), kind=SupplyKind.DIGITAL), False),
        (question(TaxSeller(country="CH", oss=True, other_registrations=("DE",)), dispatch_from="DE"), False),
        # art. 47 and 54, which the threshold does not name, declared in the One-Stop-Shop all the same
        (
            question(
                replace(GERMAN, oss=True),
                kind=SupplyKind.SERVICES,
                nature=SupplyNature.ACCOMMODATION,
                place_of_supply="FR",
            ),
            False,
        ),
        (question(replace(GERMAN, oss=True), kind=SupplyKind.SERVICES, nature=SupplyNature.EVENT_ONLINE), False),
        (question(nature=SupplyNature.MARGIN_ART), False),
        (question(replace(GERMAN, small_business=True)), False),
    ],
)
def test_what_counts(asked: TaxQuestion, expected: bool) -> None:
    assert counted(determine(asked)) is expected


def test_nothing_counts_that_could_not() -> None:
    """`may_count`, by which counts are locked before anything is decided, is never wrong the other way."""
    countries = ("AT", "DE", "FR", "GR", "PL", "GB", "MC", "CH", "US")
    sellers = [
        TaxSeller(country=country, **given)
        for country in countries
        for given in ({}, {"oss": True}, {"other_registrations": ("FR", "PL")}, {"small_business": True})
    ]
    buyers = [
        TaxBuyer(country=to, kind=kind, tax_id_status=status, tax_id_country=None if status == "NONE" else number)
        for to, number in product(countries, ("DE", "FR"))
        for kind, status in (
            (CustomerKind.CONSUMER, TaxIdStatus.NONE),
            (CustomerKind.BUSINESS, TaxIdStatus.VALID),
            (CustomerKind.BUSINESS, TaxIdStatus.UNVERIFIED),
        )
    ]
    supplies = [
        TaxSupply(kind=kind, dispatch_from=dispatch, ship_to=to)
        for kind, dispatch, to in product(SupplyKind, (None, "PL", "CH"), (None, "FR", "XI"))
    ]
    seen: Counter[tuple[bool, bool]] = Counter()
    for seller, buyer, supply in product(sellers, buyers, supplies):
        asked = replace(question(seller), buyer=buyer, supply=supply)
        could = may_count(seller, (buyer.country, supply.ship_to), asked.tax_point)
        try:
            does = counted(determine(asked))
        except TaxUndetermined:
            continue
        assert could or not does, (seller, buyer, supply)
        seen[could, does] += 1
    # and it is not simply always true
    assert seen[True, True] > 500
    assert seen[False, False] > seen[True, False]


def test_a_discount_on_the_whole_falls_on_what_counts_in_its_share() -> None:
    lines = [NetLine(S19, 10_000, True), NetLine(S19, 5_000, False), NetLine(S7, 1_000, True)]
    assert counted_net(lines, {S19: 15_000, S7: 1_000}, adjusted=False) == 11_000
    # 10 % off each group: 9,000 + 900
    assert counted_net(lines, {S19: 13_500, S7: 900}, adjusted=True) == 9_900
    # what deducts an advance bears none of it
    deducting = [NetLine(S19, 10_000, True), NetLine(S19, -3_000, True)]
    assert counted_net(deducting, {S19: 6_000}, adjusted=True) == 6_000
    assert counted_net([NetLine(S19, 10_000, False)], {S19: 10_000}, adjusted=False) is None


@pytest.mark.parametrize(
    ("this_year", "last_year", "expected"),
    [
        (None, None, False),
        (Turnover(1_000_000, False, 0), None, False),
        (Turnover(1_000_001, False, 0), None, True),
        (None, Turnover(1_000_001, False, 0), True),
        # credited since: it was passed in the course of the year
        (Turnover(10, True, 0), None, True),
        (None, Turnover(10, True, 0), True),
        # documents are missing in the sum: it is at least that much
        (Turnover(10, False, 1), None, None),
        (None, Turnover(10, False, 1), None),
        (Turnover(1_000_001, False, 1), None, True),
    ],
)
def test_this_years_sales_and_last_years_pass_it(
    this_year: Turnover | None, last_year: Turnover | None, expected: bool | None
) -> None:
    assert threshold_passed(this_year, last_year) is expected


@pytest.mark.parametrize(
    ("turnover", "expected"),
    [
        (Turnover(799_999, False, 0), EuSalesState.BELOW),
        (Turnover(800_000, False, 0), EuSalesState.APPROACHING),
        (Turnover(1_000_000, False, 0), EuSalesState.APPROACHING),
        (Turnover(1_000_001, False, 0), EuSalesState.EXCEEDED),
        (Turnover(-5, True, 0), EuSalesState.EXCEEDED),
    ],
)
def test_a_year_in_a_word(turnover: Turnover, expected: EuSalesState) -> None:
    assert state_of(turnover) is expected


def test_the_choice_of_the_destination_is_named_where_it_makes_the_difference() -> None:
    with pytest.raises(TaxUndetermined, match=r"has chosen the destination's VAT \(Art\. 59c \(3\)\)"):
        determine(question(replace(GERMAN, destination_taxation=True)))
    assert "destination_taxation" not in determine(question()).inputs
