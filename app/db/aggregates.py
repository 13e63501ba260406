"""Typed access to whole rows by table: one `Aggregate` each, every function taking the scope first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, Generic, TypeVar

from app.db import query, writes
from app.db import rows as r
from app.db.archive_rows import StoredFileRow
from app.db.compliance_rows import ComplianceRow
from app.db.email_rows import EmailRow
from app.db.eu_sales_rows import EuSalesDocumentRow, EuSalesRow
from app.db.history_rows import AuditEntryRow
from app.db.item_rows import ItemRow
from app.db.job_rows import JobRow
from app.db.ledger_rows import LedgerEntryRow
from app.db.recurring_rows import OccurrenceRow, RecurringRow
from app.db.refund_rows import OrderRefundRow
from app.db.tax_entry_rows import TaxEntryRow
from app.db.transaction import Session
from app.db.vat_rows import VatCheckRow
from app.db.webhook_rows import AttemptRow, DeliveryRow, EndpointRow
from app.db.where import All, Condition, Eq, OneOf
from app.domain.errors import VersionConflict
from app.domain.scope import Scope

R = TypeVar("R")

# More ids than this in one look-up are refused: a page has at most 100 rows, a loader at most a few pages.
MAX_IDS: Final = 5_000
_LOCK: Final = "FOR NO KEY UPDATE"
_LOCK_FREE: Final = "FOR NO KEY UPDATE SKIP LOCKED"


class Aggregate(Generic[R]):
    """One table's rows as frozen data."""

    def __init__(self, table: str, row_type: type[R]) -> None:
        self.table = table
        self.row_type = row_type

    async def get(self, scope: Scope, session: Session, row_id: str, *, lock: bool = False) -> R | None:
        """The row with that id, or None when it does not exist inside the scope."""
        found = await self.list(scope, session, Eq("id", row_id), limit=1, lock=lock)
        return found[0] if found else None

    async def by_ids(
        self, scope: Scope, session: Session, ids: Sequence[str], *, lock: bool = False, wait: bool = True
    ) -> dict[str, R]:
        """The rows with these ids that exist inside the scope, by id; locked in id order when asked.

        Without `wait`, rows that another transaction has locked are left out (on SQLite there is none).
        """
        if not ids:
            return {}
        wanted = sorted(set(ids))
        if len(wanted) > MAX_IDS:
            raise ValueError(f"at most {MAX_IDS} ids at once")
        clause = "" if not lock else _LOCK if wait else _LOCK_FREE
        found = await query.select_rows(
            scope,
            session,
            self.table,
            self.row_type,
            OneOf("id", wanted),
            order=(("id", False),),
            limit=MAX_IDS,
            lock=clause,
        )
        return {str(row.id): row for row in found}  # type: ignore[attr-defined]  # every row type has an id

    async def list(
        self,
        scope: Scope,
        session: Session,
        where: Condition | None = None,
        *,
        order: Sequence[tuple[str, bool]] = (),
        limit: int,
        lock: bool = False,
    ) -> list[R]:
        """Rows inside the scope that match, at most `limit`."""
        clause = _LOCK if lock else ""
        return await query.select_rows(
            scope, session, self.table, self.row_type, where, order=order, limit=limit, lock=clause
        )

    async def count(self, scope: Scope, session: Session, where: Condition | None = None) -> int:
        """How many rows inside the scope match."""
        return await query.count(scope, session, self.table, where)

    async def insert(self, scope: Scope, session: Session, rows: Sequence[R]) -> None:
        """Inserts rows; their platform must be the scope's."""
        await writes.write(scope, session, [self.inserting(rows)])

    def inserting(self, rows: Sequence[R]) -> writes.Insert:
        """The insertion of rows, to be written together with other things."""
        return writes.inserting(self.table, rows)

    def changing(
        self, names: Sequence[str], rows: Sequence[R], *, versions: Sequence[int] | None = None
    ) -> writes.Change:
        """The change of those columns of stored rows to what these rows say, to be written with other things.

        With `versions`, only of rows that still have them.
        """
        return writes.changing(self.table, ("id", *names), rows, versions)

    async def change(
        self, scope: Scope, session: Session, row_id: str, changes: Mapping[str, Any], *, version: int | None = None
    ) -> None:
        """Changes columns of one row; with `version`, only while it still has that version (else VersionConflict)."""
        where = None if version is None else All((Eq("version", version),))
        if not await query.update(scope, session, self.table, row_id, changes, where=where):
            raise VersionConflict("the object changed in the meantime; read it again")


ENTITIES: Final = Aggregate("entity", r.EntityRow)
COMPLIANCE: Final = Aggregate("entity_compliance", ComplianceRow)
LOGOS: Final = Aggregate("entity_logo", r.EntityLogoRow)
API_KEYS: Final = Aggregate("api_key", r.ApiKeyRow)
CUSTOMERS: Final = Aggregate("customer", r.CustomerRow)
ORDERS: Final = Aggregate("sales_order", r.OrderRow)
ORDER_LINES: Final = Aggregate("order_line", r.OrderLineRow)
ORDER_REFUNDS: Final = Aggregate("order_refund", OrderRefundRow)
SERIES: Final = Aggregate("series", r.SeriesRow)
INVOICES: Final = Aggregate("invoice", r.InvoiceRow)
INVOICE_LINES: Final = Aggregate("invoice_line", r.InvoiceLineRow)
PAYMENTS: Final = Aggregate("payment", r.PaymentRow)
EVENTS: Final = Aggregate("event", r.EventRow)
IDEMPOTENCY: Final = Aggregate("idempotency_key", r.IdempotencyRow)
ENDPOINTS: Final = Aggregate("webhook_endpoint", EndpointRow)
DELIVERIES: Final = Aggregate("webhook_delivery", DeliveryRow)
ATTEMPTS: Final = Aggregate("webhook_attempt", AttemptRow)
JOBS: Final = Aggregate("job", JobRow)
EMAILS: Final = Aggregate("email_message", EmailRow)
LEDGER: Final = Aggregate("ledger_entry", LedgerEntryRow)
CHANNELS: Final = Aggregate("order_channel", r.OrderChannelRow)
STORED_FILES: Final = Aggregate("stored_file", StoredFileRow)
ITEMS: Final = Aggregate("item", ItemRow)
RECURRING: Final = Aggregate("recurring_invoice", RecurringRow)
OCCURRENCES: Final = Aggregate("recurring_occurrence", OccurrenceRow)
HISTORY: Final = Aggregate("audit_entry", AuditEntryRow)
VAT_CHECKS: Final = Aggregate("vat_check", VatCheckRow)
EU_SALES: Final = Aggregate("eu_sales", EuSalesRow)
EU_SALES_DOCUMENTS: Final = Aggregate("eu_sales_document", EuSalesDocumentRow)
TAX_ENTRIES: Final = Aggregate("tax_entry", TaxEntryRow)
