"""What follows the lines: totals, VAT by rate, mentions, payment and note, each block kept whole."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from app.domain.documents.model import Document, DocumentTax, InvoiceType
from app.rendering.head import draw_running_head
from app.rendering.page import HAIR, INK, LEFT, MUTED, RIGHT, Palette, Sheet
from app.rendering.text import Voice

_TOTALS: Final = 112.0
_ROW: Final = 5.6
_GAP: Final = 6.0


class Closing:
    """Draws the blocks after the table, on a further page where one does not fit."""

    def __init__(self, sheet: Sheet, document: Document, colors: Palette, voice: Voice) -> None:
        self._sheet = sheet
        self._document = document
        self._colors = colors
        self._voice = voice

    def draw(self) -> None:
        """Draws all blocks."""
        totals = self._totals()
        self._whole(len(totals) * _ROW + 14, lambda: self._draw_totals(totals))
        self._whole(_ROW * (len(self._document.taxes) + 2) + 2, self._draw_taxes)
        self._paragraphs(list(self._document.mentions), bold=True)
        if self._document.payment is not None and self._document.payable_minor > 0:
            self._whole(_ROW * 6, self._draw_payment)
        if self._document.note:
            self._paragraphs(self._document.note.split("\n"), bold=False)

    def _whole(self, height: float, draw: Callable[[], None]) -> None:
        if not self._sheet.room(height):
            self._sheet.new_page()
            draw_running_head(self._sheet, self._document, self._colors, self._voice)
        draw()
        self._sheet.y += _GAP

    def _totals(self) -> list[tuple[str, str]]:
        document, voice, labels = self._document, self._voice, self._voice.labels
        rows = [
            *((item.reason or labels.allowance, voice.money(-item.amount_minor)) for item in document.allowances),
            *((item.reason or labels.charge, voice.money(item.amount_minor)) for item in document.charges),
            (labels.net_total, voice.money(document.net_minor)),
        ]
        rows += [(self._tax_name(tax), voice.money(tax.tax_minor)) for tax in document.taxes if tax.percent is not None]
        if document.prepaid_minor:
            rows.append((labels.gross_total, voice.money(document.gross_minor)))
            rows.append((labels.prepaid, voice.money(-document.prepaid_minor)))
        return rows

    def _tax_name(self, tax: DocumentTax) -> str:
        where = "" if tax.country in (None, self._document.seller.address.country) else f" ({tax.country})"
        return f"{self._voice.labels.vat} {self._voice.percent(tax.percent)}{where}"

    def _draw_totals(self, rows: list[tuple[str, str]]) -> None:
        sheet, width = self._sheet, RIGHT - _TOTALS
        for name, value in rows:
            sheet.font(9, color=MUTED)
            sheet.text(_TOTALS, sheet.y, width * 0.55, name, height=_ROW)
            sheet.font(9)
            sheet.text(_TOTALS + width * 0.5, sheet.y, width * 0.5 - 3, value, align="R", height=_ROW)
            sheet.y += _ROW
        sheet.y += 1.5
        sheet.box(_TOTALS - 3, sheet.y, width + 3, 10, self._colors.fill)
        sheet.font(11, bold=True, color=self._colors.on_fill)
        sheet.text(_TOTALS, sheet.y + 2, width * 0.5, self._total_name(), height=6)
        due = self._voice.money(self._document.payable_minor)
        sheet.text(_TOTALS + width * 0.45, sheet.y + 2, width * 0.55 - 3, due, align="R", height=6)
        sheet.y += 10

    def _total_name(self) -> str:
        labels = self._voice.labels
        return labels.credited if self._document.type is InvoiceType.CREDIT_NOTE else labels.amount_due

    def _draw_taxes(self) -> None:
        sheet, voice, labels = self._sheet, self._voice, self._voice.labels
        columns = ((LEFT, 34.0), (LEFT + 36, 38.0), (LEFT + 76, 30.0), (LEFT + 108, 32.0))
        heads = (labels.tax_summary, labels.base, labels.vat, labels.gross_total)
        sheet.font(8, bold=True, color=self._colors.text)
        for i, (column, text) in enumerate(zip(columns, heads, strict=True)):
            sheet.text(column[0], sheet.y, column[1], text, align="R" if i else "L", height=5)
        sheet.y += _ROW
        sheet.rule(sheet.y, to=LEFT + 140, color=HAIR)
        sheet.y += 0.8
        for tax in self._document.taxes:
            where = f" · {tax.country}" if tax.country else ""
            values = (
                f"{tax.category} · {voice.percent(tax.percent)}{where}",
                voice.amount(tax.base_minor),
                voice.amount(tax.tax_minor),
                voice.amount(tax.base_minor + tax.tax_minor),
            )
            sheet.font(8.5, color=INK)
            for i, (column, text) in enumerate(zip(columns, values, strict=True)):
                sheet.text(column[0], sheet.y, column[1], text, align="R" if i else "L", height=5)
            sheet.y += 5

    def _draw_payment(self) -> None:
        document, sheet, labels = self._document, self._sheet, self._voice.labels
        payment = document.payment
        if payment is None:
            return
        sheet.font(9, bold=True, color=self._colors.text)
        sheet.text(LEFT, sheet.y, 60, labels.payment, height=_ROW)
        if document.due_date is not None:
            sheet.font(9)
            text = labels.pay_by.format(date=self._voice.day(document.due_date))
            sheet.text(LEFT + 34, sheet.y, RIGHT - LEFT - 34, text, height=_ROW)
        sheet.y += _ROW
        rows = (
            (labels.account_holder, payment.holder),
            ("IBAN", None if payment.iban is None else _grouped(payment.iban)),
            ("BIC", payment.bic),
            (labels.reference, document.number),
        )
        for name, value in rows:
            if value is None:
                continue
            sheet.font(8.5, color=MUTED)
            sheet.text(LEFT, sheet.y, 33, name, height=5)
            sheet.font(8.5)
            sheet.text(LEFT + 34, sheet.y, RIGHT - LEFT - 34, value, height=5)
            sheet.y += 5

    def _paragraphs(self, texts: list[str], *, bold: bool) -> None:
        sheet = self._sheet
        sheet.font(9, bold=bold)
        lines = [line for text in texts for line in (sheet.lines_of(RIGHT - LEFT, text) or [""])]
        for line in lines:
            if not sheet.room(5):
                sheet.new_page()
                draw_running_head(sheet, self._document, self._colors, self._voice)
            sheet.font(9, bold=bold)
            sheet.text(LEFT, sheet.y, RIGHT - LEFT, line, height=5)
            sheet.y += 5
        if lines:
            sheet.y += _GAP


def _grouped(iban: str) -> str:
    return " ".join(iban[i : i + 4] for i in range(0, len(iban), 4))
