"""PgQueuer, which tells workers that there is a job to do; the rows of `job` say what it is and how far it is.

On PostgreSQL its tables lie in a schema of their own, and an entry is made in the transaction that makes the job. They
hold ids only, of all platforms: whoever takes an entry still has to claim the row inside its platform's scope, with
row-level security on. PgQueuer's trigger, which would notify in every business transaction, is left out: NOTIFY takes
a global lock at commit. Whoever committed rings once for all it committed (`JobQueue.run`), and workers poll besides.

On SQLite the entries are in memory, made after the commit; the rows are swept into it when the process starts.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final, Self

import structlog
from pgqueuer.adapters.inmemory import InMemoryDriver, InMemoryQueries
from pgqueuer.adapters.persistence.qb import QueryBuilderEnvironment, QueryQueueBuilder, QuerySchedulerBuilder
from pgqueuer.adapters.persistence.queries import Queries
from pgqueuer.core.tm import TaskManager
from pgqueuer.domain.models import Job as QueueJob
from pgqueuer.domain.models import TableChangedEvent, TracebackRecord, utc_now
from pgqueuer.domain.settings import DBSettings
from pgqueuer.domain.types import JOB_STATUS

from app.db.transaction import Database, Registry, Session, is_transient
from app.domain.errors import Unavailable

log = structlog.get_logger(__name__)

QUEUE_SCHEMA: Final = "invoicing_queue"
# Entries that the embedded queue holds; what is beyond stays in the rows, and is swept in when there is room.
MAX_IN_MEMORY: Final = 10_000
# What is due later than this stays a row until then, so that what waits long takes no room from what is due.
SOON: Final = timedelta(minutes=1)
# One ring tells of what many transactions committed, as the relay does for events.
_PAUSE_S: Final = 0.008
# How often, and after which pauses, a statement of the queue is repeated while the database is away.
_PAUSES_S: Final = (0.1, 0.3, 1.0, 2.0, 4.0, 8.0)


class _Fixed(DBSettings):
    """PgQueuer's names of things, from here only: nothing of its own is read from the environment."""

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: Any,
        init_settings: Any,
        env_settings: Any,
        dotenv_settings: Any,
        file_secret_settings: Any,
    ) -> tuple[Any, ...]:
        """Where values come from: what is given."""
        return (init_settings,)


def queue_settings() -> DBSettings:
    """Where PgQueuer's tables are."""
    return _Fixed(db_schema=QUEUE_SCHEMA)


