"""A letter as plain text and as HTML that mail programs of every age show alike: tables, and styles in the tags.

Whatever comes from outside is escaped; there is no script, no link and no picture from elsewhere, so that opening a
message tells nobody anything.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from typing import Final

from app.rendering.color import HAIR, INK, MUTED, SHADE, Color, Palette, palette
from app.rendering.mail.letter import Fact, Letter

# The Content-ID under which the logo lies in the same message (RFC 2392).
LOGO_ID: Final = "logo"
_SANDBOX: Final = "TEST – this message comes from the sandbox; nothing in it is real."
_FONT: Final = "font-family:-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif"


def plain_text(letter: Letter) -> str:
    """The letter as text in paragraphs; facts are `label: value`, one a line."""
    facts = [_lines([letter.headline] if letter.headline else []), _lines(letter.facts), _lines(letter.payment)]
    footer = f"-- \n{letter.sender}" + (f"\n{letter.brand.footer}" if letter.brand.footer else "")
    parts = [_SANDBOX if letter.sandbox else "", *letter.opening, letter.message or "", *facts, *letter.closing]
    # RFC 3676, 4.3: "-- " begins the signature.
    return "\n\n".join(part for part in [*parts, footer] if part) + "\n"


def _lines(facts: Sequence[Fact]) -> str:
    return "\n".join(f"{label}: {value}" for label, value in facts)


def html_page(letter: Letter) -> str:
    """The letter as an HTML document; the logo is the picture with Content-ID `LOGO_ID`, if the brand has one."""
    colors = palette(letter.brand.primary_color)
    preview = " · ".join(letter.headline) if letter.headline else letter.opening[-1]
    return (
        f'<!DOCTYPE html><html lang="{escape(letter.language)}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        '<meta name="color-scheme" content="light"><meta name="supported-color-schemes" content="light">'
        # Telephone numbers and dates stay text on a telephone.
        '<meta name="format-detection" content="telephone=no,date=no,address=no,email=no">'
        f"<title>{escape(letter.subject)}</title></head>"
        f'<body style="margin:0;padding:0;background:{_hex(SHADE)};-webkit-text-size-adjust:100%">'
        # What mail programs show beside the subject.
        f'<div style="display:none;max-height:0;overflow:hidden">{escape(preview)}</div>'
        f'<table role="presentation" width="100%" cellpadding="0" cellspacing="0" bgcolor="{_hex(SHADE)}"><tr>'
        '<td align="center" style="padding:32px 12px">'
        '<table role="presentation" width="600" cellpadding="0" cellspacing="0" bgcolor="#ffffff" '
        f'style="width:100%;max-width:600px;background:#ffffff;border:1px solid {_hex(HAIR)};border-radius:10px">'
        f"{''.join(_rows(letter, colors))}</table>{_foot(letter)}</td></tr></table></body></html>\n"
    )


def _rows(letter: Letter, colors: Palette) -> Iterator[str]:
    yield (
        f'<tr><td height="6" style="height:6px;line-height:6px;font-size:0;background:{_hex(colors.fill)};'
        'border-radius:9px 9px 0 0">&nbsp;</td></tr>'
    )
    if letter.sandbox:
        yield _row(_text(_SANDBOX, size=13, color=MUTED), "20px 40px 0")
    yield _row(_brand(letter, colors), "32px 40px 0")
    yield _row(
        f'<h1 style="margin:0;{_FONT};font-size:24px;line-height:32px;font-weight:650;color:{_hex(INK)}">'
        f"{escape(letter.title)}</h1>",
        "28px 40px 0",
    )
    yield from (_row(_text(text), "14px 40px 0") for text in letter.opening)
    if letter.message:
        quoted = (
            f'<div style="border-left:3px solid {_hex(colors.fill)};padding:2px 0 2px 16px">{_text(letter.message)}'
            "</div>"
        )
        yield _row(quoted, "20px 40px 0")
    yield _row(_card(letter, colors), "24px 40px 0")
    if letter.payment:
        yield _row(_text(letter.payment_title, color=colors.text, weight=650), "24px 40px 0")
        yield _row(_facts(letter.payment), "6px 40px 0")
    *before, last = letter.closing
    yield from (_row(_text(text), "20px 40px 0" if i == 0 else "8px 40px 0") for i, text in enumerate(before))
    signed = _text(last) if letter.headline is None else _text(f"{last}\n{letter.sender}")
    yield _row(signed, "20px 40px 36px")


def _row(content: str, padding: str) -> str:
    return f'<tr><td style="padding:{padding}">{content}</td></tr>'


def _brand(letter: Letter, colors: Palette) -> str:
    """The logo as large as a letterhead's, or the name where there is none or pictures are not shown."""
    name = escape(letter.sender)
    style = f"{_FONT};font-size:20px;line-height:28px;font-weight:700;color:{_hex(colors.text)}"
    if letter.brand.logo is None:
        return f'<div style="{style}">{name}</div>'
    return (
        f'<img src="cid:{LOGO_ID}" alt="{name}" height="48" '
        f'style="display:block;height:48px;width:auto;max-width:280px;border:0;{style}">'
    )


def _card(letter: Letter, colors: Palette) -> str:
    head = ""
    if letter.headline:
        label, value = letter.headline
        head = (
            f'<div style="{_FONT};font-size:13px;line-height:18px;color:{_hex(MUTED)}">{escape(label)}</div>'
            f'<div style="{_FONT};font-size:30px;line-height:38px;font-weight:700;color:{_hex(colors.text)};'
            f'padding-bottom:10px">{escape(value)}</div>'
        )
    return (
        f'<table role="presentation" width="100%" cellpadding="0" cellspacing="0" bgcolor="{_hex(colors.tint)}" '
        f'style="background:{_hex(colors.tint)};border-radius:8px"><tr><td style="padding:20px 24px 14px">'
        f"{head}{_facts(letter.facts)}</td></tr></table>"
    )


def _facts(facts: Sequence[Fact]) -> str:
    rows = "".join(
        f'<tr><td valign="top" style="{_FONT};font-size:14px;line-height:20px;padding:4px 16px 4px 0;'
        f'color:{_hex(MUTED)}">{escape(label)}</td>'
        f'<td valign="top" align="right" style="{_FONT};font-size:14px;line-height:20px;padding:4px 0;'
        f'color:{_hex(INK)};word-break:break-word">{escape(value)}</td></tr>'
        for label, value in facts
    )
    return f'<table role="presentation" width="100%" cellpadding="0" cellspacing="0">{rows}</table>'


def _text(text: str, *, size: int = 16, color: Color = INK, weight: int = 400) -> str:
    style = f"{_FONT};font-size:{size}px;line-height:{size * 3 // 2}px;font-weight:{weight};color:{_hex(color)}"
    return f'<div style="{style}">{"<br>".join(escape(text).splitlines())}</div>'


def _foot(letter: Letter) -> str:
    if not letter.brand.footer:
        return ""
    return (
        '<table role="presentation" width="600" cellpadding="0" cellspacing="0" style="width:100%;max-width:600px">'
        f'<tr><td align="center" style="padding:20px 40px 0">{_text(letter.brand.footer, size=12, color=MUTED)}'
        "</td></tr></table>"
    )


def _hex(color: Color) -> str:
    return "#{:02x}{:02x}{:02x}".format(*color)
