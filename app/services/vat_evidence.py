"""What proves the buyer's VAT number, kept with each decision that rests on it."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from app.domain.errors import TaxUndetermined
from app.domain.parties import TaxIdStatus, UnverifiedPolicy
from app.domain.tax.determine import determine
from app.domain.tax.model import TaxDecision, TaxQuestion

if TYPE_CHECKING:
    from app.services.taxation import Decided

# Under which name a decision's evidence keeps it.
NUMBER: Final = "buyer_number"


def proven(decided: Decided, question: TaxQuestion) -> Decided:
    """The decision with its proof, when it would be another one without the buyer's valid number."""
    proof = question.buyer.proof
    if proof is None or not _rests_on_number(question):
        return decided
    checked_at = None if proof.checked_at is None else proof.checked_at.isoformat()
    evidence: dict[str, Any] = {
        **decided.decision.evidence,
        NUMBER: {"checked_at": checked_at, "consultation_number": proof.consultation_number},
    }
    explanation = decided.decision.explanation
    if question.buyer.last_valid_on is not None:
        explanation += (
            f" The register does not answer now; its last valid answer, of {question.buyer.last_valid_on}, counts by"
            " the seller's policy."
        )
    decision = replace(decided.decision, evidence=evidence, explanation=explanation)
    return replace(
        decided, decision=decision, stored={**decided.stored, "evidence": evidence, "explanation": explanation}
    )


def rests(decision: TaxDecision) -> bool:
    """Whether a decision was made by a valid VAT number of the buyer."""
    return NUMBER in decision.evidence


@lru_cache(maxsize=4_096)
def _rests_on_number(question: TaxQuestion) -> bool:
    unknown = replace(question.buyer, tax_id_status=TaxIdStatus.UNVERIFIED, last_valid_on=None)
    seller = replace(question.seller, when_unverified=UnverifiedPolicy.CHARGE)
    decision = determine(question)
    try:
        other = determine(replace(question, buyer=unknown, seller=seller))
    except TaxUndetermined:
        return True
    return _outcome(decision) != _outcome(other)


def _outcome(decision: TaxDecision) -> tuple[object, ...]:
    return decision.treatment, decision.category, decision.percent, decision.country
