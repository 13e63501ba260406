"""Services in general and digital ones: where the buyer is for businesses, and for consumers by kind."""

from __future__ import annotations

from datetime import date
from typing import Final

from app.domain.errors import TaxUndetermined
from app.domain.parties import CustomerKind
from app.domain.tax.case import Case, awaiting, taxed, untaxed
from app.domain.tax.consumers import at_destination, below_threshold, stays_at_origin
from app.domain.tax.model import SupplyKind, SupplyNature, TaxDecision, TaxTreatment
from app.domain.tax.territories import Territory

# Directive 2008/8/EC, art. 5: electronically supplied services to consumers are taxed where these are.
_DIGITAL_SINCE: Final = date(2015, 1, 1)
# Directive (EU) 2017/2455, art. 1: the threshold of EUR 10,000 for them.
_DIGITAL_THRESHOLD_SINCE: Final = date(2019, 1, 1)
# What is supplied, the rule's name and its basis.
_DIGITAL: Final = ("A digital service", "eu.digital", "Directive 2006/112/EC, art. 58")
_ATTENDANCE: Final = ("Virtual attendance of an event", "eu.event_online", "Directive 2006/112/EC, art. 54 (1)")
_OUTSIDE: Final = "Not subject to VAT: place of supply outside the EU (Art. 44, 58 and 59 Directive 2006/112/EC)"


def services(case: Case) -> TaxDecision:
    """The tax of a service of a seller established in the EU. Raises TaxUndetermined."""
    buyer = case.buyer
    if not buyer.eu_services:
        return _outside(case)
    if buyer.country == case.seller.country:
        return _at_home(case, f"A service to a buyer in {buyer.name}")
    if case.number_is_valid and case.buyer_number_country not in (case.seller.country, "XI"):
        return _reverse_charge(case)
    charged = _to_consumer(case)
    if case.number_is_unverified:
        return awaiting(case, charged, "reverse charge")
    return charged


def _at_home(case: Case, explanation: str) -> TaxDecision:
    return taxed(
        case,
        case.seller,
        TaxTreatment.DOMESTIC,
        rule="eu.services.domestic",
        legal_basis="Directive 2006/112/EC, art. 44-45",
        explanation=explanation,
    )


def _reverse_charge(case: Case) -> TaxDecision:
    return untaxed(
        case,
        TaxTreatment.REVERSE_CHARGE,
        category="AE",
        country=case.buyer.country,
        rule="eu.services.reverse_charge",
        legal_basis="Directive 2006/112/EC, art. 44 and 196",
        explanation=f"A service to a business in {case.buyer.name} with a valid VAT number; the buyer owes the VAT.",
        vatex_code="VATEX-EU-AE",
        mention="Reverse charge",
    )


def is_digital(case: Case) -> bool:
    """Whether a service counts as electronically supplied, or as a virtual event, which follows the same rule."""
    supply = case.question.supply
    return supply.kind is SupplyKind.DIGITAL or supply.nature is SupplyNature.EVENT_ONLINE


def _to_consumer(case: Case) -> TaxDecision:
    """Consumers, and businesses without a valid number, which count as such (Reg. 282/2011, art. 18 (2))."""
    day = case.question.tax_point
    if not is_digital(case) or day < _DIGITAL_SINCE:
        return _at_home(case, f"A service to a consumer in {case.buyer.name}, taxed where the seller is (Art. 45)")
    # Art. 59c names art. 33 (a) and 58 only: virtual attendance is taxed where the buyer is from the first euro.
    virtual = case.question.supply.nature is SupplyNature.EVENT_ONLINE
    threshold = day >= _DIGITAL_THRESHOLD_SINCE and not virtual
    what, rule, basis = _ATTENDANCE if virtual else _DIGITAL
    if threshold and stays_at_origin(case):
        return below_threshold(case, case.buyer, what=what, rule=rule)
    decision = at_destination(case, case.buyer, what=what, rule=rule, legal_basis=basis)
    if decision is not None:
        return decision
    if not threshold:
        supplied = "virtual attendance by" if virtual else "digital services to"
        raise TaxUndetermined(
            f"{case.buyer.name}'s VAT is due on {supplied} its consumers; the seller uses neither the"
            " One-Stop-Shop nor is it registered there"
        )
    return below_threshold(case, case.buyer, what=what, rule=rule)


def _outside(case: Case) -> TaxDecision:
    """Buyers outside the EU: businesses, digital services and the list of art. 59 lie outside the scope."""
    consumer = case.question.buyer.kind is CustomerKind.CONSUMER
    listed = is_digital(case) or case.question.supply.nature is SupplyNature.INTANGIBLE_ART59
    if consumer and not listed:
        # Art. 45: what is no digital service and not in the list of art. 59 stays taxable where the seller is.
        return _at_home(case, f"A service to a consumer in {case.buyer.name}, taxed where the seller is (Art. 45)")
    return outside_scope(case, case.buyer)


def outside_scope(case: Case, place: Territory) -> TaxDecision:
    """A service that is supplied outside the EU."""
    return untaxed(
        case,
        TaxTreatment.OUTSIDE_SCOPE,
        category="O",
        country=None,
        rule="eu.services.outside",
        legal_basis="Directive 2006/112/EC, art. 44, 58 and 59",
        explanation=f"The service is supplied in {place.name}, outside the EU's VAT area.",
        vatex_code="VATEX-EU-O",
        mention=_OUTSIDE,
    )
