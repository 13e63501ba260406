"""Messages to buyers and operators."""

from __future__ import annotations

from datetime import datetime

import strawberry

from app.db.aggregates import EMAILS
from app.db.email_rows import EmailRow
from app.domain.identity import IdPrefix
from app.domain.mail.model import EmailKind, EmailStatus
from app.domain.scope import Permission
from app.graphql.fields import column, to_one
from app.graphql.node import Node
from app.graphql.sources import OfRow, stored
from app.graphql.types.entity import Entity
from app.graphql.types.invoice import Invoice


@stored(EMAILS, Permission.INVOICES_READ, prefix=IdPrefix.EMAIL)
@strawberry.type(description="A message to a buyer or to the operator, and what became of it.")
class EmailMessage(OfRow, Node):
    kind: EmailKind = strawberry.field(description="What it is about.")
    status: EmailStatus = strawberry.field(description="Where it stands.")
    to: list[str] = column("to_addresses", description="Its recipients; none of one that was skipped.")
    cc: list[str] = column("cc_addresses", description="Who gets a copy.")
    subject: str = strawberry.field(description="Its subject.")
    message: str | None = strawberry.field(description="What the seller says in it besides.")
    days_after_due: int | None = column("step", description="Which step of the reminders it is.")
    attempts: int = strawberry.field(description="How often it was handed to the mail server.")
    next_attempt_at: datetime | None = strawberry.field(
        description="When it is tried next, while it waits for the mail server or for a limit."
    )
    error: str | None = strawberry.field(description="What went wrong, in the mail server's words; or why not sent.")
    message_id: str = strawberry.field(description="Its Message-ID, by which mail servers and logs know it.")
    pdf_sha256: str | None = column("pdf_sha256", description="SHA-256 of the PDF that was in it.")
    created_at: datetime = strawberry.field(description="When it was asked for.")
    sent_at: datetime | None = strawberry.field(description="When the mail server first took it.")
    row: strawberry.Private[EmailRow]

    entity: Entity | None = to_one("entity_id", description="The seller it is from; null of one to the operator.")
    invoice: Invoice | None = to_one("invoice_id", description="The document in it.")
