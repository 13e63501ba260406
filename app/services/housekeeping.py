"""Forgets what is kept for a time only, chunk by chunk."""

from __future__ import annotations

from datetime import timedelta

from app.db import event_retention, idempotency, webhook_retention
from app.db import jobs as stored
from app.domain.scope import Scope
from app.services.context import ServiceContext


async def sweep_idempotency_keys(ctx: ServiceContext, scope: Scope) -> int:
    """Forgets a chunk of a platform's old idempotency keys; how many."""
    async with ctx.database.transaction(scope) as session:
        return await idempotency.sweep(scope, session, ctx.clock() - timedelta(days=ctx.idempotency_days))


async def sweep_jobs(ctx: ServiceContext, scope: Scope) -> int:
    """Deletes a chunk of a platform's jobs that ended long ago; how many."""
    async with ctx.database.transaction(scope) as session:
        return await stored.sweep(scope, session, ctx.clock() - timedelta(days=ctx.job_days))


async def sweep_deliveries(ctx: ServiceContext, scope: Scope) -> int:
    """Forgets a chunk of a platform's webhook deliveries that were finished long ago; how many."""
    async with ctx.database.transaction(scope) as session:
        return await webhook_retention.forget(scope, session, ctx.clock() - timedelta(days=ctx.webhook_days))


async def erase_secrets(ctx: ServiceContext, scope: Scope) -> int:
    """Erases former secrets of a platform's webhook endpoints that sign nothing any more; how many."""
    async with ctx.database.transaction(scope) as session:
        return await webhook_retention.erase_secrets(scope, session, ctx.clock())


async def sweep_events(ctx: ServiceContext, scope: Scope) -> int:
    """Forgets a chunk of a platform's old events, unless they are kept for ever; how many."""
    if not ctx.event_days:
        return 0
    async with ctx.database.transaction(scope) as session:
        return await event_retention.sweep(scope, session, ctx.clock() - timedelta(days=ctx.event_days))
