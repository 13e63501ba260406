"""What stands in the way of compliant documents: rows become facts, and the rules of `domain.compliance` judge them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from app.db.aggregates import INVOICES, SERIES
from app.db.rows import CustomerRow, EntityRow, InvoiceRow, SeriesRow
from app.db.series_keys import SeriesKey
from app.db.where import All, OneOf
from app.domain import numbering
from app.domain.compliance import registry
from app.domain.compliance.model import BuyerFacts, DraftFacts, Finding, SellerFacts, TaxIdFacts
from app.domain.compliance.refusals import REFUSALS
from app.domain.documents.model import InvoiceType
from app.domain.errors import AlreadyExists, InvoicingError
from app.domain.exchange import Rates
from app.domain.lifecycle import InvoiceStatus
from app.domain.numbering_law import NumberingFinding, Severity, series_type
from app.domain.parties import TaxIdStatus
from app.domain.scope import Permission, Scope
from app.rendering.text import check_glyphs
from app.services import loading, payments, tax_currency, vat_findings
from app.services.context import ServiceContext
from app.services.document_content import document_of
from app.services.eu_sales import Sales
from app.services.invoice_rows import Draft
from app.services.issuing import issue_facts, series_key, series_refusal
from app.services.once import Work
from app.services.vat_standing import waits

__all__ = ["Finding", "numbering_finding", "of_entity", "of_invoices"]

# What `of_entity` looks at.
ENTITY_COLUMNS: Final = (
    "legal_name",
    "country",
    "address_line1",
    "address_city",
    "address_region",
    "address_postcode",
    "registration",
    "tax_ids",
    "vat_registered",
    "small_business",
    "oss",
    "ioss",
    "other_registrations",
    "eu_threshold_exceeded",
    "destination_taxation",
    "number_formats",
)
_DRAFTS: Final = (InvoiceStatus.DRAFT, InvoiceStatus.PENDING)
# Series that the drafts of one answer would be numbered in.
_MOST_SERIES: Final = 5_000


def of_entity(entity: EntityRow, on: date) -> Sequence[Finding]:
    """What the rules find in a seller's master data on a day; its status follows from these."""
    return registry.of_seller(seller_facts(entity, on))


def seller_facts(entity: EntityRow, on: date) -> SellerFacts:
    """A stored seller as the rules see it on a day."""
    return SellerFacts(
        on=on,
        country=entity.country,
        legal_name=entity.legal_name,
        region=entity.address_region,
        postcode=entity.address_postcode,
        line1=entity.address_line1,
        city=entity.address_city,
        registration=entity.registration,
        tax_ids=tuple(
            TaxIdFacts(one["value"], one["country"], TaxIdStatus(one.get("status") or TaxIdStatus.UNVERIFIED))
            for one in entity.tax_ids
        ),
        vat_registered=entity.vat_registered,
        small_business=entity.small_business,
        oss=entity.oss,
        ioss=entity.ioss,
        other_registrations=tuple(entity.other_registrations),
        eu_sales_exceeded=True if entity.eu_threshold_exceeded else None,
        destination_taxation=entity.destination_taxation,
        number_formats=tuple(sorted(entity.number_formats.items())),
    )


def numbering_finding(law: NumberingFinding, *field: str) -> Finding:
    """A finding of a country's law."""
    return Finding(rule=law.rule, severity=law.severity, message=law.message, field=field, source=law.source)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Surroundings:
    """What many drafts need besides themselves: rates, the heads of their series, references of payments in use."""

    rates: Rates
    heads: Mapping[SeriesKey, SeriesRow]
    references: set[tuple[str, str]]


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
        around = await _surroundings(work, drafts, parts, dates)
        numbers = await vat_findings.of_invoices(work, drafts, parts)
        sales = await loading.counts_of(work, drafts, parts, dates)
    found: dict[str, list[Finding]] = {invoice_id: [] for invoice_id in ids}
    for invoice in drafts:
        found[invoice.id] = _of_draft(work, invoice, parts[invoice.id], dates[invoice.id], around, sales)
        found[invoice.id] += numbers[invoice.id]
    return found


