"""Runs jobs: PgQueuer hands entries out, an attempt claims the row, and what becomes of it is written there.

Any number of processes may run one. An entry that is handed out twice, or to two, does no harm: the row is claimed by
one statement and held by a lease that its holder renews; whoever lost it can change nothing more.
"""

from __future__ import annotations

import asyncio
import contextlib
import secrets
from collections.abc import Sequence
from datetime import timedelta
from functools import partial
from typing import Final

import structlog
from pgqueuer.core.qm import QueueManager
from pgqueuer.domain.errors import RetryRequested
from pgqueuer.domain.models import Job as QueueJob

from app.db import jobs as stored
from app.db.accounts import platform_mode
from app.db.aggregates import JOBS
from app.db.job_queue import SOON, MemoryQueue, PostgresQueue, WorkerDriver, ids_of, queue_settings
from app.db.job_rows import JobRow
from app.domain.errors import Unavailable
from app.domain.jobs import JobStatus
from app.domain.scope import ALL_PERMISSIONS, Mode, Scope, system_scope
from app.services.context import ServiceContext
from app.services.job_attempt import Attempt
from app.services.jobs import JobKind

log = structlog.get_logger(__name__)

# How often a worker looks at the queue when nobody rings.
POLL: Final = timedelta(seconds=1)
# How often rows without an entry are looked for: left by a process that died, or beyond the embedded queue's room.
SWEEP_S: Final = 10.0
_AGAIN_S: Final = 1.0


class JobRunner:
    """Takes jobs of the given kinds until it is cancelled, at most `concurrency` at once (at least 2).

    A job whose worker is not heard of for the length of `lease` is another's. On stopping, a job is given back at the
    end of its step; one that has no steps gets `grace` to finish.
    """

    def __init__(
        self,
        ctx: ServiceContext,
        kinds: Sequence[JobKind],
        *,
        concurrency: int,
        lease: timedelta,
        grace: timedelta,
    ) -> None:
        self._ctx = ctx
        self._kinds = kinds
        self._concurrency = concurrency
        self._lease = lease
        self._grace = grace
        self._modes: dict[str, Mode] = {}
        self._attempts: set[Attempt] = set()
        self._manager: QueueManager | None = None
        self._stopping = False

    async def run(self) -> None:
        """Works until cancelled; then lets go of what it holds."""
        self._stopping = False
        tasks = {asyncio.create_task(self._serve(), name="jobs"), asyncio.create_task(self._sweep(), name="job sweep")}
        try:
            done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                task.result()
        finally:
            await self._stop(tasks)

    async def _serve(self) -> None:
        while not self._stopping:
            self._manager = self._new_manager()
            try:
                await self._manager.run(
                    dequeue_timeout=POLL,
                    batch_size=self._concurrency // 2,
                    max_concurrent_tasks=self._concurrency,
                    heartbeat_timeout=self._lease,
                    # What PgQueuer counts nobody reads; the rows know more.
                    log_aggregation_interval=timedelta(0),
                )
            except Exception:
                log.warning("job_queue_failed", exc_info=True)
                await asyncio.sleep(_AGAIN_S)

    def _new_manager(self) -> QueueManager:
        manager = QueueManager(self._queries(), channel=queue_settings().channel)
        for kind in self._kinds:
            manager.entrypoint(kind.name, concurrency_limit=kind.concurrency)(partial(self._take, kind))
        return manager

    def _queries(self) -> PostgresQueue | MemoryQueue:
        if self._ctx.database.dialect == "sqlite":
            return self._ctx.jobs.memory
        return PostgresQueue(WorkerDriver(self._ctx.database))

    async def _sweep(self) -> None:
        while True:
            try:
                await self.sweep_once()
            except Unavailable:
                log.warning("job_sweep_unavailable", exc_info=True)
            except Exception:
                log.exception("job_sweep_failed")
            await asyncio.sleep(SWEEP_S)

    async def sweep_once(self) -> int:
        """Makes entries of due jobs that have none, and forgets what the queue remembers; how many were found."""
        found = await self._ctx.jobs.sweep_in(
            self._ctx.database, await stored.unqueued(self._ctx.database, self._ctx.clock())
        )
        await self._queries().forget()
        return found

    async def _take(self, kind: JobKind, entry: QueueJob) -> None:
        """What PgQueuer calls with an entry; the entry is gone afterwards, or comes again after a while."""
        if self._stopping:
            raise RetryRequested(timedelta(0))
        platform_id, job_id = ids_of(entry.payload)
        try:
            again = await self._attempt(kind, platform_id, job_id)
        except Unavailable:
            log.warning("job_unavailable", job=job_id, exc_info=True)
            again = timedelta(seconds=_AGAIN_S)
        except Exception:
            # Of this worker, not of the job, whose own errors are noted in its row: its lease runs out.
            log.exception("job_attempt_failed", job=job_id)
            again = self._lease
        if again is not None and (again <= SOON or self._ctx.database.dialect == "postgres"):
            raise RetryRequested(again)

    async def _attempt(self, kind: JobKind, platform_id: str, job_id: str) -> timedelta | None:
        """Claims a job and runs it once; after which time its entry is to come again, or None when it is done with."""
        scope = await self._scope(platform_id, kind)
        if scope is None:
            return None
        token, now = secrets.token_hex(16), self._ctx.clock()
        async with self._ctx.database.transaction(scope) as session:
            row = await stored.claim(scope, session, job_id, now=now, lease_until=now + self._lease, token=token)
            found = row or await JOBS.get(scope, session, job_id)
        if row is None:
            return None if found is None else self._wait_for(found)
        attempt = Attempt(self._ctx, kind, row, scope, lease=self._lease)
        self._attempts.add(attempt)
        try:
            if self._stopping:
                attempt.give_back()
            with structlog.contextvars.bound_contextvars(platform=platform_id, job=job_id, kind=kind.name):
                return await attempt.run()
        finally:
            self._attempts.discard(attempt)

    def _wait_for(self, row: JobRow) -> timedelta | None:
        """When to look again at a job that is not free now."""
        due = {JobStatus.QUEUED: row.run_at, JobStatus.RUNNING: row.lease_until}.get(row.status)
        return None if due is None else max(due - self._ctx.clock(), timedelta(milliseconds=100))

    async def _scope(self, platform_id: str, kind: JobKind) -> Scope | None:
        if platform_id not in self._modes:
            mode = await platform_mode(self._ctx.database, platform_id)
            if mode is None:
                return None
            self._modes[platform_id] = mode
        return system_scope(platform_id, self._modes[platform_id], f"job:{kind.name}", ALL_PERMISSIONS)

    async def _stop(self, tasks: set[asyncio.Task[None]]) -> None:
        self._stopping = True
        for attempt in self._attempts:
            attempt.give_back()
        if self._manager is not None:
            self._manager.shutdown.set()
        serving = [task for task in tasks if task.get_name() == "jobs"]
        for task in tasks.difference(serving):
            task.cancel()
        # Those in the middle of a step get the time to end it; then they are stopped in it.
        _, late = await asyncio.wait(serving, timeout=self._grace.total_seconds())
        if late:
            for attempt in list(self._attempts):
                attempt.stop()
            _, late = await asyncio.wait(late, timeout=5)
        for task in late:
            # What remains heeds nothing; its lease will run out.
            task.cancel()
        for task in tasks:
            with contextlib.suppress(asyncio.CancelledError):
                await task
