"""Runs what is due by the clock, each run once, whatever the number of workers.

A run is claimed by one statement and held by a lease. Its work goes platform by platform in bounded chunks, each its
own transaction, so that a run that is cut short can be run again. However many runs were missed, one makes up for them.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Protocol

import structlog
from croniter import croniter

from app.db import accounts, schedules
from app.domain.errors import Unavailable
from app.domain.scope import ALL_PERMISSIONS, Scope, system_scope
from app.services.context import ServiceContext

log = structlog.get_logger(__name__)

POLL_S: Final = 5.0
LEASE: Final = timedelta(seconds=60)
# Chunks of one platform in one run; what is left waits for the next one.
MAX_CHUNKS: Final = 1_000
_MAX_ERROR: Final = 500

# Does a chunk of the work on one platform: how much it did; 0 when there is nothing left.
ScheduledWork = Callable[[ServiceContext, Scope], Awaitable[int]]
# Does work that concerns no platform, in less than a lease's time: how much it did.
CommonWork = Callable[[ServiceContext], Awaitable[int]]


class When(Protocol):
    """A rule for times."""

    def first(self, now: datetime) -> datetime:
        """The first run of a schedule that is new."""
        ...

    def after(self, now: datetime) -> datetime:
        """The first run after a moment."""
        ...


@dataclass(frozen=True, slots=True)
class Every:
    """At once, and then that long after the run before."""

    interval: timedelta

    def first(self, now: datetime) -> datetime:
        """Now."""
        return now

    def after(self, now: datetime) -> datetime:
        """One interval later."""
        return now + self.interval


@dataclass(frozen=True, slots=True)
class Cron:
    """At the times of a cron expression of five fields, in UTC; and at once, when it is new and `at_once` says so."""

    expression: str
    at_once: bool = False

    def first(self, now: datetime) -> datetime:
        """Now, or the next such time."""
        return now if self.at_once else self.after(now)

    def after(self, now: datetime) -> datetime:
        """The next such time."""
        found: datetime = croniter(self.expression, now).get_next(datetime)
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """Periodic work: its name, when it is due, and what it does on each platform, or once for all of them."""

    name: str
    when: When
    work: ScheduledWork | None = None
    common: CommonWork | None = None


class Scheduler:
    """Runs the given schedules as they become due, beside any number of others of its kind."""

    def __init__(self, ctx: ServiceContext, schedules: Sequence[Schedule]) -> None:
        self._ctx = ctx
        self._schedules = {schedule.name: schedule for schedule in schedules}
        self._added = False

    async def run(self) -> None:
        """Works until cancelled."""
        while True:
            try:
                await self.run_due()
            except Unavailable:
                log.warning("schedules_unavailable", exc_info=True)
            except Exception:
                log.exception("schedules_failed")
            await asyncio.sleep(POLL_S)

    async def run_due(self) -> list[str]:
        """Runs what is due now; the names of what this worker ran."""
        database, now = self._ctx.database, self._ctx.clock()
        if not self._added:
            known = {row.name for row in await schedules.all_of(database)}
            for name, schedule in self._schedules.items():
                if name not in known:
                    await schedules.add(database, name, schedule.when.first(now))
            self._added = True
        ran = []
        for name in await schedules.due(database, list(self._schedules), now):
            token = secrets.token_hex(16)
            if await schedules.claim(database, name, token=token, now=now, lease_until=now + LEASE):
                await self._run_one(self._schedules[name], token)
                ran.append(name)
        return ran

    async def _run_one(self, schedule: Schedule, token: str) -> None:
        done, error = 0, None
        try:
            if schedule.common is not None:
                done, error = await self._in_common(schedule.name, schedule.common)
            platforms = [] if schedule.work is None else await accounts.platforms(self._ctx.database)
            for platform in platforms:
                scope = system_scope(platform.id, platform.mode, f"schedule:{schedule.name}", ALL_PERMISSIONS)
                try:
                    done += await self._on_platform(schedule, scope, token)
                except _Lost:
                    raise
                except Exception as wrong:
                    # One platform's trouble is not the others'.
                    log.exception("schedule_failed", schedule=schedule.name, platform=platform.id)
                    error = f"{platform.id}: {type(wrong).__name__}"
        except _Lost:
            log.warning("schedule_lost", schedule=schedule.name)
            return
        except asyncio.CancelledError:
            # Given back at once: the next worker begins it anew.
            free = {"lease_token": None, "lease_until": None}
            await asyncio.shield(schedules.change(self._ctx.database, schedule.name, token=token, changes=free))
            raise
        now = self._ctx.clock()
        changes = {
            "next_at": schedule.when.after(now),
            "lease_token": None,
            "lease_until": None,
            "last_finished_at": now,
            "last_error": None if error is None else error[:_MAX_ERROR],
        }
        await schedules.change(self._ctx.database, schedule.name, token=token, changes=changes)
        log.info("schedule_ran", schedule=schedule.name, done=done, failed=error is not None)

    async def _in_common(self, name: str, work: CommonWork) -> tuple[int, str | None]:
        try:
            return await work(self._ctx), None
        except Exception as wrong:
            log.exception("schedule_failed", schedule=name)
            return 0, f"{type(wrong).__name__}: {wrong}"

    async def _on_platform(self, schedule: Schedule, scope: Scope, token: str) -> int:
        work, total = schedule.work, 0
        if work is None:
            return total
        for _ in range(MAX_CHUNKS):
            until = self._ctx.clock() + LEASE
            if not await schedules.change(
                self._ctx.database, schedule.name, token=token, changes={"lease_until": until}
            ):
                raise _Lost
            done = await work(self._ctx, scope)
            total += done
            if not done:
                break
        return total


class _Lost(Exception):
    """Another worker has the run."""
