"""Connections and transactions that survive cancellation, each bound to the scope that asked.

A task that is cancelled while a transaction begins, commits or rolls back would otherwise never give its connection
back: PostgreSQL's pool drains, SQLite's one writer stays locked. So these steps are shielded and always run to their
end. On PostgreSQL every transaction starts by setting `app.platform`, by which row-level security decides; on SQLite
writes take `BEGIN IMMEDIATE` at once, since an upgrade from reading to writing cannot wait its turn.
"""

from __future__ import annotations

import asyncio
import re
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from contextvars import ContextVar
from functools import lru_cache
from typing import Any, Final, TypeVar

import structlog
from tortoise import BaseDBAsyncClient
from tortoise.context import TortoiseContext

from app.db import uninterrupted
from app.db.tables import Dialect
from app.domain.errors import AlreadyExists, Contention, InvoicingError, Unavailable
from app.domain.scope import Scope
from app.running import spans

T = TypeVar("T")
log = structlog.get_logger(__name__)

_SAFE_SETTING: Final = re.compile(r"[a-z0-9_*]{0,80}")


class Registry:
    """Stands where a Scope stands for the few reads that come before any tenant is known.

    `key_hash` opens exactly the API key with that hash, `channel_id` the channel with that id; `worker` lets the
    product's own loops find out which platforms have work. All are settings that row-level security looks at.
    """

    def __init__(self, *, key_hash: str = "", channel_id: str = "", worker: bool = False) -> None:
        self.key_hash = key_hash
        self.channel_id = channel_id
        self.worker = worker


class Session:
    """One connection inside one transaction, for one scope. Placeholders are `$1`, `$2`, … on both dialects."""

    def __init__(self, raw: Any, dialect: Dialect, scope: Scope | Registry, *, writable: bool) -> None:
        self.raw = raw
        self.dialect = dialect
        self.scope = scope
        self.writable = writable
        self.statements = 0
        self.after_commit: list[Callable[[], None]] = []
        self._task = asyncio.current_task()
        self._ahead: asyncio.Task[Any] | None = None
        self._closed = False

    async def ahead(self, work: Coroutine[Any, Any, T]) -> asyncio.Task[T]:
        """Begins work on this session, and returns while the database is at it: its caller can compute meanwhile.

        The next statement of anybody else, and the transaction's end, wait for it and raise the error it ended with.
        """
        try:
            await self.settle()
        except BaseException:
            work.close()
            raise
        task = self._ahead = asyncio.ensure_future(work)
        # Once round the loop, and its first statement is on its way.
        await asyncio.sleep(0)
        return task

    async def settle(self) -> None:
        """Waits for what was begun ahead. Raises its error."""
        task = self._ahead
        if task is None or task is asyncio.current_task():
            return
        # Not the task itself, which must go on when whoever waits is cancelled.
        await asyncio.wait({task})
        self._ahead = None
        task.result()

    async def fetch(self, sql: str, *values: object) -> Sequence[Mapping[str, Any]]:
        """All rows of a statement."""
        await self._check()
        with spans.statement(self.dialect, sql):
            if self.dialect == "postgres":
                return await self.raw.fetch(sql, *values)  # type: ignore[no-any-return]  # asyncpg has no types
            cursor = await self.raw.execute(_question_marks(sql), values)
            try:
                rows: Sequence[Mapping[str, Any]] = await cursor.fetchall()
            finally:
                await cursor.close()
            return rows

    async def execute(self, sql: str, *values: object) -> int:
        """Runs a statement; the number of rows it changed."""
        await self._check()
        with spans.statement(self.dialect, sql):
            if self.dialect == "postgres":
                status: str = await self.raw.execute(sql, *values)
                count = status.rpartition(" ")[2]
                return int(count) if count.isdigit() else 0
            cursor = await self.raw.execute(_question_marks(sql), values)
            try:
                return int(cursor.rowcount)
            finally:
                await cursor.close()

    def usable_here(self) -> bool:
        """Whether the running task is the one that opened it; another task must not share its connection."""
        return not self._closed and asyncio.current_task() is self._task

    def close(self) -> None:
        """Marks it as finished, so that a late use is an error and not a statement outside the transaction."""
        self._closed = True

    async def _check(self) -> None:
        if self._closed:
            raise RuntimeError("this transaction has ended")
        self.statements += 1
        if self._ahead is not None:
            await self.settle()


