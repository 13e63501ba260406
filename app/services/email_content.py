"""A message composed from what it is about, at the moment it is sent."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from app.db.aggregates import ENTITIES, INVOICES, LOGOS
from app.db.email_rows import EmailRow
from app.db.rows import EntityLogoRow, EntityRow, InvoiceRow
from app.db.where import Eq
from app.domain.errors import InvalidInput, NotFound
from app.domain.lifecycle import InvoiceStatus
from app.domain.mail.bounce import return_path
from app.domain.mail.model import EmailKind, Envelope
from app.domain.scope import Mode, Scope
from app.rendering.mail.letter import Letter, notice_letter
from app.rendering.mail.mime import Attachment, Headers, message_bytes
from app.services import documents
from app.services.context import ServiceContext
from app.services.emails import letter_of, reply_to

_PRODUCT = "Marketplace invoicing"


class NotDue(Exception):
    """There is no reason any more to send the message; the text says why."""


@dataclass(frozen=True, slots=True)
class Composed:
    """A message ready to be handed over, and the SHA-256 of the PDF in it, if it has one."""

    envelope: Envelope
    pdf_sha256: str | None


async def compose(ctx: ServiceContext, scope: Scope, row: EmailRow) -> Composed:
    """The message of a row, for the recipients that have no answer yet.

    Raises NotDue for a reminder of what was paid or voided since, InvalidInput for what cannot be written.
    """
    if row.invoice_id is None:
        notice = _notice(scope.mode, row)
        return Composed(await _envelope(ctx, row, notice, sender_name=_PRODUCT, reply=None, attachments=()), None)
    invoice, entity, logo = await _about(ctx, scope, row.invoice_id)
    _check_due(row, invoice)
    pdf = await documents.render_pdf(ctx, scope, invoice.id)
    letter = letter_of(scope.mode, entity, invoice, kind=row.kind, locale=row.locale, message=row.message, logo=logo)
    # The files of a document beside its PDF, such as an e-invoice in XML, belong here.
    files = (Attachment(name=pdf.file_name, media_type="application/pdf", content=pdf.content),)
    envelope = await _envelope(ctx, row, letter, sender_name=letter.sender, reply=reply_to(entity), attachments=files)
    return Composed(envelope, pdf.sha256)


async def _about(
    ctx: ServiceContext, scope: Scope, invoice_id: str
) -> tuple[InvoiceRow, EntityRow, EntityLogoRow | None]:
    async with ctx.database.read(scope) as session:
        invoice = await INVOICES.get(scope, session, invoice_id)
        if invoice is None:
            raise NotFound("no such invoice", field=("id",))
        entity = (await ENTITIES.by_ids(scope, session, [invoice.entity_id]))[invoice.entity_id]
        logos = await LOGOS.list(scope, session, Eq("entity_id", entity.id), limit=1)
    return invoice, entity, logos[0] if logos else None


def _check_due(row: EmailRow, invoice: InvoiceRow) -> None:
    if row.kind is not EmailKind.REMINDER:
        return
    if invoice.status is not InvoiceStatus.FINALIZED:
        raise NotDue(f"the document is {invoice.status.lower()}")
    if invoice.due_minor <= 0:
        raise NotDue("nothing is due any more")


def _notice(mode: Mode, row: EmailRow) -> Letter:
    details = row.details
    return notice_letter(
        url=details["url"], reason=details["reason"], since=details["since"], sandbox=mode is Mode.SANDBOX
    )


async def _envelope(
    ctx: ServiceContext,
    row: EmailRow,
    letter: Letter,
    *,
    sender_name: str,
    reply: str | None,
    attachments: Sequence[Attachment],
) -> Envelope:
    mailing = ctx.mailing
    headers = Headers(
        message_id=row.message_id,
        sender=mailing.sender,
        sender_name=sender_name,
        reply_to=reply,
        to=row.to_addresses,
        cc=row.cc_addresses,
        date=ctx.clock(),
    )
    try:
        content = await asyncio.to_thread(message_bytes, letter, headers, attachments)
    except ValueError as error:
        raise InvalidInput(str(error)) from None
    answered = {*row.accepted, *row.refused}
    return Envelope(
        sender=mailing.sender if mailing.bounce_address is None else return_path(row.id, mailing.bounce_address),
        recipients=tuple(a for a in (*row.to_addresses, *row.cc_addresses) if a not in answered),
        content=content,
        name=row.id,
    )
