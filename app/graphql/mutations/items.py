"""Mutations of items."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

import strawberry
from strawberry import UNSET

from app.domain.tax.model import TaxClass
from app.graphql.context import Info, idempotency_key
from app.graphql.errors import UserError, errors_field, payload
from app.graphql.inputs import EXPECTED_VERSION, IDEMPOTENCY, SupplyInput, to_service
from app.graphql.scalars import CurrencyCode
from app.graphql.types.item import Item
from app.services import items
from app.services.recurring_inputs import ItemInput

_EXTERNAL = "The marketplace's own id of it, unique per seller."
_SKU = "The article number, unique per seller."
_DESCRIPTION = "Its text on documents; the name if none."


@strawberry.input(description="A new item of a seller's catalogue.")
class ItemCreateInput:
    name: str = strawberry.field(description="What the seller calls it.")
    unit_price: Decimal = strawberry.field(description="The price of one, with up to 6 decimals.")
    entity_id: strawberry.ID | None = strawberry.field(
        default=None, description="The seller; a seller's own key need not say it."
    )
    external_id: str | None = strawberry.field(default=UNSET, description=_EXTERNAL)
    sku: str | None = strawberry.field(default=UNSET, description=_SKU)
    description: str | None = strawberry.field(default=UNSET, description=_DESCRIPTION)
    unit: str | None = strawberry.field(default=UNSET, description="Of what unit, such as kg.")
    currency: CurrencyCode | None = strawberry.field(default=UNSET, description="The currency; the seller's if none.")
    price_includes_tax: bool | None = strawberry.field(
        default=UNSET, description="Whether the price is gross; the seller's setting if not told."
    )
    supply: SupplyInput | None = strawberry.field(
        default=UNSET, description="What is supplied; goods in general if not told."
    )
    tax_class: TaxClass | None = strawberry.field(
        default=UNSET, description="Which rate of a country it falls under; STANDARD if not told."
    )
    idempotency_key: str | None = strawberry.field(default=None, description=IDEMPOTENCY)


@strawberry.input(description="Changes of an item; what is not given stays as it is.")
class ItemUpdateInput:
    id: strawberry.ID = strawberry.field(description="The item.")
    name: str | None = strawberry.field(default=UNSET, description="What the seller calls it.")
    unit_price: Decimal | None = strawberry.field(default=UNSET, description="The price of one.")
    external_id: str | None = strawberry.field(default=UNSET, description=_EXTERNAL)
    sku: str | None = strawberry.field(default=UNSET, description=_SKU)
    description: str | None = strawberry.field(default=UNSET, description=_DESCRIPTION)
    unit: str | None = strawberry.field(default=UNSET, description="Of what unit, such as kg.")
    currency: CurrencyCode | None = strawberry.field(default=UNSET, description="The currency of the price.")
    price_includes_tax: bool | None = strawberry.field(default=UNSET, description="Whether the price is gross.")
    supply: SupplyInput | None = strawberry.field(default=UNSET, description="What is supplied; replaced as a whole.")
    tax_class: TaxClass | None = strawberry.field(default=UNSET, description="Which rate of a country it falls under.")
    expected_version: int | None = strawberry.field(default=None, description=EXPECTED_VERSION)
    idempotency_key: str | None = strawberry.field(default=None, description=IDEMPOTENCY)


@strawberry.input(description="Which item.")
class ItemIdInput:
    id: strawberry.ID = strawberry.field(description="The item.")
    idempotency_key: str | None = strawberry.field(default=None, description=IDEMPOTENCY)


@strawberry.type(description="What became of an item.")
class ItemPayload:
    item: Item | None = strawberry.field(default=None, description="The item; null when there are errors.")
    user_errors: list[UserError] = errors_field()


CreateArgument = Annotated[ItemCreateInput, strawberry.argument(description="The item.")]
UpdateArgument = Annotated[ItemUpdateInput, strawberry.argument(description="The changes.")]
IdArgument = Annotated[ItemIdInput, strawberry.argument(description="Which item.")]


@strawberry.type
class ItemMutations:
    @strawberry.mutation(description="Puts an item into a seller's catalogue.")
    async def item_create(self, info: Info, input: CreateArgument) -> ItemPayload:
        context = info.context

        async def work() -> ItemPayload:
            given = to_service(input, ItemInput)
            key = idempotency_key(info, input.idempotency_key)
            row = await items.create(context.services, context.scope, input.entity_id, given, key=key)
            return ItemPayload(item=Item.of(row))

        return await payload(ItemPayload, work)

    @strawberry.mutation(description="Changes an item; drafts and documents keep what they copied of it.")
    async def item_update(self, info: Info, input: UpdateArgument) -> ItemPayload:
        context = info.context

        async def work() -> ItemPayload:
            row = await items.update(
                context.services,
                context.scope,
                input.id,
                to_service(input, ItemInput),
                expected_version=input.expected_version,
                key=idempotency_key(info, input.idempotency_key),
            )
            return ItemPayload(item=Item.of(row))

        return await payload(ItemPayload, work)

    @strawberry.mutation(description="Takes an item out of use: no new line may name it.")
    async def item_archive(self, info: Info, input: IdArgument) -> ItemPayload:
        context = info.context

        async def work() -> ItemPayload:
            key = idempotency_key(info, input.idempotency_key)
            return ItemPayload(item=Item.of(await items.archive(context.services, context.scope, input.id, key=key)))

        return await payload(ItemPayload, work)

    @strawberry.mutation(description="Offers an archived item again.")
    async def item_unarchive(self, info: Info, input: IdArgument) -> ItemPayload:
        context = info.context

        async def work() -> ItemPayload:
            key = idempotency_key(info, input.idempotency_key)
            return ItemPayload(item=Item.of(await items.unarchive(context.services, context.scope, input.id, key=key)))

        return await payload(ItemPayload, work)
