"""Supplies whose nature decides: exemptions, margin schemes, disbursements, local services, special reverse charges."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Final

from app.domain.errors import TaxUndetermined
from app.domain.parties import CustomerKind
from app.domain.tax.case import Case, awaiting, taxed, untaxed
from app.domain.tax.model import SupplyNature, TaxDecision, TaxTreatment
from app.domain.tax.services import outside_scope, services
from app.domain.tax.territories import territory

_EXEMPTIONS: Final[Mapping[SupplyNature, tuple[str, str]]] = MappingProxyType(
    {
        SupplyNature.EXEMPT_MEDICAL: ("132 (1) (c)", "VATEX-EU-132-1C"),
        SupplyNature.EXEMPT_EDUCATION: ("132 (1) (i)", "VATEX-EU-132-1I"),
        SupplyNature.EXEMPT_FINANCE: ("135 (1)", "VATEX-EU-135-1"),
    }
)
_MARGINS: Final[Mapping[SupplyNature, tuple[str, str]]] = MappingProxyType(
    {
        SupplyNature.MARGIN_SECOND_HAND: ("VATEX-EU-F", "Margin scheme - second-hand goods"),
        SupplyNature.MARGIN_ART: ("VATEX-EU-I", "Margin scheme - works of art"),
        SupplyNature.MARGIN_ANTIQUES: ("VATEX-EU-J", "Margin scheme - collectors' items and antiques"),
        SupplyNature.MARGIN_TRAVEL: ("VATEX-EU-D", "Margin scheme - travel agents"),
    }
)
# Directive (EU) 2022/542, art. 1: virtual attendance follows the buyer.
_ONLINE_EVENTS_SINCE: Final = date(2025, 1, 1)


def by_nature(case: Case) -> TaxDecision | None:
    """The decision that the supply's nature makes; None when the general rules of its kind decide."""
    nature = case.question.supply.nature
    if nature in _EXEMPTIONS:
        return _exempt(case, *_EXEMPTIONS[nature])
    if nature in _MARGINS:
        return _margin(case, *_MARGINS[nature])
    rule = _RULES.get(nature)
    return None if rule is None else rule(case)


def _exempt(case: Case, article: str, vatex_code: str) -> TaxDecision:
    if case.buyer.country != case.seller.country:
        raise TaxUndetermined(
            "an exempt service to another country: say how it is taxed there; only domestic ones are decided",
            field=("supply", "nature"),
        )
    return untaxed(
        case,
        TaxTreatment.EXEMPT,
        category="E",
        country=case.seller.country,
        rule=f"eu.exempt.{case.question.supply.nature.value.removeprefix('EXEMPT_').lower()}",
        legal_basis=f"Directive 2006/112/EC, art. {article}",
        explanation=f"A supply in {case.seller.name} that the law exempts.",
        vatex_code=vatex_code,
        mention=f"VAT exempt: Art. {article} Directive 2006/112/EC",
    )


def _margin(case: Case, vatex_code: str, mention: str) -> TaxDecision:
    nature = case.question.supply.nature
    if nature is not SupplyNature.MARGIN_TRAVEL and not case.destination.eu_goods:
        raise TaxUndetermined(
            "goods under the margin scheme that leave the EU: sell them as GENERAL, exempt as an export",
            field=("supply", "nature"),
        )
    # Art. 139 (3): the exemption of intra-Community supplies does not apply, whoever buys.
    return untaxed(
        case,
        TaxTreatment.MARGIN_SCHEME,
        category="E",
        country=case.seller.country,
        rule=f"eu.margin.{nature.value.removeprefix('MARGIN_').lower()}",
        legal_basis="Directive 2006/112/EC, art. 306-310"
        if nature is SupplyNature.MARGIN_TRAVEL
        else "Directive 2006/112/EC, art. 313-325 and 139 (3)",
        explanation=f"The seller in {case.seller.name} pays VAT on its margin, which is not shown.",
        vatex_code=vatex_code,
        mention=mention,
    )


def _disbursement(case: Case) -> TaxDecision:
    return untaxed(
        case,
        TaxTreatment.DISBURSEMENT,
        category="E",
        country=case.seller.country,
        rule="eu.disbursement",
        legal_basis="Directive 2006/112/EC, art. 79 (c)",
        explanation="An amount paid in the buyer's name and on the buyer's behalf is no part of the taxable amount.",
        vatex_code="VATEX-EU-79-C",
        mention="Disbursement: Art. 79(c) Directive 2006/112/EC",
    )


