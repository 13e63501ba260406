"""Buyers' VAT numbers: what is not known of them, and what that does to their invoices."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from app.domain.compliance.model import BuyerFacts, CustomersFacts, Issue, Rule
from app.domain.numbering_countries import Severity
from app.domain.parties import CustomerKind, TaxIdStatus, UnverifiedPolicy

_BUYER: Final = ("customer", "taxId")
_FIX: Final = "Verify it with customerVerifyTaxId, or state the answer of VIES with customerUpdate."
_SOURCE: Final = "Directive 2006/112/EC, art. 138 (1) (b); Implementing Regulation (EU) 282/2011, art. 18"

# What happens to an invoice while the buyer's number is unverified.
WHILE_UNVERIFIED: Final[Mapping[UnverifiedPolicy, str]] = {
    UnverifiedPolicy.HOLD: "the invoice waits as PENDING until the number is verified",
    UnverifiedPolicy.CHARGE: "VAT is charged where a verified number would make a difference",
    UnverifiedPolicy.LAST_VALID: "the last valid answer counts, and VAT is charged without one",
}


def _unverified(facts: BuyerFacts) -> Iterator[Issue]:
    if facts.kind is not CustomerKind.CONSUMER and facts.tax_id_status is TaxIdStatus.UNVERIFIED:
        yield Issue(f"the buyer's VAT number is not verified; {WHILE_UNVERIFIED[facts.when_unverified]}", _BUYER)


def _invalid(facts: BuyerFacts) -> Iterator[Issue]:
    if facts.kind is not CustomerKind.CONSUMER and facts.tax_id_status is TaxIdStatus.INVALID:
        yield Issue("the buyer's VAT number is invalid: it is taxed as a buyer without one", _BUYER)


def _many_unverified(facts: CustomersFacts) -> Iterator[Issue]:
    if facts.unverified:
        what = WHILE_UNVERIFIED[facts.when_unverified]
        yield Issue(
            f"of {facts.numbered} buyers' VAT numbers {facts.unverified} are not verified; {what}", ("customers",)
        )


def _many_invalid(facts: CustomersFacts) -> Iterator[Issue]:
    if facts.invalid:
        message = f"of {facts.numbered} buyers' VAT numbers {facts.invalid} are invalid: these buyers are charged VAT"
        yield Issue(message, ("customers",))


BUYER_RULES: Final[tuple[Rule[BuyerFacts], ...]] = (
    Rule(
        number="BUYER-TAX-ID",
        severity=Severity.INFO,
        asks="The VAT number of a buyer that is a business is verified.",
        fix=_FIX,
        source=_SOURCE,
        check=_unverified,
    ),
    Rule(
        number="VIES-01",
        severity=Severity.WARNING,
        asks="The VAT number of a buyer that is a business is valid.",
        fix="Ask the buyer for its number, and give it with customerUpdate.",
        source=_SOURCE,
        check=_invalid,
    ),
)

# Good to know and no more: what buyers enter is not the seller's master data, and changes no status.
CUSTOMERS_RULES: Final[tuple[Rule[CustomersFacts], ...]] = (
    Rule(
        number="VIES-02",
        severity=Severity.INFO,
        asks="The VAT numbers of a seller's buyers are verified.",
        fix=_FIX,
        source=_SOURCE,
        check=_many_unverified,
    ),
    Rule(
        number="VIES-03",
        severity=Severity.INFO,
        asks="The VAT numbers of a seller's buyers are valid.",
        fix="Ask these buyers for their numbers.",
        source=_SOURCE,
        check=_many_invalid,
    ),
)
