"""Finalizing, one transaction per invoice; and a subscription that Strawberry executes anew for each subscriber."""

from __future__ import annotations

import asyncio
import hashlib
import itertools
import time
from collections.abc import AsyncGenerator
from datetime import UTC, datetime, timedelta
from typing import Any

import orjson
import strawberry

from app.db.models.event import Event
from app.db.models.invoice import Invoice, InvoiceLine, Series
from app.db.models.ledger import LedgerEntry
from app.domain.identity import IdPrefix, new_id
from app.domain.ledger import EntryKind, LedgerAccount
from app.domain.lifecycle import InvoiceStatus, PaymentStatus
from bench.plain.database import PLATFORM, transaction
from bench.plain.types import InvoiceEvent, InvoiceFinalizeInput, InvoicePayload, invoice

_subscribers: set[asyncio.Queue[InvoiceEvent]] = set()
# Events get a place at once, before all that the product numbers: its relay and its subscribers pass them over.
_seq = itertools.count(-time.time_ns() // 1_000)


async def _finalize(id: str) -> tuple[Any, str]:
    """The invoice, numbered and frozen, and its event's id."""
    async with transaction() as connection:
        query = Invoice.filter(platform_id=PLATFORM, id=id, status="DRAFT")
        row: Any = await query.select_for_update().using_db(connection).get()
        scope = {"platform_id": PLATFORM, "entity_id": row.entity_id}
        lines: Any = await InvoiceLine.filter(**scope, invoice_id=id).order_by("position").using_db(connection)
        series: Any = await Series.filter(**scope, type=row.type).select_for_update().using_db(connection).get()
        now = datetime.now(UTC)
        series.last_number += 1
        series.last_issue_date = now.date()
        row.status, row.payment_status = InvoiceStatus.FINALIZED, PaymentStatus.UNPAID
        row.series_id, row.sequence_number = series.id, series.last_number
        row.number = f"P-{series.last_number}"
        row.issue_date, row.due_date = now.date(), now.date() + timedelta(days=row.payment_term_days)
        row.snapshot = orjson.dumps([dict(row), [dict(line) for line in lines]], default=str).decode()
        row.previous_hash = series.last_hash
        row.content_hash = hashlib.sha256(f"{row.snapshot}{series.last_hash}".encode()).hexdigest()
        series.last_hash = row.content_hash
        row.finalized_at, row.finalized_by, row.updated_at, row.version = now, "bench", now, row.version + 1
        await series.save(using_db=connection)
        await row.save(using_db=connection)
        await LedgerEntry.create(
            **scope,
            id=new_id(IdPrefix.LEDGER_ENTRY),
            customer_id=row.customer_id,
            invoice_id=id,
            kind=EntryKind.INVOICE,
            debit=LedgerAccount.RECEIVABLE,
            credit=LedgerAccount.SALES,
            amount_minor=row.gross_minor,
            currency=row.currency,
            occurred_at=now,
            created_at=now,
            created_by="bench",
            using_db=connection,
        )
        event = await Event.create(
            **scope,
            id=new_id(IdPrefix.EVENT),
            seq=next(_seq),
            type="invoice.finalized",
            schema_version=1,
            subject_id=id,
            payload=orjson.dumps({**dict(row), "snapshot": None}, default=str).decode(),
            actor="bench",
            occurred_at=now,
            using_db=connection,
        )
    return row, event.id


@strawberry.type
class Mutation:
    @strawberry.mutation
    async def invoice_finalize(self, input: InvoiceFinalizeInput) -> InvoicePayload:
        row, cursor = await _finalize(input.id)
        for queue in _subscribers:
            queue.put_nowait(InvoiceEvent(cursor=cursor, type="INVOICE_FINALIZED", invoice=invoice(row)))
        return InvoicePayload(invoice=invoice(row))


@strawberry.type
class Subscription:
    @strawberry.subscription
    async def invoice_events(self) -> AsyncGenerator[InvoiceEvent, None]:
        queue: asyncio.Queue[InvoiceEvent] = asyncio.Queue()
        _subscribers.add(queue)
        try:
            while True:
                yield await queue.get()
        finally:
            _subscribers.discard(queue)
