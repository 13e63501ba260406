"""What a message says besides the document's own labels, in one language."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Whole sentences, none of which takes a name or an amount: no language has to decline what it does not know."""

    language: str
    greeting: str
    attached: str
    settled: str
    reminder: str
    overdue: str
    please_pay: str
    crossed: str
    questions: str
    closing: str
