"""One use case, one transaction: run once per idempotency key, its events appended, its result remembered."""

from __future__ import annotations

import dataclasses
import hashlib
import re
from collections.abc import Awaitable, Callable
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any, Final

from app.db import event_log, history, idempotency
from app.db.aggregates import HISTORY
from app.db.event_log import NewEvent
from app.db.history_rows import AuditEntryRow
from app.db.idempotency import Claim
from app.db.tables import dump_json
from app.db.transaction import Session
from app.db.writes import Change, Insert, write
from app.domain.errors import InvalidInput
from app.domain.events import EventData
from app.domain.history import Acting, AuditAction, AuditSubject, State
from app.domain.scope import Scope
from app.running import named
from app.services.context import ServiceContext

_KEY: Final = re.compile(r"[\x21-\x7e]{1,255}")


class Work:
    """The running transaction of a use case: its session, its instant, and what to append to log and history at its
    end.
    """

    def __init__(self, ctx: ServiceContext, scope: Scope, session: Session) -> None:
        self.ctx = ctx
        self.scope = scope
        self.session = session
        self.now: datetime = ctx.clock()
        # Who acts: the scope's actor, or that of the item a shared transaction is at.
        self.actor: str = scope.actor
        self._events: list[NewEvent] = []
        self._entries: list[AuditEntryRow] = []
        self._writes: list[Insert | Change] = []
        self._wakes = False

    def emit(self, data: EventData, entity_id: str | None) -> None:
        """Appends an event when the work has succeeded, in the same transaction."""
        self._events.append(NewEvent(data, entity_id, self.actor))

    def audit(
        self,
        subject: AuditSubject,
        before: Any,
        after: Any,
        *,
        action: AuditAction | None = None,
        further: tuple[State, State] = ({}, {}),
        by: Acting | None = None,
    ) -> None:
        """Adds a change to the object's history when the work has succeeded, in the same transaction.

        `before` and `after` are its rows, None where there is none; a change of nothing is not told, unless `action`
        names it. `further` is what the rows do not have; `by` is who acts, in a transaction that several share.
        """
        acting = acting_of(self.scope) if by is None else by
        entry = history.entry(acting, subject, before, after, self.now, action=action, further=further)
        if entry is not None:
            self._entries.append(entry)

    def defer(self, *writes: Insert | Change) -> None:
        """Leaves writes for `flush` or the end of the work; until then this transaction does not see them."""
        self._writes.extend(writes)

    async def flush(self) -> None:
        """Carries out what was deferred."""
        deferred, self._writes = self._writes, []
        await write(self.scope, self.session, deferred)

    async def write_ahead(self) -> None:
        """Begins to write what was deferred and emitted so far, and goes on while the database is at it.

        Only after all row locks are taken, as `finish`.
        """
        deferred = await self._due()
        await self.session.ahead(write(self.scope, self.session, deferred))

    async def finish(self, *writes: Insert | Change) -> None:
        """Carries out what was deferred and writes what was emitted and audited, on PostgreSQL in one statement.

        It comes last, after all row locks are taken, so that the log's order is causal.
        """
        await write(self.scope, self.session, [*await self._due(), *writes])

    async def _due(self) -> list[Insert | Change]:
        deferred, self._writes = self._writes, []
        if self._entries:
            deferred.append(HISTORY.inserting(self._entries))
            self._entries = []
        if self._events:
            emitted, self._events = self._events, []
            deferred.append(await event_log.appending(self.scope, self.session, emitted, self.now))
            if not self._wakes:
                self._wakes = True
                self.session.after_commit.append(lambda: self.ctx.wake(self.scope.platform_id))
        return deferred


def acting_of(scope: Scope) -> Acting:
    """Who acts in the caller's request."""
    return Acting(scope.actor, scope.entity_id, named.request_id())


async def run(ctx: ServiceContext, scope: Scope, body: Callable[[Work], Awaitable[Any]]) -> Any:
    """Runs `body` in one transaction with its events."""
    async with ctx.database.transaction(scope) as session:
        work = Work(ctx, scope, session)
        result = await body(work)
        await work.finish()
        return result


async def once(
    ctx: ServiceContext,
    scope: Scope,
    operation: str,
    key: str | None,
    fingerprint_of: object,
    body: Callable[[Work], Awaitable[str]],
) -> tuple[str, bool]:
    """Runs `body`, which returns the id it made or changed, once per key: (id, whether it was done before).

    Raises IdempotencyMismatch when the key came with another input, InFlight while the first request still runs.
    """
    check_key(key)
    async with ctx.database.transaction(scope) as session:
        work = Work(ctx, scope, session)
        if key is not None:
            fingerprint = fingerprint_input(operation, fingerprint_of)
            done = await idempotency.claim(scope, session, key, operation, fingerprint)
            if done is not None:
                return str(done.outcome["id"]), True
        result = await body(work)
        if key is None:
            await work.finish()
            return result, False
        claim = Claim(actor=scope.actor, key=key, operation=operation, fingerprint=fingerprint)
        await work.finish(idempotency.remembering(scope, [(claim, {"id": result})], work.now))
        return result, False


def check_key(key: str | None) -> None:
    """Raises InvalidInput for a key that is none."""
    if key is not None and not _KEY.fullmatch(key):
        raise InvalidInput("must be 1 to 255 visible ASCII characters", field=("idempotencyKey",))


def fingerprint_input(operation: str, value: object) -> str:
    """SHA-256 over the canonical form of an input, so that the same request is recognized."""
    return hashlib.sha256(f"{operation}\n{dump_json(_plain(value))}".encode()).hexdigest()


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        found = {}
        for field in dataclasses.fields(value):
            one = getattr(value, field.name)
            if one is not None:
                found[field.name] = _plain(one)
            elif not field.metadata.get("later"):
                found[field.name] = None
        return found
    match value:
        case Enum():
            return value.value
        case Decimal():
            return format(value.normalize(), "f")
        case datetime() | date():
            return value.isoformat()
        case bytes():
            return hashlib.sha256(value).hexdigest()
        case dict():
            return {str(name): _plain(item) for name, item in value.items()}
        case list() | tuple():
            return [_plain(item) for item in value]
    return value
