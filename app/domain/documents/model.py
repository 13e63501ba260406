"""The content of a document, complete and frozen: what is hashed, rendered, sent and audited.

Amounts are integer minor units of `currency`; quantities, unit prices and percentages are decimals.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from app.domain.parties import Party, PaymentDetails
from app.domain.quick import quick
from app.domain.tax.model import TaxDecision


class InvoiceType(StrEnum):
    """The kinds of bill-like documents (UNTDID 1001: 380, 381, 325, 386, 389)."""

    STANDARD = "STANDARD"
    CREDIT_NOTE = "CREDIT_NOTE"
    PROFORMA = "PROFORMA"
    ADVANCE = "ADVANCE"
    SELF_BILLED = "SELF_BILLED"


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentAllowance:
    """An allowance or charge as stated: a reason, its amount, and the percentage it came from, if any."""

    amount_minor: int
    reason: str | None = None
    percent: Decimal | None = None


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentLine:
    """One line as stated on the document. `net`, `tax` and `gross` are after the line's allowances and charges.

    `corrected_position` is the line of the original that a credit note's line credits; `advance_number` is the advance
    invoice that a line deducts.
    """

    position: int
    description: str
    quantity: Decimal
    unit_price: Decimal
    net_minor: int
    tax_minor: int
    gross_minor: int
    decision: TaxDecision
    sku: str | None = None
    unit: str | None = None
    allowances: tuple[DocumentAllowance, ...] = ()
    charges: tuple[DocumentAllowance, ...] = ()
    corrected_position: int | None = None
    advance_number: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PrecedingDocument:
    """A document that this one refers to: what it credits, or the advances it deducts (EN 16931 BG-3)."""

    type: InvoiceType
    number: str
    issue_date: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentExchange:
    """The VAT total in the seller's national currency (Directive 2006/112/EC, art. 230; EN 16931 BT-6, BT-111).

    `rate` is how many units of `currency` one unit of the document's currency is; `source` published it for `date`.
    """

    currency: str
    rate: Decimal
    date: date
    source: str
    tax_minor: int


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentTax:
    """One VAT group of the document: base and tax per category, rate and country (EN 16931 BG-23)."""

    category: str
    percent: Decimal | None
    country: str | None
    base_minor: int
    tax_minor: int
    exemption_reason: str | None = None
    exemption_code: str | None = None


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A document's whole content. `number` and `issue_date` are None only while it is a draft.

    `reason` is why it credits, `agreement_reference` the agreement on self-billing, `registration_code` what a tax
    authority wants beside the number (Portugal's ATCUD). `seal` is the SHA-256 of all that is frozen in its rows
    (`app.db.seal`).
    """

    type: InvoiceType
    number: str | None
    issue_date: date | None
    supply_date: date
    due_date: date | None
    currency: str
    prices_include_tax: bool
    locale: str
    seller: Party
    buyer: Party
    lines: tuple[DocumentLine, ...]
    taxes: tuple[DocumentTax, ...]
    net_minor: int
    tax_minor: int
    gross_minor: int
    prepaid_minor: int
    payable_minor: int
    allowances: tuple[DocumentAllowance, ...] = ()
    charges: tuple[DocumentAllowance, ...] = ()
    mentions: tuple[str, ...] = ()
    order_reference: str | None = None
    note: str | None = None
    payment: PaymentDetails | None = None
    preceding: tuple[PrecedingDocument, ...] = ()
    reason: str | None = None
    agreement_reference: str | None = None
    exchange: DocumentExchange | None = None
    registration_code: str | None = None
    seal: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Brand:
    """How a seller's documents look: a logo (PNG or JPEG bytes), a colour `#rrggbb`, a template name, a footer."""

    primary_color: str | None = None
    template: str = "classic"
    footer: str | None = None
    logo: bytes | None = None
