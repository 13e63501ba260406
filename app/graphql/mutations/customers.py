"""Mutations of buyers."""

from __future__ import annotations

from typing import Annotated

import strawberry
from strawberry import UNSET

from app.domain.parties import CustomerKind
from app.graphql.context import Info, idempotency_key
from app.graphql.errors import UserError, errors_field, payload
from app.graphql.inputs import EXPECTED_VERSION, IDEMPOTENCY, AddressInput, TaxIdInput, to_service
from app.graphql.types.customer import Customer
from app.services import customers, inputs


@strawberry.input(description="A new buyer of a seller.")
class CustomerCreateInput:
    name: str = strawberry.field(description="The buyer's name.")
    address: AddressInput = strawberry.field(description="The buyer's address.")
    entity_id: strawberry.ID | None = strawberry.field(
        default=None, description="The seller; a seller's own key need not say it."
    )
    external_id: str | None = strawberry.field(
        default=UNSET, description="The marketplace's own id of the buyer, unique per seller."
    )
    kind: CustomerKind | None = strawberry.field(
        default=UNSET, description="What the buyer is to the VAT law; CONSUMER if not told."
    )
    email: str | None = strawberry.field(default=UNSET, description="The buyer's e-mail address.")
    tax_id: TaxIdInput | None = strawberry.field(default=UNSET, description="The buyer's tax number.")
    locale: str | None = strawberry.field(default=UNSET, description="The language of documents to it.")
    idempotency_key: str | None = strawberry.field(default=None, description=IDEMPOTENCY)


@strawberry.input(description="Changes of a buyer; what is not given stays as it is.")
class CustomerUpdateInput:
    id: strawberry.ID = strawberry.field(description="The buyer.")
    name: str | None = strawberry.field(default=UNSET, description="The buyer's name.")
    address: AddressInput | None = strawberry.field(
        default=UNSET, description="The buyer's address; replaced as a whole."
    )
    external_id: str | None = strawberry.field(
        default=UNSET, description="The marketplace's own id of the buyer, unique per seller."
    )
    kind: CustomerKind | None = strawberry.field(default=UNSET, description="What the buyer is to the VAT law.")
    email: str | None = strawberry.field(default=UNSET, description="The buyer's e-mail address.")
    tax_id: TaxIdInput | None = strawberry.field(default=UNSET, description="The buyer's tax number; null removes it.")
    locale: str | None = strawberry.field(default=UNSET, description="The language of documents to it.")
    expected_version: int | None = strawberry.field(default=None, description=EXPECTED_VERSION)
    idempotency_key: str | None = strawberry.field(default=None, description=IDEMPOTENCY)


@strawberry.type(description="What became of a buyer.")
class CustomerPayload:
    customer: Customer | None = strawberry.field(default=None, description="The buyer; null when there are errors.")
    user_errors: list[UserError] = errors_field()


CreateArgument = Annotated[CustomerCreateInput, strawberry.argument(description="The buyer.")]
UpdateArgument = Annotated[CustomerUpdateInput, strawberry.argument(description="The changes.")]


@strawberry.type
class CustomerMutations:
    @strawberry.mutation(description="Makes a buyer of a seller.")
    async def customer_create(self, info: Info, input: CreateArgument) -> CustomerPayload:
        context = info.context

        async def work() -> CustomerPayload:
            given = to_service(input, inputs.CustomerInput)
            key = idempotency_key(info, input.idempotency_key)
            row = await customers.create(context.services, context.scope, input.entity_id, given, key=key)
            return CustomerPayload(customer=Customer.of(row))

        return await payload(CustomerPayload, work)

    @strawberry.mutation(description="Changes a buyer; issued documents keep what they were issued with.")
    async def customer_update(self, info: Info, input: UpdateArgument) -> CustomerPayload:
        context = info.context

        async def work() -> CustomerPayload:
            row = await customers.update(
                context.services,
                context.scope,
                input.id,
                to_service(input, inputs.CustomerInput),
                expected_version=input.expected_version,
                key=idempotency_key(info, input.idempotency_key),
            )
            return CustomerPayload(customer=Customer.of(row))

        return await payload(CustomerPayload, work)
