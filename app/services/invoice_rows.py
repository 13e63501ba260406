"""Drafts and documents as rows: from an input to a priced draft, and from a draft to the document that is frozen."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache
from typing import Any, Final

from app.db.records import changed
from app.db.rows import CustomerRow, EntityRow, InvoiceLineRow, InvoiceRow, OrderLineRow, OrderRow
from app.domain import events
from app.domain.documents.model import (
    InvoiceType,
)
from app.domain.documents.registry import document_type
from app.domain.events import MoneyPayload
from app.domain.identity import IdPrefix, new_id
from app.domain.lifecycle import InvoiceStatus, PaymentStatus
from app.domain.money import minor_text
from app.domain.registers.registers import Registers
from app.domain.tax import cash
from app.domain.tax.model import TaxDecision
from app.domain.totals import AllowanceTotals
from app.rendering.text import type_mention
from app.services import taxation
from app.services.inputs import AllowanceInput, DeductionInput, LineInput, ShipToInput
from app.services.taxation import Priced
from app.services.vat_standing import buyer_at

# What pricing says of a line.
LINE_AMOUNTS: Final = ("net_minor", "tax_minor", "gross_minor", "allowances", "charges", "decision")


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftContent:
    """What the caller decides of a draft."""

    type: InvoiceType
    lines: tuple[LineInput, ...]
    currency: str
    prices_include_tax: bool
    payment_term_days: int
    allowances: tuple[AllowanceInput, ...] = ()
    charges: tuple[AllowanceInput, ...] = ()
    ship_to: ShipToInput | None = None
    supply_date: date | None = None
    order_reference: str | None = None
    note: str | None = None
    agreement_reference: str | None = None
    auto_finalize_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A priced draft with all that finalizing it needs: `decisions` line by line; its totals stand in `invoice`.

    `paid_order` is its order when that was paid before; `preceding` are the documents that it credits or deducts.
    `above` prices it anew as above the threshold of Art. 59c, where it is priced below and might have to be.
    """

    entity: EntityRow
    customer: CustomerRow
    invoice: InvoiceRow
    lines: tuple[InvoiceLineRow, ...]
    decisions: tuple[TaxDecision, ...]
    paid_order: OrderRow | None = None
    preceding: tuple[Preceding, ...] = ()
    above: Callable[[], Draft] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Preceding:
    """A finalized document that a draft credits or deducts, with its lines' places by their ids."""

    invoice: InvoiceRow
    positions: Mapping[str, int]


def price_content(
    entity: EntityRow,
    customer: CustomerRow,
    content: DraftContent,
    today: date,
    exceeded: bool | None,
    registers: Registers,
) -> Priced:
    """Taxes and totals of a draft; the tax point is its supply date, or today while it has none.

    `exceeded` says whether the threshold of Art. 59c is passed: `app.services.eu_sales` knows.
    """
    tax_point = content.supply_date or today
    priced = taxation.price(
        seller=taxation.seller_of(entity),
        buyer=buyer_at(customer, entity.when_unverified, tax_point, registers),
        lines=content.lines,
        allowances=content.allowances,
        charges=content.charges,
        ship_to=content.ship_to,
        currency=content.currency,
        prices_include_tax=content.prices_include_tax,
        tax_point=tax_point,
        threshold_exceeded=exceeded,
    )
    mention = type_mention(document_type(content.type), locale_of(entity, customer))
    of_type = () if mention is None else (mention,)
    of_seller = (cash.MENTION,) if says_cash_accounting(entity, content.type, priced.decisions) else ()
    return replace(priced, mentions=(*of_type, *of_seller)) if of_type or of_seller else priced


def says_cash_accounting(entity: EntityRow, type_: InvoiceType, decisions: Sequence[TaxDecision]) -> bool:
    """Whether a document of that seller and type must say "Cash accounting"."""
    if not entity.cash_accounting or not document_type(type_).is_tax_document:
        return False
    return cash.states_cash_accounting(entity.country, decisions)


def locale_of(entity: EntityRow, customer: CustomerRow) -> str:
    """The language of a document: the buyer's, or the seller's."""
    return customer.locale or entity.locale