async def _surroundings(
    work: Work, drafts: Sequence[InvoiceRow], parts: Mapping[str, Mapping[str, Any]], dates: Mapping[str, date]
) -> _Surroundings:
    rates = await tax_currency.read_rates(work, ((parts[row.id]["entity"], row, dates[row.id]) for row in drafts))
    heads = await _heads(work, [series_key(parts[row.id]["entity"], row.type, dates[row.id]) for row in drafts])
    orders = [parts[row.id]["order"] for row in drafts]
    wanted = [(order.entity_id, order.payment_reference) for order in orders if order and order.payment_reference]
    return _Surroundings(rates=rates, heads=heads, references=await payments.taken_references(work, wanted))


async def _heads(work: Work, keys: Sequence[SeriesKey]) -> dict[SeriesKey, SeriesRow]:
    if not keys:
        return {}
    names = ("entity_id", "type", "pattern", "period")
    where = All(tuple(OneOf(name, sorted({getattr(key, name) for key in keys})) for name in names))
    rows = await SERIES.list(work.scope, work.session, where, limit=_MOST_SERIES)
    return {SeriesKey(row.entity_id, row.type, row.pattern, row.period): row for row in rows}


def _of_draft(
    work: Work, invoice: InvoiceRow, parts: Mapping[str, Any], today: date, around: _Surroundings, sales: Sales
) -> list[Finding]:
    entity: EntityRow = parts["entity"]
    buyer = _buyer_facts(entity, parts["customer"])
    beside = [*_of_seller(entity, invoice.type, today), *registry.findings_of(registry.OF_BUYERS, buyer)]
    try:
        draft = loading.reprice(work, invoice, parts, sales=sales)
    except InvoicingError as error:
        return [_stop(error), *beside]
    facts = DraftFacts(
        on=today,
        document=document_of(draft, number=None, issue_date=None, today=today),
        buyer=buyer,
        unstated_currency=_unstated_currency(draft, today, around.rates),
    )
    stops = [*registry.findings_of(REFUSALS, issue_facts(draft, today)), *_refused(work, draft, facts, today, around)]
    return [*stops, *beside, *registry.findings_of(registry.OF_DRAFTS, facts)]


def _of_seller(entity: EntityRow, type_: InvoiceType, today: date) -> list[Finding]:
    """What is found in the seller, as far as a document of this type shows it; refusals are found in the draft."""
    kind = series_type(entity.country, type_)
    return [
        finding
        for finding in of_entity(entity, today)
        if finding.severity is not Severity.ERROR
        and finding.rule in registry.ON_DOCUMENTS
        and (tuple(finding.field[:-1]) != ("settings", "numberFormats") or finding.field[-1] == kind)
    ]


def _refused(work: Work, draft: Draft, facts: DraftFacts, today: date, around: _Surroundings) -> list[Finding]:
    """What finalizing would refuse besides the rules of refusal: what only other rows or the fonts show."""
    found, order, entity = [], draft.paid_order, draft.entity
    if order is not None and (entity.id, order.payment_reference) in around.references:
        message = f"a payment with the reference {order.payment_reference!r} exists"
        found.append(_stop(AlreadyExists(message, field=("reference",))))
    if waits(work, draft):
        # It becomes PENDING; whether it can be numbered is asked once the answer is there.
        return found
    key = series_key(entity, draft.invoice.type, today)
    refused = series_refusal(draft, key, around.heads.get(key), today)
    if refused is not None:
        found.append(_stop(refused, "NUM-DATE" if refused.field else "NUM-REGISTERED"))
    try:
        check_glyphs(facts.document, footer=entity.footer)
        tax_currency.with_tax_currency(entity, draft.invoice, today, around.rates)
    except InvoicingError as error:
        found.append(_stop(error))
    return found


def _stop(error: InvoicingError, rule: str | None = None) -> Finding:
    """What finalizing would answer, as a finding: without a rule of its own under the error's code."""
    name = rule or str(error.code)
    return Finding(rule=name, severity=Severity.ERROR, message=error.message, field=tuple(error.field))


def _unstated_currency(draft: Draft, today: date, rates: Rates) -> str | None:
    national = tax_currency.tax_currency_of(draft.entity, draft.invoice, today)
    return national if draft.invoice.tax_minor and not rates.loaded else None


def _buyer_facts(entity: EntityRow, customer: CustomerRow) -> BuyerFacts:
    return BuyerFacts(
        kind=customer.kind,
        tax_id=customer.tax_id,
        tax_id_country=customer.tax_id_country,
        tax_id_status=customer.tax_id_status,
        when_unverified=entity.when_unverified,
    )
