"""The page of the life of documents and orders, written from the tables that the code goes by."""

from __future__ import annotations

from collections.abc import Iterator

from app.domain.documents.registry import DOCUMENT_TYPES
from app.domain.lifecycle import (
    INVOICE_ACTION_TYPES,
    INVOICE_TRANSITIONS,
    ORDER_TRANSITIONS,
    InvoiceAction,
    InvoiceStatus,
)

HEAD = """# The life of documents and orders

Written by `make golden` from `app/domain/lifecycle.py`, which the code asks before every change.

## Documents

A draft can be changed and deleted. `PENDING` waits for the answer on the buyer's VAT number. What is finalized is
frozen for ever, in the database as well; it is corrected by a credit note, or voided while nobody has paid or credited
it. Voiding is for what was not sent: what the buyer has received is corrected by a credit note."""


def lifecycle_page() -> str:
    """The page as Markdown."""
    return "\n".join([HEAD, "", *_diagram(), "", *_by_status(), "", *_by_type(), "", *_types(), "", *_orders(), ""])


def _diagram() -> Iterator[str]:
    yield "```mermaid"
    yield "stateDiagram-v2"
    yield "    [*] --> DRAFT: create"
    for (action, before), after in INVOICE_TRANSITIONS.items():
        if after is None:
            yield f"    {before} --> [*]: {action.value}"
        elif after is not before:
            yield f"    {before} --> {after}: {action.value}"
    yield "```"


def _by_status() -> Iterator[str]:
    yield "What can be done in which status; `→` names the status that it leads to."
    yield ""
    yield f"| action | {' | '.join(InvoiceStatus)} |"
    yield f"|---|{'---|' * len(InvoiceStatus)}"
    for action in InvoiceAction:
        cells = (_cell(action, status) for status in InvoiceStatus)
        yield f"| {action.value} | {' | '.join(cells)} |"


def _cell(action: InvoiceAction, status: InvoiceStatus) -> str:
    if (action, status) not in INVOICE_TRANSITIONS:
        return ""
    after = INVOICE_TRANSITIONS[action, status]
    return "gone" if after is None else "yes" if after is status else f"→ {after}"


def _by_type() -> Iterator[str]:
    yield "And with which type of document:"
    yield ""
    yield f"| action | {' | '.join(kind.type for kind in DOCUMENT_TYPES)} |"
    yield f"|---|{'---|' * len(DOCUMENT_TYPES)}"
    for action in InvoiceAction:
        cells = ("yes" if kind.type in INVOICE_ACTION_TYPES[action] else "" for kind in DOCUMENT_TYPES)
        yield f"| {action.value} | {' | '.join(cells)} |"


def _types() -> Iterator[str]:
    yield "| type | UNTDID 1001 | first number | tax document | made from an order | deducts advances |"
    yield "|---|---|---|---|---|---|"
    for kind in DOCUMENT_TYPES:
        facts = (kind.is_tax_document, kind.billable, kind.deducts)
        cells = " | ".join("yes" if fact else "" for fact in facts)
        yield f"| {kind.type} | {kind.untdid} | `{kind.default_pattern}` | {cells} |"


def _orders() -> Iterator[str]:
    yield "## Orders"
    yield ""
    yield "```mermaid"
    yield "stateDiagram-v2"
    yield "    [*] --> PROCESSING: create"
    for (action, before), after in ORDER_TRANSITIONS.items():
        if after is not before:
            yield f"    {before} --> {after}: {action.value}"
    yield "```"
