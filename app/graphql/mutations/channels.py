"""Mutations of channels for signed orders."""

from __future__ import annotations

from typing import Annotated

import strawberry
from strawberry import UNSET

from app.graphql.context import Info, idempotency_key
from app.graphql.errors import UserError, errors_field, payload
from app.graphql.inputs import EXPECTED_VERSION, IDEMPOTENCY, to_service
from app.graphql.types.channel import OrderChannel
from app.services import channels, inputs


@strawberry.input(description="A new channel, which takes orders from now on.")
class OrderChannelCreateInput:
    name: str = strawberry.field(description="What it is called.")
    entity_id: strawberry.ID | None = strawberry.field(
        default=None, description="The seller whose orders alone it takes; all sellers' if none."
    )
    idempotency_key: str | None = strawberry.field(default=None, description=IDEMPOTENCY)


@strawberry.input(description="Changes of a channel; what is not given stays as it is.")
class OrderChannelUpdateInput:
    id: strawberry.ID = strawberry.field(description="The channel.")
    name: str | None = strawberry.field(default=UNSET, description="What it is called.")
    enabled: bool | None = strawberry.field(default=UNSET, description="Whether it takes orders.")
    expected_version: int | None = strawberry.field(default=None, description=EXPECTED_VERSION)
    idempotency_key: str | None = strawberry.field(default=None, description=IDEMPOTENCY)


@strawberry.input(description="Which channel gets a new secret.")
class OrderChannelRotateInput:
    id: strawberry.ID = strawberry.field(description="The channel.")
    overlap_hours: int = strawberry.field(
        default=24, description="For how long the secrets before it still count, 0 to 168 hours; 0 ends them at once."
    )
    idempotency_key: str | None = strawberry.field(default=None, description=IDEMPOTENCY)


@strawberry.input(description="Which channel.")
class OrderChannelDeleteInput:
    id: strawberry.ID = strawberry.field(description="The channel.")
    idempotency_key: str | None = strawberry.field(default=None, description=IDEMPOTENCY)


@strawberry.type(description="What became of a channel.")
class OrderChannelPayload:
    order_channel: OrderChannel | None = strawberry.field(
        default=None, description="The channel; null when there are errors."
    )
    signing_secret: str | None = strawberry.field(
        default=None, description="The secret to sign orders with (whsec_…): shown once, when it is made."
    )
    user_errors: list[UserError] = errors_field()


@strawberry.type(description="What became of a channel that was to be deleted.")
class OrderChannelDeletePayload:
    deleted_id: strawberry.ID | None = strawberry.field(default=None, description="The id of the channel that is gone.")
    user_errors: list[UserError] = errors_field()


CreateArgument = Annotated[OrderChannelCreateInput, strawberry.argument(description="The channel.")]
UpdateArgument = Annotated[OrderChannelUpdateInput, strawberry.argument(description="The changes.")]
RotateArgument = Annotated[OrderChannelRotateInput, strawberry.argument(description="Which channel.")]
DeleteArgument = Annotated[OrderChannelDeleteInput, strawberry.argument(description="Which channel.")]


@strawberry.type
class ChannelMutations:
    @strawberry.mutation(description="Makes a channel for signed orders and shows its secret, once.")
    async def order_channel_create(self, info: Info, input: CreateArgument) -> OrderChannelPayload:
        context = info.context

        async def work() -> OrderChannelPayload:
            given = to_service(input, inputs.OrderChannelInput)
            key = idempotency_key(info, input.idempotency_key)
            row, secret = await channels.create(context.services, context.scope, given, key=key)
            return OrderChannelPayload(order_channel=OrderChannel.of(row), signing_secret=secret)

        return await payload(OrderChannelPayload, work)

    @strawberry.mutation(description="Renames a channel, or opens or closes it.")
    async def order_channel_update(self, info: Info, input: UpdateArgument) -> OrderChannelPayload:
        context = info.context

        async def work() -> OrderChannelPayload:
            row = await channels.update(
                context.services,
                context.scope,
                input.id,
                to_service(input, inputs.OrderChannelInput),
                expected_version=input.expected_version,
                key=idempotency_key(info, input.idempotency_key),
            )
            return OrderChannelPayload(order_channel=OrderChannel.of(row))

        return await payload(OrderChannelPayload, work)

    @strawberry.mutation(
        description="Gives a channel a new secret and shows it, once; the ones before still count a while."
    )
    async def order_channel_rotate(self, info: Info, input: RotateArgument) -> OrderChannelPayload:
        context = info.context

        async def work() -> OrderChannelPayload:
            row, secret = await channels.rotate(
                context.services,
                context.scope,
                input.id,
                overlap_hours=input.overlap_hours,
                key=idempotency_key(info, input.idempotency_key),
            )
            return OrderChannelPayload(order_channel=OrderChannel.of(row), signing_secret=secret)

        return await payload(OrderChannelPayload, work)

    @strawberry.mutation(description="Deletes a channel; what was ordered through it stays.")
    async def order_channel_delete(self, info: Info, input: DeleteArgument) -> OrderChannelDeletePayload:
        context = info.context

        async def work() -> OrderChannelDeletePayload:
            key = idempotency_key(info, input.idempotency_key)
            deleted = await channels.delete(context.services, context.scope, input.id, key=key)
            return OrderChannelDeletePayload(deleted_id=strawberry.ID(deleted))

        return await payload(OrderChannelDeletePayload, work)
