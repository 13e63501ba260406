"""One rule, what it found, and the frozen facts that rules look at: the same facts, the same findings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Generic, TypeVar

from app.domain.documents.model import Document, InvoiceType
from app.domain.errors import InvalidInput, InvoicingError
from app.domain.numbering_countries import Severity
from app.domain.parties import CustomerKind, EntityStatus, TaxIdStatus, UnverifiedPolicy
from app.domain.tax.model import TaxDecision

F = TypeVar("F")


class ComplianceStatus(StrEnum):
    """A seller's findings in one word: the worst of them. What is good to know (INFO) leaves it READY."""

    READY = "READY"
    ATTENTION = "ATTENTION"
    BLOCKED = "BLOCKED"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing found: an ERROR stops the document, a WARNING is put right better sooner, an INFO is good to know."""

    rule: str
    severity: Severity
    message: str
    field: Sequence[str] = ()
    fix: str | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Issue:
    """What a rule found wrong, and the path of the value to change; `severity` where it is not always the rule's."""

    message: str
    field: tuple[str, ...] = ()
    severity: Severity | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule(Generic[F]):
    """One rule: its stable number, what it asks, what puts it right, the article that says so, and the test of it.

    An ERROR keeps a document from being finalized; finalizing then answers with `error` and the same message.
    """

    number: str
    severity: Severity
    asks: str
    fix: str
    source: str
    check: Callable[[F], Iterable[Issue]]
    error: type[InvoicingError] = InvalidInput

    def findings(self, facts: F) -> list[Finding]:
        """What it finds in these facts."""
        return [
            Finding(
                rule=self.number,
                severity=issue.severity or self.severity,
                message=issue.message,
                field=issue.field,
                fix=self.fix,
                source=self.source,
            )
            for issue in self.check(facts)
        ]


@dataclass(frozen=True, slots=True)
class TaxIdFacts:
    """A tax number of a seller: its value as it is printed, whose it is (ISO 3166-1, or XI), what is known of it."""

    value: str
    country: str
    status: TaxIdStatus = TaxIdStatus.UNVERIFIED


@dataclass(frozen=True, slots=True, kw_only=True)
class SellerFacts:
    """A seller's master data on a day, and whether its cross-border sales passed EUR 10,000; None when unknown.

    `destination_taxation` is its choice of the destination's VAT below that (Art. 59c (3)); `number_formats` are the
    formats that it chose, by document type.
    """

    on: date
    country: str
    legal_name: str = ""
    region: str | None = None
    postcode: str | None = None
    line1: str | None = None
    city: str | None = None
    registration: str | None = None
    tax_ids: tuple[TaxIdFacts, ...] = ()
    vat_registered: bool = True
    small_business: bool = False
    oss: bool = False
    ioss: bool = False
    other_registrations: tuple[str, ...] = ()
    eu_sales_exceeded: bool | None = None
    destination_taxation: bool = False
    number_formats: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomersFacts:
    """A seller's buyers who have a VAT number: how many, and of how many it is not verified or not valid."""

    numbered: int
    unverified: int
    invalid: int
    when_unverified: UnverifiedPolicy = UnverifiedPolicy.CHARGE


@dataclass(frozen=True, slots=True, kw_only=True)
class BuyerFacts:
    """What a buyer is to the VAT law, what is known of its number, and the seller's policy while that is nothing."""

    kind: CustomerKind = CustomerKind.CONSUMER
    tax_id: str | None = None
    tax_id_country: str | None = None
    tax_id_status: TaxIdStatus = TaxIdStatus.NONE
    when_unverified: UnverifiedPolicy = UnverifiedPolicy.CHARGE


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueFacts:
    """What decides whether a draft may be finalized on a day, before it is numbered; amounts in minor units.

    `groups` are base and tax of its VAT groups; `number_formats` the formats that the seller chose.
    """

    on: date
    status: EntityStatus
    country: str
    type: InvoiceType
    number_formats: tuple[tuple[str, str], ...]
    agreement_reference: str | None
    decisions: Sequence[TaxDecision]
    groups: Sequence[tuple[int, int]]
    net_minor: int
    tax_minor: int
    gross_minor: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftFacts:
    """A draft as the document it would be on a day, with its seller and buyer.

    `unstated_currency` is the currency in which its VAT cannot be stated, for no exchange rates are kept.
    """

    on: date
    document: Document
    buyer: BuyerFacts
    unstated_currency: str | None = None


def status_of(findings: Iterable[Finding]) -> ComplianceStatus:
    """The worst of the findings in one word."""
    worst = {finding.severity for finding in findings}
    if Severity.ERROR in worst:
        return ComplianceStatus.BLOCKED
    return ComplianceStatus.ATTENTION if Severity.WARNING in worst else ComplianceStatus.READY
