"""The ledger: every movement of money and debt, one row per transfer, for ever."""

from __future__ import annotations

from app.db.models.base import PlatformTable, choice, code, id_column, instant, minor, text
from app.domain.ledger import EntryKind, LedgerAccount


class LedgerEntry(PlatformTable):
    """One amount moved from an account to another. A trigger refuses every change and removal.

    It references no table: finalizing writes one with every document and would pay for a look-up per reference. What it
    names is never deleted, and `app.db.ledger.check` compares it with what is stored.
    """

    id = id_column(pk=True)
    entity_id = id_column()
    customer_id = id_column()
    invoice_id = id_column(null=True)
    payment_id = id_column(null=True)
    kind = choice(EntryKind)
    debit = choice(LedgerAccount)
    credit = choice(LedgerAccount)
    amount_minor = minor()
    currency = code(3)
    # When it counts, such as the day of a payment; `created_at` is when it was booked.
    occurred_at = instant()
    created_at = instant()
    created_by = text(80)
    reverses_id = id_column(null=True)
    reference = text(200, null=True)

    class Meta:
        table = "ledger_entry"

    # An entry is undone once.
    unique = ((("platform_id", "reverses_id"), "reverses_id IS NOT NULL"),)
    indexes = (
        ("platform_id", "entity_id", "customer_id", "occurred_at", "id"),
        ("platform_id", "entity_id", "invoice_id"),
        # Neither holds what finalizing writes.
        (("platform_id", "entity_id", "payment_id"), "payment_id IS NOT NULL"),
        (("platform_id", "entity_id", "customer_id"), "debit = 'CUSTOMER_BALANCE' OR credit = 'CUSTOMER_BALANCE'"),
    )
    checks = ("amount_minor > 0", "debit <> credit")
    append_only = True
