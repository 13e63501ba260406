"""Messages are claimed within their limits, also by workers that ask at the same moment."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from app.bootstrap import Application
from app.db import emails
from app.db.aggregates import EMAILS
from app.db.email_rows import EmailRow
from app.db.emails import Wait
from app.domain.mail.model import EmailKind
from app.domain.scope import Mode, Scope, system_scope
from app.services import keys
from app.services.emails import bare_email
from app.services.once import Work, run
from tests.conftest import Clock

LEASE = timedelta(minutes=7)


async def waiting(app: Application, count: int) -> tuple[Scope, list[str]]:
    """A platform with that many messages to send."""
    account = await keys.create_account(app.services, "Test marketplace")
    scope = system_scope(account.live.id, Mode.LIVE, "test")

    async def body(work: Work) -> list[str]:
        rows = [
            bare_email(
                work,
                kind=EmailKind.ENDPOINT_DISABLED,
                to=["ops@example.com"],
                subject="x",
                locale="en",
                entity_id=None,
            )
            for _ in range(count)
        ]
        await EMAILS.insert(scope, work.session, rows)
        return [row.id for row in rows]

    return scope, await run(app.services, scope, body)


async def claim(app: Application, scope: Scope, email_id: str, *, per_minute: int) -> EmailRow | Wait | None:
    async with app.database.transaction(scope) as session:
        now = app.services.clock()
        return await emails.claim(
            scope, session, email_id, now, lease=LEASE, per_minute=per_minute, per_entity_per_day=1
        )


async def test_claims_at_the_same_moment_share_the_limit(app_on: Application, clock: Clock) -> None:
    # given eight messages, and room for three in a minute
    scope, ids = await waiting(app_on, 8)

    # when eight workers claim one each
    found = await asyncio.gather(*(claim(app_on, scope, email_id, per_minute=3) for email_id in ids))

    # then three have one, and the others each have a place: three in a minute, the rest a minute later
    assert sum(isinstance(each, EmailRow) for each in found) == 3
    places = sorted(each.until - clock.now for each in found if isinstance(each, Wait))
    assert places == [timedelta(minutes=1)] * 3 + [timedelta(minutes=2)] * 2


async def test_who_waits_for_a_limit_of_its_own_holds_nobody_else_up(app_on: Application, clock: Clock) -> None:
    # given a message that waits for tomorrow, as its seller has used up the day, and room for one in a minute
    scope, (first, second, third) = await waiting(app_on, 3)
    async with app_on.database.transaction(scope) as session:
        tomorrow = {"next_attempt_at": clock.now + timedelta(days=1), "held_by": "entity"}
        await EMAILS.change(scope, session, third, tomorrow)

    # when two others are asked for
    found = [await claim(app_on, scope, email_id, per_minute=1) for email_id in (first, second)]

    # then the second one waits for a minute, not for two
    assert isinstance(found[0], EmailRow)
    assert found[1] == Wait(clock.now + timedelta(minutes=1))


async def test_one_message_is_claimed_by_one(app_on: Application, clock: Clock) -> None:
    scope, (email_id,) = await waiting(app_on, 1)

    found = await asyncio.gather(*(claim(app_on, scope, email_id, per_minute=9) for _ in range(4)))

    assert sum(isinstance(each, EmailRow) for each in found) == 1
    assert [each.until for each in found if isinstance(each, Wait)] == [clock.now + LEASE] * 3


async def test_a_foreign_message_cannot_be_claimed(app_on: Application) -> None:
    _, (email_id,) = await waiting(app_on, 1)
    other, _ = await waiting(app_on, 0)

    assert await claim(app_on, other, email_id, per_minute=9) is None
    assert await claim(app_on, other, "eml_00000000000000000000000000", per_minute=9) is None
