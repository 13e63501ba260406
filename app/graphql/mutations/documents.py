"""Mutations of whole documents: voided, duplicated, converted."""

from __future__ import annotations

from typing import Annotated

import strawberry

from app.graphql.context import Info, idempotency_key
from app.graphql.errors import payload
from app.graphql.inputs import EXPECTED_VERSION, IDEMPOTENCY
from app.graphql.mutations.invoices import InvoicePayload
from app.graphql.types.invoice import Invoice
from app.services import copies, voiding


@strawberry.input(description="Which document is to be voided, and why.")
class InvoiceVoidInput:
    id: strawberry.ID = strawberry.field(description="The finalized document.")
    reason: str = strawberry.field(description="Why, in up to 500 characters; it is kept for the auditor.")
    expected_version: int | None = strawberry.field(default=None, description=EXPECTED_VERSION)
    idempotency_key: str | None = strawberry.field(default=None, description=IDEMPOTENCY)


@strawberry.input(description="Which document is to be duplicated.")
class InvoiceDuplicateInput:
    id: strawberry.ID = strawberry.field(description="The document, of any type but CREDIT_NOTE and in any status.")
    expected_version: int | None = strawberry.field(default=None, description=EXPECTED_VERSION)
    idempotency_key: str | None = strawberry.field(default=None, description=IDEMPOTENCY)


@strawberry.input(description="Which proforma is to become an invoice.")
class ProformaConvertInput:
    id: strawberry.ID = strawberry.field(description="The proforma: a draft, or finalized.")
    expected_version: int | None = strawberry.field(default=None, description=EXPECTED_VERSION)
    idempotency_key: str | None = strawberry.field(default=None, description=IDEMPOTENCY)


VoidArgument = Annotated[InvoiceVoidInput, strawberry.argument(description="Which document, and why.")]
DuplicateArgument = Annotated[InvoiceDuplicateInput, strawberry.argument(description="Which document.")]
ConvertArgument = Annotated[ProformaConvertInput, strawberry.argument(description="Which proforma.")]


@strawberry.type
class DocumentMutations:
    @strawberry.mutation(
        description="Voids a finalized document that nobody has paid or credited; its number stays used, and its order"
        " can be invoiced anew. It is for documents that were not sent: what the buyer has received is corrected by a"
        " credit note, since its VAT is owed until then (Directive 2006/112/EC, art. 203)."
    )
    async def invoice_void(self, info: Info, input: VoidArgument) -> InvoicePayload:
        context = info.context

        async def work() -> InvoicePayload:
            row = await voiding.void(
                context.services,
                context.scope,
                input.id,
                reason=input.reason,
                expected_version=input.expected_version,
                key=idempotency_key(info, input.idempotency_key),
            )
            return InvoicePayload(invoice=Invoice.of(row))

        return await payload(InvoicePayload, work)

    @strawberry.mutation(
        description="Makes a draft of the same type, buyer and content, taxed by today's rules: without the order, the"
        " date of supply and the deductions of the original."
    )
    async def invoice_duplicate(self, info: Info, input: DuplicateArgument) -> InvoicePayload:
        context = info.context

        async def work() -> InvoicePayload:
            row = await copies.duplicate(
                context.services,
                context.scope,
                input.id,
                expected_version=input.expected_version,
                key=idempotency_key(info, input.idempotency_key),
            )
            return InvoicePayload(invoice=Invoice.of(row))

        return await payload(InvoicePayload, work)

    @strawberry.mutation(
        description="Makes the invoice of a proforma: a STANDARD draft of the same content. A proforma becomes one"
        " invoice; a draft that is deleted, or an invoice that is voided, does not count."
    )
    async def proforma_convert(self, info: Info, input: ConvertArgument) -> InvoicePayload:
        context = info.context

        async def work() -> InvoicePayload:
            row = await copies.convert(
                context.services,
                context.scope,
                input.id,
                expected_version=input.expected_version,
                key=idempotency_key(info, input.idempotency_key),
            )
            return InvoicePayload(invoice=Invoice.of(row))

        return await payload(InvoicePayload, work)