def _domestic_reverse_charge(case: Case) -> TaxDecision:
    if case.buyer.country != case.seller.country or case.question.buyer.kind is CustomerKind.CONSUMER:
        raise TaxUndetermined(
            "the domestic reverse charge is between businesses of one country", field=("supply", "nature")
        )
    if case.number_is_valid:
        return untaxed(
            case,
            TaxTreatment.REVERSE_CHARGE,
            category="AE",
            country=case.seller.country,
            rule="eu.domestic_reverse_charge",
            legal_basis="Directive 2006/112/EC, art. 199",
            explanation=f"A supply between businesses in {case.seller.name} for which the law makes the buyer liable.",
            vatex_code="VATEX-EU-AE",
            mention="Reverse charge",
        )
    if case.number_is_unverified:
        return awaiting(case, services(case), "reverse charge")
    raise TaxUndetermined("the reverse charge needs the buyer's valid VAT number", field=("supply", "nature"))


def _triangulation(case: Case) -> TaxDecision:
    seller, origin, destination = case.seller.country, case.origin.country, case.destination.country
    middleman = len({seller, origin, destination}) == 3 and case.origin.eu_goods and case.destination.eu_goods
    if not middleman or not case.number_is_valid or case.buyer_number_country != destination:
        raise TaxUndetermined(
            "triangulation needs goods from one member state to another, a seller registered in a third one, and a"
            " buyer with a valid VAT number of the state where the goods arrive",
            field=("supply", "nature"),
        )
    return untaxed(
        case,
        TaxTreatment.REVERSE_CHARGE,
        category="AE",
        country=destination,
        rule="eu.triangulation",
        legal_basis="Directive 2006/112/EC, art. 42, 141 and 197",
        explanation=f"The middleman of a triangle sells goods that move from {case.origin.name} to"
        f" {case.destination.name}; the buyer owes the VAT.",
        vatex_code="VATEX-EU-AE",
        mention="Reverse charge - triangular transaction (Art. 141 and 197 Directive 2006/112/EC)",
    )


def _local(case: Case) -> TaxDecision:
    """Services that are taxed where they happen, whoever buys (art. 47, 48, 53, 55)."""
    question = case.question
    if question.supply.place_of_supply is None:
        raise TaxUndetermined("say where the service happens", field=("supply", "placeOfSupply"))
    place = territory(question.supply.place_of_supply, None, None, question.tax_point)
    name = question.supply.nature.value.lower()
    basis = "Directive 2006/112/EC, art. 47, 48, 53 and 55"
    if not place.eu_services:
        return outside_scope(case, place)
    if place.country == case.seller.country:
        treatment, how = TaxTreatment.DOMESTIC, "where the seller is"
    elif place.country in question.seller.other_registrations:
        treatment, how = TaxTreatment.DESTINATION_REGISTRATION, "where the seller is registered"
    elif question.seller.oss and question.buyer.kind is CustomerKind.CONSUMER:
        treatment, how = TaxTreatment.OSS, "declared in the One-Stop-Shop"
    else:
        raise TaxUndetermined(
            f"the service happens in {place.name}, whose VAT is due; the seller is not registered there",
            field=("supply", "placeOfSupply"),
        )
    return taxed(
        case,
        place,
        treatment,
        rule=f"eu.services.local.{name}",
        legal_basis=basis,
        explanation=f"A service that happens in {place.name}, {how}",
    )


def _event_online(case: Case) -> TaxDecision:
    if case.question.tax_point < _ONLINE_EVENTS_SINCE:
        raise TaxUndetermined(
            "virtual attendance before 2025 was taxed by national practice", field=("supply", "nature")
        )
    return services(case)


def _commission(case: Case) -> TaxDecision:
    if case.question.buyer.kind is CustomerKind.CONSUMER:
        # Art. 46: an intermediary's service to a consumer follows the supply it mediates, which is not told.
        raise TaxUndetermined("a commission to a consumer follows the sale it mediates", field=("supply", "nature"))
    return services(case)


def _self_billed(case: Case) -> TaxDecision:
    raise TaxUndetermined("self-billing is the document's type, not the supply's nature", field=("supply", "nature"))


_RULES: Final[Mapping[SupplyNature, Callable[[Case], TaxDecision]]] = MappingProxyType(
    {
        SupplyNature.DISBURSEMENT: _disbursement,
        SupplyNature.DOMESTIC_REVERSE_CHARGE: _domestic_reverse_charge,
        SupplyNature.TRIANGULATION: _triangulation,
        SupplyNature.IMMOVABLE_PROPERTY: _local,
        SupplyNature.ACCOMMODATION: _local,
        SupplyNature.CATERING: _local,
        SupplyNature.PASSENGER_TRANSPORT: _local,
        SupplyNature.EVENT_ADMISSION: _local,
        SupplyNature.EVENT_ONLINE: _event_online,
        SupplyNature.COMMISSION: _commission,
        SupplyNature.SELF_BILLED: _self_billed,
    }
)
