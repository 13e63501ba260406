"""One attempt of a job: its handler run under a lease that is kept, and what came of it written down."""

from __future__ import annotations

import asyncio
import random
import uuid
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, Final

import structlog

from app.db import jobs as stored
from app.db.job_rows import JobRow
from app.db.tables import dump_json
from app.domain.errors import InvoicingError, LimitExceeded, Unavailable
from app.domain.jobs import JobStatus
from app.domain.scope import Scope
from app.running import spans
from app.services.context import ServiceContext
from app.services.jobs import (
    MAX_INPUT,
    MAX_PAUSE,
    JobCancelled,
    JobGivenBack,
    JobKind,
    JobLost,
    Retryable,
    failed_event,
)
from app.services.once import Work

log = structlog.get_logger(__name__)

# Progress is written at most this often; the last word always is.
_TELL_EVERY_S: Final = 0.5
# What cannot be written while the database is away is tried again after these.
_PAUSES_S: Final = (0.1, 0.5, 2.0, 5.0)
# How long a handler may take to heed that it is stopped; one that does not is left behind.
_STUBBORN_S: Final = 30.0
_MAX_ERROR: Final = 500
_MAX_MESSAGE: Final = 200


class Attempt:
    """A claimed job, run once. It is the `JobRun` that the handler gets."""

    def __init__(self, ctx: ServiceContext, kind: JobKind, row: JobRow, scope: Scope, *, lease: timedelta) -> None:
        self.ctx = ctx
        self.job = row
        # The row is the platform's; what the handler does for one seller touches no other.
        self.scope = scope if row.entity_id is None else replace(scope, entity_id=row.entity_id)
        self._kind = kind
        self._platform = scope
        self._lease = lease
        self._token = row.lease_token or ""
        self._task: asyncio.Task[Mapping[str, Any] | None] | None = None
        self._told_at = 0.0
        self._cancelled = row.cancel_requested
        self._given_back = False
        self._lost = False
        self._completing = False
        self._done = False
        self._span = spans.NOTHING

    async def run(self) -> timedelta | None:
        """Runs the handler and writes down what came of it; after which time to run it again, if at all."""
        with spans.span("job", role=spans.Role.CONSUMER, apart=True) as self._span:
            if self._span.recorded:
                self._span.rename(f"job {self._kind.name}")
                self._span.note("invoicing.attempt", self.job.attempts)
            return await self._run()

    async def _run(self) -> timedelta | None:
        if self._cancelled:
            return await self._end(JobCancelled())
        if self.job.attempts > self.job.max_attempts:
            return await self._fail("the workers that ran it died or were stopped", worth_a_retry=False)
        if self._given_back:
            return await self._end(JobGivenBack())
        self._task = asyncio.create_task(self._handle(), name=f"job {self.job.id}")
        keeper = asyncio.create_task(self._keep())
        try:
            done, _ = await asyncio.wait({self._task}, timeout=self._kind.time_limit.total_seconds())
            if not done:
                self._task.cancel()
                await asyncio.wait({self._task}, timeout=_STUBBORN_S)
                return await self._fail(f"took longer than {self._kind.time_limit}", worth_a_retry=True)
            return await self._end(_error_of(self._task))
        finally:
            keeper.cancel()
            await asyncio.wait({keeper})

    async def _handle(self) -> Mapping[str, Any] | None:
        return await self._kind.handler(self)

    def give_back(self) -> None:
        """Asks the handler to stop at the end of its step."""
        self._given_back = True

    def stop(self) -> None:
        """Stops the handler where it is."""
        self._given_back = True
        if self._task is not None:
            self._task.cancel()

    async def progress(self, fraction: float | Decimal, message: str | None = None) -> None:
        """Tells how far it is; see `JobRun`."""
        self._check()
        clock = asyncio.get_running_loop().time
        if clock() < self._told_at + _TELL_EVERY_S and fraction < 1:
            return
        self._told_at = clock()
        value = min(max(Decimal(str(fraction)), Decimal(0)), Decimal(1)).quantize(Decimal("0.000001"))
        async with self.ctx.database.transaction(self._platform) as session:
            asked = await stored.note_progress(
                self._platform,
                session,
                self.job.id,
                token=self._token,
                progress=value,
                message=None if message is None else message[:_MAX_MESSAGE],
            )
        self._heard(asked)
        self._check()

    async def complete(self, work: Work, result: Mapping[str, Any] | None = None) -> None:
        """Ends the job in a transaction; see `JobRun`."""
        self._completing = True
        changes = success(work.now, checked_result(result))
        # Through the scope of the transaction, which is the job's platform's.
        if not await stored.settle(self._platform, work.session, self.job.id, token=self._token, changes=changes):
            raise JobLost
        work.session.after_commit.append(self._completed)

    def _completed(self) -> None:
        self._done = True

    def _check(self) -> None:
        if self._lost:
            raise JobLost
        if self._cancelled:
            raise JobCancelled
        if self._given_back:
            raise JobGivenBack

    def _heard(self, asked: bool | None) -> None:
        if asked is None:
            self._lost = True
        elif asked:
            self._cancelled = True

    async def _keep(self) -> None:
        """Renews the lease; stops the handler when another worker has the job, or may have it."""
        clock = asyncio.get_running_loop().time
        renewed = clock()
        while True:
            await asyncio.sleep(self._lease.total_seconds() / 3)
            try:
                async with self.ctx.database.transaction(self._platform) as session:
                    until = self.ctx.clock() + self._lease
                    asked = await stored.renew(
                        self._platform, session, self.job.id, token=self._token, lease_until=until
                    )
            except Unavailable:
                log.warning("job_lease_unavailable", exc_info=True)
                if clock() < renewed + self._lease.total_seconds():
                    continue
                asked = None
            if asked is None and self._completing:
                # Ended by `complete`, whose transaction is about to say so.
                continue
            self._heard(asked)
            if self._lost:
                if self._task is not None:
                    self._task.cancel()
                return
            renewed = clock()

    async def _end(self, error: BaseException | None) -> timedelta | None:
        """Writes down how the handler ended."""
        if self._done:
            return None
        now = self.ctx.clock()
        if error is None:
            try:
                result = checked_result(self._task.result() if self._task is not None else None)
            except (TypeError, LimitExceeded) as wrong:
                return await self._fail_with(wrong)
            await self._settle(success(now, result))
            return None
        if self._lost or isinstance(error, JobLost):
            log.warning("job_lost")
            return None
        if isinstance(error, JobCancelled):
            await self._settle(stored.finished(JobStatus.CANCELLED, now))
            return None
        if isinstance(error, JobGivenBack | asyncio.CancelledError) and self._given_back:
            # Not the job's fault: it does not count as an attempt.
            await self._settle({"status": JobStatus.QUEUED, "attempts": self.job.attempts - 1, "run_at": now})
            return timedelta(0)
        return await self._fail_with(error)

    async def _fail_with(self, error: BaseException) -> timedelta | None:
        if isinstance(error, Retryable):
            return await self._fail(error.message, worth_a_retry=True, after=error.after)
        if isinstance(error, InvoicingError):
            log.info("job_refused", error=str(error))
            return await self._fail(str(error), worth_a_retry=error.retryable)
        reference = uuid.uuid4().hex
        log.error("job_failed", reference=reference, exc_info=(type(error), error, error.__traceback__))
        return await self._fail(f"internal error, reference {reference}", worth_a_retry=True)

    async def _fail(self, message: str, *, worth_a_retry: bool, after: timedelta | None = None) -> timedelta | None:
        """Puts the job off, or gives it up for good."""
        now, message = self.ctx.clock(), message[:_MAX_ERROR]
        if worth_a_retry and self.job.attempts < self.job.max_attempts:
            self._span.failed("put_off")
            pause = self._pause() if after is None else min(max(after, timedelta(0)), MAX_PAUSE)
            await self._settle({"status": JobStatus.QUEUED, "run_at": now + pause, "error": message})
            return pause
        self._span.failed("dead_letter")
        log.warning("job_dead_letter", error=message, attempts=self.job.attempts)
        await self._settle(stored.finished(JobStatus.FAILED, now, error=message), failure=message)
        return None

    def _pause(self) -> timedelta:
        schedule = self._kind.retry
        return schedule[min(self.job.attempts, len(schedule)) - 1] * random.uniform(0.8, 1.2)

    async def _settle(self, changes: Mapping[str, Any], *, failure: str | None = None) -> None:
        """Ends the hold on the job with these changes, unless another worker has it or `complete` ended it."""
        for pause_s in (*_PAUSES_S, None):
            try:
                async with self.ctx.database.transaction(self._platform) as session:
                    work = Work(self.ctx, self._platform, session)
                    held = await stored.settle(self._platform, session, self.job.id, token=self._token, changes=changes)
                    if held and failure is not None:
                        work.emit(failed_event(self.job, failure), self.job.entity_id)
                    await work.finish()
                return
            except Unavailable:
                if pause_s is None:
                    raise
            await asyncio.sleep(pause_s)


def checked_result(result: Mapping[str, Any] | None) -> Mapping[str, Any] | None:
    """The result, when it can be stored: raises TypeError for what has no JSON form, LimitExceeded over 64 KiB."""
    if result is not None and len(dump_json(result)) > MAX_INPUT:
        raise LimitExceeded(f"a job's result may have {MAX_INPUT} bytes")
    return result


def success(now: datetime, result: Mapping[str, Any] | None) -> dict[str, Any]:
    """The changes that end a job well."""
    return stored.finished(JobStatus.SUCCEEDED, now, progress=Decimal(1), result=result, error=None)


def _error_of(task: asyncio.Task[Any]) -> BaseException | None:
    return asyncio.CancelledError() if task.cancelled() else task.exception()
