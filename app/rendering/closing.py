"""What follows the totals: the texts the law wants, how to pay, and the seller's note."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from app.domain.documents.registry import document_type
from app.rendering.color import MUTED
from app.rendering.drawing import Drawing
from app.rendering.mentions import localized
from app.rendering.text import type_notice

_COLUMNS: Final = 3


def draw_closing(drawing: Drawing) -> None:
    """Draws all of it, each block kept whole where a page can hold it."""
    document, template = drawing.document, drawing.template
    reasons = (tax.exemption_reason for tax in document.taxes)
    notice = type_notice(document_type(document.type), drawing.labels)
    mentions = localized(dict.fromkeys(text for text in (*document.mentions, *reasons) if text), drawing.labels)
    _draw_paragraphs(drawing, [text for text in (notice, *mentions) if text], bold=True)
    if document.payment is not None and drawing.asks_for_payment:
        _draw_payment(drawing)
    if document.note:
        _draw_paragraphs(drawing, document.note.split("\n"), bold=False)
    drawing.sheet.y += template.gap


def _draw_paragraphs(drawing: Drawing, texts: Sequence[str], *, bold: bool) -> None:
    sheet, template = drawing.sheet, drawing.template
    sheet.font(template.size, bold=bold)
    lines = [line for text in texts for line in (sheet.lines_of(template.body, text) or [""])]
    if not lines:
        return
    height = template.line + 0.3
    drawing.make_room(min(len(lines), 8) * height)
    for line in lines:
        drawing.make_room(height)
        sheet.font(template.size, bold=bold)
        sheet.text(template.left, sheet.y, template.body, line, height=height)
        sheet.y += height
    sheet.y += template.gap * 0.75


def _draw_payment(drawing: Drawing) -> None:
    """A grid of labels with their values below them."""
    sheet, template, labels = drawing.sheet, drawing.template, drawing.labels
    facts, pitch = _payment_facts(drawing), template.body / _COLUMNS
    sheet.font(template.size)
    cells = [(label, sheet.lines_of(pitch - 5, value)) for label, value in facts]
    rows = [cells[i : i + _COLUMNS] for i in range(0, len(cells), _COLUMNS)]
    heights = [template.small_line + template.line * max(len(lines) for _, lines in row) + template.pad for row in rows]
    head = template.line + 2.6
    drawing.make_room(head + sum(heights))
    sheet.font(template.small, bold=True, color=drawing.colors.text)
    sheet.text(template.left, sheet.y, template.body, labels.payment, height=template.line)
    sheet.y += head - 1.6
    sheet.rule(template.left, template.right, sheet.y)
    sheet.y += 1.6
    for row, height in zip(rows, heights, strict=True):
        for i, (label, lines) in enumerate(row):
            x = template.left + i * pitch
            sheet.font(template.small, color=MUTED)
            sheet.text(x, sheet.y, pitch - 5, label, height=template.small_line)
            sheet.font(template.size)
            sheet.block(x, sheet.y + template.small_line, pitch - 5, lines, height=template.line)
        sheet.y += height
    sheet.y += template.gap * 0.75


def _payment_facts(drawing: Drawing) -> list[tuple[str, str]]:
    document, labels, voice = drawing.document, drawing.labels, drawing.voice
    payment = document.payment
    if payment is None:
        return []
    facts = (
        (labels.account_holder, payment.holder),
        ("IBAN", None if payment.iban is None else _grouped(payment.iban)),
        ("BIC", payment.bic),
        (labels.amount_due, voice.money(document.payable_minor)),
        (labels.due_date, None if document.due_date is None else voice.day(document.due_date)),
        (labels.reference, document.number),
    )
    return [(label, value) for label, value in facts if value]


def _grouped(iban: str) -> str:
    """An IBAN in groups of four."""
    return " ".join(iban[i : i + 4] for i in range(0, len(iban), 4))
