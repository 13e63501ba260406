"""Webhook endpoints: made with a signing secret that is shown once, changed, rotated, deleted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from app.db import deliveries, event_log, event_retention
from app.db.aggregates import ENDPOINTS, ENTITIES
from app.db.webhook_rows import EndpointRow
from app.domain import events
from app.domain.errors import InvalidInput, InvalidState, LimitExceeded, NotFound
from app.domain.events import EVENT_TYPES
from app.domain.history import AuditAction, AuditSubject
from app.domain.identity import IdPrefix, new_id
from app.domain.scope import Permission, Scope
from app.domain.webhooks.address import check_endpoint_url
from app.domain.webhooks.headers import check_headers
from app.domain.webhooks.revisions import API_VERSIONS, check_api_version
from app.domain.webhooks.rotation import rotated
from app.domain.webhooks.signature import new_secret
from app.domain.webhooks.status import EndpointStatus
from app.services import checks
from app.services.context import ServiceContext
from app.services.inputs import UNSET, WebhookEndpointInput, WebhookSelection
from app.services.once import Work, once
from app.services.versions import check_version

MAX_ENDPOINTS: Final = 100


async def create(
    ctx: ServiceContext, scope: Scope, given: WebhookEndpointInput, *, key: str | None
) -> tuple[EndpointRow, str | None]:
    """Makes an endpoint that receives events from now on, and shows its secret; a repetition shows none."""
    scope.require(Permission.WEBHOOKS_WRITE)
    secret = new_secret()

    async def body(work: Work) -> str:
        if given.url is UNSET:
            raise InvalidInput("is required", field=("url",))
        entity_id = given.entity_id if given.entity_id is not None else scope.entity_id
        if entity_id is not None and await ENTITIES.get(scope, work.session, entity_id) is None:
            raise NotFound("no such entity", field=("entityId",))
        if await ENDPOINTS.count(scope, work.session) >= MAX_ENDPOINTS:
            raise LimitExceeded(f"there are {MAX_ENDPOINTS} endpoints already")
        columns: dict[str, Any] = {
            "description": None,
            "event_types": [],
            "headers": {},
            "ordered": False,
            "api_version": API_VERSIONS[-1],
            "selection": None,
            "permissions": [],
            "status": EndpointStatus.ENABLED,
        }
        row = EndpointRow(
            platform_id=scope.platform_id,
            id=new_id(IdPrefix.WEBHOOK_ENDPOINT),
            entity_id=entity_id,
            secrets=[secret],
            disabled_reason=None,
            cursor_seq=await event_log.last_seq(scope, work.session),
            failing_since=None,
            retired_secrets=[],
            replay_seq=None,
            replay_until_seq=None,
            replay_since=None,
            version=1,
            created_at=work.now,
            updated_at=work.now,
            **(columns | _columns(work, given)),
        )
        await ENDPOINTS.insert(scope, work.session, [row])
        _announce(work, events.WebhookEndpointCreated, row)
        work.audit(AuditSubject.WEBHOOK_ENDPOINT, None, row)
        return row.id

    row_id, repeated = await once(ctx, scope, "webhookEndpointCreate", key, given, body)
    return await get(ctx, scope, row_id), None if repeated else secret


async def update(
    ctx: ServiceContext,
    scope: Scope,
    endpoint_id: str,
    given: WebhookEndpointInput,
    *,
    expected_version: int | None,
    key: str | None,
) -> EndpointRow:
    """Changes an endpoint; enabling it again forgets its failures and goes on from where it stopped.

    Raises InvalidState for one that has missed what the log no longer keeps.
    """
    scope.require(Permission.WEBHOOKS_WRITE)

    async def body(work: Work) -> str:
        row = await locked(work, endpoint_id)
        await check_version(work, AuditSubject.WEBHOOK_ENDPOINT, row, expected_version)
        columns = _columns(work, given)
        if "url" in columns and "selection" not in columns:
            # Whoever says where it goes must be allowed to read what goes there.
            scope.require(*map(Permission, row.permissions))
        if columns.get("status") is EndpointStatus.ENABLED:
            if not await event_retention.is_kept_after(scope, work.session, row.cursor_seq):
                message = "events that it has missed are no longer kept; make a new endpoint, and read the objects anew"
                raise InvalidState(message, field=("status",))
            columns |= {"disabled_reason": None, "failing_since": None}
        elif columns.get("status") is EndpointStatus.DISABLED and row.status is EndpointStatus.ENABLED:
            columns["disabled_reason"] = "disabled by its owner"
        columns |= {"version": row.version + 1, "updated_at": work.now}
        await ENDPOINTS.change(scope, work.session, row.id, columns)
        changed = replace(row, **columns)
        _announce(work, events.WebhookEndpointUpdated, changed)
        work.audit(AuditSubject.WEBHOOK_ENDPOINT, row, changed)
        return row.id

    row_id, _ = await once(ctx, scope, "webhookEndpointUpdate", key, (endpoint_id, given, expected_version), body)
    return await get(ctx, scope, row_id)


async def rotate_secret(
    ctx: ServiceContext, scope: Scope, endpoint_id: str, *, overlap_hours: int, key: str | None
) -> tuple[EndpointRow, str | None]:
    """Gives an endpoint a new secret, and shows it; a repetition shows none.

    The former one signs beside it for so many hours; with 0 it is gone at once, and all before it are.
    """
    scope.require(Permission.WEBHOOKS_WRITE)
    secret = new_secret()

    async def body(work: Work) -> str:
        row = await locked(work, endpoint_id)
        secrets, retired = rotated(row.secrets, row.retired_secrets, secret, overlap_hours=overlap_hours, now=work.now)
        changes = {"secrets": secrets, "retired_secrets": retired, "version": row.version + 1, "updated_at": work.now}
        await ENDPOINTS.change(scope, work.session, row.id, changes)
        _announce(work, events.WebhookEndpointUpdated, row)
        after = replace(row, secrets=secrets, version=row.version + 1)
        work.audit(AuditSubject.WEBHOOK_ENDPOINT, row, after, action=AuditAction.SECRET_ROTATED)
        return row.id

    row_id, repeated = await once(ctx, scope, "webhookSecretRotate", key, (endpoint_id, overlap_hours), body)
    return await get(ctx, scope, row_id), None if repeated else secret


async def delete(ctx: ServiceContext, scope: Scope, endpoint_id: str, *, key: str | None) -> str:
    """Deletes an endpoint with its deliveries and attempts; its id."""
    scope.require(Permission.WEBHOOKS_WRITE)

    async def body(work: Work) -> str:
        row = await locked(work, endpoint_id)
        _announce(work, events.WebhookEndpointDeleted, row)
        work.audit(AuditSubject.WEBHOOK_ENDPOINT, row, None)
        await deliveries.delete_endpoint(scope, work.session, endpoint_id)
        return endpoint_id

    return (await once(ctx, scope, "webhookEndpointDelete", key, endpoint_id, body))[0]


def _announce(work: Work, kind: type[events.WebhookEndpointEvent], row: EndpointRow) -> None:
    event = kind(
        id=row.id, entity_id=row.entity_id, url=row.url, event_types=tuple(row.event_types), status=row.status.value
    )
    work.emit(event, row.entity_id)


async def locked(work: Work, endpoint_id: str, *, field: str = "id") -> EndpointRow:
    """An endpoint in sight, its row locked. Raises NotFound naming the input's field."""
    row = await ENDPOINTS.get(work.scope, work.session, endpoint_id, lock=True)
    if row is None:
        raise NotFound("no such webhook endpoint", field=(field,))
    return row


