"""Sales to consumers in another member state: the destination's VAT, or the origin's below EUR 10,000 (Art. 59c)."""

from __future__ import annotations

from datetime import date
from typing import Final

from app.domain.errors import TaxUndetermined
from app.domain.tax.case import Case, taxed
from app.domain.tax.model import TaxDecision, TaxTreatment
from app.domain.tax.territories import Territory

# Directive (EU) 2017/2455, art. 2 and 3: the One-Stop-Shop for goods and the common threshold.
ECOMMERCE_SINCE: Final = date(2021, 7, 1)


def at_destination(case: Case, place: Territory, *, what: str, rule: str, legal_basis: str) -> TaxDecision | None:
    """The destination's rate by One-Stop-Shop or local registration; None when the seller has neither there."""
    seller = case.question.seller
    if seller.oss:
        return taxed(
            case,
            place,
            TaxTreatment.OSS,
            rule=f"{rule}.oss",
            legal_basis=f"{legal_basis}; art. 369a-369k",
            explanation=f"{what} to a consumer in {place.name}, declared in the One-Stop-Shop",
        )
    if place.country in seller.other_registrations or place.code in seller.other_registrations:
        return taxed(
            case,
            place,
            TaxTreatment.DESTINATION_REGISTRATION,
            rule=f"{rule}.registration",
            legal_basis=f"{legal_basis}; art. 214",
            explanation=f"{what} to a consumer in {place.name}, where the seller is registered",
        )
    return None


def stays_at_origin(case: Case) -> bool:
    """Whether the sales are known to be below the threshold, and the seller has not chosen the destination's VAT.

    Then a registration at the destination changes nothing (art. 59c (1)). Using the One-Stop-Shop is such a choice
    (art. 59c (3)); where the sales are not known, a registration at the destination is taken for one.
    """
    seller = case.question.seller
    return case.question.threshold_exceeded is False and not seller.oss and not seller.destination_taxation


def below_threshold(case: Case, place: Territory, *, what: str, rule: str) -> TaxDecision:
    """The origin's rate while cross-border sales stay below the threshold. What is assumed is said.

    Raises TaxUndetermined above it, or when the seller has chosen the destination's VAT: there it must be registered,
    and is not.
    """
    seller, exceeded = case.question.seller, case.question.threshold_exceeded
    missing = "it uses neither the One-Stop-Shop nor is it registered there"
    if seller.destination_taxation:
        raise TaxUndetermined(
            f"the seller has chosen the destination's VAT (Art. 59c (3)), so {place.name}'s is due; {missing}"
        )
    if exceeded:
        raise TaxUndetermined(
            f"the seller has passed the threshold of EUR 10,000 (Art. 59c), so {place.name}'s VAT is due; {missing}",
        )
    assumed = "" if exceeded is False else ", assuming that the seller's cross-border sales stay below EUR 10,000"
    return taxed(
        case,
        case.seller,
        TaxTreatment.ORIGIN,
        rule=f"{rule}.origin",
        legal_basis="Directive 2006/112/EC, art. 59c (1)",
        explanation=f"{what} to a consumer in {place.name} below the threshold of Art. 59c{assumed}",
    )
