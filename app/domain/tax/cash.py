"""Cash accounting: VAT that a seller owes when it is paid, which its documents must say."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from app.domain.tax.model import TaxDecision, TaxTreatment

MENTION: Final = "Cash accounting"
_OWN: Final = frozenset({TaxTreatment.DOMESTIC, TaxTreatment.ORIGIN})


def states_cash_accounting(country: str, decisions: Iterable[TaxDecision]) -> bool:
    """Whether a document with these decisions charges VAT that falls under its seller's cash accounting.

    Directive 2006/112/EC, art. 66 (b) and 226 (7a): that of the seller's own member state. VAT declared in the
    One-Stop-Shop or under a registration elsewhere is due by the rules there.
    """
    return any(
        one.treatment in _OWN and one.country == country and one.percent is not None and one.percent > 0
        for one in decisions
    )
