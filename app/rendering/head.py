"""The head of the first page: brand, addresses, title, and what identifies the document."""

from __future__ import annotations

from app.domain.documents.model import Brand, Document, InvoiceType
from app.rendering.labels.model import Labels
from app.rendering.page import BODY, INK, LEFT, MUTED, RIGHT, WIDTH, Palette, Sheet
from app.rendering.text import Voice, address_lines, plain

_META = 118.0


def draw_head(sheet: Sheet, document: Document, brand: Brand, colors: Palette, voice: Voice) -> None:
    """Draws it and leaves the cursor below."""
    labels = voice.labels
    sheet.box(0, 0, WIDTH, 3, colors.fill)
    if brand.logo is not None:
        sheet.logo(brand.logo, LEFT, 14, width=70, height=20)
    else:
        sheet.font(17, bold=True, color=colors.text)
        for i, line in enumerate(sheet.lines_of(85, document.seller.name)[:2]):
            sheet.text(LEFT, 16 + 8 * i, 85, line, height=8)
    sheet.font(21, bold=True, color=INK)
    sheet.text(_META - 8, 16, RIGHT - _META + 8, title_of(document.type, labels), align="R", height=10)
    if document.number is not None:
        sheet.font(11, color=MUTED)
        sheet.text(_META - 8, 26, RIGHT - _META + 8, document.number, align="R", height=6)
    left = _recipient(sheet, document, voice)
    right = _meta(sheet, document, voice)
    sheet.y = max(left, right, 88.0) + 8


def title_of(kind: InvoiceType, labels: Labels) -> str:
    """What the document calls itself."""
    return {
        InvoiceType.STANDARD: labels.invoice,
        InvoiceType.CREDIT_NOTE: labels.credit_note,
        InvoiceType.PROFORMA: labels.proforma,
        InvoiceType.ADVANCE: labels.advance,
        InvoiceType.SELF_BILLED: labels.self_billed,
    }[kind]


def _recipient(sheet: Sheet, document: Document, voice: Voice) -> float:
    """The sender in one small line and the buyer below it, where a window envelope shows them (DIN 5008)."""
    seller, buyer = document.seller, document.buyer
    sheet.font(7, color=MUTED)
    sender = " · ".join((plain(seller.legal_name or seller.name), *address_lines(seller.address, voice, home=None)))
    sheet.text(LEFT, 47, 85, sender, height=4)
    sheet.rule(51.4, x=LEFT, to=LEFT + 85)
    y = 53.0
    sheet.font(10.5, bold=True)
    y = sheet.block(LEFT, y, 85, sheet.lines_of(85, buyer.name)[:3], height=5.2)
    sheet.font(10.5)
    home = seller.address.country
    return sheet.block(LEFT, y, 85, address_lines(buyer.address, voice, home=home), height=5.2)


def _meta(sheet: Sheet, document: Document, voice: Voice) -> float:
    labels = voice.labels
    rows = [
        (labels.number, document.number),
        (labels.issue_date, None if document.issue_date is None else voice.day(document.issue_date)),
        (labels.supply_date, voice.day(document.supply_date)),
        (labels.due_date, _due(document, voice)),
        (labels.order, document.order_reference),
        (labels.customer_tax_id, document.buyer.tax_id),
    ]
    y = 47.0
    for label, value in rows:
        if value is None:
            continue
        sheet.font(9, color=MUTED)
        sheet.text(_META, y, 34, label, height=5.6)
        sheet.font(9)
        sheet.text(_META + 34, y, RIGHT - _META - 34, value, align="R", height=5.6)
        y += 5.6
    return y


def _due(document: Document, voice: Voice) -> str | None:
    if document.due_date is None or document.type is InvoiceType.CREDIT_NOTE or document.payable_minor <= 0:
        return None
    return voice.day(document.due_date)


def draw_running_head(sheet: Sheet, document: Document, colors: Palette, voice: Voice) -> None:
    """What tops the pages after the first."""
    sheet.box(0, 0, WIDTH, 3, colors.fill)
    sheet.font(8, color=MUTED)
    title = title_of(document.type, voice.labels)
    sheet.text(LEFT, 12, BODY / 2, document.seller.name, height=5)
    sheet.text(LEFT + BODY / 2, 12, BODY / 2, f"{title} {document.number or ''}".strip(), align="R", height=5)
