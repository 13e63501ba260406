"""Goods: at home, to another member state, out of the EU."""

from __future__ import annotations

from app.domain.errors import TaxUndetermined
from app.domain.tax.case import Case, awaiting, taxed, untaxed
from app.domain.tax.consumers import ECOMMERCE_SINCE, at_destination, below_threshold, stays_at_origin
from app.domain.tax.model import TaxDecision, TaxTreatment

_DISTANCE = "A distance sale of goods"


def goods(case: Case) -> TaxDecision:
    """The tax of goods that leave from inside the EU. Raises TaxUndetermined."""
    origin, destination = case.origin, case.destination
    if not origin.eu_goods:
        raise TaxUndetermined(f"the tax rules of goods that leave from {origin.name} are not known")
    if origin.country == destination.country and (origin.country == "GB" or destination.eu_goods):
        # Between Northern Ireland and Great Britain too: a sale inside the United Kingdom (Windsor Framework, art. 8).
        return domestic(case)
    if not destination.eu_goods:
        return _export(case)
    if case.number_is_valid and case.buyer_number_country not in (origin.country, origin.code):
        return _intra_community(case)
    charged = _distance_sale(case)
    if case.number_is_unverified:
        return awaiting(case, charged, "exempt as an intra-Community supply")
    return charged


def domestic(case: Case) -> TaxDecision:
    """Goods that stay in one member state: its rate, for a seller that is registered there."""
    _require_registration(case)
    return taxed(
        case,
        case.origin,
        TaxTreatment.DOMESTIC,
        rule="eu.goods.domestic",
        legal_basis="Directive 2006/112/EC, art. 31-32",
        explanation=f"Goods that stay in {case.origin.name}",
    )


def _require_registration(case: Case) -> None:
    seller = case.question.seller
    country = case.origin.country
    # Stock held in another member state makes the sale from it taxable there (art. 17, 31, 32).
    if country not in (case.seller.country, *seller.other_registrations):
        raise TaxUndetermined(
            f"the goods leave from {case.origin.name}, where the seller is not registered for VAT",
            field=("supply", "dispatchFrom"),
        )


def _export(case: Case) -> TaxDecision:
    return untaxed(
        case,
        TaxTreatment.EXPORT,
        category="G",
        country=case.origin.country,
        rule="eu.goods.export",
        legal_basis="Directive 2006/112/EC, art. 146 (1)",
        explanation=f"Goods leave the EU's VAT area from {case.origin.name} to {case.destination.name}.",
        vatex_code="VATEX-EU-G",
        mention="Export exempt: Art. 146 Directive 2006/112/EC",
    )


def _intra_community(case: Case) -> TaxDecision:
    _require_registration(case)
    number = case.buyer_number_country
    return untaxed(
        case,
        TaxTreatment.INTRA_COMMUNITY,
        category="K",
        country=case.origin.country,
        rule="eu.goods.intra_community",
        legal_basis="Directive 2006/112/EC, art. 138 (1)",
        explanation=f"Goods move from {case.origin.name} to {case.destination.name}, to a buyer with a valid VAT number"
        f" of {number}.",
        vatex_code="VATEX-EU-IC",
        mention="Intra-Community supply exempt: Art. 138 Directive 2006/112/EC",
    )


def _distance_sale(case: Case) -> TaxDecision:
    if case.question.tax_point < ECOMMERCE_SINCE:
        return _old_distance_sale(case)
    place = case.destination
    rule, basis = "eu.goods.distance_sale", "Directive 2006/112/EC, art. 33 (a)"
    own = case.origin.country == case.seller.country and case.seller_in_eu
    if own and stays_at_origin(case):
        return below_threshold(case, place, what=_DISTANCE, rule=rule)
    decision = at_destination(case, place, what=_DISTANCE, rule=rule, legal_basis=basis)
    if decision is not None:
        return decision
    if not own:
        raise TaxUndetermined(
            f"the goods leave from {case.origin.name}, not from the seller's member state, so the threshold of Art. 59c"
            f" does not apply and {place.name}'s VAT is due; the seller uses neither the One-Stop-Shop nor is it"
            " registered there",
        )
    return below_threshold(case, place, what=_DISTANCE, rule=rule)


def _old_distance_sale(case: Case) -> TaxDecision:
    """Until 2021-06-30 (art. 33-34 in the old version): the origin's rate below the destination's own threshold."""
    question, place = case.question, case.destination
    if place.country in question.seller.other_registrations:
        return taxed(
            case,
            place,
            TaxTreatment.DESTINATION_REGISTRATION,
            rule="eu.goods.distance_sale_until_2021.registration",
            legal_basis="Directive 2006/112/EC, art. 33 (version until 2021-06-30)",
            explanation=f"{_DISTANCE} to {place.name}, where the seller is registered",
        )
    if question.threshold_exceeded:
        raise TaxUndetermined(
            f"the seller has passed {place.name}'s threshold (art. 34, version until 2021-06-30), so its VAT is due;"
            " the seller is not registered there",
        )
    _require_registration(case)
    assumed = "" if question.threshold_exceeded is False else f", assuming that sales to {place.name} stay below it"
    return taxed(
        case,
        case.origin,
        TaxTreatment.ORIGIN,
        rule="eu.goods.distance_sale_until_2021.origin",
        legal_basis="Directive 2006/112/EC, art. 34 (version until 2021-06-30)",
        explanation=f"{_DISTANCE} to {place.name} below that state's threshold{assumed}",
    )
