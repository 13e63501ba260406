"""The composition root: the one place that builds the parts and hands them to one another."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import logging
import sys
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

import structlog

from app import settings as settings_module
from app.db import migrations
from app.db.rows import EndpointRow, EventRow
from app.db.tables import Dialect
from app.db.transaction import Database, open_database
from app.delivery.broker import Broker
from app.delivery.message import Render
from app.delivery.outgoing.client import make_session
from app.delivery.outgoing.webhook import WebhookSender
from app.delivery.relay import Relay
from app.delivery.wakeups import Wakeups
from app.delivery.worker import Worker
from app.domain.scope import Scope
from app.services.context import ServiceContext, utc_now
from app.settings import Settings

if TYPE_CHECKING:
    from app.graphql.selected_payloads import SelectedPayloads

# New objects before the youngest are looked through, and how often that happens before older ones are.
_COLLECTOR: Final = (10_000, 20, 20)


@dataclass(frozen=True, slots=True, kw_only=True)
class Application:
    """The parts, built and open."""

    settings: Settings
    database: Database
    services: ServiceContext
    wakeups: Wakeups
    relay: Relay
    broker: Broker
    worker: Worker


def dialect_of(settings: Settings) -> Dialect:
    """Which database the settings name."""
    return "postgres" if settings.is_postgres else "sqlite"


async def migrate(settings: Settings) -> list[str]:
    """Brings the database to the newest schema; the versions applied. Makes SQLite's folder where it is missing."""
    if not settings.is_postgres:
        settings_module.sqlite_path(settings.database_url).parent.mkdir(parents=True, exist_ok=True)
    config = settings_module.tortoise_config(settings, owner=True)
    return await migrations.migrate(config, dialect_of(settings), role=settings.database_role)


async def pending_migrations(settings: Settings) -> list[str]:
    """The versions that `migrate` would apply. A SQLite file that does not exist is not made by asking."""
    if not settings.is_postgres and not settings_module.sqlite_path(settings.database_url).exists():
        return migrations.versions("sqlite")
    config = settings_module.tortoise_config(settings, owner=True)
    return await migrations.pending(config, dialect_of(settings))


@asynccontextmanager
async def application(settings: Settings, *, clock: Callable[[], datetime] = utc_now) -> AsyncIterator[Application]:
    """Opens everything, and closes it again. Runs nothing by itself."""
    database = await open_database(settings_module.tortoise_config(settings), dialect_of(settings))
    wakeups = Wakeups()
    relay = Relay(database, wakeups)
    broker = Broker(database, wakeups)
    session = make_session(
        allow_private=settings.allows_private_webhooks,
        limit=settings.webhook_concurrency,
        limit_per_host=settings.webhook_host_concurrency,
    )
    worker = Worker(
        database,
        WebhookSender(
            session, clock, allow_http=settings.allows_private_webhooks, timeout_s=settings.webhook_timeout_s
        ),
        relay,
        wakeups,
        render=_rendering(database, broker, clock, settings.base_url),
        clock=clock,
        monotonic=time.monotonic,
        concurrency=settings.webhook_concurrency,
        per_host=settings.webhook_host_concurrency,
        idempotency_days=settings.idempotency_days,
        webhook_days=settings.webhook_retention_days,
    )
    services = ServiceContext(
        database=database,
        clock=clock,
        wake=relay.ask,
        deliver_now=worker.deliver_now,
        max_lines=settings.max_order_lines,
        allow_private_webhooks=settings.allows_private_webhooks,
    )
    try:
        yield Application(
            settings=settings,
            database=database,
            services=services,
            wakeups=wakeups,
            relay=relay,
            broker=broker,
            worker=worker,
        )
    finally:
        # What a batch has begun stands, whether or not its callers are still there.
        await services.coalescer.drain()
        await broker.close()
        await session.close()
        await database.close()


def _rendering(database: Database, broker: Broker, clock: Callable[[], datetime], base_url: str) -> Render:
    """What answers the selections of webhook endpoints. The schema is loaded for the first one: most have none."""
    found: SelectedPayloads | None = None

    async def render(scope: Scope, endpoint: EndpointRow, event: EventRow) -> str:
        nonlocal found
        if found is None:
            from app.graphql.selected_payloads import SelectedPayloads

            found = SelectedPayloads(database, broker, clock=clock, base_url=base_url)
        return await found.render(scope, endpoint, event)

    return render


@asynccontextmanager
async def background(app: Application, *, worker: bool) -> AsyncIterator[None]:
    """Runs the relay, and the worker when asked, beside the block; stops them with it."""
    tasks = [asyncio.create_task(app.relay.run(), name="relay")]
    if worker:
        tasks.append(asyncio.create_task(app.worker.run(), name="worker"))
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        for task in tasks:
            with contextlib.suppress(asyncio.CancelledError):
                await task


def spare_what_lasts() -> None:
    """Lets the collector leave alone what start-up made, and look less often through what lives long.

    For a process that serves: the schema and the modules are there for good. With a thousand sockets open, a full
    collection that looks through them as well holds everybody up for some 140 ms.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*_COLLECTOR)


def configure_logging(settings: Settings) -> None:
    """Structured logs on standard error: for people, or as JSON lines."""
    level = getattr(logging, settings.log_level)
    logging.basicConfig(level=level, stream=sys.stderr, format="%(levelname)s %(name)s %(message)s", force=True)
    render: list[structlog.typing.Processor] = (
        [structlog.processors.format_exc_info, structlog.processors.JSONRenderer()]
        if settings.log_format == "json"
        # The rich traceback shows every frame's locals: minutes of work, and secrets, when an input is large.
        else [structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)]
    )
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            *render,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
