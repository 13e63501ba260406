"""The deemed supplier (Art. 14a): cases in which the marketplace, not the seller, supplies the buyer."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Final

from app.domain.errors import TaxUndetermined
from app.domain.tax.case import Case, taxed
from app.domain.tax.model import SupplyKind, TaxDecision, TaxTreatment

_SINCE: Final = date(2021, 7, 1)
# Directive (EU) 2025/516 widens the second case to businesses whose acquisitions are not taxed (Art. 3 (1)).
_WIDENED: Final = date(2027, 1, 1)
_IMPORT_LIMIT: Final = Decimal(150)


def deemed_supplier(case: Case) -> TaxDecision | None:
    """The decision that the platform is the supplier; None when the seller is. Raises TaxUndetermined."""
    supply, day = case.question.supply, case.question.tax_point
    if not supply.facilitated_by_marketplace or supply.kind is not SupplyKind.GOODS or day < _SINCE:
        return None
    if not case.destination.eu_goods or (case.seller_in_eu and case.origin.eu_goods):
        return None
    if case.number_is_valid:
        if day >= _WIDENED and not case.seller_in_eu:
            # A number alone does not tell whether the buyer's acquisitions are taxed.
            raise TaxUndetermined(
                "from 2027 the marketplace is the supplier to businesses too whose intra-Community acquisitions are not"
                " taxed (Art. 14a (2) as amended by Directive (EU) 2025/516); where this buyer's are, the seller"
                " supplies: say so with facilitatedByMarketplace: false",
                field=("supply", "facilitatedByMarketplace"),
            )
        return None
    if case.origin.eu_goods:
        amended = " as amended by Directive (EU) 2025/516" if day >= _WIDENED else ""
        return _deemed(case, "2", "a seller outside the EU sells goods that are inside it", amended)
    if supply.consignment_value is None:
        raise TaxUndetermined(
            "the consignment's value decides who the supplier is (Art. 14a (1))", field=("supply", "consignmentValue")
        )
    if supply.consignment_value <= _IMPORT_LIMIT:
        return _deemed(case, "1", "an import of at most EUR 150")
    return None


def _deemed(case: Case, paragraph: str, why: str, amended: str = "") -> TaxDecision:
    return taxed(
        case,
        case.destination,
        TaxTreatment.DEEMED_SUPPLIER,
        rule=f"eu.platform.deemed_supplier.{paragraph}",
        legal_basis=f"Directive 2006/112/EC, art. 14a ({paragraph}){amended}",
        explanation=f"The marketplace is the supplier to the buyer: {why}; the seller must not invoice it",
    )