class Database:
    """What Tortoise opened (on SQLite a writer and a reader), as transactions bound to scopes."""

    def __init__(self, context: TortoiseContext, dialect: Dialect) -> None:
        self._context = context
        self.dialect: Dialect = dialect
        self._current: ContextVar[Session | None] = ContextVar("session", default=None)

    def _client(self, *, writable: bool) -> BaseDBAsyncClient:
        name = "sqlite_reader" if self.dialect == "sqlite" and not writable else self.dialect
        return self._context.connections.get(name)

    @asynccontextmanager
    async def read(self, scope: Scope | Registry) -> AsyncIterator[Session]:
        """A session for reading: the transaction already open in this task, or a short one of its own."""
        current = self._current.get()
        if current is not None and current.usable_here():
            _same_platform(current.scope, scope)
            yield current
            return
        async with self._open(scope, writable=False) as session:
            yield session

    @asynccontextmanager
    async def transaction(self, scope: Scope | Registry, *, keeps_plans: bool = False) -> AsyncIterator[Session]:
        """A writing transaction; joins the one already open in this task. Commits when the block ends well.

        With `keeps_plans` its statements are the same each time, of rows named by their keys: PostgreSQL keeps one plan
        for each, which it would make anew for every small batch.
        """
        current = self._current.get()
        if current is not None and current.usable_here() and current.writable:
            _same_platform(current.scope, scope)
            yield current
            return
        async with self._open(scope, writable=True, keeps_plans=keeps_plans) as session:
            yield session
        for callback in session.after_commit:
            callback()

    async def fetch_texts(self, sql: str, values: Sequence[object]) -> Sequence[str]:
        """The one row of a statement that carries its tenant itself (`app.db.read`), outside any transaction."""
        with _translated(), spans.statement(self.dialect, sql):
            if self.dialect == "postgres":
                async with self._client(writable=False).acquire_connection() as raw:
                    row = await raw.fetchrow(sql, *values)
            else:
                async with self._client(writable=False).acquire_connection() as raw:
                    (row,) = await raw.execute_fetchall(_question_marks(sql), values)
        return tuple(row)

    def pool(self) -> dict[str, int] | None:
        """How many connections are in use, idle and allowed; None on SQLite, which has no pool."""
        pool = getattr(self._client(writable=True), "_pool", None) if self.dialect == "postgres" else None
        if pool is None:
            return None
        idle = int(pool.get_idle_size())
        return {"used": int(pool.get_size()) - idle, "idle": idle, "most": int(pool.get_max_size())}

    def acquire(self) -> Any:
        """A connection outside any transaction, as an async context manager; for LISTEN only."""
        return self._client(writable=True).acquire_connection()

    async def check_role(self) -> None:
        """Raises RuntimeError when the role of this connection is above row-level security."""
        async with self.read(Registry()) as session:
            rows = await session.fetch(
                "SELECT rolname AS name, rolsuper OR rolbypassrls AS above FROM pg_roles WHERE rolname = current_user"
            )
        if rows[0]["above"]:
            raise RuntimeError(f"the role {rows[0]['name']} bypasses row-level security; run `invoicing migrate`")

    async def close(self) -> None:
        """Closes all connections; sessions still open fail."""
        await self._context.connections.close_all(discard=True)

    @asynccontextmanager
    async def _open(
        self, scope: Scope | Registry, *, writable: bool, keeps_plans: bool = False
    ) -> AsyncIterator[Session]:
        client = self._client(writable=writable)
        holder = client.acquire_connection()
        begin = _begin_sql(self.dialect, scope, writable=writable, keeps_plans=keeps_plans)
        raw = await uninterrupted.begun(self._begin(holder, begin), lambda: self._give_up(holder))
        session = Session(raw, self.dialect, scope, writable=writable)
        token = self._current.set(session)
        try:
            with _translated():
                yield session
                await session.settle()
        except BaseException:
            session.close()
            await uninterrupted.to_its_end(self._abandon(session, raw, holder))
            raise
        else:
            session.close()
            with _translated():
                await uninterrupted.to_its_end(self._end(raw, holder, "COMMIT"))
        finally:
            self._current.reset(token)

    async def _begin(self, holder: Any, begin: str) -> Any:
        # Waiting for a connection is part of it. The text stays untold: it holds the scope's settings.
        with _translated(), spans.statement(self.dialect, "BEGIN"):
            raw = await holder.__aenter__()
            try:
                await raw.execute(begin)
            except BaseException:
                await holder.__aexit__(None, None, None)
                raise
            return raw

    async def _give_up(self, holder: Any) -> None:
        await self._end(holder.connection, holder, "ROLLBACK")

    async def _abandon(self, session: Session, raw: Any, holder: Any) -> None:
        # The connection may still be at what was begun ahead; whoever waited for it may have been cancelled with it.
        with suppress(asyncio.CancelledError):
            await _quietly(session.settle())
        await self._end(raw, holder, "ROLLBACK")

    async def _end(self, raw: Any, holder: Any, how: str) -> None:
        try:
            with spans.statement(self.dialect, how):
                await raw.execute(how)
        except Exception:
            if how == "COMMIT":
                # SQLite leaves the transaction open when COMMIT itself fails; PostgreSQL has ended it already.
                await _quietly(raw.execute("ROLLBACK"))
                raise
            log.warning("rollback_failed", exc_info=True)
        finally:
            await holder.__aexit__(None, None, None)


