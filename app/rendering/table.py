"""The table of lines: as wide as its content needs, its head on every page, its rows never split."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from app.domain.documents.model import DocumentAllowance, DocumentLine
from app.rendering.color import INK, MUTED, SHADE
from app.rendering.drawing import Drawing

# No column of figures may take more of the table's width than this; wider figures are set narrower.
_WIDEST: Final = 0.2
_HEAD_EXTRA: Final = 2.6
_ASIDE: Final = 2.5


@dataclass(frozen=True, slots=True, kw_only=True)
class _Strip:
    """One printed line of a row: a text, with an aside, in the description's column, and figures right of it."""

    text: str = ""
    aside: str = ""
    figures: tuple[str, ...] = ()
    small: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Column:
    """Where a column begins and how wide it is."""

    x: float
    width: float


class Table:
    """Draws all lines over as many pages as they need, and leaves the cursor below."""

    def __init__(self, drawing: Drawing) -> None:
        self._drawing = drawing
        self._several_countries = len({tax.country for tax in drawing.document.taxes}) > 1
        self._figures = [self._figures_of(line) for line in drawing.document.lines]
        labels = drawing.labels
        amount = labels.gross_amount if drawing.document.prices_include_tax else labels.net_amount
        self._heads = (labels.quantity, labels.unit_price, labels.vat, amount)
        self._lay_out_columns()

    def draw(self, *, below: float) -> None:
        """Draws it; the last of several rows goes along with what follows, which needs that much room below it."""
        drawing = self._drawing
        template = drawing.template
        first = 3 * template.line + 2 * template.pad
        drawing.make_room(self._head_height + first)
        self._draw_head()
        for i, line in enumerate(drawing.document.lines):
            last = 0 < i == len(drawing.document.lines) - 1
            self._draw_row(i, line, below=below + template.gap if last else 0.0)
        drawing.sheet.y += template.gap * 0.75

    def _figures_of(self, line: DocumentLine) -> tuple[str, str, str, str]:
        document, voice = self._drawing.document, self._drawing.voice
        amount = line.gross_minor if document.prices_include_tax else line.net_minor
        rate = voice.percent(line.decision.percent)
        if self._several_countries and line.decision.country and line.decision.percent:
            rate = f"{line.decision.country} {rate}"
        return voice.number(line.quantity), voice.price(line.unit_price), rate, voice.amount(amount)

    def _lay_out_columns(self) -> None:
        sheet, template, lines = self._drawing.sheet, self._drawing.template, self._drawing.document.lines
        limit, inset = template.body * _WIDEST, 0.0 if template.letter else 2.0
        sheet.font(template.small, bold=True)
        needed = [sheet.width(text) for text in self._heads]
        sheet.font(template.size)
        for line, figures in zip(lines, self._figures, strict=True):
            with_unit = sheet.width(f"{figures[0]} {line.unit}") if line.unit else 0.0
            if with_unit > limit:
                with_unit = sheet.width(line.unit or "")
            widths = (max(sheet.width(figures[0]), with_unit), *map(sheet.width, figures[1:]))
            needed = [max(pair) for pair in zip(needed, widths, strict=True)]
        position = max(sheet.width(str(lines[-1].position)) if lines else 0.0, 3.0) + 3.5
        gap = 5.0 if template.letter else 4.0
        x, columns = template.right - inset, []
        for width in (min(width, limit) for width in reversed(needed)):
            columns.append(_Column(x=x - width, width=width))
            x -= width + gap
        self._columns: Sequence[_Column] = columns[::-1]
        self._position = _Column(x=template.left + inset, width=position - 2)
        start = template.left + inset + position
        self._description = _Column(x=start, width=x - start)

    @property
    def _head_height(self) -> float:
        return self._drawing.template.line + _HEAD_EXTRA

    def _draw_head(self) -> None:
        drawing = self._drawing
        sheet, template, colors = drawing.sheet, drawing.template, drawing.colors
        height = self._head_height
        if template.letter:
            sheet.font(template.small, bold=True, color=colors.text)
            sheet.rule(template.left, template.right, sheet.y + height, color=colors.text, width=0.35)
        else:
            sheet.box(template.left, sheet.y, template.body, height, colors.fill)
            sheet.font(template.small, bold=True, color=colors.on_fill)
        y, tall = sheet.y + _HEAD_EXTRA / 2, template.line
        sheet.text(self._position.x, y, self._position.width, "#", height=tall)
        sheet.text(self._description.x, y, self._description.width, drawing.labels.description, height=tall)
        for column, text in zip(self._columns, self._heads, strict=True):
            sheet.text(column.x, y, column.width, text, align="R", height=tall)
        sheet.y += height

    def _draw_row(self, index: int, line: DocumentLine, *, below: float) -> None:
        drawing = self._drawing
        sheet, template = drawing.sheet, drawing.template
        strips = self._strips(line, self._figures[index])
        height = 2 * template.pad + sum(self._height(strip) for strip in strips)
        # Only a row that no page can hold is carried over within itself.
        capacity = sheet.bottom - template.top_of_next - self._head_height
        wanted = height + below if height + below <= capacity else height
        if height <= capacity and drawing.make_room(wanted):
            self._draw_head()
        if not template.letter and index % 2 and height <= capacity:
            sheet.box(template.left, sheet.y, template.body, height, SHADE)
        sheet.y += template.pad
        for number, strip in enumerate(strips):
            if drawing.make_room(self._height(strip) + template.pad):
                self._draw_head()
            if number == 0:
                sheet.font(template.size, color=MUTED)
                place = self._position.x, sheet.y, self._position.width
                sheet.text(*place, str(line.position), height=template.line)
            self._draw_strip(strip)
        sheet.y += template.pad
        if template.letter:
            sheet.rule(template.left, template.right, sheet.y)

    def _height(self, strip: _Strip) -> float:
        template = self._drawing.template
        return template.small_line if strip.small else template.line

    def _draw_strip(self, strip: _Strip) -> None:
        sheet, template = self._drawing.sheet, self._drawing.template
        height = self._height(strip)
        sheet.font(template.small if strip.small else template.size, color=MUTED if strip.small else INK)
        sheet.text(self._description.x, sheet.y, self._description.width, strip.text, height=height)
        if strip.aside:
            indent = sheet.width(strip.text) + _ASIDE
            sheet.font(template.small, color=MUTED)
            place = self._description.x + indent, sheet.y, self._description.width - indent
            sheet.text(*place, strip.aside, height=height)
            sheet.font(template.size)
        for column, text in zip(self._columns, strip.figures, strict=False):
            sheet.text(column.x, sheet.y, column.width, text, align="R", height=height)
        sheet.y += height

    def _strips(self, line: DocumentLine, figures: tuple[str, str, str, str]) -> list[_Strip]:
        sheet, template, width = self._drawing.sheet, self._drawing.template, self._description.width
        sheet.font(template.size)
        quantity, *others = figures
        below: tuple[str, ...] = ()
        if line.unit and sheet.width(f"{quantity} {line.unit}") <= self._columns[0].width + 0.01:
            quantity = f"{quantity} {line.unit}"
        elif line.unit:
            below = (line.unit,)
        first, *rest = sheet.lines_of(width, line.description) or [""]
        strips = [_Strip(text=first, figures=(quantity, *others))]
        strips += [_Strip(text=text, figures=below if i == 0 else ()) for i, text in enumerate(rest)]
        details = [line.sku] if line.sku else []
        if details and not template.letter and self._fits_aside(strips[-1].text, details[0]):
            strips[-1] = replace(strips[-1], aside=details.pop())
        details += [self._named(item, self._drawing.labels.allowance, -1) for item in line.allowances]
        details += [self._named(item, self._drawing.labels.charge, 1) for item in line.charges]
        sheet.font(template.small)
        strips += [_Strip(text=text, small=True) for detail in details for text in sheet.lines_of(width, detail)]
        if below and not rest:
            strips[1:2] = [_Strip(text=strips[1].text if len(strips) > 1 else "", figures=below, small=True)]
        return strips

    def _fits_aside(self, text: str, aside: str) -> bool:
        sheet, template = self._drawing.sheet, self._drawing.template
        sheet.font(template.size)
        taken = sheet.width(text) + _ASIDE
        sheet.font(template.small)
        return taken + sheet.width(aside) <= self._description.width

    def _named(self, item: DocumentAllowance, label: str, sign: int) -> str:
        return f"{reason_of(self._drawing, item, label)}: {self._drawing.voice.money(sign * item.amount_minor)}"


def reason_of(drawing: Drawing, item: DocumentAllowance, label: str) -> str:
    """What an allowance or charge is called, with its percentage."""
    name = item.reason or label
    return name if item.percent is None else f"{name} ({drawing.voice.percent(item.percent)})"
