"""What is done with webhook endpoints once there are some: secrets replaced, events sent again, endpoints tried out."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import strawberry
from strawberry import UNSET

from app.graphql.context import Info, idempotency_key
from app.graphql.errors import UserError, errors_field, payload
from app.graphql.inputs import IDEMPOTENCY, to_service
from app.graphql.mutations.access import WebhookEndpointPayload
from app.graphql.types.webhook import WebhookAttempt, WebhookDelivery, WebhookEndpoint
from app.services import inputs, redelivery, webhooks


@strawberry.input(description="A new signing secret for a webhook endpoint.")
class WebhookSecretRotateInput:
    id: strawberry.ID = strawberry.field(description="The endpoint.")
    overlap_hours: int = strawberry.field(
        default=24,
        description="For how many hours, up to 168, the former secret signs beside the new one. 0 ends all former ones"
        " at once, for one that has become known.",
    )
    idempotency_key: str | None = strawberry.field(default=None, description=IDEMPOTENCY)


@strawberry.input(description="What is to be sent again: exactly one of these.", one_of=True)
class WebhookReplayWhat:
    delivery: strawberry.ID | None = strawberry.field(
        default=UNSET, description="This delivery, whatever became of it."
    )
    all_failed: bool | None = strawberry.field(
        default=UNSET, description="True for all that was given up, the oldest first, at most 10,000 at a time."
    )
    since: datetime | None = strawberry.field(
        default=UNSET,
        description="All events since this time that the endpoint wants, those that arrived and those from before it"
        " was made included, as far back as the log is kept.",
    )


@strawberry.input(description="Events to be sent to a webhook endpoint again.")
class WebhookReplayInput:
    endpoint_id: strawberry.ID = strawberry.field(description="The endpoint.")
    what: WebhookReplayWhat = strawberry.field(description="What is to be sent again.")
    idempotency_key: str | None = strawberry.field(default=None, description=IDEMPOTENCY)


@strawberry.input(description="A webhook endpoint to try out.")
class WebhookTestInput:
    endpoint_id: strawberry.ID = strawberry.field(description="The endpoint.")
    idempotency_key: str | None = strawberry.field(default=None, description=IDEMPOTENCY)


@strawberry.type(description="What became of a replay.")
class WebhookReplayPayload:
    webhook_endpoint: WebhookEndpoint | None = strawberry.field(
        default=None, description="The endpoint; null when there are errors."
    )
    replayed: int | None = strawberry.field(
        default=None,
        description="How many deliveries are due again; null for a time, whose events are taken from the log one"
        " stretch after the other, while the endpoint's replaying is true.",
    )
    user_errors: list[UserError] = errors_field()


@strawberry.type(description="What came of trying out a webhook endpoint.")
class WebhookTestPayload:
    delivery: WebhookDelivery | None = strawberry.field(
        default=None, description="The delivery of the event webhook.test; null when there are errors."
    )
    attempt: WebhookAttempt | None = strawberry.field(
        default=None, description="The request that was made, and what came back."
    )
    user_errors: list[UserError] = errors_field()


RotateArgument = Annotated[WebhookSecretRotateInput, strawberry.argument(description="Which endpoint.")]
ReplayArgument = Annotated[WebhookReplayInput, strawberry.argument(description="What is to be sent again.")]
TestArgument = Annotated[WebhookTestInput, strawberry.argument(description="Which endpoint.")]


@strawberry.type
class WebhookMutations:
    @strawberry.mutation(
        description="Gives a webhook endpoint a new signing secret and shows it, once; the former one signs beside it"
        " for a while."
    )
    async def webhook_secret_rotate(self, info: Info, input: RotateArgument) -> WebhookEndpointPayload:
        context = info.context

        async def work() -> WebhookEndpointPayload:
            key = idempotency_key(info, input.idempotency_key)
            row, secret = await webhooks.rotate_secret(
                context.services, context.scope, input.id, overlap_hours=input.overlap_hours, key=key
            )
            return WebhookEndpointPayload(webhook_endpoint=WebhookEndpoint.of(row), signing_secret=secret)

        return await payload(WebhookEndpointPayload, work)

    @strawberry.mutation(description="Sends events to a webhook endpoint again, each with a new round of attempts.")
    async def webhook_replay(self, info: Info, input: ReplayArgument) -> WebhookReplayPayload:
        context = info.context

        async def work() -> WebhookReplayPayload:
            given = to_service(input.what, inputs.WebhookReplayInput)
            key = idempotency_key(info, input.idempotency_key)
            row, count = await redelivery.replay(context.services, context.scope, input.endpoint_id, given, key=key)
            return WebhookReplayPayload(webhook_endpoint=WebhookEndpoint.of(row), replayed=count)

        return await payload(WebhookReplayPayload, work)

    @strawberry.mutation(
        description="Sends a webhook.test event to an endpoint at once, enabled or not, and shows what came back. It is"
        " not tried again, and says nothing of the endpoint's health."
    )
    async def webhook_test(self, info: Info, input: TestArgument) -> WebhookTestPayload:
        context = info.context

        async def work() -> WebhookTestPayload:
            key = idempotency_key(info, input.idempotency_key)
            row, attempt = await redelivery.test(context.services, context.scope, input.endpoint_id, key=key)
            shown = None if attempt is None else WebhookAttempt.of(attempt, owner=row)
            return WebhookTestPayload(delivery=WebhookDelivery.of(row), attempt=shown)

        return await payload(WebhookTestPayload, work)
