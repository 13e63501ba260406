"""The kinds of jobs there are. A new one is a handler and a line here."""

from __future__ import annotations

from typing import Final

from app.services import audit_jobs, vat_checks, vat_jobs, vat_release, vat_revalidation
from app.services.email_delivery import TIME_LIMIT, send_email
from app.services.emails import SEND
from app.services.jobs import JobKind

JOB_KINDS: Final[tuple[JobKind, ...]] = (
    JobKind(name=SEND, handler=send_email, time_limit=TIME_LIMIT),
    # One at a time: it reads all that there is.
    JobKind(name=audit_jobs.AUDIT, handler=audit_jobs.audit_job, time_limit=audit_jobs.TIME_LIMIT, concurrency=1),
    # Few at once, so that a register that is slow does not keep all other work waiting.
    JobKind(
        name=vat_jobs.CHECK,
        handler=vat_checks.check_job,
        retry=vat_jobs.RETRY,
        time_limit=vat_checks.TIME_LIMIT,
        concurrency=8,
    ),
    JobKind(name=vat_jobs.RELEASE, handler=vat_release.release_job, time_limit=vat_release.TIME_LIMIT),
    JobKind(
        name=vat_revalidation.REVALIDATE,
        handler=vat_revalidation.revalidate_job,
        retry=vat_revalidation.RETRY,
        time_limit=vat_revalidation.TIME_LIMIT,
        concurrency=2,
    ),
)
