"""Sellers established outside the EU whose own country's VAT is known: at home, and out of it."""

from __future__ import annotations

from app.domain.errors import TaxUndetermined
from app.domain.parties import CustomerKind
from app.domain.tax.case import Case, taxed, untaxed
from app.domain.tax.model import SupplyKind, TaxDecision, TaxTreatment


def national(case: Case) -> TaxDecision:
    """The tax of a seller outside the EU by its own country's law. Raises TaxUndetermined beyond the plain cases."""
    here = case.seller
    code = here.country.lower()
    if not here.taxable:
        raise TaxUndetermined(f"the tax rules of {here.name} are not known")
    if case.question.supply.kind is SupplyKind.GOODS:
        if case.origin.country != here.country:
            raise TaxUndetermined(
                f"the goods leave from {case.origin.name}, not from the seller's country",
                field=("supply", "dispatchFrom"),
            )
        if case.destination.country != here.country:
            return untaxed(
                case,
                TaxTreatment.EXPORT,
                category="G",
                country=here.country,
                rule=f"{code}.goods.export",
                legal_basis=f"the VAT act of {here.name}",
                explanation=f"Goods leave {here.name} for {case.destination.name}.",
                vatex_code=None,
                mention="Export, not subject to VAT",
            )
    elif case.buyer.country != here.country and case.question.buyer.kind is not CustomerKind.CONSUMER:
        return untaxed(
            case,
            TaxTreatment.OUTSIDE_SCOPE,
            category="O",
            country=None,
            rule=f"{code}.services.outside",
            legal_basis=f"the VAT act of {here.name}",
            explanation=f"A service to a business in {case.buyer.name}, supplied outside {here.name}.",
            vatex_code=None,
            mention=f"Not subject to VAT in {here.name}",
        )
    elif case.buyer.country != here.country:
        raise TaxUndetermined(f"a service to a consumer in {case.buyer.name} by a seller outside the EU is not decided")
    return taxed(
        case,
        here,
        TaxTreatment.DOMESTIC,
        rule=f"{code}.domestic",
        legal_basis=f"the VAT act of {here.name}",
        explanation=f"A supply inside {here.name}",
    )
