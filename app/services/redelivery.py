"""What is sent to a webhook endpoint again, and what is sent to try it out."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from app.db import event_log, fan_out
from app.db.aggregates import ATTEMPTS, DELIVERIES
from app.db.event_log import NewEvent
from app.db.webhook_rows import AttemptRow, DeliveryRow, EndpointRow
from app.db.where import Eq
from app.domain.errors import InvalidInput, NotFound
from app.domain.events import WebhookTest
from app.domain.scope import Permission, Scope
from app.services import webhooks
from app.services.context import ServiceContext
from app.services.inputs import UNSET, WebhookReplayInput
from app.services.once import Work, once

# As long as a claimed delivery's: whoever makes a test sends it; if that process dies, the worker does.
TEST_LEASE: Final = timedelta(seconds=120)


async def replay(
    ctx: ServiceContext, scope: Scope, endpoint_id: str, given: WebhookReplayInput, *, key: str | None
) -> tuple[EndpointRow, int | None]:
    """Sends again what is given, beginning at once; the endpoint and how many deliveries, None for what the log holds.

    A delivery keeps its attempts and gets a new round of them. To a disabled endpoint it is sent when that is enabled.
    Raises NotFound for an endpoint, or a delivery to it, that is out of sight.
    """
    scope.require(Permission.WEBHOOKS_WRITE)

    async def body(work: Work) -> str:
        row = await webhooks.locked(work, endpoint_id, field="endpointId")
        return f"{row.id} {await _replay(work, row, given)}"

    done, _ = await once(ctx, scope, "webhookReplay", key, (endpoint_id, given), body)
    row_id, _, count = done.partition(" ")
    return await webhooks.get(ctx, scope, row_id), int(count) if count else None


async def _replay(work: Work, row: EndpointRow, given: WebhookReplayInput) -> int | str:
    scope, session = work.scope, work.session
    if given.delivery is not UNSET:
        delivery = await DELIVERIES.get(scope, session, given.delivery, lock=True)
        if delivery is None or delivery.endpoint_id != row.id:
            raise NotFound("no such delivery to this endpoint", field=("what", "delivery"))
        await fan_out.replay_one(scope, session, row, delivery, work.now)
        return 1
    if given.all_failed is not UNSET:
        if not given.all_failed:
            raise InvalidInput("must be true where it is given", field=("what", "allFailed"))
        return await fan_out.replay_failed(scope, session, row, work.now)
    if given.since is UNSET:
        raise InvalidInput("say what is to be sent again", field=("what",))
    if given.since > work.now:
        raise InvalidInput("must not lie ahead", field=("what", "since"))
    await fan_out.replay_since(scope, session, row, given.since)
    return ""


async def test(
    ctx: ServiceContext, scope: Scope, endpoint_id: str, *, key: str | None
) -> tuple[DeliveryRow, AttemptRow | None]:
    """Sends a `webhook.test` event to the endpoint alone, at once and once; the delivery, and the attempt it came to.

    A disabled endpoint is tried out, too. A repetition sends nothing. Raises NotFound, and Unavailable when there was
    no turn to send it: the worker does then.
    """
    scope.require(Permission.WEBHOOKS_WRITE)

    async def body(work: Work) -> str:
        row = await webhooks.locked(work, endpoint_id, field="endpointId")
        event = NewEvent(WebhookTest(id=row.id, url=row.url), row.entity_id)
        appended = await event_log.appending(scope, work.session, [event], work.now)
        values = dict(zip(appended.names, appended.rows[0], strict=True))
        until = work.now + TEST_LEASE
        delivery = fan_out.delivery_of(
            row, values["id"], WebhookTest.type, values["seq"] or 0, work.now, lease_until=until
        )
        work.defer(appended, DELIVERIES.inserting([delivery]))
        work.session.after_commit.append(lambda: ctx.wake(scope.platform_id))
        return delivery.id

    delivery_id, repeated = await once(ctx, scope, "webhookTest", key, endpoint_id, body)
    if not repeated:
        await ctx.deliver_now(scope, delivery_id)
    async with ctx.database.read(scope) as session:
        found = await DELIVERIES.get(scope, session, delivery_id)
        attempts = await ATTEMPTS.list(
            scope, session, Eq("delivery_id", delivery_id), order=(("number", True),), limit=1
        )
    if found is None:
        raise NotFound("no such webhook endpoint", field=("endpointId",))
    return found, attempts[0] if attempts else None
