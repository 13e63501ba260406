"""What every use case needs: the database, the clock and the stated limits. Built once, by `app.bootstrap`."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final

from app.db.job_queue import JobQueue
from app.db.transaction import Database
from app.domain.archive import FileStore
from app.domain.audit.certificate import Signer
from app.domain.exchange import RateSource
from app.domain.mail.model import Envelope, MailTransport, Outcome
from app.domain.registers.registers import Registers
from app.domain.scope import Scope
from app.services.coalescing import Coalescer
from app.services.known import Known

# Items that one call of a batch mutation may carry.
MAX_BATCH: Final = 500


def utc_now() -> datetime:
    """The present instant in UTC; tests hand in a clock of their own."""
    return datetime.now(UTC)


async def _no_sender(scope: Scope, delivery_id: str) -> None:
    raise RuntimeError("these services were built without a sender of webhooks")


class _NoTransport:
    async def send(self, envelope: Envelope) -> Outcome:
        raise RuntimeError("these services were built without a transport of mail")


class _NoFiles:
    async def put(self, key: str, content: bytes) -> None:
        raise RuntimeError("these services were built without an archive")

    async def get(self, key: str) -> bytes | None:
        raise RuntimeError("these services were built without an archive")

    async def delete(self, key: str) -> None:
        raise RuntimeError("these services were built without an archive")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mailing:
    """How messages are sent: by what, from which address, where bounces go, and how many.

    Without `bounce_address` they go to `sender`. What is above a limit waits.
    """

    transport: MailTransport = field(default_factory=_NoTransport)
    sender: str = ""
    bounce_address: str | None = None
    per_minute: int = 120
    per_entity_per_day: int = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceContext:
    """The surroundings of a use case.

    `known_keys` spares looking up the key of every request; `coalescer` lets concurrent requests share transactions.
    `wake` is called with the platform's id after a transaction that appended events has committed; `jobs` tells
    workers of new jobs. `deliver_now` makes the one attempt of a webhook delivery that the caller has made with a
    lease. `files` is the archive; `signing_key` gives the key of certificates, or None.
    """

    database: Database
    mailing: Mailing = Mailing()
    clock: Callable[[], datetime] = utc_now
    wake: Callable[[str], None] = lambda platform_id: None
    deliver_now: Callable[[Scope, str], Awaitable[None]] = _no_sender
    files: FileStore = field(default_factory=_NoFiles)
    signing_key: Callable[[], Signer | None] = lambda: None
    retention_years: int = 10
    max_lines: int = 1_000
    allow_private_webhooks: bool = False
    # Whoever publishes exchange rates; None asks nobody.
    rates: RateSource | None = None
    # The registers of VAT numbers; without one, nobody is asked.
    registers: Registers = field(default_factory=Registers)
    idempotency_days: int = 7
    # None is forgotten where it is 0.
    event_days: int = 0
    webhook_days: int = 30
    job_days: int = 30
    jobs: JobQueue = field(default_factory=JobQueue)
    coalescer: Coalescer = field(default_factory=Coalescer)
    known_keys: Known = field(default_factory=Known)
