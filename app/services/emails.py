"""Messages that are to be sent: made with the job that sends them, in the transaction that wants it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from app.db.aggregates import CUSTOMERS, EMAILS, ENTITIES, INVOICES
from app.db.email_rows import EmailRow
from app.db.rows import CustomerRow, EntityLogoRow, EntityRow, InvoiceRow
from app.db.where import All, Compare, Eq, OneOf
from app.domain import lifecycle
from app.domain.documents.canonical import from_canonical
from app.domain.errors import AlreadyExists, InvalidInput, LimitExceeded, NotFound
from app.domain.identity import IdPrefix, new_id
from app.domain.lifecycle import InvoiceAction
from app.domain.mail.address import check_address, is_address
from app.domain.mail.bounce import message_id
from app.domain.mail.model import EmailKind, EmailStatus
from app.domain.mail.retry import AGAIN_AFTER
from app.domain.scope import Mode, Permission, Scope
from app.rendering.mail.letter import Letter, invoice_letter
from app.services import checks
from app.services.context import ServiceContext
from app.services.documents import brand_of
from app.services.inputs import InvoiceSendInput
from app.services.jobs import enqueue
from app.services.once import Work, once

MAX_RECIPIENTS: Final = 10
MAX_MESSAGE: Final = 2_000
MAX_PER_INVOICE: Final = 50
SEND: Final = "email.send"


async def send(
    ctx: ServiceContext, scope: Scope, given: InvoiceSendInput, *, key: str | None
) -> tuple[EmailRow, InvoiceRow]:
    """Sends a finalized document to the buyer, or to the addresses given; the message and the document.

    Raises InvalidInput naming the address, InvalidState for a document that is not finalized, AlreadyExists when the
    same was sent to the same a short while ago and `again` does not say that it is meant.
    """
    scope.require(Permission.INVOICES_WRITE)

    async def body(work: Work) -> str:
        # The lock makes two requests take turns, so that the second finds the first one's message.
        invoice = await INVOICES.get(scope, work.session, given.invoice_id, lock=True)
        if invoice is None:
            raise NotFound("no such invoice", field=("id",))
        lifecycle.require(InvoiceAction.SEND, invoice.status)
        entity, customer = await parties(work, invoice)
        to, cc = _recipients(given, customer)
        await _check_not_sent(work, invoice, [*to, *cc], again=given.again)
        row = new_email(
            work,
            entity,
            customer,
            invoice,
            kind=EmailKind.INVOICE,
            to=to,
            cc=cc,
            message=checks.optional_text(given.message, ("message",), MAX_MESSAGE, multiline=True),
        )
        await queue(work, row)
        return row.id

    email_id, _ = await once(ctx, scope, "invoiceSend", key, given, body)
    async with ctx.database.read(scope) as session:
        row = await EMAILS.get(scope, session, email_id)
        invoice = await INVOICES.get(scope, session, given.invoice_id)
    if row is None or invoice is None:
        raise NotFound("no such invoice", field=("id",))
    return row, invoice


async def parties(work: Work, invoice: InvoiceRow) -> tuple[EntityRow, CustomerRow]:
    """The seller and the buyer of an invoice, as they are today."""
    entities = await ENTITIES.by_ids(work.scope, work.session, [invoice.entity_id])
    customers = await CUSTOMERS.by_ids(work.scope, work.session, [invoice.customer_id])
    return entities[invoice.entity_id], customers[invoice.customer_id]


async def queue(work: Work, row: EmailRow, *, run_at: datetime | None = None) -> None:
    """Stores a message and, unless it is skipped, the job that sends it, at once or at that time."""
    await EMAILS.insert(work.scope, work.session, [row])
    if row.status is EmailStatus.QUEUED:
        await make_job(work, row.entity_id, row.id, run_at)


async def make_job(work: Work, entity_id: str | None, email_id: str, run_at: datetime | None) -> None:
    """Makes the job that sends a message; a message has one unfinished job at most."""
    await enqueue(work, SEND, entity_id=entity_id, input={"emailId": email_id}, run_at=run_at, unique=job_key(email_id))


def job_key(email_id: str) -> str:
    """What a message's unfinished job is known by."""
    return f"{SEND}:{email_id}"


