"""What tests read back from a PDF, and the pictures they put into one."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import Any

from PIL import Image
from pypdf import PdfReader

from app.domain.documents.model import Brand, Document
from app.rendering.invoice import render_invoice

CREATED = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)


def pages(document: Document, brand: Brand | None = None, *, draft: bool = False, void: bool = False) -> list[str]:
    """The text of each page."""
    pdf = render_invoice(document, brand or Brand(), created=CREATED, draft=draft, void=void)
    return [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]


def placed(document: Document, brand: Brand | None = None) -> list[list[tuple[float, float, float, str]]]:
    """For each page its texts with the points from the left and from the bottom, and their size."""
    pdf = render_invoice(document, brand or Brand(), created=CREATED)
    found = []
    for page in PdfReader(io.BytesIO(pdf)).pages:
        texts: list[tuple[float, float, float, str]] = []

        def visit(text: str, _: Any, matrix: list[float], __: Any, size: float, into: list[Any] = texts) -> None:
            if text.strip():
                into.append((round(matrix[4], 1), round(matrix[5], 1), size, text.strip()))

        page.extract_text(visitor_text=visit)
        found.append(texts)
    return found


def picture(size: tuple[int, int] = (60, 20), *, mode: str = "RGBA", form: str = "PNG") -> bytes:
    """The bytes of a plain picture."""
    file = io.BytesIO()
    color: Any = {"RGBA": (200, 80, 20, 128), "RGB": (200, 80, 20), "CMYK": (0, 200, 250, 20), "I;16": 30000, "P": 3}[
        mode
    ]
    Image.new(mode, size, color).save(file, form)
    return file.getvalue()
