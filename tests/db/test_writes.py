"""Rows of many columns written at once come back as they were, whatever their values contain."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime
from typing import Any, Final

import pytest

from app.bootstrap import Application
from app.db import writes
from app.db.aggregates import CUSTOMERS, SERIES
from app.db.records import changed
from app.db.rows import CustomerRow, SeriesRow
from app.db.tables import Kind
from app.domain.documents.model import InvoiceType
from app.domain.identity import IdPrefix, new_id
from app.domain.scope import Scope
from app.services import keys as api_keys
from app.services.keys import NewAccount
from tests import factories
from tests.factories import Client

NOW: Final = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)
# What a driver, an array's text or a splitting might take for something else.
HOSTILE: Final = (
    "",
    " ",
    "NULL",
    "null",
    "None",
    '"',
    "'",
    "\\",
    "\\x1f",
    "{a,b}",
    "{}",
    "a,b",
    "a\x1fb",
    "\x1f",
    "\x1e",
    "\x1ea\x1f\x1e",
    "\n\r\t",
    "ünï😀",
    "$1::text",
    "x" * 200,
)


@pytest.fixture
async def scope(app_on: Application, account: NewAccount) -> Scope:
    return (await api_keys.authenticate(app_on.services, f"Bearer {account.sandbox_secret}")).scope


def _customers(row: CustomerRow, count: int) -> list[CustomerRow]:
    return [changed(row, id=new_id(IdPrefix.CUSTOMER), external_id=None) for _ in range(count)]


async def _written(app: Application, scope: Scope, rows: list[CustomerRow]) -> dict[str, CustomerRow]:
    async with app.database.transaction(scope) as session:
        await writes.write(scope, session, [writes.inserting("customer", rows)])
    async with app.database.read(scope) as session:
        return await CUSTOMERS.by_ids(scope, session, [row.id for row in rows])


async def test_texts_come_back_as_they_were(client: Client, scope: Scope) -> None:
    chance = random.Random(5)
    customer = await factories.customer(client, await factories.entity(client))
    async with client.app.database.read(scope) as session:
        template = await CUSTOMERS.get(scope, session, customer)
    assert template is not None
    # Some texts alone, two at a time, and many.
    for turn, count in enumerate((*([1] * len(HOSTILE)), *([2] * 10), 40)):
        rows = [
            changed(
                row,
                name=HOSTILE[turn] if count == 1 else chance.choice(HOSTILE),
                email=chance.choice((None, *HOSTILE)),
                address_line1=chance.choice((None, *HOSTILE)),
                address_line2=chance.choice((None, "plain")),
                tax_id_checked_at=chance.choice((None, NOW)),
                version=chance.choice((0, 1, 2**31 - 1, -1)),
            )
            for row in _customers(template, count)
        ]
        assert await _written(client.app, scope, rows) == {row.id: row for row in rows}
        after = [changed(row, name=row.name[::-1], email=row.address_line1, version=2) for row in rows]
        async with client.app.database.transaction(scope) as session:
            change = writes.changing("customer", ("id", "name", "email", "version"), after)
            await writes.write(scope, session, [change])
            found = await CUSTOMERS.by_ids(scope, session, [row.id for row in rows])
        assert found == {row.id: row for row in after}


async def test_numbers_and_dates_come_back_as_they_were(client: Client, scope: Scope) -> None:
    entity = await factories.entity(client)
    rows = [
        SeriesRow(
            id=new_id(IdPrefix.SERIES),
            platform_id=scope.platform_id,
            entity_id=entity,
            type=InvoiceType.STANDARD,
            pattern=f"P{n}-{{nnn}}",
            period="",
            last_number=number,
            last_issue_date=day,
            last_hash=None,
            created_at=NOW,
            start_number=0,
            validation_code=None,
        )
        for n, (number, day) in enumerate([(0, None), (2**62, date(1999, 12, 31)), (-5, date(9999, 12, 31))])
    ]
    async with client.app.database.transaction(scope) as session:
        await writes.write(scope, session, [writes.inserting("series", rows)])
        found = await SERIES.by_ids(scope, session, [row.id for row in rows])
    assert found == {row.id: row for row in rows}


@pytest.mark.parametrize(
    ("column", "joined"),
    [
        (["a", "b"], "a\x1fb"),
        (["a", None], "a\x1f\x1e"),
        ([None], "\x1e"),
        (["", ""], "\x1f"),
        # One empty text would be no value, and these could not be told apart.
        ([""], None),
        (["a\x1f", "b"], None),
        (["\x1e", "b"], None),
        (["\x1e", None], None),
    ],
)
def test_what_cannot_be_split_again_is_not_joined(column: list[Any], joined: str | None) -> None:
    assert writes._joined(Kind.TEXT, column) == joined
