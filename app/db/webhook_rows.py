"""Rows of webhooks as plain frozen data: endpoints, deliveries and attempts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from app.db.rows import Json
from app.domain.webhooks.status import DeliveryStatus, EndpointStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class EndpointRow:
    """A webhook endpoint with its signing secrets; each of the retired ones is {"secret", "until"}, newest first."""

    platform_id: str
    id: str
    entity_id: str | None
    url: str
    description: str | None
    event_types: Sequence[str]
    headers: Mapping[str, str]
    secrets: Sequence[str]
    status: EndpointStatus
    disabled_reason: str | None
    cursor_seq: int
    failing_since: datetime | None
    retired_secrets: Sequence[Json]
    ordered: bool
    api_version: str
    selection: str | None
    permissions: Sequence[str]
    replay_seq: int | None
    replay_until_seq: int | None
    replay_since: datetime | None
    version: int
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryRow:
    """One event for one endpoint."""

    platform_id: str
    id: str
    entity_id: str | None
    endpoint_id: str
    event_id: str
    event_type: str
    seq: int
    status: DeliveryStatus
    attempt_count: int
    next_attempt_at: datetime | None
    lease_until: datetime | None
    response_status: int | None
    error: str | None
    api_version: str
    payload: str | None
    retry_base: int
    created_at: datetime
    finished_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AttemptRow:
    """One HTTP request of a delivery."""

    platform_id: str
    id: str
    entity_id: str | None
    delivery_id: str
    number: int
    ok: bool
    response_status: int | None
    error: str | None
    request_headers: Mapping[str, str]
    response_headers: Mapping[str, str]
    response_body: str | None
    duration_ms: int
    started_at: datetime
