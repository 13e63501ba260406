"""The composition root: the one place that builds the parts and hands them to one another."""

from __future__ import annotations

import asyncio
import gc
import time
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import aiohttp
import structlog

from app import __version__
from app import settings as settings_module
from app.db import migrations
from app.db.job_queue import JobQueue
from app.db.rows import EventRow
from app.db.tables import Dialect
from app.db.transaction import Database, open_database
from app.db.webhook_rows import EndpointRow
from app.delivery.broker import Broker
from app.delivery.exchange_rates import HttpRates
from app.delivery.mail.transport import transport_for
from app.delivery.message import Render
from app.delivery.outgoing.client import make_session
from app.delivery.outgoing.webhook import WebhookSender
from app.delivery.registers.hmrc import HmrcRegister
from app.delivery.registers.vies import ViesRegister
from app.delivery.relay import Relay
from app.delivery.wakeups import Wakeups
from app.delivery.worker import Worker
from app.domain.audit.certificate import Signer
from app.domain.registers.registers import Registers
from app.domain.registers.sandbox import SandboxRegister
from app.domain.scope import Scope
from app.monitoring.exposition import Exposition, Sources
from app.monitoring.health import Health
from app.running import logs, spans
from app.running.lifetime import Lifetime
from app.running.measures import OperationMeasures, RequestMeasures
from app.services.context import Mailing, ServiceContext, utc_now
from app.services.job_kinds import JOB_KINDS
from app.services.job_runner import JobRunner
from app.services.jobs import JobKind
from app.services.scheduler import Schedule, Scheduler
from app.services.schedules import SCHEDULES
from app.settings import Settings, SettingsError
from app.storage import signing
from app.storage.files import ObjectFiles

if TYPE_CHECKING:
    from app.graphql.selected_payloads import SelectedPayloads

log = structlog.get_logger(__name__)

# New objects before the youngest are looked through, and how often that happens before older ones are.
_COLLECTOR: Final = (10_000, 20, 20)
# What a process gives to sending its last spans, of what is left of its time.
_FLUSH_S: Final = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Application:
    """The parts, built and open."""

    settings: Settings
    database: Database
    services: ServiceContext
    wakeups: Wakeups
    relay: Relay
    broker: Broker
    sender: WebhookSender
    worker: Worker
    lifetime: Lifetime
    jobs: JobRunner
    scheduler: Scheduler
    health: Health


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
async def application(
    settings: Settings,
    *,
    clock: Callable[[], datetime] = utc_now,
    kinds: Sequence[JobKind] = JOB_KINDS,
    schedules: Sequence[Schedule] = SCHEDULES,
    monotonic: Callable[[], float] = time.monotonic,
) -> AsyncIterator[Application]:
    """Opens everything, and closes it again. Runs nothing by itself. Raises SettingsError."""
    lifetime = Lifetime(settings.shutdown_s)
    async with traced(settings, lifetime), _opened(settings, lifetime, clock, kinds, schedules, monotonic) as app:
        yield app


@asynccontextmanager
async def traced(settings: Settings, lifetime: Lifetime) -> AsyncIterator[None]:
    """Keeps the spans of the block where the settings want it, and sends the last of them at its end.

    Raises SettingsError when the extra is not installed, or where the `OTEL_*` variables want what it cannot do.
    """
    if not settings.tracing:
        yield
        return
    try:
        # Here and nowhere else, so that a process that traces nothing does not load it.
        from app.running import open_telemetry
    except ModuleNotFoundError as error:
        raise SettingsError(f"INVOICING_TRACING needs the extra `otel` ({error})") from None
    try:
        tracer = open_telemetry.OpenTelemetry(
            open_telemetry.processor(), open_telemetry.resource("marketplace-invoicing", __version__)
        )
    except ValueError as error:
        raise SettingsError(f"INVOICING_TRACING: {error}") from None
    spans.install(tracer)
    try:
        yield
    finally:
        spans.install(None)
        await tracer.stop(min(lifetime.remaining_s(), _FLUSH_S))


@asynccontextmanager
async def _opened(
    settings: Settings,
    lifetime: Lifetime,
    clock: Callable[[], datetime],
    kinds: Sequence[JobKind],
    schedules: Sequence[Schedule],
    monotonic: Callable[[], float],
) -> AsyncIterator[Application]:
    database = await open_database(settings_module.tortoise_config(settings), dialect_of(settings))
    wakeups = Wakeups()
    relay = Relay(database, wakeups)
    broker = Broker(database, wakeups)
    session = make_session(
        allow_private=settings.allows_private_webhooks,
        limit=settings.webhook_concurrency,
        limit_per_host=settings.webhook_host_concurrency,
    )
    sender = WebhookSender(
        session, clock, allow_http=settings.allows_private_webhooks, timeout_s=settings.webhook_timeout_s
    )
    worker = Worker(
        database,
        sender,
        relay,
        wakeups,
        render=_rendering(database, broker, clock, settings.base_url),
        clock=clock,
        monotonic=time.monotonic,
        concurrency=settings.webhook_concurrency,
        per_host=settings.webhook_host_concurrency,
    )
    files = ObjectFiles(settings.archive_url)
    asking = aiohttp.ClientSession(trust_env=False)
    services = ServiceContext(
        database=database,
        mailing=mailing(settings),
        clock=clock,
        wake=relay.ask,
        jobs=JobQueue([kind.name for kind in kinds]),
        idempotency_days=settings.idempotency_days,
        event_days=settings.event_retention_days,
        webhook_days=settings.webhook_retention_days,
        job_days=settings.job_days,
        deliver_now=worker.deliver_now,
        files=files,
        signing_key=_signing_key(settings),
        retention_years=settings.retention_years,
        max_lines=settings.max_order_lines,
        allow_private_webhooks=settings.allows_private_webhooks,
        rates=HttpRates(settings.exchange_rates_url) if settings.exchange_rates_url else None,
        registers=_registers(settings, asking, clock, monotonic),
    )
    try:
        yield Application(
            settings=settings,
            database=database,
            services=services,
            wakeups=wakeups,
            relay=relay,
            broker=broker,
            sender=sender,
            lifetime=lifetime,
            health=Health(database, relay, lifetime, clock, storage=files.check),
            worker=worker,
            jobs=JobRunner(
                services,
                kinds,
                concurrency=settings.job_concurrency,
                lease=timedelta(seconds=settings.job_lease_s),
                grace=timedelta(seconds=settings.job_grace_s),
            ),
            scheduler=Scheduler(services, schedules),
        )
    finally:
        # What a batch has begun stands, whether or not its callers are still there.
        await services.coalescer.drain()
        await broker.close()
        await session.close()
        await asking.close()
        await database.close()


