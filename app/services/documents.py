"""Documents as PDF: of finalized invoices from their frozen content, of drafts as they would look today."""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass
from typing import Final

from app.db.aggregates import ENTITIES, INVOICES, LOGOS
from app.db.rows import EntityLogoRow, EntityRow, InvoiceRow
from app.db.transaction import Session
from app.db.where import Eq
from app.domain import numbering
from app.domain.documents.canonical import from_canonical
from app.domain.documents.model import Brand, Document
from app.domain.errors import NotFound
from app.domain.lifecycle import InvoiceStatus
from app.domain.scope import Permission, Scope
from app.rendering.invoice import render_invoice
from app.services import archive, loading
from app.services.context import ServiceContext
from app.services.document_content import document_of
from app.services.once import Work

_UNSAFE: Final = re.compile(r"[^A-Za-z0-9._-]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class RenderedInvoice:
    """A PDF with the name it should be saved under and its SHA-256 in hexadecimal."""

    file_name: str
    content: bytes
    sha256: str


async def render_pdf(ctx: ServiceContext, scope: Scope, invoice_id: str, *, as_issued: bool = False) -> RenderedInvoice:
    """The invoice as PDF: of a finalized one the archived original, of a void one that marked as void, of a draft how
    it would look today. With `as_issued`, of a void one its original. Raises NotFound, ArchiveDamaged, Unavailable.
    """
    scope.require(Permission.INVOICES_READ)
    async with ctx.database.read(scope) as session:
        invoice = await INVOICES.get(scope, session, invoice_id)
        if invoice is None:
            raise NotFound("no such invoice", field=("id",))
        entity = (await ENTITIES.by_ids(scope, session, [invoice.entity_id]))[invoice.entity_id]
        logo = await LOGOS.list(scope, session, Eq("entity_id", entity.id), limit=1)
        document = await _document(ctx, scope, session, invoice)
    brand = brand_of(entity, logo[0] if logo else None)

    async def render(*, void: bool = False) -> bytes:
        return await asyncio.to_thread(
            render_invoice,
            document,
            brand,
            # The same instant at every rendering, so that the same document gives the same bytes.
            created=invoice.finalized_at or invoice.updated_at,
            draft=invoice.number is None,
            void=void,
        )

    void = invoice.status is InvoiceStatus.VOID and not as_issued
    if invoice.number is None or void:
        # A view of today; it is not archived, and the original of a void document stays what it was.
        content = await render(void=void)
    else:
        content = await archive.original(ctx, scope, invoice, render)
    name = _UNSAFE.sub("-", invoice.number or f"draft-{invoice.id}").strip("-")
    return RenderedInvoice(file_name=f"{name}.pdf", content=content, sha256=archive.digest(content))


async def _document(ctx: ServiceContext, scope: Scope, session: Session, invoice: InvoiceRow) -> Document:
    if invoice.snapshot is not None:
        return from_canonical(invoice.snapshot)
    work = Work(ctx, scope, session)
    parts = (await loading.unpriced(work, [invoice]))[invoice.id]
    today = numbering.local_issue_date(work.now, parts["entity"].time_zone)
    sales = await loading.counts_of(work, [invoice], {invoice.id: parts}, {invoice.id: today})
    draft = loading.reprice(work, invoice, parts, sales=sales)
    return document_of(draft, number=None, issue_date=None, today=today)


async def logo(ctx: ServiceContext, scope: Scope, entity_id: str) -> tuple[bytes, str]:
    """A seller's logo and its media type. Raises NotFound when the seller or its logo does not exist."""
    scope.require(Permission.ENTITIES_READ)
    async with ctx.database.read(scope) as session:
        found = await LOGOS.list(scope, session, Eq("entity_id", entity_id), limit=1)
    if not found:
        raise NotFound("no such logo", field=("id",))
    return found[0].content, found[0].content_type


def brand_of(entity: EntityRow, logo: EntityLogoRow | None) -> Brand:
    """A seller's brand as the renderer takes it."""
    return Brand(
        primary_color=entity.primary_color,
        template=entity.template,
        footer=entity.footer,
        logo=None if logo is None else logo.content,
    )
