"""Messages to buyers and operators: what is to be sent, and what became of it."""

from __future__ import annotations

from tortoise import fields

from app.db.models.base import ENTITY_KEY, PLATFORM_KEY, PlatformTable, choice, document, id_column, instant, text
from app.domain.mail.model import EmailKind, EmailStatus


class EmailMessage(PlatformTable):
    """A message, made in the transaction that wants it sent; its row is the truth, the job that sends it reads it.

    `once_key` names what must be said once only, such as one step of an invoice's reminders. `accepted` and `refused`
    say which recipients the mail server answered for good. While it is being sent, `next_attempt_at` is a lease.
    """

    id = id_column(pk=True)
    entity_id = id_column(null=True)
    invoice_id = id_column(null=True)
    kind = choice(EmailKind)
    step = fields.IntField(null=True)
    once_key = text(160, null=True)
    locale = text(20)
    to_addresses = document()
    cc_addresses = document()
    subject = text(250)
    message = text(2000, null=True)
    details = document()
    status = choice(EmailStatus)
    attempts = fields.IntField()
    accepted = document()
    refused = document()
    error = text(500, null=True)
    message_id = text(320)
    pdf_sha256 = text(64, null=True)
    attempted_at = instant(null=True)
    next_attempt_at = instant(null=True)
    # Which limit it waits for: `platform` or `entity`.
    held_by = text(20, null=True)
    created_at = instant()
    created_by = text(80)
    sent_at = instant(null=True)

    class Meta:
        table = "email_message"

    unique = (("platform_id", "id"), ("platform_id", "once_key"))
    references = (
        PLATFORM_KEY,
        ENTITY_KEY,
        (("platform_id", "entity_id", "invoice_id"), "invoice", ("platform_id", "entity_id", "id")),
    )
    indexes = (
        ("platform_id", "entity_id", "id"),
        ("platform_id", "entity_id", "invoice_id", "id"),
        ("platform_id", "status", "id"),
        # What was sent in the last minute, or day.
        ("platform_id", "attempted_at"),
        ("platform_id", "entity_id", "attempted_at"),
        (("platform_id", "held_by", "entity_id"), "status = 'QUEUED'"),
    )