_SETTINGS: Final = queue_settings()
_BUILDERS: Final[dict[str, Any]] = {
    "qbe": QueryBuilderEnvironment(_SETTINGS),
    "qbq": QueryQueueBuilder(_SETTINGS),
    "qbs": QuerySchedulerBuilder(_SETTINGS),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What the queue knows of a job: whose it is, its id and kind, and in how long it is due.

    With `again` it is made beside one that the queue may still have; else the job has one entry at most.
    """

    platform_id: str
    job_id: str
    kind: str
    delay: timedelta = timedelta(0)
    again: bool = False

    @property
    def payload(self) -> bytes:
        """The ids, as an entry carries them."""
        return f"{self.platform_id} {self.job_id}".encode()


def ids_of(payload: bytes | None) -> tuple[str, str]:
    """The platform's and the job's id of an entry's payload."""
    platform_id, job_id = (payload or b"").decode().split(" ")
    return platform_id, job_id


class JobQueue:
    """The queue as those see it who make jobs; `run` must run beside them for workers to hear of it at once.

    `kinds` are the kinds of jobs there are; a job of another could never run.
    """

    def __init__(self, kinds: Sequence[str] = ()) -> None:
        self.kinds = frozenset(kinds)
        self.memory = MemoryQueue()
        self._rung = asyncio.Event()
        self._committed: deque[Entry] = deque(maxlen=MAX_IN_MEMORY)

    async def put(self, session: Session, entries: Sequence[Entry]) -> None:
        """Makes entries in the transaction, or on SQLite after it; one that is there already is left as it is."""
        if not entries:
            return
        if session.dialect == "postgres":
            await _put(PostgresQueue(_SessionDriver(session)), entries)
        else:
            soon = [entry for entry in entries if entry.delay <= SOON]
            session.after_commit.append(lambda: self._committed.extend(soon))
        session.after_commit.append(self._rung.set)

    async def run(self, database: Database) -> None:
        """Tells workers of what was committed, until cancelled."""
        while True:
            await self._rung.wait()
            await asyncio.sleep(_PAUSE_S)
            self._rung.clear()
            try:
                await self.ring(database)
            except Unavailable:
                # Workers poll; nothing is lost but a moment.
                log.warning("ring_failed", exc_info=True)

    async def ring(self, database: Database) -> None:
        """Tells workers once of what was committed."""
        if database.dialect == "sqlite":
            entries = [self._committed.popleft() for _ in range(len(self._committed))]
            await self.memory.put(entries)
            return
        async with database.read(Registry()) as session:
            await session.fetch("SELECT pg_notify($1, $2)", _SETTINGS.channel, _changed())

    async def sweep_in(self, database: Database, entries: Sequence[Entry]) -> int:
        """Makes entries of due jobs that have none; how many were looked at."""
        if database.dialect == "sqlite":
            await self.memory.put(entries)
        elif entries:
            async with database.transaction(Registry(worker=True)) as session:
                await _put(PostgresQueue(_SessionDriver(session)), entries)
        return len(entries)


def _changed() -> str:
    return TableChangedEvent(
        channel=_SETTINGS.channel,
        sent_at=utc_now(),
        type="table_changed_event",
        operation="insert",
        table=_SETTINGS.queue_table,
    ).model_dump_json(exclude={"received_at"})


async def _put(queries: PostgresQueue | MemoryQueue, entries: Sequence[Entry]) -> None:
    await queries.enqueue(
        [entry.kind for entry in entries],
        [entry.payload for entry in entries],
        [0] * len(entries),
        [entry.delay for entry in entries],
        [None if entry.again else entry.job_id for entry in entries],
        on_conflict="skip",
    )


Finished = list[tuple[QueueJob, JOB_STATUS, TracebackRecord | None]]


class PostgresQueue(Queries):
    """PgQueuer's statements over a driver of ours."""

    def __init__(self, driver: Any) -> None:
        super().__init__(driver, **_BUILDERS)

    async def log_jobs(self, job_status: Finished) -> None:
        """Takes finished entries out, and looks for more at once: their places are free."""
        await super().log_jobs(job_status)
        if isinstance(self.driver, WorkerDriver):
            self.driver.wake()

    async def retry_job(self, job: QueueJob, delay: timedelta, traceback_record: TracebackRecord | None) -> None:
        """Has an entry come again after a time, of which the worker that waits must hear."""
        await super().retry_job(job, delay, traceback_record)
        if isinstance(self.driver, WorkerDriver):
            self.driver.wake()

    async def forget(self) -> int:
        """Deletes what PgQueuer remembers of entries long gone, a chunk; how many."""
        rows = await self.driver.fetch(
            f"WITH old AS (SELECT id FROM {QUEUE_SCHEMA}.pgqueuer_log"
            " WHERE created < now() - interval '1 day' LIMIT 5000)"
            f" DELETE FROM {QUEUE_SCHEMA}.pgqueuer_log WHERE id IN (SELECT id FROM old) RETURNING 1 AS one"
        )
        return len(rows)


class MemoryQueue(InMemoryQueries):
    """PgQueuer's in-memory queue with a limit, and without the memory of entries that are gone."""

    def __init__(self) -> None:
        super().__init__(InMemoryDriver(), **_BUILDERS)

    async def put(self, entries: Sequence[Entry]) -> None:
        """Takes in as many as there is room for."""
        room = MAX_IN_MEMORY - len(self._jobs)
        if entries and room > 0:
            await _put(self, entries[:room])

    async def forget(self) -> int:
        """Forgets what it logged; how many lines."""
        count = len(self._log)
        await self.clear_queue_log()
        await self.clear_statistics_log()
        return count


class _SessionDriver:
    """A business transaction as PgQueuer's driver: an entry is made in it or not at all."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def fetch(self, query: str, *values: object) -> list[dict[str, object]]:
        """All rows of a statement."""
        return [dict(row) for row in await self._session.fetch(query, *values)]

    async def execute(self, query: str, *values: object) -> str:
        """Runs a statement."""
        return str(await self._session.execute(query, *values))


class WorkerDriver:
    """A worker's connections as PgQueuer's driver: one per statement, and one that listens.

    A statement is repeated while the database is away for a moment. All of a worker's can be: an entry that was taken
    without the answer arriving is taken again when its heartbeat is overdue.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._shutdown = asyncio.Event()
        self._callbacks: list[Callable[[str], None]] = []
        self._ear: asyncio.Task[None] | None = None

    @property
    def shutdown(self) -> asyncio.Event:
        """Set when it is over."""
        return self._shutdown

    @property
    def tm(self) -> TaskManager:
        """PgQueuer's own tasks."""
        return TaskManager()

    async def fetch(self, query: str, *values: object) -> list[dict[str, object]]:
        """All rows of a statement, in a transaction of its own."""
        return [dict(row) for row in await self._patiently("fetch", query, values)]

    async def execute(self, query: str, *values: object) -> str:
        """Runs a statement, in a transaction of its own; its status."""
        return str(await self._patiently("execute", query, values))

    async def notify(self, channel: str, payload: str) -> None:
        """Tells all that listen."""
        await self.execute("SELECT pg_notify($1, $2)", channel, payload)

    async def _patiently(self, method: str, query: str, values: Sequence[object]) -> Any:
        for pause_s in (*_PAUSES_S, None):
            try:
                async with self._database.acquire() as raw:
                    return await getattr(raw, method)(query, *values)
            except Exception as error:
                if pause_s is None or not is_transient(error):
                    raise
            await asyncio.sleep(pause_s)
        raise AssertionError("the last round returns or raises")

    def wake(self) -> None:
        """Makes this worker look at the queue."""
        for callback in self._callbacks:
            callback(_changed())

    async def add_listener(self, channel: str, callback: Callable[[str], None]) -> None:
        """Calls that for what is sent to the one channel that is listened to."""
        if channel != _SETTINGS.channel:
            raise ValueError(channel)
        self._callbacks.append(callback)

    async def __aenter__(self) -> Self:
        # Before PgQueuer first probes whether it hears itself: a probe that is sent too early is never heard.
        listening = asyncio.Event()
        self._ear = asyncio.create_task(self._listen(listening))
        try:
            await listening.wait()
        except BaseException:
            await self.__aexit__()
            raise
        return self

    async def _listen(self, listening: asyncio.Event) -> None:
        """Listens on a connection of its own, and on another one when that is lost."""
        while True:
            holder = self._database.acquire()
            try:
                raw = await holder.__aenter__()
            except Exception:
                log.warning("listen_failed", exc_info=True)
                await asyncio.sleep(_PAUSES_S[-1])
                continue
            lost = asyncio.Event()
            try:
                raw.add_termination_listener(lambda _, lost=lost: lost.set())
                await raw.add_listener(_SETTINGS.channel, self._hear)
                listening.set()
                await lost.wait()
            except Exception:
                log.warning("listen_failed", exc_info=True)
            finally:
                # Ended, not only given back: whoever gets a connection from the pool is not to be told of entries.
                with contextlib.suppress(Exception):
                    raw.terminate()
                await holder.__aexit__(None, None, None)

    def _hear(self, connection: object, pid: int, channel: str, payload: str) -> None:
        for callback in self._callbacks:
            callback(payload)

    async def __aexit__(self, *_: object) -> None:
        self._callbacks.clear()
        if self._ear is not None:
            self._ear.cancel()
            await asyncio.wait({self._ear})
