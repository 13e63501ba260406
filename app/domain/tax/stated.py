"""Tax that the marketplace states: in the United States, and where a local tax's rates are not known here."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from app.domain.errors import TaxUndetermined
from app.domain.tax.case import Case, inputs_of
from app.domain.tax.model import GivenTax, TaxDecision, TaxTreatment
from app.domain.tax.registry import has_regime, regime_of

FIELD: Final = ("supply", "givenTax")
_MENTION: Final = "Tax as stated by the marketplace"


def is_stated(case: Case) -> bool:
    """Whether the seller's country has no rates of ours, so that the tax must be stated."""
    return has_regime(case.seller.country) and regime_of(case.seller.country).given


def stated(case: Case) -> TaxDecision:
    """The tax as stated, marked as such. Raises TaxUndetermined where nothing is stated."""
    given, here = case.question.supply.given, case.seller
    if given is None:
        raise TaxUndetermined(
            f"the sales tax of {here.name} is not decided here: state it with each line, zero where none is due",
            field=FIELD,
        )
    nothing = not (given.amount if given.amount is not None else given.percent)
    return TaxDecision(
        treatment=TaxTreatment.GIVEN,
        category="Z" if nothing else "S",
        percent=Decimal(0) if nothing else given.percent,
        country=here.country,
        rule=f"{here.country.lower()}.given",
        legal_basis="as stated by the marketplace",
        explanation=f"{_described(given)}, as the marketplace states it.",
        mention=_MENTION,
        inputs=inputs_of(case),
        evidence=_evidence(given),
    )


def refuse_stated(case: Case) -> None:
    """Raises TaxUndetermined when a tax is stated that is decided here."""
    if case.question.supply.given is not None:
        raise TaxUndetermined(
            f"the tax of a seller in {case.seller.name} is decided by its law, not stated", field=FIELD
        )


def _described(given: GivenTax) -> str:
    rate = "" if given.percent is None else f" {given.percent.normalize():f} %"
    where = "" if given.jurisdiction is None else f" of {given.jurisdiction}"
    return f"{given.name}{rate}{where}"


def _evidence(given: GivenTax) -> dict[str, object]:
    return {
        "stated_by": "marketplace",
        "name": given.name,
        "amount": None if given.amount is None else format(given.amount, "f"),
        "percent": None if given.percent is None else format(given.percent, "f"),
        "jurisdiction": given.jurisdiction,
    }
