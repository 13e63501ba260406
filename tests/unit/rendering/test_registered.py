"""What a tax authority wants on every page of a registered series' documents."""

from __future__ import annotations

from tests.documents import document, line
from tests.unit.rendering.reading import pages


def test_the_atcud_stands_on_each_page() -> None:
    """Given an invoice of a registered series on several pages, then each shows its code (Portaria 195/2020 art. 4)."""
    lines = tuple(line(position) for position in range(1, 60))
    texts = pages(document(lines, number="FT 2026/35", registration_code="CSDF7T5H-35"))
    assert len(texts) > 2
    assert all("ATCUD: CSDF7T5H-35" in text for text in texts)


def test_others_have_none() -> None:
    assert all("ATCUD" not in text for text in pages(document()))
