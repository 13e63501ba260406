"""The head of the first page: brand, addresses, title, and what identifies the document."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from app.domain.documents.model import InvoiceType, PrecedingDocument
from app.domain.documents.registry import document_type
from app.rendering.color import HAIR, INK, MUTED, Color
from app.rendering.drawing import Drawing, draw_edge
from app.rendering.page import SMALLEST, Align
from app.rendering.picture import picture
from app.rendering.text import address_lines

# DIN 5008, form B: the address field begins 45 mm from the top and 20 mm from the left, 85 mm wide and 45 mm high.
_FIELD_TOP: Final = 47.0
_FIELD_END: Final = 90.0
_FIELD_WIDTH: Final = 85.0
_META: Final = 122.0


def draw_head(drawing: Drawing) -> None:
    """Draws it and leaves the cursor below."""
    draw_edge(drawing)
    if drawing.template.letter:
        _draw_letter(drawing)
    else:
        _draw_band(drawing)
    if drawing.document.reason:
        _draw_reason(drawing, drawing.document.reason)


def _draw_letter(drawing: Drawing) -> None:
    sheet, template = drawing.sheet, drawing.template
    _draw_brand(drawing, y=15, width=85)
    right = template.right - _META + 10
    size, title = _fitted(drawing, drawing.title, right, (template.title_size, 17, 14), lines=2)
    sheet.font(size, bold=True)
    step = size * 0.42
    sheet.block(_META - 10, 15 + 10 - step * len(title) / 2, right, title, height=step, align="R")
    ends = (_draw_recipient(drawing), _draw_meta(drawing, _META, _FIELD_TOP, template.right - _META))
    _draw_folds(drawing)
    sheet.y = max(*ends, _FIELD_END - 3)
    _draw_headline(drawing)


def _draw_brand(drawing: Drawing, *, y: float, width: float) -> None:
    sheet, template = drawing.sheet, drawing.template
    box_width, box_height = template.logo
    if drawing.brand.logo is not None:
        sheet.picture(picture(drawing.brand.logo), template.left, y, width=box_width, height=box_height)
        return
    largest = template.title_size * 0.85
    sizes = (largest, largest * 0.8, largest * 0.65, largest * 0.5)
    size, lines = _fitted(drawing, drawing.document.seller.name, width, sizes, lines=2)
    sheet.font(size, bold=True, color=drawing.colors.text)
    step = size * 0.42
    sheet.block(template.left, y + box_height / 2 - step * len(lines) / 2, width, lines, height=step)


def _fitted(
    drawing: Drawing, text: str, width: float, sizes: Sequence[float], *, lines: int
) -> tuple[float, list[str]]:
    """The largest bold size in which the text takes so many lines without breaking a word; the last one otherwise."""
    sheet = drawing.sheet
    for size in sizes:
        sheet.font(size, bold=True)
        found = sheet.lines_of(width, text)
        if len(found) <= lines and all(sheet.width(word) <= width for word in text.split()):
            break
    return size, found


def _draw_recipient(drawing: Drawing) -> float:
    """The sender in one small line and the buyer below it, where a window envelope shows them."""
    sheet, template, voice = drawing.sheet, drawing.template, drawing.voice
    seller, buyer = drawing.document.seller, drawing.document.buyer
    sheet.font(6.5, color=MUTED)
    sender = " · ".join((seller.legal_name or seller.name, *address_lines(seller.address, voice, home=None)))
    lines = sheet.lines_of(_FIELD_WIDTH, sender)
    y = sheet.block(template.left, _FIELD_TOP + 0.6, _FIELD_WIDTH, lines, height=3)
    sheet.rule(template.left, template.left + _FIELD_WIDTH, y + 0.8)
    for size, step in ((10.0, 4.9), (9.0, 4.2), (8.0, 3.6), (7.0, 3.2)):
        sheet.font(size, bold=True)
        name = sheet.lines_of(_FIELD_WIDTH, buyer.name)
        sheet.font(size)
        address = _wrapped(drawing, address_lines(buyer.address, voice, home=seller.address.country), _FIELD_WIDTH)
        if y + 3.4 + step * (len(name) + len(address)) <= _FIELD_END:
            break
    sheet.font(size, bold=True)
    y = sheet.block(template.left, y + 3.4, _FIELD_WIDTH, name, height=step)
    sheet.font(size)
    return sheet.block(template.left, y, _FIELD_WIDTH, address, height=step)


def _wrapped(drawing: Drawing, texts: Sequence[str], width: float) -> list[str]:
    return [line for text in texts for line in drawing.sheet.lines_of(width, text)]


def _draw_meta(drawing: Drawing, x: float, y: float, width: float) -> float:
    """Label and value in each row, the value below its label where they do not fit side by side."""
    sheet, template = drawing.sheet, drawing.template
    step = template.line + 1.0 if template.letter else template.line
    for label, value in _facts(drawing):
        sheet.font(template.size, color=MUTED)
        taken = min(sheet.width(label), width * 0.6)
        sheet.text(x, y, width * 0.6, label, height=step)
        sheet.font(template.size, bold=value == drawing.document.number)
        lines = [value] if sheet.width(value) * SMALLEST <= width else sheet.lines_of(width, value)
        if sheet.width(value) > width - taken - 3:
            y += step * 0.85
        y = sheet.block(x, y, width, lines, align="R", height=step)
    return y


def _facts(drawing: Drawing) -> list[tuple[str, str]]:
    document, voice, labels = drawing.document, drawing.voice, drawing.labels
    due = document.due_date if drawing.asks_for_payment else None
    facts = (
        (labels.number, document.number),
        (labels.issue_date, None if document.issue_date is None else voice.day(document.issue_date)),
        (labels.supply_date, voice.day(document.supply_date)),
        (labels.due_date, None if due is None else voice.day(due)),
        *((labels.original_invoice, f"{one.number}, {voice.day(one.issue_date)}") for one in _credited(drawing)),
        (labels.order, document.order_reference),
        (labels.agreement, document.agreement_reference),
        (labels.customer_tax_id, document.buyer.tax_id),
    )
    return [(label, value) for label, value in facts if value]


def _credited(drawing: Drawing) -> tuple[PrecedingDocument, ...]:
    """What the document credits (Directive 2006/112/EC, art. 219: a specific and unambiguous reference to it)."""
    document = drawing.document
    return document.preceding if document.type is InvoiceType.CREDIT_NOTE else ()


def _draw_reason(drawing: Drawing, reason: str) -> None:
    """Why the document credits what it credits, above its lines."""
    sheet, template = drawing.sheet, drawing.template
    label = f"{drawing.labels.reason}: "
    sheet.font(template.size, color=MUTED)
    indent = sheet.width(label) + 0.5
    sheet.text(template.left, sheet.y, indent, label, height=template.line)
    sheet.font(template.size)
    lines = sheet.lines_of(template.body - indent, reason)
    sheet.y = sheet.block(template.left + indent, sheet.y, template.body - indent, lines, height=template.line)
    sheet.y += template.gap


def _draw_folds(drawing: Drawing) -> None:
    """Where the sheet is folded and punched (DIN 5008, form B)."""
    for y, to in ((105.0, 6.0), (148.5, 8.0), (210.0, 6.0)):
        drawing.sheet.rule(3.5, to, y, color=HAIR)


def _draw_headline(drawing: Drawing) -> None:
    """What a reader looks for first: how much, and until when."""
    sheet, template = drawing.sheet, drawing.template
    minor, text = _headline(drawing)
    money = drawing.voice.money(minor)
    sheet.y += 7
    sheet.font(15, bold=True)
    sheet.text(template.left, sheet.y, template.body, money, height=7)
    x = template.left + min(sheet.width(money), template.body / 2) + 4
    sheet.font(template.size, color=MUTED)
    sheet.text(x, sheet.y + 1.5, template.right - x, text, height=5)
    sheet.y += 13


def _headline(drawing: Drawing) -> tuple[int, str]:
    document = drawing.document
    if drawing.asks_for_payment and document.due_date is not None:
        return document.payable_minor, drawing.voice.pay_by(document.due_date)
    if document.payable_minor == 0 and document.prepaid_minor:
        return document.prepaid_minor, drawing.labels.prepaid
    return document.payable_minor, total_name(drawing)


def total_name(drawing: Drawing) -> str:
    """What the last of the totals is: due, credited, or the total of what owes nothing, being void or no invoice."""
    kind, labels = document_type(drawing.document.type), drawing.labels
    if kind.sign < 0:
        return labels.credited
    return labels.amount_due if kind.payable and not drawing.void else labels.gross_total


def _draw_band(drawing: Drawing) -> None:
    """Brand and title in one row, then seller, buyer and facts side by side."""
    sheet, template, document = drawing.sheet, drawing.template, drawing.document
    half = template.body / 2
    _draw_brand(drawing, y=8, width=half)
    size, title = _fitted(drawing, drawing.title, half, (template.title_size, 11, 9), lines=2)
    sheet.font(size, bold=True)
    step = size * 0.42
    sheet.block(template.left + half, 14 - step * len(title) / 2, half, title, height=step, align="R")
    sheet.rule(template.left, template.right, 23, color=drawing.colors.fill, width=0.5)
    home = document.seller.address.country
    seller, buyer = document.seller, document.buyer
    columns = (
        (
            drawing.labels.seller,
            seller.legal_name or seller.name,
            address_lines(seller.address, drawing.voice, home=""),
        ),
        (drawing.labels.buyer, buyer.name, address_lines(buyer.address, drawing.voice, home=home)),
    )
    pitch, y = template.body / 3, 26.0
    ends = [_draw_meta(drawing, template.left + 2 * pitch + 2, y, pitch - 2)]
    for i, (label, name, address) in enumerate(columns):
        x, width = template.left + i * pitch, pitch - 6
        ends.append(_draw_column(drawing, (x, y, width), label, name, address))
    sheet.y = max(ends) + template.gap


def _draw_column(
    drawing: Drawing, place: tuple[float, float, float], label: str, name: str, address: Sequence[str]
) -> float:
    sheet, template = drawing.sheet, drawing.template
    x, y, width = place
    texts: tuple[tuple[float, bool, Color, Sequence[str]], ...] = (
        (template.small, False, MUTED, (label,)),
        (template.size, True, INK, (name,)),
        (template.size, False, INK, address),
    )
    align: Align = "L"
    for size, bold, color, parts in texts:
        sheet.font(size, bold=bold, color=color)
        y = sheet.block(x, y, width, _wrapped(drawing, parts, width), height=template.line, align=align)
    return y
