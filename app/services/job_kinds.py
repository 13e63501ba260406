"""The kinds of jobs there are. A new one is a handler and a line here."""

from __future__ import annotations

from typing import Final

from app.services import audit_jobs
from app.services.email_delivery import TIME_LIMIT, send_email
from app.services.emails import SEND
from app.services.jobs import JobKind

JOB_KINDS: Final[tuple[JobKind, ...]] = (
    JobKind(name=SEND, handler=send_email, time_limit=TIME_LIMIT),
    # One at a time: it reads all that there is.
    JobKind(name=audit_jobs.AUDIT, handler=audit_jobs.audit_job, time_limit=audit_jobs.TIME_LIMIT, concurrency=1),
)