def new_draft(
    *,
    entity: EntityRow,
    customer: CustomerRow,
    content: DraftContent,
    priced: Priced,
    order_id: str | None,
    order_line_ids: Sequence[str | None],
    now: datetime,
    actor: str,
    source_invoice_id: str | None = None,
) -> Draft:
    """A draft as rows, not stored yet."""
    invoice = InvoiceRow(
        platform_id=entity.platform_id,
        id=new_id(IdPrefix.INVOICE),
        entity_id=entity.id,
        customer_id=customer.id,
        order_id=order_id,
        type=content.type,
        status=InvoiceStatus.DRAFT,
        payment_status=PaymentStatus.UNPAID,
        series_id=None,
        sequence_number=None,
        number=None,
        issue_date=None,
        due_date=None,
        paid_minor=0,
        credited_minor=0,
        corrected_invoice_id=None,
        snapshot=None,
        content_hash=None,
        previous_hash=None,
        pdf_sha256=None,
        version=1,
        created_at=now,
        created_by=actor,
        updated_at=now,
        finalized_at=None,
        finalized_by=None,
        overdue_at=None,
        source_invoice_id=source_invoice_id,
        reason=None,
        tax_currency=None,
        exchange_rate=None,
        exchange_date=None,
        exchange_source=None,
        tax_currency_minor=None,
        void_reason=None,
        voided_at=None,
        voided_by=None,
        converted_into_id=None,
        deducted_in_id=None,
        **content_columns(content, priced),
    )
    lines = line_rows(invoice, content, priced, order_line_ids)
    return Draft(entity=entity, customer=customer, invoice=invoice, lines=lines, decisions=priced.decisions)


def content_columns(content: DraftContent, priced: Priced) -> dict[str, Any]:
    """The invoice's columns that follow from its content."""
    totals = priced.totals
    ship_to = content.ship_to
    return {
        "currency": content.currency,
        "prices_include_tax": content.prices_include_tax,
        "supply_date": content.supply_date,
        "payment_term_days": content.payment_term_days,
        "allowances": _priced_allowances(content.allowances, totals.allowances),
        "charges": _priced_allowances(content.charges, totals.charges),
        "taxes": tax_columns(priced),
        "mentions": mentions_of(priced),
        "net_minor": totals.net_minor,
        "tax_minor": totals.tax_minor,
        "gross_minor": totals.gross_minor,
        "due_minor": totals.payable_minor,
        "ship_to_country": None if ship_to is None else ship_to.country,
        "ship_to_region": None if ship_to is None else ship_to.region,
        "ship_to_postcode": None if ship_to is None else ship_to.postcode,
        "order_reference": content.order_reference,
        "note": content.note,
        "agreement_reference": content.agreement_reference,
        "auto_finalize_at": content.auto_finalize_at,
    }


def tax_columns(priced: Priced) -> list[dict[str, Any]]:
    """The VAT groups as an invoice stores them."""
    return [
        {
            "category": tax.category,
            "percent": None if tax.percent is None else format(tax.percent, "f"),
            "country": tax.country,
            "base_minor": tax.base_minor,
            "tax_minor": tax.tax_minor,
            "exemption_reason": tax.exemption_reason,
            "exemption_code": tax.exemption_code,
        }
        for tax in priced.totals.taxes
    ]


def mentions_of(priced: Priced) -> list[str]:
    """The texts the law wants on the document, each once, in the order of the lines."""
    decided = (decision.mention for decision in priced.decisions if decision.mention)
    return list(dict.fromkeys((*priced.mentions, *decided)))


def line_rows(
    invoice: InvoiceRow, content: DraftContent, priced: Priced, order_line_ids: Sequence[str | None]
) -> tuple[InvoiceLineRow, ...]:
    """The lines as rows with their amounts and decisions."""
    return tuple(
        replace(
            line,
            platform_id=invoice.platform_id,
            id=new_id(IdPrefix.INVOICE_LINE),
            entity_id=invoice.entity_id,
            invoice_id=invoice.id,
            order_line_id=order_line_id,
        )
        for line, order_line_id in zip(preview_lines(content.lines, priced), order_line_ids, strict=True)
    )


def repriced_lines(lines: Sequence[InvoiceLineRow], priced: Priced) -> tuple[InvoiceLineRow, ...]:
    """Stored lines with their amounts and decisions as they are now; a line that stays as it was is the same object."""
    fresh = []
    for line, amounts, decision in zip(lines, priced.totals.lines, priced.decisions, strict=True):
        now = (
            amounts.net_minor,
            amounts.tax_minor,
            amounts.gross_minor,
            _with_amounts(line.allowances, amounts.allowances),
            _with_amounts(line.charges, amounts.charges),
            taxation.decision_to_json(decision),
        )
        before = (line.net_minor, line.tax_minor, line.gross_minor, line.allowances, line.charges, line.decision)
        fresh.append(line if now == before else changed(line, **dict(zip(LINE_AMOUNTS, now, strict=True))))
    return tuple(fresh)


def _with_amounts(stored: Sequence[Mapping[str, Any]], amounts: Sequence[AllowanceTotals]) -> list[dict[str, Any]]:
    return [{**item, "amount_minor": amount.amount_minor} for item, amount in zip(stored, amounts, strict=True)]


