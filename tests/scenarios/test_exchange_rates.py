"""Exchange rates from their publisher to the table: fetched by the clock or imported, and never changed."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import asyncpg
import pytest
from aiohttp import web

from app.bootstrap import Application
from app.db import exchange_rates as stored
from app.db import schedules
from app.db.transaction import Registry
from app.delivery import exchange_rates as client_module
from app.delivery.exchange_rates import HttpRates
from app.domain import ecb
from app.domain.errors import Conflict, InvalidInput, InvalidState, Unavailable
from app.domain.scope import ALL_PERMISSIONS, system_scope
from app.services import exchange_rates, keys
from app.services.context import ServiceContext
from app.services.scheduler import Scheduler
from app.services.schedules import SCHEDULES
from tests.command_line import invoicing
from tests.conftest import Clock
from tests.ecb_files import FRIDAY, MONDAY, ecb_file

FRI, MON, TUE = date(2026, 3, 6), date(2026, 3, 9), date(2026, 3, 10)
_FETCH = [one for one in SCHEDULES if one.name == "exchange_rates.fetch"]


class Publisher:
    """A server on loopback that answers for each file what it is told, and counts what it was asked for."""

    def __init__(self) -> None:
        self.answers: dict[str, list[tuple[int, bytes]]] = {}
        self.asked: list[str] = []
        self.url = ""

    async def answer(self, request: web.Request) -> web.Response:
        name = request.path.rpartition("/")[2]
        self.asked.append(name)
        left = self.answers.get(name, [(404, b"")])
        status, body = left.pop(0) if len(left) > 1 else left[0]
        return web.Response(status=status, body=body, headers={"location": "/daily"} if status == 302 else {})


@pytest.fixture
async def publisher() -> AsyncIterator[Publisher]:
    made = Publisher()
    app = web.Application()
    app.router.add_get("/{path:.*}", made.answer)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    made.url = f"http://127.0.0.1:{runner.addresses[0][1]}/stats/eurofxref"
    yield made
    await runner.cleanup()


@pytest.fixture
def services(app_on: Application, publisher: Publisher) -> ServiceContext:
    """The services with that publisher, asked without pauses."""
    return replace(app_on.services, rates=HttpRates(publisher.url, pauses_s=(0, 0, 0), timeout_s=5))


async def days(app: Application) -> list[date]:
    async with app.database.read(Registry()) as session:
        rows = await session.fetch("SELECT DISTINCT date FROM exchange_rate ORDER BY date")
    return [row["date"] if isinstance(row["date"], date) else date.fromisoformat(row["date"]) for row in rows]


async def rate_of(app: Application, currency: str, day: date) -> Decimal:
    async with app.database.read(Registry()) as session:
        return {one.currency: one.rate for one in await stored.of_day(Registry(), session, day)}[currency]


async def test_the_schedule_fills_the_table_and_then_adds_a_day_at_a_time(
    app_on: Application, services: ServiceContext, publisher: Publisher, clock: Clock
) -> None:
    # given an empty table, on Monday before the rates of the day are published
    clock.now = datetime(2026, 3, 9, 9, 0, tzinfo=UTC)
    publisher.answers[ecb.LAST_90_DAYS] = [(200, ecb_file({FRI: FRIDAY}))]
    publisher.answers[ecb.DAILY] = [(200, ecb_file({FRI: FRIDAY})), (200, ecb_file({MON: MONDAY}))]
    scheduler = Scheduler(services, _FETCH)

    # then the first run takes what there is, and what follows asks for the day alone
    assert await scheduler.run_due() == ["exchange_rates.fetch"]
    assert await days(app_on) == [FRI]
    for hour in (14, 15, 16):
        clock.now = datetime(2026, 3, 9, hour, 45, tzinfo=UTC)
        assert await scheduler.run_due() == ["exchange_rates.fetch"]

    assert await days(app_on) == [FRI, MON]
    # the last run found today's rates and asked nobody
    assert publisher.asked == [ecb.LAST_90_DAYS, ecb.DAILY, ecb.DAILY]
    row = next(one for one in await schedules.all_of(app_on.database) if one.name == "exchange_rates.fetch")
    assert (row.last_error, row.next_at) == (None, datetime(2026, 3, 9, 17, 10, tzinfo=UTC))


async def test_days_that_were_missed_are_made_up_for(
    app_on: Application, services: ServiceContext, publisher: Publisher, clock: Clock
) -> None:
    await exchange_rates.take_file(services, ecb_file({FRI: FRIDAY}))
    publisher.answers[ecb.LAST_90_DAYS] = [(200, ecb_file({TUE: MONDAY, MON: MONDAY, FRI: FRIDAY}))]
    clock.now = datetime(2026, 3, 10, 15, 10, tzinfo=UTC)

    assert await exchange_rates.refresh(services) == 12

    assert await days(app_on) == [FRI, MON, TUE]
    clock.now = datetime(2026, 9, 1, 15, 10, tzinfo=UTC)
    with pytest.raises(Unavailable):
        await exchange_rates.refresh(services)
    assert publisher.asked == [ecb.LAST_90_DAYS, *[ecb.HISTORY] * 3]


async def test_a_failing_publisher_is_asked_a_few_times_and_the_schedule_tells(
    app_on: Application, services: ServiceContext, publisher: Publisher
) -> None:
    good = ecb_file({FRI: FRIDAY})
    publisher.answers[ecb.DAILY] = [(503, b""), (302, b""), (200, good)]
    assert (await exchange_rates.fetch(services, ecb.DAILY)).new == 6
    assert len(publisher.asked) == 3

    publisher.answers[ecb.LAST_90_DAYS] = [(500, b"")]
    await Scheduler(services, _FETCH).run_due()
    assert publisher.asked[3:] == [ecb.LAST_90_DAYS] * 3
    row = next(one for one in await schedules.all_of(app_on.database) if one.name == "exchange_rates.fetch")
    assert "the server answered 500" in (row.last_error or "")
    assert row.lease_token is None


async def test_a_malformed_file_leaves_nothing_behind(
    app_on: Application, services: ServiceContext, publisher: Publisher
) -> None:
    # the first day is good, the second is cut off
    publisher.answers[ecb.HISTORY] = [(200, ecb_file({FRI: FRIDAY, MON: {"USD": "1.0912", "PLN": "N/A"}}))]
    with pytest.raises(InvalidInput, match="'N/A' is not a rate of PLN"):
        await exchange_rates.fetch(services, ecb.HISTORY)
    with pytest.raises(InvalidInput, match="in the future"):
        await exchange_rates.take_file(services, ecb_file({date(2027, 1, 4): MONDAY}))
    assert await days(app_on) == []


async def test_a_file_that_does_not_end_is_cut_off(
    services: ServiceContext, publisher: Publisher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client_module, "MAX_BYTES", 1_000)
    publisher.answers[ecb.DAILY] = [(200, b" " * 1_001)]
    with pytest.raises(Unavailable, match="more than 1000 bytes"):
        await exchange_rates.fetch(services, ecb.DAILY)


async def test_a_stored_rate_is_never_changed(
    app_on: Application, services: ServiceContext, publisher: Publisher
) -> None:
    await exchange_rates.take_file(services, ecb_file({FRI: FRIDAY}))
    corrected = ecb_file({FRI: FRIDAY | {"PLN": "4.9999"}, MON: MONDAY})

    added = await exchange_rates.take_file(services, corrected)

    assert (added.new, added.known) == (6, 5)
    assert [(before.rate, given.rate) for before, given in added.differing] == [(Decimal("4.2685"), Decimal("4.9999"))]
    assert await rate_of(app_on, "PLN", FRI) == Decimal("4.2685")
    publisher.answers[ecb.DAILY] = [(200, ecb_file({MON: MONDAY | {"PLN": "5.5"}}))]
    with pytest.raises(Conflict, match="1 stored exchange rates differ"):
        await exchange_rates.refresh(services)
    assert await rate_of(app_on, "PLN", MON) == Decimal("4.1905")


async def test_the_whole_history_is_taken_in_one_transaction(app_on: Application) -> None:
    # given some 3,000 days, which is more than one statement carries
    first = date(2014, 1, 1).toordinal()
    many = {date.fromordinal(first + n): FRIDAY for n in range(3_000)}
    added = await exchange_rates.take_file(app_on.services, ecb_file(many))
    assert (added.new, len(await days(app_on))) == (18_000, 3_000)
    again = await exchange_rates.take_file(app_on.services, ecb_file(many))
    assert (again.new, again.known, again.differing) == (0, 18_000, [])


async def test_a_tenant_reads_rates_and_cannot_write_any(postgres_app: Application) -> None:
    await exchange_rates.take_file(postgres_app.services, ecb_file({FRI: FRIDAY}))
    account = await keys.create_account(postgres_app.services, "Test marketplace")
    scope = system_scope(account.live.id, account.live.mode, "test", ALL_PERMISSIONS)
    async with postgres_app.database.read(scope) as session:
        assert len(await stored.of_day(scope, session, FRI)) == 6
    insert = (
        "INSERT INTO exchange_rate (source, date, currency, rate, fetched_at) VALUES ('ECB', now(), 'USD', 1, now())"
    )
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        async with postgres_app.database.transaction(scope) as session:
            await session.execute(insert)
    async with postgres_app.database.transaction(scope) as session:
        assert await session.execute("UPDATE exchange_rate SET rate = 2") == 0
        assert await session.execute("DELETE FROM exchange_rate") == 0


async def test_without_a_source_nobody_is_asked(app_on: Application) -> None:
    assert await exchange_rates.refresh(app_on.services) == 0
    with pytest.raises(InvalidState, match="INVOICING_EXCHANGE_RATES_URL"):
        await exchange_rates.fetch(app_on.services, ecb.DAILY)


def test_the_commands_import_and_show(tmp_path: Path) -> None:
    file, other = tmp_path / "eurofxref-hist.xml", tmp_path / "corrected.xml"
    file.write_bytes(ecb_file({MON: MONDAY, FRI: FRIDAY}))
    other.write_bytes(ecb_file({MON: MONDAY | {"PLN": "4.2"}}))
    assert invoicing(tmp_path, "migrate").returncode == 0

    taken = invoicing(tmp_path, "rates", "import", str(file), "--json")
    assert json.loads(taken.stdout) == {"new": 12, "known": 0, "differing": []}
    shown = json.loads(invoicing(tmp_path, "rates", "show", "--date", "2026-03-08", "--json").stdout)
    assert {"date": "2026-03-06", "currency": "PLN", "rate": "4.2685"} in shown
    differs = invoicing(tmp_path, "rates", "import", str(other))
    assert differs.returncode == 65
    assert "PLN of 2026-03-09 is stored as 4.1905 and stays so; the file says 4.2" in differs.stderr
    assert invoicing(tmp_path, "rates", "fetch").returncode != 0
