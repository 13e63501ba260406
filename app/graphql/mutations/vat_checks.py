"""Mutations that verify VAT numbers."""

from __future__ import annotations

from typing import Annotated

import strawberry

from app.domain.errors import Unavailable
from app.domain.registers.model import AnswerKind
from app.graphql.context import Info, idempotency_key
from app.graphql.errors import UserError, errors_field, payload, user_error
from app.graphql.inputs import IDEMPOTENCY
from app.graphql.mutations.jobs import JobPayload
from app.graphql.types.customer import Customer
from app.graphql.types.job import BackgroundJob
from app.graphql.types.vat_check import TaxIdCheck
from app.services import vat_checks, vat_revalidation


@strawberry.input(description="Whose VAT number is to be verified.")
class CustomerVerifyTaxIdInput:
    id: strawberry.ID = strawberry.field(description="The buyer.")
    idempotency_key: str | None = strawberry.field(default=None, description=IDEMPOTENCY)


@strawberry.input(description="Of which seller the buyers' VAT numbers are to be verified.")
class CustomersVerifyTaxIdsInput:
    entity_id: strawberry.ID | None = strawberry.field(
        default=None, description="The seller; a seller's own key need not say it."
    )
    only_older_than_hours: int | None = strawberry.field(
        default=None, description="Only numbers whose last answer is at least as old, or that never had one."
    )
    idempotency_key: str | None = strawberry.field(default=None, description=IDEMPOTENCY)


@strawberry.type(description="What a register said of a buyer's VAT number.")
class CustomerVerifyTaxIdPayload:
    customer: Customer | None = strawberry.field(
        default=None, description="The buyer, with what is known of its number now."
    )
    check: TaxIdCheck | None = strawberry.field(
        default=None, description="The check; null when the register is left alone for now."
    )
    user_errors: list[UserError] = errors_field()


VerifyArgument = Annotated[CustomerVerifyTaxIdInput, strawberry.argument(description="Whose number.")]
VerifyAllArgument = Annotated[CustomersVerifyTaxIdsInput, strawberry.argument(description="Of which seller.")]


@strawberry.type
class VatCheckMutations:
    @strawberry.mutation(
        description="Asks a register about a buyer's VAT number now. Without an answer within some seconds there is a"
        " retryable error UNAVAILABLE beside the buyer, and the question is asked again in the background for days."
    )
    async def customer_verify_tax_id(self, info: Info, input: VerifyArgument) -> CustomerVerifyTaxIdPayload:
        context = info.context

        async def work() -> CustomerVerifyTaxIdPayload:
            key = idempotency_key(info, input.idempotency_key)
            checked = await vat_checks.verify(context.services, context.scope, input.id, key=key)
            check = checked.check
            return CustomerVerifyTaxIdPayload(
                customer=Customer.of(checked.customer),
                check=None if check is None else TaxIdCheck.of(check),
                user_errors=_unanswered(checked),
            )

        return await payload(CustomerVerifyTaxIdPayload, work)

    @strawberry.mutation(
        description="Verifies the VAT numbers of all business buyers of a seller in the background; the job's result"
        " counts the answers."
    )
    async def customers_verify_tax_ids(self, info: Info, input: VerifyAllArgument) -> JobPayload:
        context = info.context

        async def work() -> JobPayload:
            row = await vat_revalidation.start(
                context.services,
                context.scope,
                input.entity_id,
                only_older_than_hours=input.only_older_than_hours,
                key=idempotency_key(info, input.idempotency_key),
            )
            return JobPayload(job=BackgroundJob.of(row))

        return await payload(JobPayload, work)


def _unanswered(checked: vat_checks.Checked) -> list[UserError]:
    """The error that says that there is no answer yet, of this question or, repeated, of the last one."""
    answer = checked.answer or checked.check
    if answer is None or answer.kind is not AnswerKind.UNAVAILABLE:
        return []
    message = (
        f"{answer.source} gave no answer ({answer.code}); it is asked again in the background, look a little later"
    )
    return [user_error(Unavailable(message, field=("id",)))]