def preview_lines(lines: Sequence[LineInput], priced: Priced) -> tuple[InvoiceLineRow, ...]:
    """The lines as rows of no invoice yet; their ids only tell them apart."""
    return tuple(
        InvoiceLineRow(
            platform_id="",
            id=f"line-{position}",
            entity_id="",
            invoice_id="",
            position=position,
            order_line_id=None,
            sku=line.sku,
            description=line.description,
            quantity=line.quantity,
            unit=line.unit,
            unit_price=line.unit_price,
            supply=taxation.supply_to_json(line.supply),
            tax_class=line.tax_class,
            allowances=_priced_allowances(line.allowances, amounts.allowances),
            charges=_priced_allowances(line.charges, amounts.charges),
            net_minor=amounts.net_minor,
            tax_minor=amounts.tax_minor,
            gross_minor=amounts.gross_minor,
            decision=taxation.decision_to_json(decision),
            corrected_line_id=None,
            advance_id=line.advance_id if isinstance(line, DeductionInput) else None,
            item_id=line.item_id,
        )
        for position, (line, amounts, decision) in enumerate(
            zip(lines, priced.totals.lines, priced.decisions, strict=True), 1
        )
    )


def content_of(invoice: InvoiceRow, lines: Sequence[InvoiceLineRow]) -> DraftContent:
    """What the caller decided of a stored draft, to price it anew."""
    return DraftContent(
        type=invoice.type,
        currency=invoice.currency,
        prices_include_tax=invoice.prices_include_tax,
        payment_term_days=invoice.payment_term_days,
        supply_date=invoice.supply_date,
        allowances=taxation.allowances_from_json(invoice.allowances),
        charges=taxation.allowances_from_json(invoice.charges),
        ship_to=ship_to_of(invoice),
        order_reference=invoice.order_reference,
        note=invoice.note,
        agreement_reference=invoice.agreement_reference,
        auto_finalize_at=invoice.auto_finalize_at,
        lines=tuple(_entered(line) for line in lines),
    )


def ship_to_of(row: InvoiceRow | OrderRow) -> ShipToInput | None:
    """Where the goods go, when that is another place than the buyer's."""
    if row.ship_to_country is None:
        return None
    return ShipToInput(country=row.ship_to_country, region=row.ship_to_region, postcode=row.ship_to_postcode)


def _entered(line: InvoiceLineRow) -> LineInput:
    if line.advance_id is None:
        return line_input(line)
    return DeductionInput(
        description=line.description,
        quantity=line.quantity,
        unit_price=line.unit_price,
        supply=taxation.supply_from_json(line.supply),
        tax_class=line.tax_class,
        advance_id=line.advance_id,
        decision=taxation.decision_from_json(line.decision),
    )


def line_input(line: InvoiceLineRow | OrderLineRow) -> LineInput:
    """A stored line of an order or an invoice as it was entered."""
    return LineInput(
        description=line.description,
        quantity=line.quantity,
        unit_price=line.unit_price,
        sku=line.sku,
        unit=line.unit,
        supply=taxation.supply_from_json(line.supply),
        tax_class=line.tax_class,
        allowances=taxation.allowances_from_json(line.allowances),
        charges=taxation.allowances_from_json(line.charges),
        item_id=line.item_id,
    )


def _priced_allowances(entered: Sequence[AllowanceInput], amounts: Sequence[Any]) -> list[dict[str, Any]]:
    stored = taxation.allowances_to_json(entered)
    return [{**item, "amount_minor": amount.amount_minor} for item, amount in zip(stored, amounts, strict=True)]


def invoice_event(kind: type[events.InvoiceEvent], row: InvoiceRow, **further: Any) -> events.InvoiceEvent:
    """An event about an invoice as it stands, with what that kind tells besides."""
    return kind(
        id=row.id,
        entity_id=row.entity_id,
        customer_id=row.customer_id,
        order_id=row.order_id,
        invoice_type=row.type,
        status=row.status,
        payment_status=row.payment_status,
        number=row.number,
        issue_date=None if row.issue_date is None else row.issue_date.isoformat(),
        due_date=None if row.due_date is None else row.due_date.isoformat(),
        net_total=money_payload(row.net_minor, row.currency),
        tax_total=money_payload(row.tax_minor, row.currency),
        gross_total=money_payload(row.gross_minor, row.currency),
        paid_total=money_payload(row.paid_minor, row.currency),
        amount_due=money_payload(row.due_minor, row.currency),
        **further,
    )


@lru_cache(maxsize=4_096)
def money_payload(minor: int, currency: str) -> MoneyPayload:
    """An amount as events carry it."""
    return MoneyPayload(amount=minor_text(minor, currency), currency=currency)
