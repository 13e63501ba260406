"""The original PDF of a finalized document: rendered once, kept under its hash, and the same bytes ever after."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Awaitable, Callable
from datetime import date
from typing import Final

import structlog

from app.db.aggregates import INVOICES, STORED_FILES
from app.db.archive_rows import StoredFileRow
from app.db.rows import InvoiceRow
from app.db.where import All, Compare, Eq, IsNull
from app.domain.archive import FileKind, file_key, retained_until
from app.domain.errors import ArchiveDamaged
from app.domain.identity import IdPrefix, new_id
from app.domain.scope import Scope
from app.services.context import ServiceContext
from app.services.once import Work, run

log = structlog.get_logger(__name__)

MEDIA_TYPE: Final = "application/pdf"
PRUNE_CHUNK: Final = 200

Rendering = Callable[[], Awaitable[bytes]]


async def original(ctx: ServiceContext, scope: Scope, invoice: InvoiceRow, render: Rendering) -> bytes:
    """The archived PDF of a finalized document; `render` makes it at its first reading.

    What is handed out has the recorded hash, or is not handed out: a file that is missing or damaged is rendered anew,
    and that counts only when it has the very same bytes. Raises ArchiveDamaged, Unavailable.
    """
    if invoice.pdf_sha256 is None:
        return await _first(ctx, scope, invoice, render)
    return await _kept(ctx, scope, invoice.id, invoice.pdf_sha256, render)


async def _first(ctx: ServiceContext, scope: Scope, invoice: InvoiceRow, render: Rendering) -> bytes:
    content = await render()
    sha256 = digest(content)
    # The file first: what is recorded is there.
    await ctx.files.put(file_key(scope.platform_id, sha256), content)
    recorded = await _record(ctx, scope, invoice, sha256, len(content))
    if recorded == sha256:
        return content
    # Another one was first, and has rendered it with another logo or footer: that one is the original.
    return await _kept(ctx, scope, invoice.id, recorded, render)


async def _record(ctx: ServiceContext, scope: Scope, invoice: InvoiceRow, sha256: str, size: int) -> str:
    """Notes the original, unless there is one; the hash that is noted."""

    async def body(work: Work) -> str:
        row = await INVOICES.get(scope, work.session, invoice.id, lock=True)
        if row is None or row.issue_date is None:
            raise ArchiveDamaged("the document is gone while it was rendered")
        if row.pdf_sha256 is not None:
            return row.pdf_sha256
        await INVOICES.change(scope, work.session, row.id, {"pdf_sha256": sha256})
        await STORED_FILES.insert(scope, work.session, [_row(work, row, row.issue_date, sha256, size)])
        return sha256

    recorded: str = await run(ctx, scope, body)
    return recorded


def _row(work: Work, invoice: InvoiceRow, issue_date: date, sha256: str, size: int) -> StoredFileRow:
    return StoredFileRow(
        platform_id=invoice.platform_id,
        id=new_id(IdPrefix.FILE),
        entity_id=invoice.entity_id,
        subject_id=invoice.id,
        kind=FileKind.INVOICE_PDF,
        sha256=sha256,
        size=size,
        media_type=MEDIA_TYPE,
        created_at=work.now,
        retained_until=retained_until(issue_date, work.ctx.retention_years),
        deleted_at=None,
    )


async def _kept(ctx: ServiceContext, scope: Scope, invoice_id: str, sha256: str, render: Rendering) -> bytes:
    key = file_key(scope.platform_id, sha256)
    content = await ctx.files.get(key)
    if content is not None and digest(content) == sha256:
        return content
    what = "missing" if content is None else "damaged"
    again = await render()
    if digest(again) != sha256:
        log.error("archive_file_lost", invoice=invoice_id, sha256=sha256, file=what)
        raise ArchiveDamaged(f"the archived PDF is {what}, and rendered anew it is not the same; restore it")
    if content is not None:
        # It stays where it is, for the audit to find.
        log.error("archive_file_damaged", invoice=invoice_id, sha256=sha256)
    elif not await _is_pruned(ctx, scope, invoice_id):
        log.warning("archive_file_restored", invoice=invoice_id, sha256=sha256)
        await ctx.files.put(key, again)
    return again


async def _is_pruned(ctx: ServiceContext, scope: Scope, invoice_id: str) -> bool:
    async with ctx.database.read(scope) as session:
        found = await STORED_FILES.list(scope, session, Eq("subject_id", invoice_id), limit=1)
    return bool(found) and found[0].deleted_at is not None


def digest(content: bytes) -> str:
    """The SHA-256 of a file in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


async def expired(ctx: ServiceContext, scope: Scope, today: date, *, limit: int = PRUNE_CHUNK) -> list[StoredFileRow]:
    """Files whose retention has ended before that day, the longest ago first."""
    async with ctx.database.read(scope) as session:
        where = All((Compare("retained_until", "<", today), IsNull("deleted_at")))
        order = (("retained_until", False), ("id", False))
        return await STORED_FILES.list(scope, session, where, order=order, limit=limit)


async def prune(ctx: ServiceContext, scope: Scope, today: date) -> int:
    """Deletes the files whose retention has ended before that day; how many. The documents' rows stay.

    A file is marked first: one that is gone and not known to be would look like a loss.
    """
    deleted = 0
    while rows := await expired(ctx, scope, today):

        async def body(work: Work, rows: list[StoredFileRow] = rows) -> None:
            for row in rows:
                await STORED_FILES.change(scope, work.session, row.id, {"deleted_at": work.now})

        await run(ctx, scope, body)
        await asyncio.gather(*(ctx.files.delete(file_key(scope.platform_id, row.sha256)) for row in rows))
        deleted += len(rows)
    return deleted
