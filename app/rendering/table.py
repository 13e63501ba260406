"""The table of lines: its head on every page, its rows never split."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from app.domain.documents.model import Document, DocumentAllowance, DocumentLine
from app.rendering.head import draw_running_head
from app.rendering.page import INK, LEFT, MUTED, RIGHT, Align, Palette, Sheet
from app.rendering.text import Voice

# A column: where it begins and how wide it is.
_POSITION: Final = (LEFT, 8.0)
_DESCRIPTION: Final = (LEFT + 8, 76.0)
_QUANTITY: Final = (LEFT + 86, 20.0)
_PRICE: Final = (LEFT + 108, 22.0)
_RATE: Final = (LEFT + 131, 14.0)
_AMOUNT: Final = (LEFT + 146, 24.0)
_LINE: Final = 4.6
_SMALL: Final = 3.9
_PAD: Final = 1.7


@dataclass(frozen=True, slots=True)
class _Row:
    """A line laid out: its texts and its height."""

    description: list[str]
    details: list[str]
    extras: list[tuple[str, str]]
    height: float


def draw_table(sheet: Sheet, document: Document, colors: Palette, voice: Voice) -> None:
    """Draws all lines, over as many pages as they need, and leaves the cursor below."""
    _draw_head(sheet, document, colors, voice)
    for line in document.lines:
        row = _lay_out(sheet, line, voice)
        if not sheet.room(row.height):
            sheet.new_page()
            draw_running_head(sheet, document, colors, voice)
            _draw_head(sheet, document, colors, voice)
        _draw(sheet, document, line, row, voice)
    sheet.y += 4


def _draw_head(sheet: Sheet, document: Document, colors: Palette, voice: Voice) -> None:
    labels = voice.labels
    amount = labels.gross_amount if document.prices_include_tax else labels.net_amount
    heads: tuple[tuple[tuple[float, float], str, Align], ...] = (
        (_DESCRIPTION, labels.description, "L"),
        (_QUANTITY, labels.quantity, "R"),
        (_PRICE, labels.unit_price, "R"),
        (_RATE, labels.vat, "R"),
        (_AMOUNT, amount, "R"),
    )
    sheet.font(8, bold=True, color=colors.text)
    sheet.text(*_at(_POSITION, sheet.y), "#", height=5)
    for column, text, align in heads:
        sheet.text(*_at(column, sheet.y), text, align=align, height=5)
    sheet.y += 6
    sheet.rule(sheet.y, color=colors.text, width=0.35)


def _at(column: tuple[float, float], y: float) -> tuple[float, float, float]:
    return column[0], y, column[1]


def _lay_out(sheet: Sheet, line: DocumentLine, voice: Voice) -> _Row:
    sheet.font(9)
    description = sheet.lines_of(_DESCRIPTION[1], line.description)
    sheet.font(7.5)
    details = sheet.lines_of(_DESCRIPTION[1], line.sku) if line.sku else []
    extras = [
        *((_named(item, voice.labels.allowance, voice), voice.amount(-item.amount_minor)) for item in line.allowances),
        *((_named(item, voice.labels.charge, voice), voice.amount(item.amount_minor)) for item in line.charges),
    ]
    height = 2 * _PAD + _LINE * len(description) + _SMALL * (len(details) + len(extras))
    return _Row(description, details, extras, height)


def _named(item: DocumentAllowance, label: str, voice: Voice) -> str:
    name = item.reason or label
    return name if item.percent is None else f"{name} ({voice.percent(item.percent)})"


def _draw(sheet: Sheet, document: Document, line: DocumentLine, row: _Row, voice: Voice) -> None:
    y = sheet.y + _PAD
    sheet.font(9, color=MUTED)
    sheet.text(*_at(_POSITION, y), str(line.position), height=_LINE)
    sheet.font(9, color=INK)
    quantity = voice.number(line.quantity) + (f" {line.unit}" if line.unit else "")
    amount = line.gross_minor if document.prices_include_tax else line.net_minor
    for column, text in (
        (_QUANTITY, quantity),
        (_PRICE, voice.price(line.unit_price)),
        (_RATE, voice.percent(line.decision.percent)),
        (_AMOUNT, voice.amount(amount)),
    ):
        sheet.text(*_at(column, y), text, align="R", height=_LINE)
    y = sheet.block(*_at(_DESCRIPTION, y), row.description, height=_LINE)
    sheet.font(7.5, color=MUTED)
    y = sheet.block(*_at(_DESCRIPTION, y), row.details, height=_SMALL)
    for name, value in row.extras:
        sheet.text(*_at(_DESCRIPTION, y), name, height=_SMALL)
        sheet.text(*_at(_PRICE, y), value, align="R", height=_SMALL)
        y += _SMALL
    sheet.y += row.height
    sheet.rule(sheet.y, to=RIGHT)
