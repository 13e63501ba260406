"""The page of the rules of compliance, written from their registry."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from app.domain.compliance.en16931 import BY_CONSTRUCTION
from app.domain.compliance.model import Rule
from app.domain.compliance.registry import THEMES
from app.domain.numbering_law import Severity

HEAD = """# The rules of compliance

Written by `make golden` from `app/domain/compliance/`; [the guide](guides/compliance.md) says how to read them.
An ERROR keeps a document from being finalized, and finalizing answers with the same message. A WARNING is put right
better sooner, an INFO is good to know. Numbers are stable: a rule that goes leaves its number unused."""

# What each theme is asked of.
ASKED = {
    "Refusals": "Asked of each document before it is numbered, and of drafts by `Invoice.readiness`.",
    "The seller": "Asked of a seller's master data by `Entity.compliance`; its status follows from these, from the"
    " registrations and from the number formats. Drafts tell them too: they are what each document says of the seller.",
    "Registrations": "Asked of a seller's master data by `Entity.compliance`. In a draft they show as the decisions of"
    " its taxes.",
    "Number formats": "Asked of a seller's master data by `Entity.compliance`, of each format it chose and of that of"
    " its invoices. A document is refused as NUM-LAW for its own format only. NUM-ES-01, NUM-PL-01 and NUM-RO-01 cannot"
    " fire: every number has a digit and at most 60 characters.",
    "The document": "Asked of drafts by `Invoice.readiness`.",
    "Buyers' VAT numbers": "BUYER-TAX-ID and VIES-01 are asked of drafts, VIES-02 and VIES-03 of a seller's buyers.",
    "EN 16931": "Asked of drafts of tax documents by `Invoice.readiness`, unless the marketplace states their tax. A"
    " document that breaks one can be finalized and printed; it cannot become an e-invoice as it is.",
}
IMPOSSIBLE = """## Rules of EN 16931 that no document of ours breaks

They are kept by types, by checks of inputs, or by the way totals are computed, so nothing asks them. The standard calls
the groups of IGIC and IPSI BR-IG and BR-IP; its published tests call them BR-AF and BR-AG."""


def compliance_page() -> str:
    """The page as Markdown."""
    return "\n".join([HEAD, "", *_themes(), *_impossible(), ""])


def _themes() -> Iterator[str]:
    for title, rules in THEMES:
        yield f"## {title}"
        yield ""
        yield ASKED[title]
        yield ""
        yield "| rule | severity | what it asks | what puts it right | source |"
        yield "|---|---|---|---|---|"
        yield from (_row(rule) for rule in rules)
        yield ""


def _row(rule: Rule[Any]) -> str:
    severity = f"**{rule.severity}**" if rule.severity is Severity.ERROR else str(rule.severity)
    cells = (f"`{rule.number}`", severity, rule.asks, rule.fix, rule.source)
    return "| " + " | ".join(cell.replace("|", "\\|").replace("<", "&lt;") for cell in cells) + " |"


def _impossible() -> Iterator[str]:
    yield IMPOSSIBLE
    yield ""
    yield "| rules | why |"
    yield "|---|---|"
    for numbers, why in BY_CONSTRUCTION:
        yield f"| {', '.join(numbers.split())} | {why} |"
