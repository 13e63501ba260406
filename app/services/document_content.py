"""A draft or a document as its whole content: what is frozen, hashed and drawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from app.db.rows import CustomerRow, EntityRow, InvoiceLineRow, InvoiceRow
from app.domain.compliance.seller import is_ioss_number
from app.domain.documents.model import (
    Document,
    DocumentAllowance,
    DocumentExchange,
    DocumentLine,
    DocumentTax,
    PrecedingDocument,
)
from app.domain.errors import InvalidState
from app.domain.parties import Address, Party, PaymentDetails
from app.domain.tax.model import TaxDecision
from app.services.invoice_rows import Draft, locale_of


def document_of(
    draft: Draft,
    *,
    number: str | None,
    issue_date: date | None,
    today: date,
    registration_code: str | None = None,
    seal: str | None = None,
) -> Document:
    """The document's whole content: with a number what is frozen, without one a draft as it would look today."""
    invoice = draft.invoice
    dated = issue_date or today
    # What is paid before the invoice is issued stands on it as paid (EN 16931 BT-113).
    prepaid = 0 if draft.paid_order is None else max(invoice.gross_minor, 0)
    return Document(
        type=invoice.type,
        number=number,
        issue_date=issue_date,
        supply_date=invoice.supply_date or dated,
        due_date=dated + timedelta(days=invoice.payment_term_days),
        currency=invoice.currency,
        prices_include_tax=invoice.prices_include_tax,
        locale=locale_of(draft.entity, draft.customer),
        seller=seller_party(draft.entity),
        buyer=buyer_party(draft.customer),
        lines=_document_lines(draft),
        taxes=tuple(DocumentTax(**_tax_fields(tax)) for tax in invoice.taxes),
        net_minor=invoice.net_minor,
        tax_minor=invoice.tax_minor,
        gross_minor=invoice.gross_minor,
        prepaid_minor=prepaid,
        payable_minor=invoice.gross_minor - prepaid,
        allowances=_document_allowances(invoice.allowances),
        charges=_document_allowances(invoice.charges),
        mentions=tuple(invoice.mentions),
        order_reference=invoice.order_reference,
        note=invoice.note,
        payment=_payment_details(draft.entity),
        preceding=tuple(_preceding(one.invoice) for one in draft.preceding),
        reason=invoice.reason,
        agreement_reference=invoice.agreement_reference,
        exchange=_exchange(invoice),
        registration_code=registration_code,
        seal=seal,
    )


def _preceding(invoice: InvoiceRow) -> PrecedingDocument:
    if invoice.number is None or invoice.issue_date is None:
        raise InvalidState(f"the document {invoice.id} that this one refers to is not finalized")
    return PrecedingDocument(type=invoice.type, number=invoice.number, issue_date=invoice.issue_date)


def _exchange(invoice: InvoiceRow) -> DocumentExchange | None:
    rate, on = invoice.exchange_rate, invoice.exchange_date
    if invoice.tax_currency is None or rate is None or on is None or invoice.tax_currency_minor is None:
        return None
    return DocumentExchange(
        currency=invoice.tax_currency,
        rate=rate,
        date=on,
        source=invoice.exchange_source or "",
        tax_minor=invoice.tax_currency_minor,
    )


def _tax_fields(stored: Mapping[str, Any]) -> dict[str, Any]:
    percent = stored["percent"]
    return {**stored, "percent": None if percent is None else Decimal(percent)}


def _document_lines(draft: Draft) -> tuple[DocumentLine, ...]:
    if not draft.preceding:
        return tuple(map(_document_line, draft.lines, draft.decisions))
    positions = {line_id: place for one in draft.preceding for line_id, place in one.positions.items()}
    numbers = {one.invoice.id: one.invoice.number for one in draft.preceding}
    return tuple(
        replace(
            _document_line(line, decision),
            corrected_position=positions.get(line.corrected_line_id or ""),
            advance_number=numbers.get(line.advance_id or ""),
        )
        for line, decision in zip(draft.lines, draft.decisions, strict=True)
    )


def _document_line(line: InvoiceLineRow, decision: TaxDecision) -> DocumentLine:
    return DocumentLine(
        position=line.position,
        description=line.description,
        quantity=line.quantity,
        unit_price=line.unit_price,
        net_minor=line.net_minor,
        tax_minor=line.tax_minor,
        gross_minor=line.gross_minor,
        decision=decision,
        sku=line.sku,
        unit=line.unit,
        allowances=_document_allowances(line.allowances),
        charges=_document_allowances(line.charges),
    )


def _document_allowances(stored: Sequence[Mapping[str, Any]]) -> tuple[DocumentAllowance, ...]:
    return tuple(
        DocumentAllowance(
            amount_minor=item["amount_minor"],
            reason=item["reason"],
            percent=None if item["percent"] is None else Decimal(item["percent"]),
        )
        for item in stored
    )


def _payment_details(entity: EntityRow) -> PaymentDetails | None:
    if entity.payment_iban is None:
        return None
    return PaymentDetails(
        holder=entity.payment_holder or entity.legal_name, iban=entity.payment_iban, bic=entity.payment_bic
    )


def seller_party(entity: EntityRow) -> Party:
    """The seller as printed on its documents: with the VAT number of its own country, or its first."""
    # The number of the Import One-Stop-Shop is customs' business; no document states it (art. 369q).
    stated = [tax_id for tax_id in entity.tax_ids if not is_ioss_number(tax_id["value"])]
    own = [tax_id for tax_id in stated if tax_id["country"] == entity.country] or stated
    return Party(
        name=entity.name,
        legal_name=entity.legal_name,
        address=_address(entity),
        tax_id=own[0]["value"] if own else None,
        registration=entity.registration,
        email=entity.email,
        phone=entity.phone,
        website=entity.website,
    )


def buyer_party(customer: CustomerRow) -> Party:
    """The buyer as printed on documents."""
    return Party(name=customer.name, address=_address(customer), tax_id=customer.tax_id, email=customer.email)


def _address(row: EntityRow | CustomerRow) -> Address:
    return Address(
        country=row.country,
        name=row.address_name,
        line1=row.address_line1,
        line2=row.address_line2,
        postcode=row.address_postcode,
        city=row.address_city,
        region=row.address_region,
    )