def _begin_sql(dialect: Dialect, scope: Scope | Registry, *, writable: bool, keeps_plans: bool) -> str:
    if dialect == "sqlite":
        return "BEGIN IMMEDIATE" if writable else "BEGIN"
    settings = (
        {"app.platform": scope.platform_id}
        if isinstance(scope, Scope)
        else {
            "app.key_hash": scope.key_hash,
            "app.channel": scope.channel_id,
            "app.worker": "on" if scope.worker else "",
        }
    )
    calls = []
    for name, value in settings.items():
        # The simple protocol runs several statements in one round trip, but takes no parameters.
        if not _SAFE_SETTING.fullmatch(value):
            raise ValueError(f"{name} cannot be {value!r}")
        calls.append(f"SET LOCAL {name} = '{value}'")
    if keeps_plans:
        calls.append("SET LOCAL plan_cache_mode = force_generic_plan")
    mode = "READ WRITE" if writable else "READ ONLY"
    return f"BEGIN ISOLATION LEVEL READ COMMITTED {mode}; " + "; ".join(calls)


def _same_platform(current: Scope | Registry, wanted: Scope | Registry) -> None:
    if isinstance(current, Scope) and isinstance(wanted, Scope) and current.platform_id == wanted.platform_id:
        return
    raise RuntimeError("a transaction belongs to one platform; open another one outside it")


@lru_cache(maxsize=4096)
def _question_marks(sql: str) -> str:
    return re.sub(r"\$(\d+)", r"?\1", sql)


async def _quietly(work: Awaitable[Any]) -> None:
    try:
        await work
    except Exception:
        log.debug("cleanup_failed", exc_info=True)


class _translated:  # reads as a statement: `with _translated():`
    """Turns a lost connection or a locked database into Unavailable, a taken unique value into AlreadyExists."""

    def __enter__(self) -> None: ...

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        if error is None or isinstance(error, InvoicingError):
            return
        if _is_unique_violation(error):
            raise AlreadyExists("a value that must be unique is taken") from error
        if any(cls.__name__ in _LOST for cls in type(error).__mro__):
            raise Contention("the database was busy with another transaction; repeat the request") from error
        if is_transient(error):
            raise Unavailable(
                "the database is away or busy; repeat the request with the same idempotency key"
            ) from error


def _is_unique_violation(error: BaseException) -> bool:
    if isinstance(error, sqlite3.IntegrityError):
        return "UNIQUE constraint failed" in str(error)
    return type(error).__name__ == "UniqueViolationError"


def is_transient(error: BaseException) -> bool:
    """Whether the same transaction may succeed when it is run again: a lost connection, a deadlock, a lock timeout."""
    if isinstance(error, sqlite3.OperationalError):
        return "locked" in str(error) or "busy" in str(error)
    # A refused or reset connection, a time-out, a socket that is gone: nothing else here touches the system.
    if isinstance(error, OSError):
        return True
    return any(name in _TRANSIENT for name in (cls.__name__ for cls in type(error).__mro__))


# The whole transaction was rolled back, and nothing of it is doubtful.
_LOST: Final = frozenset({"DeadlockDetectedError", "SerializationError", "LockNotAvailableError"})

# By name, since asyncpg is an extra that an embedded installation need not have.
_TRANSIENT: Final = frozenset(
    {
        "PostgresConnectionError",
        "OperatorInterventionError",
        "InterfaceError",
        "InternalClientError",
        "DeadlockDetectedError",
        "SerializationError",
        "LockNotAvailableError",
        "TooManyConnectionsError",
    }
)


async def open_database(config: dict[str, Any], dialect: Dialect) -> Database:
    """Opens the connections of a Tortoise configuration. Raises Unavailable when the database cannot be reached.

    On PostgreSQL it refuses a role to which row-level security would not apply.
    """
    # In a task of its own, since Tortoise marks the context it is initialized in; ours is handed around explicitly.
    context = await asyncio.ensure_future(_connect(_with_connections(config, dialect)))
    database = Database(context, dialect)
    try:
        if dialect == "postgres":
            await database.check_role()
    except BaseException:
        await database.close()
        raise
    return database


def _with_connections(config: dict[str, Any], dialect: Dialect) -> dict[str, Any]:
    """The configuration with what PostgreSQL's driver is told beyond it."""
    if dialect != "postgres":
        return config
    from app.db.connection import Connection

    tuned = {"connection_class": Connection, "statement_cache_size": 200, "max_cacheable_statement_size": 256 * 1024}
    connections = {
        name: {**connection, "credentials": {**connection["credentials"], **tuned}}
        for name, connection in config["connections"].items()
    }
    return {**config, "connections": connections}


async def _connect(config: dict[str, Any]) -> TortoiseContext:
    context = TortoiseContext()
    await context.__aenter__()
    await context.init(config=config)
    return context
