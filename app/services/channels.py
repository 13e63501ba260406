"""Channels for signed orders: made with a secret that is shown once, changed, given new secrets, deleted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final

import structlog

from app.db import channels, query
from app.db.aggregates import CHANNELS, ENTITIES
from app.db.rows import OrderChannelRow
from app.db.where import Eq
from app.domain.errors import (
    InvalidInput,
    InvoicingError,
    LimitExceeded,
    NotFound,
    PermissionDenied,
    Unauthenticated,
)
from app.domain.history import AuditAction, AuditSubject
from app.domain.identity import IdPrefix, is_id, new_id
from app.domain.scope import Mode, Permission, Scope
from app.domain.webhooks.signature import new_secret, verify_any
from app.services import checks
from app.services.context import ServiceContext
from app.services.inputs import UNSET, OrderChannelInput
from app.services.once import Work, once
from app.services.versions import check_version

log = structlog.get_logger(__name__)

MAX_CHANNELS: Final = 100
# Secrets that count at the same time, the newest among them.
MAX_SECRETS: Final = 3
MAX_OVERLAP_HOURS: Final = 24 * 7
# What became of the last message is written down once in that time: the row would else be a bottleneck.
_NOTED_EVERY: Final = timedelta(seconds=60)
# Stands in for those of a channel that does not exist, so that it takes as long to say so.
_NOBODYS_SECRET: Final = new_secret()


async def create(
    ctx: ServiceContext, scope: Scope, given: OrderChannelInput, *, key: str | None
) -> tuple[OrderChannelRow, str | None]:
    """Makes a channel and shows its secret; a repetition shows none."""
    _require(scope)
    secret = new_secret()

    async def body(work: Work) -> str:
        if given.name is UNSET:
            raise InvalidInput("is required", field=("name",))
        entity_id = given.entity_id if given.entity_id is not None else scope.entity_id
        if entity_id is not None and await ENTITIES.get(scope, work.session, entity_id) is None:
            raise NotFound("no such entity", field=("entityId",))
        if await CHANNELS.count(scope, work.session) >= MAX_CHANNELS:
            raise LimitExceeded(f"there are {MAX_CHANNELS} channels already")
        row = OrderChannelRow(
            platform_id=scope.platform_id,
            id=new_id(IdPrefix.ORDER_CHANNEL),
            entity_id=entity_id,
            name=checks.text(given.name, ("name",), 200),
            secrets=[{"secret": secret, "until": None}],
            enabled=True,
            last_used_at=None,
            last_failed_at=None,
            last_failure=None,
            version=1,
            created_at=work.now,
            updated_at=work.now,
        )
        await CHANNELS.insert(scope, work.session, [row])
        work.audit(AuditSubject.ORDER_CHANNEL, None, row)
        return row.id

    row_id, repeated = await once(ctx, scope, "orderChannelCreate", key, given, body)
    return await _after(ctx, scope, row_id), None if repeated else secret


async def update(
    ctx: ServiceContext,
    scope: Scope,
    channel_id: str,
    given: OrderChannelInput,
    *,
    expected_version: int | None,
    key: str | None,
) -> OrderChannelRow:
    """Renames a channel, or opens or closes it. A closed one refuses what is sent to it."""
    _require(scope)

    async def body(work: Work) -> str:
        row = await _locked(work, channel_id)
        await check_version(work, AuditSubject.ORDER_CHANNEL, row, expected_version)
        columns: dict[str, Any] = {}
        if given.name is not UNSET:
            columns["name"] = checks.text(given.name, ("name",), 200)
        if given.enabled is not UNSET:
            columns["enabled"] = given.enabled
        await _change(work, row, columns)
        return row.id

    row_id, _ = await once(ctx, scope, "orderChannelUpdate", key, (channel_id, given, expected_version), body)
    return await _after(ctx, scope, row_id)


async def rotate(
    ctx: ServiceContext, scope: Scope, channel_id: str, *, overlap_hours: int, key: str | None
) -> tuple[OrderChannelRow, str | None]:
    """Gives a channel a new secret and shows it; a repetition shows none.

    The ones before count for `overlap_hours` more at most, 0 ends them at once. Raises LimitExceeded when MAX_SECRETS
    would count.
    """
    _require(scope)
    secret = new_secret()

    async def body(work: Work) -> str:
        overlap = timedelta(hours=checks.between(overlap_hours, 0, MAX_OVERLAP_HOURS, ("overlapHours",)))
        row = await _locked(work, channel_id)
        until = work.now + overlap
        kept = [
            {"secret": str(one["secret"]), "until": min(_until(one) or until, until).isoformat()}
            for one in row.secrets
            if overlap and _counts(one, work.now)
        ]
        if len(kept) + 1 > MAX_SECRETS:
            message = f"{MAX_SECRETS} secrets count already; overlapHours: 0 ends them, or wait until one has ended"
            raise LimitExceeded(message, field=("overlapHours",))
        secrets = {"secrets": [{"secret": secret, "until": None}, *kept]}
        await _change(work, row, secrets, action=AuditAction.SECRET_ROTATED)
        return row.id

    row_id, repeated = await once(ctx, scope, "orderChannelRotate", key, (channel_id, overlap_hours), body)
    return await _after(ctx, scope, row_id), None if repeated else secret


async def delete(ctx: ServiceContext, scope: Scope, channel_id: str, *, key: str | None) -> str:
    """Deletes a channel; its id. What was ordered through it stays."""
    _require(scope)

    async def body(work: Work) -> str:
        row = await _locked(work, channel_id)
        await query.delete(scope, work.session, "order_channel", Eq("id", row.id))
        work.audit(AuditSubject.ORDER_CHANNEL, row, None)
        return row.id

    return (await once(ctx, scope, "orderChannelDelete", key, channel_id, body))[0]


async def authenticate(
    ctx: ServiceContext, channel_id: str, headers: Mapping[str, str], body: bytes
) -> tuple[OrderChannelRow, Scope]:
    """The channel that signed a message, and what it may do: report orders.

    Raises Unauthenticated, for an unknown channel as for a signature that does not hold; PermissionDenied when the
    channel is closed, which only its owner is told.
    """
    now = ctx.clock()
    found = await channels.find(ctx.database, channel_id) if is_id(channel_id, IdPrefix.ORDER_CHANNEL) else None
    live = [_NOBODYS_SECRET] if found is None else [str(one["secret"]) for one in found[0].secrets if _counts(one, now)]
    try:
        verify_any(headers, body, live, now=now)
    except Unauthenticated as error:
        if found is not None:
            raise Refused(error.message, found[0], _scope(*found)) from None
        raise
    if found is None:
        raise RuntimeError("nobody's secret is known to nobody")
    row, scope = found[0], _scope(*found)
    if not row.enabled:
        raise PermissionDenied("this channel is closed; its owner can open it with orderChannelUpdate")
    return row, scope


class Refused(Unauthenticated):
    """A message that did not come from the channel it was sent to, which its owner may want to know of."""

    def __init__(self, message: str, channel: OrderChannelRow, scope: Scope) -> None:
        super().__init__(message)
        self.channel = channel
        self.scope = scope


async def note(ctx: ServiceContext, scope: Scope, channel: OrderChannelRow, failure: str | None) -> None:
    """Writes down that a channel was used, or why a message was refused, once a minute at most.

    It is worth no failure of its own: when the database is away, nothing is noted.
    """
    now = ctx.clock()
    name = channels.USED if failure is None else channels.FAILED
    last: datetime | None = getattr(channel, name)
    if last is not None and last > now - _NOTED_EVERY:
        return
    values = {name: now} if failure is None else {name: now, "last_failure": failure[:500]}
    try:
        async with ctx.database.transaction(scope) as session:
            await channels.note(scope, session, channel.id, name, values, before=now - _NOTED_EVERY)
    except InvoicingError as error:
        log.warning("channel_not_noted", channel=channel.id, error=str(error))


def previous_until(row: OrderChannelRow, now: datetime) -> datetime | None:
    """When the last of the secrets before the newest ends; None when only the newest counts."""
    ends = [_until(one) for one in row.secrets[1:] if _counts(one, now)]
    return max((end for end in ends if end is not None), default=None)


def _require(scope: Scope) -> None:
    # Whoever holds a channel's secret can report orders: to make one takes what a key needs for that.
    scope.require(Permission.WEBHOOKS_WRITE, Permission.ORDERS_WRITE)


def _scope(row: OrderChannelRow, mode: Mode) -> Scope:
    permissions = frozenset({Permission.ORDERS_WRITE})
    return Scope(platform_id=row.platform_id, mode=mode, actor=row.id, entity_id=row.entity_id, permissions=permissions)


def _until(secret: Mapping[str, str | None]) -> datetime | None:
    until = secret["until"]
    return None if until is None else datetime.fromisoformat(until)


def _counts(secret: Mapping[str, str | None], now: datetime) -> bool:
    until = _until(secret)
    return until is None or until > now


async def _locked(work: Work, channel_id: str) -> OrderChannelRow:
    row = await CHANNELS.get(work.scope, work.session, channel_id, lock=True)
    if row is None:
        raise NotFound("no such channel", field=("id",))
    return row


async def _change(
    work: Work, row: OrderChannelRow, columns: Mapping[str, Any], *, action: AuditAction | None = None
) -> None:
    changes = {**columns, "version": row.version + 1, "updated_at": work.now}
    await CHANNELS.change(work.scope, work.session, row.id, changes)
    work.audit(AuditSubject.ORDER_CHANNEL, row, replace(row, **changes), action=action)


async def _after(ctx: ServiceContext, scope: Scope, channel_id: str) -> OrderChannelRow:
    async with ctx.database.read(scope) as session:
        row = await CHANNELS.get(scope, session, channel_id)
    if row is None:
        raise NotFound("no such channel", field=("id",))
    return row
