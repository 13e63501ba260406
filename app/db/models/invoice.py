"""Invoices, their lines, and the numbering series that finalizing locks."""

from __future__ import annotations

from tortoise import fields

from app.db.models.base import (
    ENTITY_KEY,
    PlatformTable,
    choice,
    code,
    decimal,
    document,
    id_column,
    instant,
    minor,
    rate,
    text,
)
from app.db.models.order import CUSTOMER_KEY
from app.domain.documents.model import InvoiceType
from app.domain.lifecycle import InvoiceStatus, PaymentStatus
from app.domain.tax.model import TaxClass


class Series(PlatformTable):
    """One numbering sequence. Its row's lock serializes finalizing; its counter only ever grows."""

    id = id_column(pk=True)
    entity_id = id_column()
    type = choice(InvoiceType)
    pattern = text(60)
    period = text(10)
    last_number = fields.BigIntField()
    last_issue_date = fields.DateField(null=True)
    last_hash = text(64, null=True)
    created_at = instant()
    # The counter before its first document: 0, unless numbers were used elsewhere before.
    start_number = fields.BigIntField(default=0)
    # The tax authority's code of a registered series (Portaria 195/2020).
    validation_code = text(20, null=True)

    class Meta:
        table = "series"

    unique = (
        ("platform_id", "entity_id", "id"),
        ("platform_id", "entity_id", "type", "pattern", "period"),
        (("platform_id", "entity_id", "validation_code"), "validation_code IS NOT NULL"),
    )
    references = (ENTITY_KEY,)


class Invoice(PlatformTable):
    """A bill-like document. What finalizing freezes is also kept whole in `snapshot`, the text that is hashed."""

    id = id_column(pk=True)
    entity_id = id_column()
    customer_id = id_column()
    order_id = id_column(null=True)
    type = choice(InvoiceType)
    status = choice(InvoiceStatus)
    payment_status = choice(PaymentStatus)
    series_id = id_column(null=True)
    sequence_number = fields.BigIntField(null=True)
    number = text(60, null=True)
    issue_date = fields.DateField(null=True)
    supply_date = fields.DateField(null=True)
    due_date = fields.DateField(null=True)
    payment_term_days = fields.IntField()
    currency = code(3)
    prices_include_tax = fields.BooleanField()
    allowances = document()
    charges = document()
    taxes = document()
    mentions = document()
    net_minor = minor()
    tax_minor = minor()
    gross_minor = minor()
    paid_minor = minor()
    credited_minor = minor()
    due_minor = minor()
    ship_to_country = text(2, null=True)
    ship_to_region = text(10, null=True)
    ship_to_postcode = text(20, null=True)
    order_reference = text(200, null=True)
    note = text(2000, null=True)
    corrected_invoice_id = id_column(null=True)
    snapshot = fields.TextField(null=True)
    content_hash = text(64, null=True)
    previous_hash = text(64, null=True)
    pdf_sha256 = text(64, null=True)
    version = fields.IntField()
    created_at = instant()
    created_by = text(80)
    updated_at = instant()
    finalized_at = instant(null=True)
    finalized_by = text(80, null=True)
    # When `invoice.overdue` was announced, so that it is announced once.
    overdue_at = instant(null=True)
    # The document it was duplicated or converted from, which may be a draft that is gone.
    source_invoice_id = id_column(null=True)
    # Why it credits what it credits.
    reason = text(500, null=True)
    # The agreement that lets the buyer issue it (Directive 2006/112/EC, art. 224).
    agreement_reference = text(200, null=True)
    # When a draft is to be finalized without anybody asking.
    auto_finalize_at = instant(null=True)
    # The seller's national currency, its rate and the VAT in it, frozen (Directive 2006/112/EC, art. 91 and 230).
    tax_currency = text(3, null=True)
    exchange_rate = rate(null=True)
    exchange_date = fields.DateField(null=True)
    exchange_source = text(40, null=True)
    tax_currency_minor = minor(null=True)
    void_reason = text(500, null=True)
    voided_at = instant(null=True)
    voided_by = text(80, null=True)
    # What a proforma became, and what deducts an advance: one document at a time, which may be gone or void by now.
    converted_into_id = id_column(null=True)
    deducted_in_id = id_column(null=True)

    class Meta:
        table = "invoice"

    unique = (
        ("platform_id", "entity_id", "id"),
        ("platform_id", "entity_id", "type", "number"),
        ("platform_id", "entity_id", "series_id", "sequence_number"),
    )
    references = (
        ENTITY_KEY,
        CUSTOMER_KEY,
        (("platform_id", "entity_id", "order_id"), "sales_order", ("platform_id", "entity_id", "id")),
        (("platform_id", "entity_id", "series_id"), "series", ("platform_id", "entity_id", "id")),
        (("platform_id", "entity_id", "corrected_invoice_id"), "invoice", ("platform_id", "entity_id", "id")),
    )
    indexes = (
        ("platform_id", "id"),
        ("platform_id", "status", "id"),
        ("platform_id", "(coalesce(issue_date, '9999-12-31'))", "id"),
        ("platform_id", "(coalesce(due_date, '9999-12-31'))", "id"),
        ("platform_id", "gross_minor", "id"),
        ("platform_id", "number"),
        ("platform_id", "entity_id", "status", "id"),
        ("platform_id", "entity_id", "(coalesce(issue_date, '9999-12-31'))", "id"),
        ("platform_id", "entity_id", "gross_minor", "id"),
        ("platform_id", "entity_id", "customer_id", "id"),
        ("platform_id", "entity_id", "order_id"),
        (("platform_id", "entity_id", "corrected_invoice_id"), "corrected_invoice_id IS NOT NULL"),
        (("platform_id", "due_date", "id"), "status = 'FINALIZED' AND due_minor > 0"),
        (("platform_id", "due_date"), "status = 'FINALIZED' AND due_minor > 0 AND overdue_at IS NULL"),
        (("platform_id", "auto_finalize_at", "id"), "status = 'DRAFT' AND auto_finalize_at IS NOT NULL"),
        (("platform_id", "deducted_in_id"), "deducted_in_id IS NOT NULL"),
        (("platform_id", "entity_id", "customer_id", "id"), "status = 'PENDING'"),
    )
    checks = (
        # A number exists exactly when the document is, or was, finalized.
        "(status IN ('FINALIZED', 'VOID')) = (number IS NOT NULL)",
        "(number IS NULL) = (sequence_number IS NULL)",
        "(number IS NULL) = (content_hash IS NULL)",
    )


class InvoiceLine(PlatformTable):
    """One line with its amounts and its tax decision; `decision` is null only while the tax cannot be decided."""

    id = id_column(pk=True)
    entity_id = id_column()
    invoice_id = id_column()
    position = fields.IntField()
    order_line_id = id_column(null=True)
    sku = text(200, null=True)
    description = text(1000)
    quantity = decimal()
    unit = text(20, null=True)
    unit_price = decimal()
    supply = document()
    tax_class = choice(TaxClass)
    allowances = document()
    charges = document()
    net_minor = minor()
    tax_minor = minor()
    gross_minor = minor()
    decision = document()
    # What it credits, and what it deducts: then its decision is that document's, and is not made anew.
    corrected_line_id = id_column(null=True)
    advance_id = id_column(null=True)
    item_id = id_column(null=True)

    class Meta:
        table = "invoice_line"

    unique = (("platform_id", "entity_id", "invoice_id", "position"),)
    references = ((("platform_id", "entity_id", "invoice_id"), "invoice", ("platform_id", "entity_id", "id")),)
