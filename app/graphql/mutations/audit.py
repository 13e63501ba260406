"""Audits as background jobs."""

from __future__ import annotations

from typing import Annotated

import strawberry

from app.graphql.context import Info, idempotency_key
from app.graphql.errors import payload
from app.graphql.inputs import IDEMPOTENCY
from app.graphql.mutations.jobs import JobPayload
from app.graphql.types.job import BackgroundJob
from app.services import audit_jobs


@strawberry.input(description="What is to be audited.")
class AuditStartInput:
    entity_id: strawberry.ID | None = strawberry.field(
        default=None, description="The seller; without one, all that the key sees."
    )
    idempotency_key: str | None = strawberry.field(default=None, description=IDEMPOTENCY)


AuditArgument = Annotated[AuditStartInput, strawberry.argument(description="What is to be audited.")]


@strawberry.type
class AuditMutations:
    @strawberry.mutation(
        description="Audits finalized documents in the background; the job's result tells the counts and findings."
    )
    async def audit_start(self, info: Info, input: AuditArgument) -> JobPayload:
        context = info.context

        async def work() -> JobPayload:
            key = idempotency_key(info, input.idempotency_key)
            row = await audit_jobs.start(context.services, context.scope, input.entity_id, key=key)
            return JobPayload(job=BackgroundJob.of(row))

        return await payload(JobPayload, work)
