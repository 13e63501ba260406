"""Sellers established outside the EU: by their own country's law, and by the EU's when they sell into it."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from app.domain.errors import TaxUndetermined
from app.domain.tax.case import Case, awaiting, taxed, untaxed
from app.domain.tax.consumers import at_destination
from app.domain.tax.model import SupplyKind, SupplyNature, TaxDecision, TaxTreatment
from app.domain.tax.rates import ConsumerAbroad, NationalRules
from app.domain.tax.registry import has_regime, regime_of
from app.domain.tax.services import is_digital
from app.domain.tax.territories import Territory

_IMPORT_LIMIT: Final = Decimal(150)


def national(case: Case) -> TaxDecision:
    """The tax of a seller outside the EU. Raises TaxUndetermined for a country whose law is not known here."""
    if case.question.supply.kind is SupplyKind.GOODS:
        return _goods(case)
    return _services(case)


def _rules(case: Case) -> NationalRules:
    here = case.seller
    rules = regime_of(here.country).national if has_regime(here.country) else None
    if rules is None:
        raise TaxUndetermined(f"the tax rules of {here.name} are not known")
    return rules


def _goods(case: Case) -> TaxDecision:
    here = case.seller
    imported = _imported(case)
    if imported is not None:
        return imported
    rules = _rules(case)
    if case.origin.country != here.country:
        raise TaxUndetermined(
            f"the goods leave from {case.origin.name}, not from the seller's country", field=("supply", "dispatchFrom")
        )
    if _inside(case.destination, here, rules):
        return _by_marketplace(case, rules) or _at_home(case, rules.domestic, f"A supply inside {here.name}")
    return untaxed(
        case,
        TaxTreatment.EXPORT,
        category="G",
        country=here.country,
        rule=f"{here.country.lower()}.goods.export",
        legal_basis=rules.exports,
        explanation=f"Goods leave {here.name} for {case.destination.name}.",
        vatex_code=None,
        mention="Export, not subject to VAT",
    )


def _inside(place: Territory, here: Territory, rules: NationalRules) -> bool:
    """Whether the law of the seller's country applies at a place."""
    return place.code in rules.beyond or (place.country == here.country and not place.special)


def _by_marketplace(case: Case, rules: NationalRules) -> TaxDecision | None:
    """The decision that the marketplace supplies the buyer of goods inside the country; None when the seller does."""
    if rules.platform is None or not case.question.supply.facilitated_by_marketplace:
        return None
    since, legal_basis = rules.platform
    if case.question.tax_point < since:
        return None
    return taxed(
        case,
        case.seller,
        TaxTreatment.DEEMED_SUPPLIER,
        rule=f"{case.seller.country.lower()}.platform.deemed_supplier",
        legal_basis=legal_basis,
        explanation=f"The marketplace is the supplier to the buyer of goods inside {case.seller.name}; the seller must"
        " not invoice it",
    )


def _imported(case: Case) -> TaxDecision | None:
    """Goods of at most EUR 150 that the seller itself imports to a consumer under the Import One-Stop-Shop."""
    supply = case.question.supply
    small = supply.consignment_value is not None and supply.consignment_value <= _IMPORT_LIMIT
    if not (case.question.seller.ioss and small and case.destination.eu_goods) or case.number_is_valid:
        return None
    return taxed(
        case,
        case.destination,
        TaxTreatment.OSS,
        rule="eu.goods.import.ioss",
        legal_basis="Directive 2006/112/EC, art. 33 (c) and 369l ff.",
        explanation=f"Goods of at most EUR 150 imported to a consumer in {case.destination.name}, declared in the"
        " Import One-Stop-Shop",
    )


def _services(case: Case) -> TaxDecision:
    here, buyer, nature = case.seller, case.buyer, case.question.supply.nature
    rules = _rules(case)
    if nature not in _DECIDED:
        raise TaxUndetermined(f"how {here.name} taxes such services is not known here", field=("supply", "nature"))
    if _inside(buyer, here, rules):
        return _at_home(case, rules.domestic, f"A supply inside {here.name}")
    if _acts_as_business(case):
        return _outside(
            case, "services.outside", rules.services_to_businesses, f"A service to a business in {buyer.name}"
        )
    charged = _to_consumer(case, rules)
    if case.number_is_unverified and charged.treatment is not TaxTreatment.OUTSIDE_SCOPE:
        return awaiting(case, charged, f"outside the scope of the VAT of {here.name}")
    return charged


def _acts_as_business(case: Case) -> bool:
    """Whether the buyer counts as a business: inside the EU by its valid VAT number, outside by what it says."""
    return case.number_is_valid or (case.buyer_is_business and not case.buyer.eu_services)


def _to_consumer(case: Case, rules: NationalRules) -> TaxDecision:
    here, buyer, nature = case.seller, case.buyer, case.question.supply.nature
    if is_digital(case):
        return _digital(case, rules)
    where, basis = rules.listed if nature is SupplyNature.INTANGIBLE_ART59 else rules.general
    what = f"A service to a consumer in {buyer.name}"
    if where is ConsumerAbroad.DEPENDS:
        raise TaxUndetermined(
            f"{here.name} taxes a service to a consumer abroad unless it can be delivered from a distance ({basis}):"
            " say DIGITAL or INTANGIBLE_ART59 where it can",
            field=("supply", "nature"),
        )
    if where is ConsumerAbroad.HOME:
        return _at_home(case, basis, f"{what}, taxed where the seller is")
    return _outside(case, "services.consumer_abroad", basis, what)


_DECIDED: Final = (
    SupplyNature.GENERAL,
    SupplyNature.INTANGIBLE_ART59,
    SupplyNature.EVENT_ONLINE,
    SupplyNature.COMMISSION,
)


def _digital(case: Case, rules: NationalRules) -> TaxDecision:
    """Electronically supplied services to consumers: taxed where these are, in the EU by its own scheme."""
    buyer = case.buyer
    if not buyer.eu_services:
        return _outside(case, "digital.outside", rules.digital, f"A digital service to a consumer in {buyer.name}")
    decision = at_destination(
        case,
        buyer,
        what="A digital service",
        rule="eu.digital.non_union",
        legal_basis="Directive 2006/112/EC, art. 58 and 358a-369",
    )
    if decision is None:
        raise TaxUndetermined(
            f"{buyer.name}'s VAT is due on digital services to its consumers (Art. 58), without a threshold for sellers"
            " outside the EU; the seller uses neither the One-Stop-Shop nor is it registered there"
        )
    return decision


def _outside(case: Case, rule: str, legal_basis: str, what: str) -> TaxDecision:
    here = case.seller
    return untaxed(
        case,
        TaxTreatment.OUTSIDE_SCOPE,
        category="O",
        country=None,
        rule=f"{here.country.lower()}.{rule}",
        legal_basis=legal_basis,
        explanation=f"{what}, supplied outside {here.name}.",
        vatex_code=None,
        mention=f"Not subject to VAT in {here.name}",
    )


def _at_home(case: Case, legal_basis: str, explanation: str) -> TaxDecision:
    here = case.seller
    return taxed(
        case,
        here,
        TaxTreatment.DOMESTIC,
        rule=f"{here.country.lower()}.domestic",
        legal_basis=legal_basis,
        explanation=explanation,
    )
