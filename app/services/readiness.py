"""What stands in the way of compliant documents: of a seller's master data, and of one draft."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from app.db.aggregates import INVOICES
from app.db.rows import CustomerRow, EntityRow, InvoiceRow
from app.domain import numbering
from app.domain.documents.model import InvoiceType
from app.domain.errors import InvoicingError
from app.domain.exchange import Rates
from app.domain.lifecycle import InvoiceStatus
from app.domain.numbering_law import (
    NumberingFinding,
    Severity,
    findings,
    findings_together,
    pattern_of,
    series_type,
)
from app.domain.parties import CustomerKind, TaxIdStatus, UnverifiedPolicy
from app.domain.scope import Permission, Scope
from app.services import loading, tax_currency
from app.services.context import ServiceContext
from app.services.eu_sales import Sales
from app.services.issuing import check_issuable, check_printable
from app.services.once import Work

# What `of_entity` looks at.
ENTITY_COLUMNS: Final = ("address_line1", "address_city", "vat_registered", "tax_ids", "country", "number_formats")
_DRAFTS: Final = (InvoiceStatus.DRAFT, InvoiceStatus.PENDING)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing found: an ERROR stops the document, a WARNING is put right better sooner, an INFO is good to know."""

    rule: str
    severity: Severity
    message: str
    field: Sequence[str] = ()
    fix: str | None = None
    source: str | None = None


def of_entity(entity: EntityRow) -> list[Finding]:
    """What a seller's documents would lack (Directive 2006/112/EC, art. 226), and what its numbering law says."""
    found = []
    if not (entity.address_line1 and entity.address_city):
        # Art. 226 (5): the full name and address of the taxable person.
        found.append(
            Finding(
                rule="ENTITY-ADDRESS",
                severity=Severity.WARNING,
                message="the seller's address has no street or no town; every invoice must state it (Art. 226 (5))",
                field=("address",),
                fix="Give line1 and city with entityUpdate.",
            )
        )
    if entity.vat_registered and not any(tax_id["country"] == entity.country for tax_id in entity.tax_ids):
        # Art. 226 (3): the VAT number under which the supply is made.
        found.append(
            Finding(
                rule="ENTITY-TAX-ID",
                severity=Severity.WARNING,
                message=f"the seller is registered for VAT but has no tax id of {entity.country} (Art. 226 (3))",
                field=("taxIds",),
                fix="Give the tax id with entityUpdate, or set vatRegistered to false.",
            )
        )
    return found + of_numbering(entity)


def of_numbering(entity: EntityRow) -> list[Finding]:
    """What its country's law says of a seller's number formats: of those it chose, and of its invoices' in any case."""
    kinds = {InvoiceType.STANDARD, *(InvoiceType(name) for name in entity.number_formats)}
    found = [
        numbering_finding(law, "settings", "numberFormats", kind.value)
        for kind in sorted(kinds)
        if series_type(entity.country, kind) is kind
        for law in findings(
            numbering.parse(pattern_of(entity.number_formats, entity.country, kind)), entity.country, type_=kind
        )
    ]
    together = findings_together(entity.number_formats, entity.country)
    return found + [numbering_finding(law, "settings", "numberFormats") for law in together]


def numbering_finding(law: NumberingFinding, *field: str) -> Finding:
    """A finding of a country's law."""
    return Finding(rule=law.rule, severity=law.severity, message=law.message, field=field, source=law.source)


async def of_invoices(ctx: ServiceContext, scope: Scope, ids: Sequence[str]) -> dict[str, list[Finding]]:
    """What keeps each of these drafts from being finalized now, and what is worth knowing before, by id.

    Nothing for what is issued. A bounded number of statements, whatever the number of drafts.
    """
    scope.require(Permission.INVOICES_READ)
    async with ctx.database.read(scope) as session:
        work = Work(ctx, scope, session)
        invoices = await INVOICES.by_ids(scope, session, ids)
        drafts = [invoice for invoice in invoices.values() if invoice.status in _DRAFTS]
        parts = await loading.unpriced(work, drafts)
        dates = {row.id: numbering.local_issue_date(work.now, parts[row.id]["entity"].time_zone) for row in drafts}
        sales = await loading.counts_of(work, drafts, parts, dates)
        rates = await tax_currency.read_rates(work, ((parts[row.id]["entity"], row, dates[row.id]) for row in drafts))
    found: dict[str, list[Finding]] = {invoice_id: [] for invoice_id in ids}
    for invoice in drafts:
        found[invoice.id] = _of_draft(work, invoice, parts[invoice.id], dates[invoice.id], rates, sales)
    return found


def _of_draft(
    work: Work, invoice: InvoiceRow, parts: Mapping[str, Any], today: date, rates: Rates, sales: Sales
) -> list[Finding]:
    found = [*of_entity(parts["entity"]), *_of_buyer(parts["entity"], parts["customer"])]
    try:
        draft = loading.reprice(work, invoice, parts, sales=sales)
        check_issuable(draft)
        check_printable(draft, today)
        tax_currency.with_tax_currency(draft.entity, draft.invoice, today, rates)
    except InvoicingError as error:
        stop = Finding(rule=str(error.code), severity=Severity.ERROR, message=error.message, field=tuple(error.field))
        return [stop, *found]
    return [*found, *_of_currency(draft.entity, draft.invoice, today, rates)]


def _of_currency(entity: EntityRow, invoice: InvoiceRow, today: date, rates: Rates) -> list[Finding]:
    national = tax_currency.tax_currency_of(entity, invoice, today)
    if national is None or not invoice.tax_minor or rates.loaded:
        return []
    return [
        Finding(
            rule="TAX-CURRENCY-01",
            severity=Severity.WARNING,
            message=f"the VAT must be stated in {national} too (Art. 230), and no exchange rates are loaded",
            field=("currency",),
            fix="Let the operator set INVOICING_EXCHANGE_RATES_URL or run `invoicing rates import`.",
        )
    ]


def _of_buyer(entity: EntityRow, customer: CustomerRow) -> list[Finding]:
    if customer.kind is CustomerKind.CONSUMER or customer.tax_id_status is not TaxIdStatus.UNVERIFIED:
        return []
    what = {
        UnverifiedPolicy.HOLD: "the invoice waits as PENDING until the number is verified",
        UnverifiedPolicy.CHARGE: "VAT is charged where a verified number would make a difference",
        UnverifiedPolicy.LAST_VALID: "the last valid answer counts, and VAT is charged without one",
    }[entity.when_unverified]
    return [
        Finding(
            rule="BUYER-TAX-ID",
            severity=Severity.INFO,
            message=f"the buyer's VAT number is not verified; {what}",
            field=("customer", "taxId"),
            fix="State the answer of VIES with customerUpdate.",
        )
    ]
