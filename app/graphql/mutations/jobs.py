"""Mutations of background jobs."""

from __future__ import annotations

from typing import Annotated

import strawberry

from app.graphql.context import Info, idempotency_key
from app.graphql.errors import UserError, errors_field, payload
from app.graphql.inputs import IDEMPOTENCY
from app.graphql.types.job import BackgroundJob
from app.services import jobs


@strawberry.input(description="Which job.")
class JobIdInput:
    id: strawberry.ID = strawberry.field(description="The job.")
    idempotency_key: str | None = strawberry.field(default=None, description=IDEMPOTENCY)


@strawberry.type(description="What became of a job.")
class JobPayload:
    job: BackgroundJob | None = strawberry.field(default=None, description="The job; null when there are errors.")
    user_errors: list[UserError] = errors_field()


IdArgument = Annotated[JobIdInput, strawberry.argument(description="Which job.")]


@strawberry.type
class JobMutations:
    @strawberry.mutation(description="Cancels a job: one that waits at once, one that runs at the end of its step.")
    async def job_cancel(self, info: Info, input: IdArgument) -> JobPayload:
        context = info.context

        async def work() -> JobPayload:
            key = idempotency_key(info, input.idempotency_key)
            row = await jobs.cancel(context.services, context.scope, input.id, key=key)
            return JobPayload(job=BackgroundJob.of(row))

        return await payload(JobPayload, work)

    @strawberry.mutation(description="Runs a job again that failed or was cancelled, with all its attempts before it.")
    async def job_retry(self, info: Info, input: IdArgument) -> JobPayload:
        context = info.context

        async def work() -> JobPayload:
            key = idempotency_key(info, input.idempotency_key)
            row = await jobs.retry(context.services, context.scope, input.id, key=key)
            return JobPayload(job=BackgroundJob.of(row))

        return await payload(JobPayload, work)
