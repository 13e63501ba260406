"""Whether a process can do its work: which parts are well, and which are not."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import structlog

from app.db import migrations
from app.db.backlog import Backlog, applied_migrations, backlog
from app.db.transaction import Database
from app.delivery.relay import Relay
from app.domain.errors import Unavailable
from app.running.lifetime import Lifetime

log = structlog.get_logger(__name__)

# How long the database may take to answer, and how long an answer is repeated to whoever asks meanwhile.
LIMIT_S: Final = 3.0
KEPT_S: Final = 1.0
# A relay looks for events several times a second; one that has not for so long is stuck.
RELAY_S: Final = 15.0


@dataclass(frozen=True, slots=True)
class Part:
    """How one part is. One that is not `required` is told of, but takes no replica out of service."""

    name: str
    ok: bool
    required: bool = True
    detail: str | None = None
    figures: dict[str, float] | None = None

    def shown(self, *, figures: bool) -> dict[str, Any]:
        """As JSON has it."""
        told: dict[str, Any] = {"ok": self.ok}
        if self.detail is not None:
            told["detail"] = self.detail
        return told | (self.figures or {}) if figures else told


Look = Callable[[], Awaitable[Part]]


class Health:
    """The parts of one process. All who ask within a second get one look's answer: asking often costs nothing."""

    def __init__(
        self,
        database: Database,
        relay: Relay,
        lifetime: Lifetime,
        clock: Callable[[], datetime],
        *,
        storage: Callable[[], Awaitable[None]],
    ) -> None:
        self._database = database
        self._storage = storage
        self._relay = relay
        self._lifetime = lifetime
        self._clock = clock
        self._looked_at = -KEPT_S
        self._parts: list[Part] = []
        self._looking = asyncio.Lock()
        self.backlog: Backlog | None = None
        # In this order, each with a limit. Another queue is another entry.
        self.looks: tuple[tuple[str, Look], ...] = (
            ("database", self._look_at_database),
            ("migrations", self._look_at_migrations),
            ("relay", self._look_at_relay),
            ("queue", self._look_at_queue),
            ("storage", self._look_at_storage),
        )

    async def ready(self, *, figures: bool) -> tuple[bool, dict[str, Any]]:
        """Whether requests should come here, and how each part is, with its figures for those who may know them. A
        process that is ending is not ready.
        """
        if self._lifetime.ending:
            return False, {"ready": False, "parts": {"process": {"ok": False, "detail": "it is ending"}}}
        parts = await self.parts()
        ready = all(part.ok or not part.required for part in parts)
        return ready, {"ready": ready, "parts": {part.name: part.shown(figures=figures) for part in parts}}

    async def parts(self) -> list[Part]:
        """How each part is, by a look that is at most a second old."""
        async with self._looking:
            if time.monotonic() - self._looked_at >= KEPT_S:
                self._parts = await self._look()
                self._looked_at = time.monotonic()
        return self._parts

    async def _look(self) -> list[Part]:
        parts: list[Part] = []
        self.backlog = None
        for name, look in self.looks:
            try:
                async with asyncio.timeout(LIMIT_S):
                    parts.append(await look())
            except TimeoutError:
                parts.append(Part(name, False, detail=f"no answer within {LIMIT_S:g} s"))
            except Unavailable:
                parts.append(Part(name, False, detail="the database is away"))
            except Exception:
                log.exception("health_failed", part=name)
                parts.append(Part(name, False, detail="it cannot be looked at"))
            if not parts[-1].ok and name == "database":
                # Nothing else can be known.
                break
        return parts

    async def _look_at_database(self) -> Part:
        began = time.perf_counter()
        self.backlog = await backlog(self._database, self._clock())
        return Part("database", True, figures={"ms": round(1000 * (time.perf_counter() - began), 1)})

    async def _look_at_migrations(self) -> Part:
        # One that this process does not know is another release's: migrations expand first.
        applied = {name.removesuffix(".py") for name in await applied_migrations(self._database)}
        missing = [name for name in migrations.versions(self._database.dialect) if name not in applied]
        return Part("migrations", not missing, detail=f"missing: {', '.join(missing)}" if missing else None)

    async def _look_at_relay(self) -> Part:
        looked_at = self._relay.measures.looked_at
        if self._database.dialect == "sqlite":
            return Part("relay", True, detail="not needed: events are numbered as they are written")
        if looked_at is None:
            return Part("relay", False, detail="it has not begun")
        idle_s = asyncio.get_running_loop().time() - looked_at
        return Part("relay", idle_s < RELAY_S, figures={"idle_s": round(idle_s, 1)})

    async def _look_at_queue(self) -> Part:
        """What waits is told, but is no reason to send requests elsewhere: it waits for all replicas alike."""
        found = self.backlog
        assert found is not None
        figures = {
            "events_waiting": found.events_waiting,
            "oldest_event_s": self.age_s(found.oldest_event_at),
            "deliveries_due": found.deliveries_due,
            "oldest_delivery_s": self.age_s(found.oldest_delivery_at),
            "jobs_due": found.jobs_due,
            "oldest_job_s": self.age_s(found.oldest_job_at),
        }
        return Part("queue", True, required=False, figures=figures)

    async def _look_at_storage(self) -> Part:
        """Without the archive no PDF can be read, on any replica: invoices are issued all the same."""
        try:
            await self._storage()
        except Unavailable:
            return Part("storage", False, required=False, detail="the archive does not answer")
        return Part("storage", True, required=False)

    def age_s(self, instant: datetime | None) -> float:
        """How long ago that was; 0 for nothing."""
        return 0.0 if instant is None else max(0.0, round((self._clock() - instant).total_seconds(), 3))
