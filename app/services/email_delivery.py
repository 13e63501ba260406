"""The job that sends one message: claimed within the limits, composed anew, handed over, and what came of it noted.

The message's row decides, not the job's attempts: a message that waits for its turn or for a mail server is left to a
further job, made in the transaction that says so. Whoever dies in between leaves a job that runs again. A message that
was handed over by a worker that died before it could note so is sent twice, with the same Message-ID.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final

from app.db import emails
from app.db.aggregates import EMAILS, INVOICES
from app.db.email_rows import EmailRow
from app.db.emails import Wait
from app.domain import events
from app.domain.errors import ArchiveDamaged, Conflict, InvalidInput
from app.domain.mail.model import EmailKind, EmailStatus, Outcome, Verdict
from app.domain.mail.retry import MAX_ATTEMPTS, next_attempt_at
from app.domain.scope import Scope
from app.services.context import ServiceContext
from app.services.email_content import Composed, NotDue, compose
from app.services.emails import job_key, make_job
from app.services.invoice_rows import invoice_event
from app.services.jobs import JobRun
from app.services.once import Work
from app.services.once import run as in_transaction

# Longer than a message may take to be composed and handed over.
LEASE: Final = timedelta(minutes=7)
# What one attempt may take: a PDF, and the longest time-out of a mail server that can be set.
TIME_LIMIT: Final = timedelta(minutes=6)
_MAX_ERROR: Final = 500
_ORPHANED: Final = timedelta(hours=1)
_CHUNK: Final = 100


async def send_email(run: JobRun) -> Mapping[str, Any] | None:
    """Sends the message that the job's input names, unless it was sent, must wait, or is not due any more."""
    claimed = await _claim(run, str(run.job.input["emailId"]))
    if claimed is None:
        return None
    try:
        composed = await compose(run.ctx, run.scope, claimed)
    except NotDue as reason:
        return await _finish(run, claimed, {"status": EmailStatus.SKIPPED, "error": str(reason)[:_MAX_ERROR]})
    except (InvalidInput, ArchiveDamaged) as error:
        # What cannot be composed today cannot be tomorrow.
        return await _finish(run, claimed, {"status": EmailStatus.FAILED, "error": error.message[:_MAX_ERROR]})
    outcome = await run.ctx.mailing.transport.send(composed.envelope)
    return await _finish(run, claimed, _changes(claimed, composed, outcome, run.ctx.clock()))


async def _claim(run: JobRun, email_id: str) -> EmailRow | None:
    """The message, claimed for one attempt; None when this job has nothing (more) to do."""
    ctx = run.ctx

    async def body(work: Work) -> EmailRow | None:
        found = await emails.claim(
            run.scope,
            work.session,
            email_id,
            work.now,
            lease=LEASE,
            per_minute=ctx.mailing.per_minute,
            per_entity_per_day=ctx.mailing.per_entity_per_day,
        )
        if isinstance(found, EmailRow):
            return found
        await run.complete(work, None if found is None else {"waitsUntil": found.until.isoformat()})
        if isinstance(found, Wait):
            await make_job(work, run.job.entity_id, email_id, found.until)
        return None

    claimed: EmailRow | None = await in_transaction(ctx, run.scope, body)
    return claimed


def _changes(claimed: EmailRow, composed: Composed, outcome: Outcome, now: datetime) -> dict[str, Any]:
    """What an answer makes of a message: sent, bounced, given up, or to be tried again for those who are left."""
    accepted = [*claimed.accepted, *outcome.of(Verdict.ACCEPTED)]
    refused = {**claimed.refused, **outcome.of(Verdict.REFUSED)}
    deferred = outcome.of(Verdict.DEFERRED)
    retry_at = next_attempt_at(claimed.attempts, now, spread=lambda n: secrets.randbelow(n + 1)) if deferred else None
    if retry_at is not None:
        status = EmailStatus.QUEUED
    elif refused:
        status = EmailStatus.BOUNCED
    else:
        status = EmailStatus.FAILED if deferred else EmailStatus.SENT
    return {
        "status": status,
        "accepted": accepted,
        "refused": refused,
        "error": _words({**refused, **deferred}),
        "pdf_sha256": composed.pdf_sha256,
        "next_attempt_at": retry_at,
        "sent_at": claimed.sent_at or (now if outcome.of(Verdict.ACCEPTED) else None),
    }