def _registers(
    settings: Settings,
    session: aiohttp.ClientSession,
    clock: Callable[[], datetime],
    monotonic: Callable[[], float],
) -> Registers:
    """The registers of VAT numbers that the settings name, and the sandbox's, which asks nobody."""
    vies = hmrc = None
    if settings.vies_url:
        vies = ViesRegister(
            session,
            settings.vies_url,
            timeout_s=settings.vies_timeout_s,
            per_state=settings.vies_per_state,
            clock=clock,
            monotonic=monotonic,
        )
    if settings.hmrc_url:
        hmrc = HmrcRegister(
            session,
            settings.hmrc_url,
            client_id=settings.hmrc_client_id,
            client_secret=settings.hmrc_client_secret,
            timeout_s=settings.hmrc_timeout_s,
            at_once=settings.hmrc_at_once,
            clock=clock,
            monotonic=monotonic,
        )
    return Registers(
        vies=vies,
        hmrc=hmrc,
        sandbox=SandboxRegister(clock),
        fresh_for=timedelta(hours=settings.vat_cache_hours),
        last_valid_for=timedelta(days=settings.vat_last_valid_days),
    )


def _signing_key(settings: Settings) -> Callable[[], Signer | None]:
    """Gives the key that the settings name; the embedded default is made when it is first asked for."""

    @cache
    def key() -> Signer | None:
        if not settings.signing_key:
            path = settings.signing_key_file
            return None if path is None else signing.made_once(path)
        if settings.signing_key.lstrip().startswith("-----BEGIN"):
            return signing.from_pem(settings.signing_key.encode())
        return signing.from_file(Path(settings.signing_key))

    return key


def mailing(settings: Settings) -> Mailing:
    """How the settings want messages to be sent."""
    return Mailing(
        transport=transport_for(settings.mail_url, timeout_s=settings.mail_timeout_s),
        sender=settings.mail_from,
        bounce_address=settings.mail_bounce_address or None,
        per_minute=settings.mail_per_minute,
        per_entity_per_day=settings.mail_per_entity_per_day,
    )


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
    """Runs the relay, and the worker's loops when asked, beside the block; stops them with it.

    Each is stopped by cancelling it: it begins nothing new, finishes the step it has in hand, and ends. Once the
    process's time is over it is cancelled again. The relay goes on until the others have let go of what they hold.
    """
    always: list[tuple[str, Coroutine[Any, Any, None]]] = [
        ("relay", app.relay.run()),
        ("job_queue", app.services.jobs.run(app.database)),
    ]
    asked = (
        [("worker", app.worker.run()), ("jobs", app.jobs.run()), ("scheduler", app.scheduler.run())] if worker else []
    )
    groups = [[asyncio.create_task(work, name=name) for name, work in group] for group in (always, asked)]
    for tasks in groups:
        for task in tasks:
            task.add_done_callback(_tell_of_failure)
    try:
        yield
    finally:
        app.lifetime.end()
        for tasks in reversed(groups):
            await _stop(app, tasks)


async def _stop(app: Application, tasks: Sequence[asyncio.Task[None]]) -> None:
    if not tasks:
        return
    for task in tasks:
        task.cancel()
    _, late = await asyncio.wait(tasks, timeout=app.lifetime.remaining_s())
    for task in late:
        log.warning("cut_off", task=task.get_name())
        task.cancel()
    if late:
        await asyncio.wait(late, timeout=1)


def _tell_of_failure(task: asyncio.Task[None]) -> None:
    if not task.cancelled() and (error := task.exception()) is not None:
        log.critical("background_failed", task=task.get_name(), exc_info=error)


def exposition(
    app: Application,
    *,
    requests: RequestMeasures | None = None,
    operations: OperationMeasures | None = None,
    connections: Callable[[], dict[str, int]] | None = None,
) -> Exposition:
    """The figures of a process; those of requests where it serves the API."""
    sources = Sources(
        health=app.health,
        database=app.database,
        batches=app.services.coalescer.sizes,
        deliveries=app.sender.measures,
        relay=app.relay.measures,
        requests=requests,
        operations=operations,
        connections=connections,
    )
    return Exposition(sources)


def spare_what_lasts() -> None:
    """Lets the collector leave alone what start-up made, and look less often through what lives long.

    For a process that serves: the schema and the modules are there for good. With a thousand sockets open, a full
    collection that looks through them as well holds everybody up for some 140 ms.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*_COLLECTOR)


def configure_logging(settings: Settings) -> None:
    """Structured logs on standard error, as the settings say."""
    logs.configure(settings.log_level, as_json=settings.log_format == "json")
