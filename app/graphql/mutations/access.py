"""Mutations of webhook endpoints and API keys."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, Final

import strawberry
from strawberry import UNSET
from strawberry.scalars import JSON

from app.domain.errors import InvalidInput
from app.domain.scope import Permission
from app.domain.webhooks.status import EndpointStatus
from app.graphql.context import Info, idempotency_key
from app.graphql.enums import EventType
from app.graphql.errors import UserError, errors_field, payload
from app.graphql.inputs import EXPECTED_VERSION, IDEMPOTENCY, enum_values, to_service
from app.graphql.payload_selection import check_selection
from app.graphql.types.api_key import ApiKey
from app.graphql.types.webhook import WebhookEndpoint
from app.services import inputs, keys, webhooks

_ORDERED: Final = (
    "Whether it receives one event at a time, in the log's order: the next one only when the one before is accepted or "
    "given up, which takes more than a day when it does not answer. False unless told."
)
_API_VERSION: Final = "The API version whose payloads it receives; the newest one unless told."
_SELECTION: Final = (
    "What the data of its webhooks is made of, written as a query whose root is the event: "
    "{ type invoice { number grossTotal { amount } } }. It may read what this key may read, and is answered when the "
    "event is first sent. The event's own data if none."
)


@strawberry.input(description="A new webhook endpoint; it receives what happens from now on.")
class WebhookEndpointCreateInput:
    url: str = strawberry.field(description="Where events are sent: https, and no address inside a private network.")
    entity_id: strawberry.ID | None = strawberry.field(
        default=None, description="Only this seller's events; all sellers' if none."
    )
    description: str | None = strawberry.field(default=UNSET, description="What it is for.")
    event_types: list[EventType] | None = strawberry.field(
        default=UNSET, description="Which types it receives; all if none are named."
    )
    headers: JSON | None = strawberry.field(default=UNSET, description="Further headers to send, name to value.")
    ordered: bool | None = strawberry.field(default=UNSET, description=_ORDERED)
    api_version: str | None = strawberry.field(default=UNSET, description=_API_VERSION)
    selection: str | None = strawberry.field(default=UNSET, description=_SELECTION)
    idempotency_key: str | None = strawberry.field(default=None, description=IDEMPOTENCY)


@strawberry.input(description="Changes of a webhook endpoint; what is not given stays as it is.")
class WebhookEndpointUpdateInput:
    id: strawberry.ID = strawberry.field(description="The endpoint.")
    url: str | None = strawberry.field(default=UNSET, description="Where events are sent.")
    description: str | None = strawberry.field(default=UNSET, description="What it is for.")
    event_types: list[EventType] | None = strawberry.field(
        default=UNSET, description="Which types it receives; an empty list means all."
    )
    headers: JSON | None = strawberry.field(default=UNSET, description="Further headers to send; replaces all.")
    ordered: bool | None = strawberry.field(default=UNSET, description=_ORDERED)
    api_version: str | None = strawberry.field(default=UNSET, description=_API_VERSION)
    selection: str | None = strawberry.field(default=UNSET, description=_SELECTION)
    status: EndpointStatus | None = strawberry.field(default=UNSET, description="ENABLED goes on where it stopped.")
    expected_version: int | None = strawberry.field(default=None, description=EXPECTED_VERSION)
    idempotency_key: str | None = strawberry.field(default=None, description=IDEMPOTENCY)


@strawberry.input(description="Which webhook endpoint.")
class WebhookEndpointDeleteInput:
    id: strawberry.ID = strawberry.field(description="The endpoint.")
    idempotency_key: str | None = strawberry.field(default=None, description=IDEMPOTENCY)


@strawberry.input(description="A new API key. It never may more than the key that makes it.")
class ApiKeyCreateInput:
    name: str = strawberry.field(description="What it is called.")
    entity_id: strawberry.ID | None = strawberry.field(
        default=None, description="The seller it is bound to; it sees the whole platform if none."
    )
    permissions: list[Permission] | None = strawberry.field(
        default=None, description="What it may do; all that such a key can if not told."
    )
    expires_at: datetime | None = strawberry.field(
        default=None, description="When it stops working; never if not told."
    )
    idempotency_key: str | None = strawberry.field(default=None, description=IDEMPOTENCY)


@strawberry.input(description="Which API key.")
class ApiKeyRevokeInput:
    id: strawberry.ID = strawberry.field(description="The key.")
    idempotency_key: str | None = strawberry.field(default=None, description=IDEMPOTENCY)


@strawberry.type(description="What became of a webhook endpoint.")
class WebhookEndpointPayload:
    webhook_endpoint: WebhookEndpoint | None = strawberry.field(
        default=None, description="The endpoint; null when there are errors."
    )
    signing_secret: str | None = strawberry.field(
        default=None, description="The secret its signatures are made with (whsec_…): shown once, when it is made."
    )
    user_errors: list[UserError] = errors_field()


@strawberry.type(description="What became of a webhook endpoint that was to be deleted.")
class WebhookEndpointDeletePayload:
    deleted_id: strawberry.ID | None = strawberry.field(
        default=None, description="The id of the endpoint that is gone."
    )
    user_errors: list[UserError] = errors_field()


@strawberry.type(description="What became of an API key.")
class ApiKeyPayload:
    api_key: ApiKey | None = strawberry.field(default=None, description="The key; null when there are errors.")
    secret: str | None = strawberry.field(
        default=None, description="The key itself (sk_…): shown once, when it is made."
    )
    user_errors: list[UserError] = errors_field()


def _endpoint(
    info: Info, given: WebhookEndpointCreateInput | WebhookEndpointUpdateInput
) -> inputs.WebhookEndpointInput:
    return to_service(given, inputs.WebhookEndpointInput, **_endpoint_values(info, given))


def _endpoint_values(info: Info, given: WebhookEndpointCreateInput | WebhookEndpointUpdateInput) -> dict[str, Any]:
    values: dict[str, Any] = {}
    if given.selection is not UNSET and given.selection is not None:
        checked = check_selection(info.schema, given.selection)
        values["selection"] = inputs.WebhookSelection(text=given.selection, permissions=sorted(checked.permissions))
    if given.event_types is not UNSET:
        values["event_types"] = enum_values(given.event_types) or []
    if given.headers is not UNSET:
        values["headers"] = _headers(given.headers)
    return values


def _headers(given: Any) -> Mapping[str, str]:
    if given is None:
        return {}
    if not isinstance(given, dict) or not all(isinstance(value, str) for value in given.values()):
        raise InvalidInput("must be an object of texts", field=("headers",))
    return given


CreateArgument = Annotated[WebhookEndpointCreateInput, strawberry.argument(description="The endpoint.")]
UpdateArgument = Annotated[WebhookEndpointUpdateInput, strawberry.argument(description="The changes.")]
DeleteArgument = Annotated[WebhookEndpointDeleteInput, strawberry.argument(description="Which endpoint.")]
KeyArgument = Annotated[ApiKeyCreateInput, strawberry.argument(description="The key.")]
RevokeArgument = Annotated[ApiKeyRevokeInput, strawberry.argument(description="Which key.")]


@strawberry.type
class AccessMutations:
    @strawberry.mutation(description="Makes a webhook endpoint and shows its signing secret, once.")
    async def webhook_endpoint_create(self, info: Info, input: CreateArgument) -> WebhookEndpointPayload:
        context = info.context

        async def work() -> WebhookEndpointPayload:
            key = idempotency_key(info, input.idempotency_key)
            row, secret = await webhooks.create(context.services, context.scope, _endpoint(info, input), key=key)
            return WebhookEndpointPayload(webhook_endpoint=WebhookEndpoint.of(row), signing_secret=secret)

        return await payload(WebhookEndpointPayload, work)

    @strawberry.mutation(description="Changes a webhook endpoint; enabling it goes on where it stopped.")
    async def webhook_endpoint_update(self, info: Info, input: UpdateArgument) -> WebhookEndpointPayload:
        context = info.context

        async def work() -> WebhookEndpointPayload:
            row = await webhooks.update(
                context.services,
                context.scope,
                input.id,
                _endpoint(info, input),
                expected_version=input.expected_version,
                key=idempotency_key(info, input.idempotency_key),
            )
            return WebhookEndpointPayload(webhook_endpoint=WebhookEndpoint.of(row))

        return await payload(WebhookEndpointPayload, work)

    @strawberry.mutation(description="Deletes a webhook endpoint with the record of what was sent to it.")
    async def webhook_endpoint_delete(self, info: Info, input: DeleteArgument) -> WebhookEndpointDeletePayload:
        context = info.context

        async def work() -> WebhookEndpointDeletePayload:
            key = idempotency_key(info, input.idempotency_key)
            deleted = await webhooks.delete(context.services, context.scope, input.id, key=key)
            return WebhookEndpointDeletePayload(deleted_id=strawberry.ID(deleted))

        return await payload(WebhookEndpointDeletePayload, work)

    @strawberry.mutation(description="Makes an API key and shows it, once.")
    async def api_key_create(self, info: Info, input: KeyArgument) -> ApiKeyPayload:
        context = info.context

        async def work() -> ApiKeyPayload:
            given = to_service(input, inputs.ApiKeyInput)
            key = idempotency_key(info, input.idempotency_key)
            row, secret = await keys.create(context.services, context.scope, given, key=key)
            return ApiKeyPayload(api_key=ApiKey.of(row), secret=secret)

        return await payload(ApiKeyPayload, work)

    @strawberry.mutation(description="Makes an API key stop working at once.")
    async def api_key_revoke(self, info: Info, input: RevokeArgument) -> ApiKeyPayload:
        context = info.context

        async def work() -> ApiKeyPayload:
            key = idempotency_key(info, input.idempotency_key)
            return ApiKeyPayload(
                api_key=ApiKey.of(await keys.revoke(context.services, context.scope, input.id, key=key))
            )

        return await payload(ApiKeyPayload, work)