def _words(answers: Mapping[str, str]) -> str | None:
    """The server's words, each with the address that it is about."""
    text = "; ".join(f"{address}: {words}" for address, words in answers.items())
    return text[:_MAX_ERROR] or None


async def _finish(run: JobRun, claimed: EmailRow, changes: dict[str, Any]) -> Mapping[str, Any]:
    """Notes what became of the attempt with its event and, where it is to be tried again, the next job."""
    changes = {"next_attempt_at": None, **changes}

    async def body(work: Work) -> Mapping[str, Any]:
        # Another worker may have taken this one for dead and be at it, or a bounce have come in faster.
        held = await emails.finish(run.scope, work.session, claimed, changes)
        done = replace(claimed, **changes)
        result = {"status": done.status.value, "attempt": done.attempts, "of": MAX_ATTEMPTS, "superseded": not held}
        # First, since there is one unfinished job of a message at most.
        await run.complete(work, result)
        if held and done.status is EmailStatus.QUEUED:
            await make_job(work, done.entity_id, done.id, done.next_attempt_at)
        if held:
            await announce(work, done, newly_sent=done.sent_at != claimed.sent_at)
        return result

    result: Mapping[str, Any] = await in_transaction(run.ctx, run.scope, body)
    return result


async def announce(work: Work, row: EmailRow, *, newly_sent: bool) -> None:
    """Emits what a message's new state means for its invoice: sent, or not arrived for good."""
    if row.invoice_id is None or row.status is EmailStatus.SKIPPED:
        return
    invoice = await INVOICES.get(work.scope, work.session, row.invoice_id)
    if invoice is None:
        raise Conflict(f"{row.invoice_id} is gone")
    if newly_sent:
        if row.kind is EmailKind.REMINDER:
            sent = invoice_event(events.InvoiceReminderSent, invoice, email_id=row.id, days_after_due=row.step)
        else:
            sent = invoice_event(events.InvoiceSent, invoice, email_id=row.id)
        work.emit(sent, invoice.entity_id)
    if row.status in (EmailStatus.FAILED, EmailStatus.BOUNCED):
        failed = invoice_event(
            events.InvoiceEmailFailed,
            invoice,
            email_id=row.id,
            email_kind=row.kind.value,
            email_status=row.status.value,
            reason=row.error or "no reason given",
        )
        work.emit(failed, invoice.entity_id)


async def note_bounce(ctx: ServiceContext, scope: Scope, email_id: str, words: str, recipient: str | None) -> None:
    """Marks a message that came back after it was sent; what is marked already stays as it is."""

    async def body(work: Work) -> None:
        row = await EMAILS.get(scope, work.session, email_id, lock=True)
        if row is None or row.status is EmailStatus.BOUNCED:
            return
        error = f"{recipient}: {words}" if recipient else words
        changes: dict[str, Any] = {
            "status": EmailStatus.BOUNCED,
            "error": error[:_MAX_ERROR],
            "refused": {**row.refused, recipient or "*": words},
            "next_attempt_at": None,
        }
        await EMAILS.change(scope, work.session, row.id, changes)
        await announce(work, replace(row, **changes), newly_sent=False)

    await in_transaction(ctx, scope, body)


async def give_up_orphans(ctx: ServiceContext, scope: Scope) -> int:
    """Gives up messages whose job was cancelled or has failed for good an hour ago, in one chunk; how many.

    Until then the job can be run again.
    """

    async def body(work: Work) -> int:
        found = await emails.orphans(scope, work.session, job_key(""), work.now - _ORPHANED, limit=_CHUNK)
        changes: dict[str, Any] = {
            "status": EmailStatus.FAILED,
            "error": "its job was cancelled or failed",
            "next_attempt_at": None,
        }
        for row in found:
            await EMAILS.change(scope, work.session, row.id, changes)
            await announce(work, replace(row, **changes), newly_sent=False)
        return len(found)

    given_up: int = await in_transaction(ctx, scope, body)
    return given_up
