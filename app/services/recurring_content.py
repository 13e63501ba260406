"""What a recurring invoice says, as it is stored, and as it reads on one of its dates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from babel.dates import format_date

from app.domain.documents.model import InvoiceType
from app.domain.tax.model import TaxClass
from app.services import checks, taxation
from app.services.inputs import LineInput, ShipToInput
from app.services.invoice_rows import DraftContent


def content_to_json(content: DraftContent) -> dict[str, Any]:
    """A checked content as it is stored: decimals as texts."""
    ship_to = content.ship_to
    return {
        "currency": content.currency,
        "prices_include_tax": content.prices_include_tax,
        "payment_term_days": content.payment_term_days,
        "lines": [_line_to_json(line) for line in content.lines],
        "allowances": taxation.allowances_to_json(content.allowances),
        "charges": taxation.allowances_to_json(content.charges),
        "ship_to": None
        if ship_to is None
        else {"country": ship_to.country, "region": ship_to.region, "postcode": ship_to.postcode},
        "order_reference": content.order_reference,
        "note": content.note,
    }


def content_from_json(stored: Mapping[str, Any]) -> DraftContent:
    """The content that `content_to_json` stored."""
    ship_to = stored["ship_to"]
    return DraftContent(
        type=InvoiceType.STANDARD,
        lines=tuple(_line_from_json(line) for line in stored["lines"]),
        currency=stored["currency"],
        prices_include_tax=stored["prices_include_tax"],
        payment_term_days=stored["payment_term_days"],
        allowances=taxation.allowances_from_json(stored["allowances"]),
        charges=taxation.allowances_from_json(stored["charges"]),
        ship_to=None if ship_to is None else ShipToInput(**ship_to),
        order_reference=stored["order_reference"],
        note=stored["note"],
    )


def content_on(content: DraftContent, day: date, locale: str) -> DraftContent:
    """The content of one date, which is its date of supply: `{month}`, `{year}` and `{date}` in texts are filled in.

    Raises InvalidInput for a text that has become too long.
    """
    language = locale.replace("-", "_")
    words = {
        "{month}": format_date(day, "LLLL", locale=language),
        "{year}": format_date(day, "y", locale=language),
        "{date}": format_date(day, "medium", locale=language),
    }
    lines = tuple(
        replace(line, description=checks.text(_said(line.description, words), ("lines", i, "description"), limit=1000))
        for i, line in enumerate(content.lines)
    )
    note = None if content.note is None else _said(content.note, words)
    note = checks.optional_text(note, ("note",), 2000, multiline=True)
    return replace(content, lines=lines, note=note, supply_date=day)


def _said(text: str, words: Mapping[str, str]) -> str:
    for placeholder, word in words.items():
        text = text.replace(placeholder, word)
    return text


def _line_to_json(line: LineInput) -> dict[str, Any]:
    return {
        "description": line.description,
        "quantity": format(line.quantity, "f"),
        "unit_price": format(line.unit_price, "f"),
        "sku": line.sku,
        "unit": line.unit,
        "supply": taxation.supply_to_json(line.supply),
        "tax_class": line.tax_class.value,
        "allowances": taxation.allowances_to_json(line.allowances),
        "charges": taxation.allowances_to_json(line.charges),
        "item_id": line.item_id,
    }


def _line_from_json(stored: Mapping[str, Any]) -> LineInput:
    return LineInput(
        **{
            **stored,
            "quantity": Decimal(stored["quantity"]),
            "unit_price": Decimal(stored["unit_price"]),
            "supply": taxation.supply_from_json(stored["supply"]),
            "tax_class": TaxClass(stored["tax_class"]),
            "allowances": taxation.allowances_from_json(stored["allowances"]),
            "charges": taxation.allowances_from_json(stored["charges"]),
        }
    )
