"""Which columns of a finalized document may still change; all others are frozen for ever.

What is frozen is guarded by the database and covered by the document's hash; what may change is told by the ledger and
the event log.
"""

from __future__ import annotations

from typing import Final

from app.db.tables import TABLES

# What happens to a document after it is finalized: payments, credits, voiding, its file and its reminders.
MUTABLE: Final[dict[str, frozenset[str]]] = {
    "invoice": frozenset(
        {
            "status",
            "payment_status",
            "paid_minor",
            "credited_minor",
            "due_minor",
            "pdf_sha256",
            "version",
            "updated_at",
            "overdue_at",
            "void_reason",
            "voided_at",
            "voided_by",
            "converted_into_id",
            "deducted_in_id",
        }
    ),
    "invoice_line": frozenset(),
}
FROZEN: Final[dict[str, tuple[str, ...]]] = {
    table: tuple(name for name in TABLES[table].columns if name not in mutable) for table, mutable in MUTABLE.items()
}
# What says why and when a document was voided: never changed once it is.
VOIDING: Final = ("void_reason", "voided_at", "voided_by")
