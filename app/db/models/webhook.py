"""Webhook endpoints, what each is to receive, and every attempt to deliver it."""

from __future__ import annotations

from tortoise import fields

from app.db.models.base import ENTITY_KEY, PLATFORM_KEY, PlatformTable, choice, document, id_column, instant, text
from app.domain.webhooks.status import DeliveryStatus, EndpointStatus


class WebhookEndpoint(PlatformTable):
    """An address that receives events of the platform, or of one entity; a reader of the event log with a cursor."""

    id = id_column(pk=True)
    entity_id = id_column(null=True)
    url = text(2048)
    description = text(200, null=True)
    event_types = document()
    headers = document()
    secrets = document()
    status = choice(EndpointStatus)
    disabled_reason = text(200, null=True)
    cursor_seq = fields.BigIntField()
    failing_since = instant(null=True)
    version = fields.IntField()
    created_at = instant()
    updated_at = instant()

    class Meta:
        table = "webhook_endpoint"

    unique = (("platform_id", "id"),)
    references = (PLATFORM_KEY, ENTITY_KEY)
    indexes = (("platform_id", "entity_id", "id"),)


class WebhookDelivery(PlatformTable):
    """One event for one endpoint, until it is accepted or given up. `lease_until` marks it as being sent."""

    id = id_column(pk=True)
    entity_id = id_column(null=True)
    endpoint_id = id_column()
    event_id = id_column()
    event_type = text(60)
    seq = fields.BigIntField()
    status = choice(DeliveryStatus)
    attempt_count = fields.IntField()
    next_attempt_at = instant(null=True)
    lease_until = instant(null=True)
    response_status = fields.IntField(null=True)
    error = text(500, null=True)
    created_at = instant()
    finished_at = instant(null=True)

    class Meta:
        table = "webhook_delivery"

    unique = (("platform_id", "id"), ("platform_id", "endpoint_id", "event_id"))
    references = (
        (("platform_id", "endpoint_id"), "webhook_endpoint", ("platform_id", "id")),
        (("platform_id", "event_id"), "event", ("platform_id", "id")),
    )
    indexes = (
        ("platform_id", "endpoint_id", "id"),
        ("platform_id", "entity_id", "id"),
        # By which the sweep of the log, and the check of the reference to it, find an event's deliveries.
        ("platform_id", "event_id"),
        (("next_attempt_at",), "status = 'PENDING'"),
    )


class WebhookAttempt(PlatformTable):
    """One HTTP request of a delivery and what came back."""

    id = id_column(pk=True)
    entity_id = id_column(null=True)
    delivery_id = id_column()
    number = fields.IntField()
    ok = fields.BooleanField()
    response_status = fields.IntField(null=True)
    error = text(500, null=True)
    response_body = fields.TextField(null=True)
    duration_ms = fields.IntField()
    started_at = instant()

    class Meta:
        table = "webhook_attempt"

    unique = (("platform_id", "delivery_id", "number"),)
    references = ((("platform_id", "delivery_id"), "webhook_delivery", ("platform_id", "id")),)
