"""Events of webhook endpoints, API keys and jobs; `app.domain.events` has the catalogue."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.event_base import EventData


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookEndpointEvent(EventData):
    """What is told of a webhook endpoint; never its secrets or headers. No types means all."""

    entity_id: str | None
    url: str
    event_types: tuple[str, ...]
    status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookEndpointCreated(WebhookEndpointEvent):
    """An endpoint was made; it receives what happens from then on."""

    type = "webhook.endpoint_created"


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookEndpointUpdated(WebhookEndpointEvent):
    """An endpoint was changed, enabled or disabled by its owner."""

    type = "webhook.endpoint_updated"


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookEndpointDeleted(WebhookEndpointEvent):
    """An endpoint was deleted with the record of what was sent to it."""

    type = "webhook.endpoint_deleted"


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookEndpointDisabled(EventData):
    """An endpoint gets nothing any more; `reason` says why."""

    type = "webhook.endpoint_disabled"

    url: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookTest(EventData):
    """A test was asked for. It goes to that endpoint, whatever types it receives, and to no other."""

    type = "webhook.test"

    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiKeyEvent(EventData):
    """What is told of a key; never its secret."""

    entity_id: str | None
    name: str
    last_four: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiKeyCreated(ApiKeyEvent):
    """A key was made."""

    type = "api_key.created"


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiKeyRevoked(ApiKeyEvent):
    """A key stopped working."""

    type = "api_key.revoked"


@dataclass(frozen=True, slots=True, kw_only=True)
class JobFailed(EventData):
    """A background job was given up, after its last attempt or for an error that no repetition can mend."""

    type = "job.failed"

    entity_id: str | None
    kind: str
    attempts: int
    error: str
