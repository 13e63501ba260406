"""What keeps a draft from being finalized. Finalizing asks these very rules and answers with the first that fires."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from app.domain.compliance.model import Issue, IssueFacts, Rule
from app.domain.compliance.numbering import refused_format
from app.domain.documents.registry import document_type
from app.domain.errors import InvalidState, TaxUndetermined
from app.domain.numbering_countries import Severity
from app.domain.parties import EntityStatus
from app.domain.tax.model import TaxDecision, TaxTreatment

_DEEMED: Final = (
    "the marketplace is the deemed supplier to this buyer (Art. 14a); the seller must not invoice the buyer"
)


def refusal(decision: TaxDecision) -> str | None:
    """Why the seller must not invoice a line that was decided so; None when it may."""
    if decision.treatment is TaxTreatment.DEEMED_SUPPLIER:
        return _DEEMED
    if decision.treatment is TaxTreatment.DOMESTIC_OTHER_TAX and decision.percent is None:
        return decision.explanation
    return None


def _status(facts: IssueFacts) -> Iterator[Issue]:
    if facts.status is not EntityStatus.ACTIVE:
        yield Issue(f"the entity is {facts.status.lower()}; it cannot issue documents")


def _lines(facts: IssueFacts) -> Iterator[Issue]:
    if not facts.decisions:
        yield Issue("a document needs at least one line", ("lines",))


def _agreement(facts: IssueFacts) -> Iterator[Issue]:
    if facts.agreement_reference is None and document_type(facts.type).needs_agreement:
        message = "name the agreement under which the buyer issues this invoice (Art. 224)"
        yield Issue(message, ("agreementReference",))


def _who_invoices(facts: IssueFacts) -> Iterator[Issue]:
    for place, decision in enumerate(facts.decisions):
        if (message := refusal(decision)) is not None:
            yield Issue(message, ("lines", str(place)))


def _negative(facts: IssueFacts) -> Iterator[Issue]:
    if facts.gross_minor < 0:
        yield Issue("the total is negative; goods taken back are credited with a credit note", ("lines",))


def _bases(facts: IssueFacts) -> Iterator[Issue]:
    if (total := sum([base for base, _ in facts.groups])) != facts.net_minor:
        yield Issue(f"the VAT groups' bases add up to {total} minor units, not to the total of {facts.net_minor}")


def _taxes(facts: IssueFacts) -> Iterator[Issue]:
    if (total := sum([tax for _, tax in facts.groups])) != facts.tax_minor:
        yield Issue(f"the VAT groups' taxes add up to {total} minor units, not to the total of {facts.tax_minor}")


def _gross(facts: IssueFacts) -> Iterator[Issue]:
    if facts.net_minor + facts.tax_minor != facts.gross_minor:
        sums = f"{facts.net_minor} and {facts.tax_minor} of VAT"
        yield Issue(f"the total with VAT is {facts.gross_minor} minor units, not the sum of {sums}")


_ANEW: Final = "Make the draft anew: its amounts were changed in the database."

# In the order in which finalizing asks.
REFUSALS: Final[tuple[Rule[IssueFacts], ...]] = (
    Rule(
        number="ENTITY-STATUS",
        severity=Severity.ERROR,
        asks="The seller is active.",
        fix="Activate it with entityActivate; an archived seller stays so.",
        source="The seller's status is the operator's decision.",
        check=_status,
        error=InvalidState,
    ),
    Rule(
        number="BR-16",
        severity=Severity.ERROR,
        asks="A document has at least one line.",
        fix="Add a line with invoiceUpdate.",
        source="EN 16931 BR-16; Directive 2006/112/EC, art. 226 (6)",
        check=_lines,
    ),
    Rule(
        number="ART224-01",
        severity=Severity.ERROR,
        asks="A self-billed invoice names the agreement under which the buyer issues it.",
        fix="Give agreementReference with invoiceUpdate.",
        source="Directive 2006/112/EC, art. 224",
        check=_agreement,
    ),
    Rule(
        number="TAX-REFUSED",
        severity=Severity.ERROR,
        asks="The seller itself is who must invoice the buyer, at a rate that is known.",
        fix="Let the marketplace invoice the buyer, or state the local tax with the line.",
        source="Directive 2006/112/EC, art. 14a and 6",
        check=_who_invoices,
        error=TaxUndetermined,
    ),
    Rule(
        number="TOTAL-01",
        severity=Severity.ERROR,
        asks="The total is not negative.",
        fix="Credit goods taken back with invoiceCredit.",
        source="Directive 2006/112/EC, art. 90 and 219",
        check=_negative,
    ),
    Rule(
        number="NUM-LAW",
        severity=Severity.ERROR,
        asks="The number that the document would get has the form that the seller's country wants.",
        fix="Choose another number format with entityUpdate.",
        source="Directive 2006/112/EC, art. 226 (2); the laws under the rules NUM-…",
        check=refused_format,
    ),
    Rule(
        number="TOTAL-02",
        severity=Severity.ERROR,
        asks="The bases of the VAT groups add up to the total without VAT.",
        fix=_ANEW,
        source="EN 16931 BR-CO-13 with BR-S-08 and its like",
        check=_bases,
    ),
    Rule(
        number="BR-CO-14",
        severity=Severity.ERROR,
        asks="The taxes of the VAT groups add up to the VAT total.",
        fix=_ANEW,
        source="EN 16931 BR-CO-14",
        check=_taxes,
    ),
    Rule(
        number="BR-CO-15",
        severity=Severity.ERROR,
        asks="The total with VAT is the total without and the VAT.",
        fix=_ANEW,
        source="EN 16931 BR-CO-15",
        check=_gross,
    ),
)


def check_refusals(facts: IssueFacts) -> None:
    """Raises the error of the first rule that fires, with its message."""
    for rule in REFUSALS:
        for issue in rule.check(facts):
            raise rule.error(issue.message, field=issue.field)
