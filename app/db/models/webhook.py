"""Webhook endpoints, what each is to receive, and every attempt to deliver it."""

from __future__ import annotations

from tortoise import fields

from app.db.models.base import ENTITY_KEY, PLATFORM_KEY, PlatformTable, choice, document, id_column, instant, text
from app.domain.webhooks.revisions import API_VERSIONS
from app.domain.webhooks.status import DeliveryStatus, EndpointStatus


class WebhookEndpoint(PlatformTable):
    """An address that receives events of the platform, or of one entity; a reader of the event log with a cursor.

    `retired_secrets` sign beside `secrets` until their time is up. `selection` is what a body's data is made of, by
    `permissions`; null is the event as the log has it. A replay reads the log anew, beyond `replay_seq` as far as
    `replay_until_seq`, and takes what happened since `replay_since`.
    """

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
    retired_secrets = document(default="[]")
    ordered = fields.BooleanField(default=False)
    api_version = text(10, default=API_VERSIONS[0])
    selection = fields.TextField(null=True)
    permissions = document(default="[]")
    replay_seq = fields.BigIntField(null=True)
    replay_until_seq = fields.BigIntField(null=True)
    replay_since = instant(null=True)
    version = fields.IntField()
    created_at = instant()
    updated_at = instant()

    class Meta:
        table = "webhook_endpoint"

    unique = (("platform_id", "id"),)
    references = (PLATFORM_KEY, ENTITY_KEY)
    indexes = (("platform_id", "entity_id", "id"),)


class WebhookDelivery(PlatformTable):
    """One event for one endpoint, until it is accepted or given up. `lease_until` marks it as being sent.

    `payload` is the JSON that the endpoint's selection made of the event, the same at every attempt. A replay begins a
    new round of attempts, after the first `retry_base` of them.
    """

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
    api_version = text(10, default=API_VERSIONS[0])
    payload = fields.TextField(null=True)
    retry_base = fields.IntField(default=0)
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
        # What is sent next to an endpoint, and what a replay takes. One index for both ways of sending: with two that
        # fit, PostgreSQL's planner may take the one that makes it sort all that is pending.
        (("platform_id", "endpoint_id", "seq", "next_attempt_at"), "status = 'PENDING'"),
        (("platform_id", "endpoint_id", "id"), "status = 'FAILED'"),
    )


class WebhookAttempt(PlatformTable):
    """One HTTP request of a delivery, its headers without what is secret in them, and what came back."""

    id = id_column(pk=True)
    entity_id = id_column(null=True)
    delivery_id = id_column()
    number = fields.IntField()
    ok = fields.BooleanField()
    response_status = fields.IntField(null=True)
    error = text(500, null=True)
    request_headers = document(default="{}")
    response_headers = document(default="{}")
    response_body = fields.TextField(null=True)
    duration_ms = fields.IntField()
    started_at = instant()

    class Meta:
        table = "webhook_attempt"

    unique = (("platform_id", "delivery_id", "number"),)
    references = ((("platform_id", "delivery_id"), "webhook_delivery", ("platform_id", "id")),)
