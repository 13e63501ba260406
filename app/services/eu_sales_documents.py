"""What one document adds to its seller's count of cross-border sales, or takes off."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from app.db.eu_sales_rows import EuSalesDocumentRow
from app.db.rows import InvoiceLineRow, InvoiceRow
from app.domain.exchange import EURO, Conversion, Rates, plain
from app.domain.tax.threshold import NetLine, counted_net, counts
from app.services.taxation import Priced


def sold(invoice: InvoiceRow, net: int, issue_date: date, rates: Rates, now: datetime) -> EuSalesDocumentRow:
    """What an invoice adds, at the rate of its tax point; without one it is there, and uncounted."""
    day = invoice.supply_date or issue_date
    found = rates.find(invoice.currency, EURO, min(day, issue_date))
    return _document(invoice, day.year, net, found, now)


def credited(original: EuSalesDocumentRow, note: InvoiceRow, net: int, now: datetime) -> EuSalesDocumentRow:
    """What a credit note takes off, `net` being below zero: in the year of the supply and at its rate.

    Directive 2006/112/EC, art. 90: the taxable amount of that supply is reduced.
    """
    rate, on = original.exchange_rate, original.exchange_date
    found = None if rate is None or on is None else Conversion(rate=plain(rate), date=on, source="")
    return _document(note, original.year, net, found, now)


def _document(invoice: InvoiceRow, year: int, net: int, found: Conversion | None, now: datetime) -> EuSalesDocumentRow:
    return EuSalesDocumentRow(
        platform_id=invoice.platform_id,
        id=invoice.id,
        entity_id=invoice.entity_id,
        year=year,
        currency=invoice.currency,
        net_minor=net,
        exchange_rate=None if found is None else found.rate,
        exchange_date=None if found is None else found.date,
        eur_minor=None if found is None else found.convert(net, invoice.currency, EURO),
        counted_at=now,
    )


def net_of(invoice: InvoiceRow, lines: Sequence[InvoiceLineRow]) -> int | None:
    """What a document's counting lines come to without VAT, in minor units of its currency; None when none counts."""
    if not any(line_counts(line) for line in lines):
        return None
    return counted_net(
        [NetLine(_group(line.decision), line.net_minor, line_counts(line)) for line in lines],
        {_group(tax): tax["base_minor"] for tax in invoice.taxes},
        adjusted=bool(invoice.allowances or invoice.charges),
    )


def line_counts(line: InvoiceLineRow) -> bool:
    """Whether a stored line counts."""
    return counts(line.decision["rule"], line.decision["inputs"])


def _group(stored_tax: Mapping[str, Any]) -> tuple[str, Decimal | None, str | None]:
    percent = stored_tax["percent"]
    return stored_tax["category"], None if percent is None else Decimal(percent).normalize(), stored_tax["country"]


def net_of_priced(priced: Priced, *, adjusted: bool) -> int | None:
    """The same of a document that was just priced; `adjusted` by allowances or charges of its own."""
    lines = [
        NetLine(
            (one.category, None if one.percent is None else one.percent.normalize(), one.country),
            line.net_minor,
            counts(one.rule, one.inputs),
        )
        for line, one in zip(priced.totals.lines, priced.decisions, strict=True)
    ]
    bases = {
        (tax.category, None if tax.percent is None else tax.percent.normalize(), tax.country): tax.base_minor
        for tax in priced.totals.taxes
    }
    return counted_net(lines, bases, adjusted=adjusted)
