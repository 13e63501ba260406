"""The VAT total in the seller's national currency, on documents in another one (Directive 2006/112/EC, art. 230).

It is computed once, when a document is finalized, at the rate of its tax point (art. 91 (2)), and frozen with it. A
document in the national currency costs a look into a table here, and a batch of such documents no statement.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from app.db import exchange_rates
from app.db.records import changed
from app.db.rows import EntityRow, InvoiceRow
from app.domain.documents.model import InvoiceType
from app.domain.documents.registry import document_type
from app.domain.errors import InvalidInput, InvalidState
from app.domain.exchange import EURO, MAX_AGE, Conversion, Rates, national_currency, plain
from app.services.once import Work

COLUMNS: Final = ("tax_currency", "exchange_rate", "exchange_date", "exchange_source", "tax_currency_minor")
# The documents of one batch that are in the sellers' own currencies, as most are.
NO_RATES: Final = Rates()


def tax_currency_of(entity: EntityRow, invoice: InvoiceRow, issue_date: date) -> str | None:
    """The currency in which a document must state its VAT besides its own; None when it need not.

    A credit note is not asked: it has the rate of what it credits.
    """
    if invoice.type is InvoiceType.CREDIT_NOTE:
        return None
    national = national_currency(entity.country, tax_point(invoice, issue_date))
    if national is None or national == invoice.currency or not document_type(invoice.type).is_tax_document:
        return None
    return national


def tax_point(invoice: InvoiceRow, issue_date: date) -> date:
    """The day whose rate counts: that of the supply, or of the invoice where it comes before (arts. 63 and 66)."""
    return min(invoice.supply_date or issue_date, issue_date)


async def read_rates(work: Work, documents: Iterable[tuple[EntityRow, InvoiceRow, date]]) -> Rates:
    """The rates that these documents with their dates of issue need: one statement, and none where none needs any."""
    currencies, days = set(), set()
    for entity, invoice, issue_date in documents:
        national = tax_currency_of(entity, invoice, issue_date)
        if national is not None:
            currencies |= {national, invoice.currency}
            days.add(tax_point(invoice, issue_date))
    if not days:
        return NO_RATES
    found = await exchange_rates.around(work.scope, work.session, currencies - {EURO}, days)
    loaded = bool(found) or await exchange_rates.any_known(work.scope, work.session)
    return Rates(found, loaded=loaded)


def with_tax_currency(entity: EntityRow, invoice: InvoiceRow, issue_date: date, rates: Rates) -> InvoiceRow:
    """The document with its VAT in the national currency, where it must state that and rates are kept at all.

    Raises InvalidInput when rates are kept and that of its tax point is not among them.
    """
    national = tax_currency_of(entity, invoice, issue_date)
    if national is None or not invoice.tax_minor or not rates.loaded:
        return invoice
    on = tax_point(invoice, issue_date)
    found = rates.find(invoice.currency, national, on)
    if found is None:
        raise InvalidInput(
            f"the VAT must be stated in {national} too (Art. 230), and no exchange rate from {invoice.currency} to"
            f" {national} is known of {on} or the {MAX_AGE.days} days before; add it with `invoicing rates import`",
            field=("currency",),
        )
    return changed(invoice, **_columns(found, national, invoice.tax_minor, invoice.currency))


def at_rate_of(original: InvoiceRow, tax_minor: int) -> dict[str, Any]:
    """The same columns for a credit note of that much VAT, at the rate that its original has; none where it has none.

    `tax_minor` is in the original's currency. The rate of the original holds: what is corrected is that supply's tax.
    """
    if original.tax_currency is None:
        return {}
    rate, on = original.exchange_rate, original.exchange_date
    if rate is None or on is None:
        raise InvalidState(f"the document {original.id} states VAT in {original.tax_currency} without its rate")
    found = Conversion(rate=plain(rate), date=on, source=original.exchange_source or "")
    return _columns(found, original.tax_currency, tax_minor, original.currency)


def _columns(found: Conversion, national: str, tax_minor: int, currency: str) -> dict[str, Any]:
    values = (national, found.rate, found.date, found.source, found.convert(tax_minor, currency, national))
    return dict(zip(COLUMNS, values, strict=True))