async def get(ctx: ServiceContext, scope: Scope, endpoint_id: str) -> EndpointRow:
    """An endpoint in sight as it stands. Raises NotFound."""
    async with ctx.database.read(scope) as session:
        row = await ENDPOINTS.get(scope, session, endpoint_id)
    if row is None:
        raise NotFound("no such webhook endpoint", field=("id",))
    return row


def _columns(work: Work, given: WebhookEndpointInput) -> dict[str, Any]:
    columns: dict[str, Any] = {}
    if given.url is not UNSET:
        private = work.ctx.allow_private_webhooks
        columns["url"] = check_endpoint_url(given.url, allow_http=private, allow_private=private)
    if given.description is not UNSET:
        columns["description"] = checks.optional_text(given.description, ("description",), 200)
    if given.event_types is not UNSET:
        columns["event_types"] = _event_types(given.event_types)
    if given.headers is not UNSET:
        columns["headers"] = dict(check_headers(given.headers))
    if given.ordered is not UNSET:
        columns["ordered"] = given.ordered
    if given.api_version is not UNSET:
        columns["api_version"] = check_api_version(given.api_version)
    if given.selection is not UNSET:
        columns |= _selection(work.scope, given.selection)
    if given.status is not UNSET:
        columns["status"] = given.status
    return columns


def _selection(scope: Scope, given: WebhookSelection | None) -> dict[str, Any]:
    if given is None:
        return {"selection": None, "permissions": []}
    # An endpoint may read what whoever set its selection may read, and of that only what it takes.
    scope.require(*given.permissions)
    return {"selection": given.text, "permissions": sorted(given.permissions)}


def _event_types(values: Sequence[str]) -> list[str]:
    for i, value in enumerate(values):
        if value not in EVENT_TYPES:
            raise InvalidInput(f"{value!r} is not an event type", field=("eventTypes", i))
    return sorted(set(values))
