"""The totals, kept together, and beside them the VAT by category, rate and country (EN 16931 BG-22, BG-23)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from app.domain.documents.model import DocumentTax
from app.rendering.color import INK, MUTED
from app.rendering.drawing import Drawing
from app.rendering.head import total_name
from app.rendering.table import reason_of
from app.rendering.text import LOCAL_TAXES, is_stated

# More VAT groups than this, as one-stop-shop sales to many countries have, go below the totals, page by page.
_BESIDE: Final = 8
# More allowances and charges than this flow; fewer stay with the totals.
_TOGETHER: Final = 12


@dataclass(frozen=True, slots=True)
class _Row:
    """A name, broken into lines, and its amount."""

    name: list[str]
    amount: str
    bold: bool = False


@dataclass(frozen=True, slots=True)
class _Group:
    """A VAT group's rate, where and why it applies, base and tax."""

    rate: str
    detail: list[str]
    base: str
    tax: str


class Totals:
    """Draws them below the table."""

    def __init__(self, drawing: Drawing) -> None:
        self._drawing = drawing
        template = drawing.template
        self._width = template.body * (0.46 if template.letter else 0.4)
        self._x = template.right - self._width
        self._inset = 3.0
        self._row = template.line + (1.2 if template.letter else 0.4)
        self._box = 10.5 if template.letter else 7.0

        self._rows = self._totals()
        self._flowing = self._extras()
        if len(self._flowing) <= _TOGETHER:
            self._rows, self._flowing = [*self._flowing, *self._rows], []
        self._beside = 0 < len(drawing.document.taxes) <= _BESIDE
        between = 8.0 if template.letter else 12.0
        self._summary = template.body - self._width - between if self._beside else template.body
        self._detail_width = self._summary * (1.0 if self._beside else 0.4)
        self._groups = [self._group(tax) for tax in drawing.document.taxes]
        self._tax_currency = self._in_tax_currency()

    @property
    def needed(self) -> float:
        """The height of what stays together."""
        height = sum(self._height(row) for row in self._rows) + self._box + 2 + self._below()
        if not self._beside:
            return height
        return max(height, self._head() + sum(self._tall(group) for group in self._groups))

    def draw(self) -> None:
        """Draws totals and VAT, on a further page where they do not fit."""
        drawing = self._drawing
        sheet = drawing.sheet
        for row in self._flowing:
            drawing.make_room(self._height(row))
            self._draw_row(row)
        drawing.make_room(self.needed)
        top = sheet.y
        for row in self._rows:
            self._draw_row(row)
        self._draw_total()
        end = sheet.y
        if self._groups:
            sheet.y = top if self._beside else end + drawing.template.gap
            self._draw_groups()
        # VAT groups below the totals may have gone on to a further page.
        sheet.y = (max(end, sheet.y) if self._beside else sheet.y) + drawing.template.gap

    def _extras(self) -> list[_Row]:
        """The document's own allowances and charges, below the sum of its lines."""
        document, labels = self._drawing.document, self._drawing.labels
        if not document.allowances and not document.charges:
            return []
        gross = document.prices_include_tax
        subtotal = sum(line.gross_minor if gross else line.net_minor for line in document.lines)
        rows = [self._made(labels.subtotal, subtotal)]
        for items, label, sign in ((document.allowances, labels.allowance, -1), (document.charges, labels.charge, 1)):
            rows += [self._made(reason_of(self._drawing, item, label), sign * item.amount_minor) for item in items]
        return rows

    def _totals(self) -> list[_Row]:
        document, labels = self._drawing.document, self._drawing.labels
        rows = [self._made(labels.net_total, document.net_minor)]
        taxed = [tax for tax in document.taxes if tax.percent is not None]
        if len(taxed) > _BESIDE:
            rows.append(self._made(labels.vat, document.tax_minor))
        else:
            rows += [self._made(self._tax_name(tax), tax.tax_minor) for tax in taxed]
        if document.prepaid_minor or total_name(self._drawing) != labels.gross_total:
            rows.append(self._made(labels.gross_total, document.gross_minor, bold=bool(document.prepaid_minor)))
        if document.prepaid_minor:
            rows.append(self._made(labels.prepaid, -document.prepaid_minor))
        return rows

    def _made(self, name: str, minor: int, *, bold: bool = False) -> _Row:
        sheet, template = self._drawing.sheet, self._drawing.template
        amount = self._drawing.voice.money(minor)
        sheet.font(template.size, bold=True)
        room = self._width - 2 * self._inset
        width = max(room - sheet.width(amount) - 3, room * 0.35)
        return _Row(sheet.lines_of(width, name), amount, bold)

    def _tax_name(self, tax: DocumentTax) -> str:
        where = "" if tax.country in (None, self._drawing.document.seller.address.country) else f" ({tax.country})"
        return f"{self._drawing.labels.vat} {self._drawing.voice.percent(tax.percent)}{where}"

    def _height(self, row: _Row) -> float:
        return self._row + self._drawing.template.line * (len(row.name) - 1)

    def _draw_row(self, row: _Row) -> None:
        sheet, template = self._drawing.sheet, self._drawing.template
        x, width = self._x + self._inset, self._width - 2 * self._inset
        sheet.font(template.size, bold=row.bold, color=INK if row.bold else MUTED)
        y = sheet.y + (self._row - template.line) / 2
        sheet.block(x, y, width * 0.65, row.name, height=template.line)
        sheet.font(template.size, bold=row.bold)
        sheet.text(x + width * 0.35, y, width * 0.65, row.amount, align="R", height=template.line)
        sheet.y += self._height(row)

    def _draw_total(self) -> None:
        drawing = self._drawing
        sheet, template, colors = drawing.sheet, drawing.template, drawing.colors
        sheet.y += 1.5
        if template.letter:
            sheet.box(self._x, sheet.y, self._width, self._box, colors.tint)
            sheet.box(self._x, sheet.y, 0.9, self._box, colors.fill)
        else:
            sheet.rule(self._x, template.right, sheet.y, color=colors.fill, width=0.5)
            sheet.rule(self._x, template.right, sheet.y + self._box, color=colors.fill, width=0.5)
        x, width = self._x + self._inset, self._width - 2 * self._inset
        size = template.size + 2.5
        sheet.font(size, bold=True)
        money = drawing.voice.money(drawing.document.payable_minor)
        taken = min(sheet.width(money), width * 0.62)
        sheet.text(x, sheet.y, width - taken - 3, total_name(drawing), height=self._box)
        sheet.text(x + width - taken, sheet.y, taken, money, align="R", height=self._box)
        sheet.y += self._box + 0.5
        self._draw_tax_currency(x, width)

    def _in_tax_currency(self) -> tuple[_Row, list[str]] | None:
        """The VAT in the seller's national currency (art. 230), and by which rate it is that, broken into lines."""
        drawing = self._drawing
        exchange = drawing.document.exchange
        if exchange is None:
            return None
        voice = replace(drawing.voice, currency=exchange.currency)
        name = drawing.labels.vat_in.format(currency=exchange.currency)
        rate = f"1 {drawing.document.currency} = {voice.rate(exchange.rate)} {exchange.currency}"
        drawing.sheet.font(drawing.template.small)
        origin = f"{exchange.source}, {voice.short_day(exchange.date)}"
        lines = drawing.sheet.lines_of(self._width - 2 * self._inset, f"{rate} ({origin})")
        return _Row([name], voice.money(exchange.tax_minor)), lines

    def _below(self) -> float:
        """The height of what stands below what is due."""
        if self._tax_currency is None:
            return 0.0
        row, lines = self._tax_currency
        return 1 + self._height(row) + self._drawing.template.small_line * len(lines)

    def _draw_tax_currency(self, x: float, width: float) -> None:
        if self._tax_currency is None:
            return
        row, lines = self._tax_currency
        sheet, template = self._drawing.sheet, self._drawing.template
        sheet.y += 1
        self._draw_row(row)
        sheet.font(template.small, color=MUTED)
        sheet.block(x, sheet.y, width, lines, height=template.small_line)
        sheet.y += template.small_line * len(lines)

    def _head(self) -> float:
        return self._drawing.template.line + 2.6

    def _group(self, tax: DocumentTax) -> _Group:
        drawing = self._drawing
        sheet, template, voice = drawing.sheet, drawing.template, drawing.voice
        sheet.font(template.small)
        where = voice.country(tax.country) if tax.country else None
        # The categories are those of the EU's invoices; a tax that the marketplace states has none.
        about = (where,) if is_stated(drawing.document) else (tax.category, where, self._treatment(tax.category))
        detail = " · ".join(part for part in about if part)
        lines = sheet.lines_of(self._detail_width, detail)
        return _Group(voice.percent(tax.percent), lines, voice.amount(tax.base_minor), voice.amount(tax.tax_minor))

    def _treatment(self, category: str) -> str | None:
        """What a category of UNCL5305 means; the standard one needs no words beside its rate."""
        labels = self._drawing.labels
        return {
            "Z": labels.zero_rated,
            "E": labels.exempt,
            "AE": labels.reverse_charge,
            "K": labels.intra_community,
            "G": labels.export,
            "O": labels.outside_scope,
            **LOCAL_TAXES,
        }.get(category)

    def _tall(self, group: _Group) -> float:
        template = self._drawing.template
        return self._row + 0.4 + template.small_line * (len(group.detail) if self._beside else 0)

    def _columns(self) -> tuple[tuple[float, float], tuple[float, float], tuple[float, float]]:
        left, width = self._drawing.template.left, self._summary
        return (left, width * 0.37), (left + width * 0.38, width * 0.36), (left + width * 0.76, width * 0.24)

    def _draw_groups(self) -> None:
        drawing = self._drawing
        drawing.make_room(self._head() + self._tall(self._groups[0]))
        self._draw_groups_head()
        for group in self._groups:
            if drawing.make_room(self._tall(group)):
                self._draw_groups_head()
            self._draw_group(group)

    def _draw_group(self, group: _Group) -> None:
        sheet, template = self._drawing.sheet, self._drawing.template
        (x, width), *others = self._columns()
        y = sheet.y + 0.6
        indent = template.body * 0.1
        sheet.font(template.size)
        sheet.text(x, y, width if self._beside else indent - 2, group.rate, height=template.line)
        if not self._beside:
            sheet.font(template.small, color=MUTED)
            sheet.text(x + indent, y, self._detail_width, " ".join(group.detail), height=template.line)
            sheet.font(template.size)
        for place, text in zip(others, (group.base, group.tax), strict=True):
            sheet.text(place[0], y, place[1], text, align="R", height=template.line)
        if self._beside:
            sheet.font(template.small, color=MUTED)
            sheet.block(x, y + template.line, self._detail_width, group.detail, height=template.small_line)
        sheet.y += self._tall(group)

    def _draw_groups_head(self) -> None:
        drawing = self._drawing
        sheet, template, labels = drawing.sheet, drawing.template, drawing.labels
        (x, wide), *others = self._columns()
        sheet.font(template.small, bold=True, color=drawing.colors.text)
        sheet.text(x, sheet.y + 0.6, wide, labels.tax_summary, height=template.line)
        sheet.font(template.small, color=MUTED)
        for (x, width), text in zip(others, (labels.base, labels.vat), strict=True):
            sheet.text(x, sheet.y + 0.6, width, text, align="R", height=template.line)
        sheet.y += self._head() - 0.8
        sheet.rule(template.left, template.left + self._summary, sheet.y)
        sheet.y += 0.8
