"""Fixtures that open the real product on SQLite and on a real PostgreSQL."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import structlog
import uvicorn

from app import bootstrap, settings
from app.asgi import create_app
from app.bootstrap import Application
from app.graphql.planner import QueryPlanner
from app.services import keys
from app.services.keys import NewAccount
from tests import event_payloads
from tests.factories import Client
from tests.planned import checked_answer
from tests.postgres_server import Databases, in_memory, name_of, running

# The default shows every frame's locals, which takes minutes on a large one.
structlog.configure(processors=[structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)])


@pytest.fixture(autouse=True)
def every_planned_answer_is_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every query of every test is answered both ways, and must have the same answer."""
    monkeypatch.setattr(QueryPlanner, "answer", checked_answer)


def pytest_collection_finish() -> None:
    """Spares what all tests share, as a server does what it has loaded: to look through it took a tenth of the time."""
    bootstrap.spare_what_lasts()


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self, now: datetime = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **by: float) -> None:
        """Moves it on."""
        self.now += timedelta(**by)


@pytest.fixture
def clock() -> Clock:
    """The explicit clock that `app_on` and the others run by."""
    return Clock()


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Any]:
    """A PostgreSQL server of this test process's own."""
    with running() as server:
        yield server


@pytest.fixture(scope="session")
def postgres_databases(postgres_server: Any) -> Iterator[Databases]:
    """The databases of that server."""
    databases = Databases(postgres_server)
    yield databases
    databases.close()


@pytest.fixture(scope="session")
def new_postgres_database(postgres_databases: Databases) -> Callable[..., str]:
    """Makes a database, empty or a copy of another, and gives its URL as the server's superuser."""
    return postgres_databases.make


def _migrate(url: str) -> None:
    """Migrates in a thread, whose event loop is not the tests'."""
    with ThreadPoolExecutor(1) as threads:
        threads.submit(asyncio.run, bootstrap.migrate(settings.load({"INVOICING_DATABASE_URL": url}))).result()


@pytest.fixture(scope="session")
def postgres_template(new_postgres_database: Callable[..., str]) -> str:
    """The name of a migrated, empty database to copy from."""
    url = new_postgres_database()
    _migrate(url)
    return name_of(url)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, empty SQLite file to copy from."""
    path = tmp_path_factory.mktemp("template") / "template.sqlite3"
    _migrate(f"sqlite://{path}")
    return path


@pytest.fixture
def sqlite_url(sqlite_template: Path) -> Iterator[str]:
    """The URL of a fresh migrated SQLite file, in memory where there is room: each commit waits for its disk."""
    with tempfile.TemporaryDirectory(prefix="invoicing-sqlite-", dir=in_memory()) as folder:
        path = Path(folder) / "invoicing.sqlite3"
        shutil.copy(sqlite_template, path)
        yield f"sqlite://{path}"


@pytest.fixture
def postgres_url(postgres_template: str, postgres_databases: Databases) -> Iterator[str]:
    """The URL of a fresh migrated PostgreSQL database."""
    url = postgres_databases.make(postgres_template)
    yield url
    postgres_databases.drop(name_of(url))


async def opened_on(url: str, clock: Clock) -> AsyncIterator[Application]:
    """The product on a database, with its relay running."""
    chosen = settings.load(
        {
            "INVOICING_DATABASE_URL": url,
            "INVOICING_WEBHOOK_ALLOW_PRIVATE": "true",
            "INVOICING_STORAGE_URL": "memory://",
        }
    )
    async with bootstrap.application(chosen, clock=clock) as app, bootstrap.background(app, worker=False):
        yield app
        await event_payloads.check_all(app)


@pytest.fixture
async def sqlite_app(sqlite_url: str, clock: Clock) -> AsyncIterator[Application]:
    """The product on SQLite, with its relay running."""
    async for app in opened_on(sqlite_url, clock):
        yield app


@pytest.fixture
async def postgres_app(postgres_url: str, clock: Clock) -> AsyncIterator[Application]:
    """The product on PostgreSQL, with its relay running."""
    async for app in opened_on(postgres_url, clock):
        yield app


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest) -> str:
    """The URL of a fresh migrated database of each kind in turn."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
async def app_on(database_url: str, clock: Clock) -> AsyncIterator[Application]:
    """The product on each database in turn."""
    async for app in opened_on(database_url, clock):
        yield app


@pytest.fixture
async def account(app_on: Application) -> NewAccount:
    """A marketplace operator with its live and sandbox keys."""
    return await keys.create_account(app_on.services, "Test marketplace")


@pytest.fixture
async def client(app_on: Application, account: NewAccount) -> AsyncIterator[Client]:
    """The API on each database in turn, asked with the sandbox's platform key."""
    made = Client(app_on, account.sandbox_secret)
    yield made
    await made.http.aclose()


async def serve(client: Client) -> AsyncIterator[str]:
    """The API's address on loopback."""
    app = create_app(client.app.settings, running=client.app)
    config = uvicorn.Config(app, host="127.0.0.1", port=0, log_config=None, ws="websockets-sansio", lifespan="off")
    running = uvicorn.Server(config)
    task = asyncio.create_task(running.serve())
    async with asyncio.timeout(10):
        while not running.started:  # noqa: ASYNC110  # uvicorn has no event for it
            await asyncio.sleep(0.01)
    port = running.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}/graphql"
    running.should_exit = True
    await task


@pytest.fixture
async def server(client: Client) -> AsyncIterator[str]:
    """The server on each database in turn."""
    async for address in serve(client):
        yield address


@pytest.fixture
async def sqlite_client(sqlite_app: Application) -> AsyncIterator[Client]:
    """A client on SQLite only, for what no database decides."""
    made = await keys.create_account(sqlite_app.services, "Test marketplace")
    client = Client(sqlite_app, made.sandbox_secret)
    yield client
    await client.http.aclose()


@pytest.fixture
async def postgres_client(postgres_app: Application) -> AsyncIterator[Client]:
    """A client on PostgreSQL only, for what only it does."""
    made = await keys.create_account(postgres_app.services, "Test marketplace")
    client = Client(postgres_app, made.sandbox_secret)
    yield client
    await client.http.aclose()


@pytest.fixture
async def sqlite_server(sqlite_client: Client) -> AsyncIterator[str]:
    """The server on SQLite only."""
    async for address in serve(sqlite_client):
        yield address
