"""What determination says beyond the decided cases: assumptions, waiting, refusals, and dates."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from app.domain.errors import TaxUndetermined
from app.domain.parties import CustomerKind, TaxIdStatus, UnverifiedPolicy
from app.domain.tax.determine import determine
from app.domain.tax.model import (
    SupplyKind,
    SupplyNature,
    TaxBuyer,
    TaxClass,
    TaxQuestion,
    TaxSeller,
    TaxSupply,
    TaxTreatment,
)

DAY = date(2026, 10, 15)
GERMAN = TaxSeller(country="DE")
BUSINESS = TaxBuyer(country="FR", kind=CustomerKind.BUSINESS, tax_id_status=TaxIdStatus.VALID, tax_id_country="FR")
CONSUMER = TaxBuyer(country="FR")


def ask(
    *,
    seller: TaxSeller = GERMAN,
    buyer: TaxBuyer = CONSUMER,
    supply: TaxSupply | None = None,
    tax_class: TaxClass = TaxClass.STANDARD,
    day: date = DAY,
    above: bool | None = None,
) -> TaxQuestion:
    return TaxQuestion(
        seller=seller,
        buyer=buyer,
        supply=supply or TaxSupply(),
        tax_class=tax_class,
        tax_point=day,
        threshold_exceeded=above,
    )


def test_an_unknown_threshold_counts_as_below_and_the_decision_says_so() -> None:
    decision = determine(ask())
    assert decision.treatment is TaxTreatment.ORIGIN
    assert (decision.percent, decision.country) == (Decimal(19), "DE")
    assert "assuming that the seller's cross-border sales stay below EUR 10,000" in decision.explanation
    assert decision.inputs["threshold_exceeded"] is None


def test_above_the_threshold_without_oss_or_registration_is_refused() -> None:
    with pytest.raises(TaxUndetermined, match="it uses neither the One-Stop-Shop nor is it registered there"):
        determine(ask(above=True))


def test_stock_in_another_state_disables_the_threshold() -> None:
    with pytest.raises(TaxUndetermined, match=r"the threshold of Art\. 59c does not apply"):
        determine(ask(supply=TaxSupply(dispatch_from="PL")))


def test_a_local_sale_from_stock_abroad_needs_a_registration_there() -> None:
    from_stock = TaxSupply(dispatch_from="FR")
    with pytest.raises(TaxUndetermined, match="the seller is not registered for VAT") as raised:
        determine(ask(supply=from_stock))
    assert raised.value.field == ("supply", "dispatchFrom")
    decision = determine(ask(seller=replace(GERMAN, other_registrations=("FR",)), supply=from_stock))
    assert (decision.treatment, decision.percent, decision.country) == (TaxTreatment.DOMESTIC, Decimal(20), "FR")


@pytest.mark.parametrize("kind", [SupplyKind.GOODS, SupplyKind.SERVICES, SupplyKind.DIGITAL])
def test_unverified_numbers_wait_or_are_charged(kind: SupplyKind) -> None:
    unverified = replace(BUSINESS, tax_id_status=TaxIdStatus.UNVERIFIED)
    question = ask(buyer=unverified, supply=TaxSupply(kind=kind))
    charged = determine(question)
    assert charged.category == "S"
    assert "is not verified, so VAT is charged" in charged.explanation
    held = determine(replace(question, seller=replace(GERMAN, when_unverified=UnverifiedPolicy.HOLD)))
    assert (held.treatment, held.rule) == (TaxTreatment.HOLD, "eu.buyer_number.hold")
    assert (held.category, held.percent) == (charged.category, charged.percent)


def test_a_domestic_sale_does_not_wait_for_a_number() -> None:
    buyer = TaxBuyer(
        country="DE", kind=CustomerKind.BUSINESS, tax_id_status=TaxIdStatus.UNVERIFIED, tax_id_country="DE"
    )
    decision = determine(ask(seller=replace(GERMAN, when_unverified=UnverifiedPolicy.HOLD), buyer=buyer))
    assert decision.treatment is TaxTreatment.DOMESTIC


def test_goods_that_do_not_move_are_no_intra_community_supply() -> None:
    decision = determine(ask(buyer=BUSINESS, supply=TaxSupply(ship_to="DE")))
    assert (decision.treatment, decision.percent) == (TaxTreatment.DOMESTIC, Decimal(19))


def test_greek_numbers_are_known_by_both_their_codes() -> None:
    for code in ("EL", "GR"):
        buyer = replace(BUSINESS, country="GR", tax_id_country=code)
        assert determine(ask(buyer=buyer)).inputs["buyer_number_country"] == "GR"
    # A number of the state of dispatch is none of another state: no exemption.
    home = replace(BUSINESS, tax_id_country="EL")
    decision = determine(ask(seller=TaxSeller(country="GR"), buyer=home))
    assert decision.category == "S"


def test_small_businesses_never_make_intra_community_supplies() -> None:
    decision = determine(ask(seller=replace(GERMAN, small_business=True), buyer=BUSINESS))
    assert decision.treatment is TaxTreatment.EXEMPT_SMALL_BUSINESS
    assert (decision.category, decision.mention) == ("E", "Umsatzsteuerbefreit nach § 19 UStG (Kleinunternehmer)")


def test_sellers_without_registration_charge_nothing() -> None:
    decision = determine(ask(seller=replace(GERMAN, vat_registered=False)))
    assert (decision.treatment, decision.category, decision.percent) == (TaxTreatment.OUTSIDE_SCOPE, "O", None)


def test_before_july_2021_there_is_no_one_stop_shop_for_goods() -> None:
    seller = replace(GERMAN, oss=True)
    last, first = date(2021, 6, 30), date(2021, 7, 1)
    assert determine(ask(seller=seller, day=last)).treatment is TaxTreatment.ORIGIN
    assert determine(ask(seller=seller, day=first)).treatment is TaxTreatment.OSS


def test_a_sale_to_britain_is_an_export_from_2021_on() -> None:
    buyer = TaxBuyer(country="GB")
    assert determine(ask(buyer=buyer, day=date(2020, 12, 31))).treatment is TaxTreatment.ORIGIN
    assert determine(ask(buyer=buyer, day=date(2021, 1, 1))).treatment is TaxTreatment.EXPORT


def test_digital_services_follow_the_consumer_since_2015() -> None:
    digital = TaxSupply(kind=SupplyKind.DIGITAL)
    seller = replace(GERMAN, oss=True)
    assert determine(ask(seller=seller, supply=digital, day=date(2014, 12, 31))).country == "DE"
    assert determine(ask(seller=seller, supply=digital, day=date(2015, 1, 1))).country == "FR"
    with pytest.raises(TaxUndetermined):
        determine(ask(supply=digital, day=date(2018, 12, 31)))
    assert determine(ask(supply=digital, day=date(2019, 1, 1))).treatment is TaxTreatment.ORIGIN


def test_general_services_to_consumers_stay_at_home_whatever_the_threshold() -> None:
    decision = determine(ask(supply=TaxSupply(kind=SupplyKind.SERVICES), above=True))
    assert (decision.treatment, decision.country) == (TaxTreatment.DOMESTIC, "DE")


def test_the_platform_is_the_supplier_of_small_imports() -> None:
    seller = TaxSeller(country="CN")
    import_ = TaxSupply(facilitated_by_marketplace=True, consignment_value=Decimal(150))
    decision = determine(ask(seller=seller, supply=import_))
    assert decision.treatment is TaxTreatment.DEEMED_SUPPLIER
    assert "the seller must not invoice it" in decision.explanation
    with pytest.raises(TaxUndetermined, match="the consignment's value decides") as raised:
        determine(ask(seller=seller, supply=replace(import_, consignment_value=None)))
    assert raised.value.field == ("supply", "consignmentValue")
    with pytest.raises(TaxUndetermined, match="the tax rules of CN are not known"):
        determine(ask(seller=seller, supply=replace(import_, consignment_value=Decimal("150.01"))))


def test_what_is_not_told_is_asked_for() -> None:
    with pytest.raises(TaxUndetermined) as raised:
        determine(ask(supply=TaxSupply(kind=SupplyKind.SERVICES, nature=SupplyNature.ACCOMMODATION)))
    assert raised.value.field == ("supply", "placeOfSupply")
    with pytest.raises(TaxUndetermined) as raised:
        determine(ask(buyer=TaxBuyer(country="DE"), tax_class=TaxClass.EXEMPT))
    assert raised.value.field == ("taxClass",)


def test_british_sellers_follow_british_law_at_home_and_abroad() -> None:
    seller = TaxSeller(country="GB")
    home = determine(ask(seller=seller, buyer=TaxBuyer(country="GB")))
    assert (home.treatment, home.percent, home.rule) == (TaxTreatment.DOMESTIC, Decimal(20), "gb.domestic")
    abroad = determine(ask(seller=seller, buyer=TaxBuyer(country="US")))
    assert (abroad.treatment, abroad.category, abroad.vatex_code) == (TaxTreatment.EXPORT, "G", None)
