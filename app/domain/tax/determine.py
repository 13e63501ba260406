"""Tax determination: one question, one explained decision, or an error that says what is missing. Never a guess."""

from __future__ import annotations

from app.domain.tax.case import Case, case_of, untaxed
from app.domain.tax.goods import goods
from app.domain.tax.local_taxes import local
from app.domain.tax.model import SupplyKind, TaxDecision, TaxQuestion, TaxTreatment
from app.domain.tax.natures import by_nature
from app.domain.tax.platform import deemed_supplier
from app.domain.tax.registry import has_regime, regime_of
from app.domain.tax.services import services
from app.domain.tax.stated import is_stated, refuse_stated, stated
from app.domain.tax.third_countries import national

_ART_284 = "VAT exempt small enterprise (Art. 284 Directive 2006/112/EC)"


def determine(question: TaxQuestion) -> TaxDecision:
    """How a supply is taxed on its tax point. Raises TaxUndetermined with what is missing."""
    case = case_of(question)
    # The seller first: who charges no VAT charges none on anything.
    if not question.seller.vat_registered:
        return _not_registered(case)
    if question.seller.small_business:
        return _small_business(case)
    if is_stated(case):
        return stated(case)
    if not case.seller.special:
        refuse_stated(case)
    platform = deemed_supplier(case)
    if platform is not None:
        return platform
    if not case.seller_in_eu and not _sells_from_inside(case):
        return local(case) if case.seller.special else national(case)
    decision = by_nature(case)
    if decision is not None:
        return decision
    return goods(case) if question.supply.kind is SupplyKind.GOODS else services(case)


def _sells_from_inside(case: Case) -> bool:
    """Whether a seller from outside the EU sells goods that lie inside it, where it is registered."""
    return (
        case.question.supply.kind is SupplyKind.GOODS
        and case.origin.eu_goods
        and case.origin.country in case.question.seller.other_registrations
    )


def _not_registered(case: Case) -> TaxDecision:
    return untaxed(
        case,
        TaxTreatment.OUTSIDE_SCOPE,
        category="O",
        country=None,
        rule="seller.not_registered",
        legal_basis="Directive 2006/112/EC, art. 9",
        explanation="The seller is not registered for VAT and charges none.",
        vatex_code="VATEX-EU-O",
        mention="Not subject to VAT",
    )


def _small_business(case: Case) -> TaxDecision:
    regime = regime_of(case.seller.country) if has_regime(case.seller.country) else None
    mention = regime.small_business_mention if regime is not None else None
    # Art. 139 (1): what a small enterprise sells is not exempt as an intra-Community supply, so never K.
    return untaxed(
        case,
        TaxTreatment.EXEMPT_SMALL_BUSINESS,
        category="E",
        country=case.seller.country,
        rule="seller.small_business",
        legal_basis="Directive 2006/112/EC, art. 284",
        explanation=f"The seller in {case.seller.name} is exempt as a small business.",
        vatex_code=regime.small_business_vatex if regime is not None else None,
        mention=mention or _ART_284,
    )