def new_email(
    work: Work,
    entity: EntityRow,
    customer: CustomerRow,
    invoice: InvoiceRow,
    *,
    kind: EmailKind,
    to: Sequence[str],
    cc: Sequence[str] = (),
    message: str | None = None,
    step: int | None = None,
) -> EmailRow:
    """A message about a finalized document in the buyer's language; without recipients it is skipped, and says so."""
    locale = customer.locale or entity.locale
    letter = letter_of(work.scope.mode, entity, invoice, kind=kind, locale=locale, message=message)
    return bare_email(
        work,
        kind=kind,
        to=to,
        subject=letter.subject,
        locale=locale,
        entity_id=entity.id,
        invoice_id=invoice.id,
        cc_addresses=list(cc),
        message=message,
        step=step,
        once_key=None if step is None else f"{invoice.id}:{step}",
        error=None if to else "the buyer has no e-mail address that mail can be sent to",
    )


def bare_email(
    work: Work, *, kind: EmailKind, to: Sequence[str], subject: str, locale: str, entity_id: str | None, **further: Any
) -> EmailRow:
    """A message that was not tried yet; without recipients it is skipped, and `error` says why."""
    email_id = new_id(IdPrefix.EMAIL)
    columns: dict[str, Any] = {
        "invoice_id": None,
        "step": None,
        "once_key": None,
        "cc_addresses": [],
        "message": None,
        "details": {},
        "error": None,
        "next_attempt_at": None,
        "held_by": None,
    }
    return EmailRow(
        platform_id=work.scope.platform_id,
        id=email_id,
        entity_id=entity_id,
        kind=kind,
        locale=locale,
        to_addresses=list(to),
        subject=subject,
        status=EmailStatus.QUEUED if to else EmailStatus.SKIPPED,
        attempts=0,
        accepted=[],
        refused={},
        message_id=message_id(email_id, work.ctx.mailing.sender),
        pdf_sha256=None,
        attempted_at=None,
        created_at=work.now,
        created_by=work.actor,
        sent_at=None,
        **(columns | further),
    )


def letter_of(
    mode: Mode,
    entity: EntityRow,
    invoice: InvoiceRow,
    *,
    kind: EmailKind,
    locale: str,
    message: str | None,
    logo: EntityLogoRow | None = None,
) -> Letter:
    """What is said about a finalized document, with what is due on it now."""
    if invoice.snapshot is None:
        raise ValueError(f"{invoice.id} is not finalized")
    return invoice_letter(
        from_canonical(invoice.snapshot),
        brand_of(entity, logo),
        kind=kind,
        locale=locale,
        due_minor=invoice.due_minor,
        message=message,
        answerable=reply_to(entity) is not None,
        sandbox=mode is Mode.SANDBOX,
    )


def reply_to(entity: EntityRow) -> str | None:
    """Where answers to a seller's messages go; None when it has no address for that."""
    address = entity.reply_to or entity.email
    return address if is_address(address) else None


def _recipients(given: InvoiceSendInput, customer: CustomerRow) -> tuple[list[str], list[str]]:
    if not given.to and not is_address(customer.email):
        raise InvalidInput("the buyer has no e-mail address that mail can be sent to; name one", field=("to",))
    to = _addresses(given.to or [str(customer.email)], ("to",))
    taken = {address.lower() for address in to}
    cc = [address for address in _addresses(given.cc, ("cc",)) if address.lower() not in taken]
    return to, cc


def _addresses(values: Sequence[str], path: tuple[str, ...]) -> list[str]:
    if len(values) > MAX_RECIPIENTS:
        raise InvalidInput(f"at most {MAX_RECIPIENTS} addresses", field=path)
    checked: dict[str, str] = {}
    for i, value in enumerate(values):
        address = check_address(value, (*path, i))
        checked.setdefault(address.lower(), address)
    return list(checked.values())


async def _check_not_sent(work: Work, invoice: InvoiceRow, recipients: Sequence[str], *, again: bool) -> None:
    """Whoever presses twice means once; and no invoice is an excuse for any number of messages."""
    of_invoice = Eq("invoice_id", invoice.id)
    if await EMAILS.count(work.scope, work.session, of_invoice) >= MAX_PER_INVOICE:
        raise LimitExceeded(f"{MAX_PER_INVOICE} messages were made for this invoice; no more can be", field=("id",))
    if again:
        return
    where = All(
        (
            of_invoice,
            Eq("kind", EmailKind.INVOICE),
            OneOf("status", [EmailStatus.QUEUED, EmailStatus.SENT]),
            Compare("created_at", ">", work.now - AGAIN_AFTER),
        )
    )
    wanted = {address.lower() for address in recipients}
    for row in await EMAILS.list(work.scope, work.session, where, limit=MAX_PER_INVOICE):
        if wanted <= {address.lower() for address in (*row.to_addresses, *row.cc_addresses)}:
            raise AlreadyExists(
                f"it was sent there less than {AGAIN_AFTER.total_seconds() / 60:.0f} minutes ago ({row.id});"
                " say again: true if that is meant",
                field=("to",),
            )
