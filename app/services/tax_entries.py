"""Tax entries: what each finalized document declares, written in the transaction that finalizes or voids it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any, Final

from app.db.aggregates import TAX_ENTRIES
from app.db.records import maker
from app.db.rows import InvoiceLineRow, InvoiceRow
from app.db.tax_entry_rows import TaxEntryRow
from app.db.where import All, Eq
from app.domain.documents.registry import document_type
from app.domain.errors import InvalidState
from app.domain.identity import IdPrefix, new_id
from app.domain.numbering import local_issue_date
from app.domain.tax.model import TaxClass
from app.domain.tax_entries import DecidedLine, TaxKey, TaxPart, declared_on, key_of, parts_of
from app.services.invoice_rows import Draft
from app.services.once import Work

# Where the buyer's VAT number is part of what is declared.
_BY_NUMBER: Final = frozenset({"AE", "K"})
_MOST_PARTS: Final = 10_000
_make_entry: Final = maker(TaxEntryRow)


def of_issued(draft: Draft, invoice: InvoiceRow) -> Sequence[TaxEntryRow]:
    """The entries of a document that has just been finalized; none of a proforma. The caller stores them."""
    kind = document_type(invoice.type)
    if not kind.is_tax_document:
        return ()
    of_date = on = _declared_on(invoice)
    if kind.sign < 0:
        # Art. 90: an adjustment counts when it is made, and not before what it adjusts.
        original = draft.preceding[0].invoice
        of_date = _declared_on(original)
        on = max(_issued_on(invoice), of_date)
    sign = kind.sign
    entries = []
    counted: set[object] = set()
    for part in _parts(draft.lines, invoice):
        key, share = part.key, part.national_tax_minor
        shown = key.treatment, key.group
        entries.append(
            _make_entry(
                (
                    invoice.platform_id,
                    # A line belongs to one part: its id names the entry.
                    f"{IdPrefix.TAX_ENTRY}_{part.line_id.partition('_')[2]}",
                    invoice.entity_id,
                    invoice.id,
                    invoice.type,
                    of_date,
                    on,
                    key.treatment.value,
                    key.category,
                    key.percent,
                    key.country,
                    key.rule,
                    key.supply_kind.value,
                    key.nature.value,
                    key.tax_class,
                    key.origin,
                    draft.customer.tax_id if key.category in _BY_NUMBER else None,
                    invoice.currency,
                    int(shown not in counted),
                    sign * part.base_minor,
                    sign * part.tax_minor,
                    None if share is None else invoice.tax_currency,
                    None if share is None else invoice.exchange_rate,
                    None if share is None else sign * share,
                    None,
                )
            )
        )
        counted.add(shown)
    return entries


async def of_voided(work: Work, invoice: InvoiceRow, time_zone: str) -> Sequence[TaxEntryRow]:
    """What takes a finalized document out of the returns: on the day of voiding where the seller is, or with the
    document where that counts later. The caller stores it.
    """
    on = _declared_on(invoice)
    where = All((Eq("entity_id", invoice.entity_id), Eq("date", on), Eq("invoice_id", invoice.id)))
    stored = await TAX_ENTRIES.list(work.scope, work.session, where, limit=_MOST_PARTS)
    today = local_issue_date(work.now, time_zone)
    return [
        replace(
            entry,
            id=new_id(IdPrefix.TAX_ENTRY),
            date=max(today, entry.date),
            document_count=-entry.document_count,
            base_minor=-entry.base_minor,
            tax_minor=-entry.tax_minor,
            tax_currency_minor=None if entry.tax_currency_minor is None else -entry.tax_currency_minor,
            reverses_id=entry.id,
        )
        for entry in stored
    ]


def _parts(lines: Sequence[InvoiceLineRow], invoice: InvoiceRow) -> Sequence[TaxPart]:
    keys = [_key(*_told(line)) for line in lines]
    national = invoice.tax_currency_minor
    if national is None and keys.count(keys[0]) == len(keys):
        # Most documents have one part: all of them.
        net, tax = invoice.net_minor, invoice.tax_minor
        return [
            TaxPart(line_id=lines[0].id, key=keys[0], base_minor=net, tax_minor=tax, national_tax_minor=None),
        ]
    decided = [
        DecidedLine(
            id=line.id,
            key=key,
            net_minor=line.net_minor,
            tax_minor=line.tax_minor,
            deducts=line.advance_id is not None,
        )
        for line, key in zip(lines, keys, strict=True)
    ]
    return parts_of(decided, invoice.taxes, national)


def _told(line: InvoiceLineRow) -> tuple[Any, ...]:
    supply, decision = line.supply, line.decision
    inputs = decision["inputs"]
    return (
        decision["treatment"],
        decision["category"],
        decision["percent"],
        decision["country"],
        decision["rule"],
        inputs.get("origin") if inputs else None,
        supply["kind"],
        supply["nature"],
        line.tax_class,
    )


@lru_cache(maxsize=4_096)
def _key(
    treatment: str,
    category: str,
    percent: str | None,
    country: str | None,
    rule: str,
    origin: str | None,
    kind: str,
    nature: str,
    tax_class: TaxClass,
) -> TaxKey:
    """The same sale is decided over and over: its key is made once."""
    decision: dict[str, Any] = {
        "treatment": treatment,
        "category": category,
        "percent": percent,
        "country": country,
        "rule": rule,
        "inputs": {"origin": origin},
    }
    return key_of(decision, {"kind": kind, "nature": nature}, tax_class)


def _declared_on(invoice: InvoiceRow) -> Any:
    return declared_on(invoice.type, _issued_on(invoice), invoice.supply_date or _issued_on(invoice))


def _issued_on(invoice: InvoiceRow) -> Any:
    if invoice.issue_date is None:
        raise InvalidState(f"the document {invoice.id} is not finalized")
    return invoice.issue_date
