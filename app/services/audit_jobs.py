"""The audit as a background job, for what a request cannot wait for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import timedelta
from decimal import Decimal
from typing import Any, Final

from app.db.aggregates import JOBS
from app.db.job_rows import JobRow
from app.domain.errors import NotFound
from app.domain.scope import Permission, Scope
from app.services.audit import count, require_entity, run_audit
from app.services.context import ServiceContext
from app.services.jobs import JobRun, enqueue
from app.services.once import Work, once

AUDIT: Final = "audit"
# A million documents take some ten minutes, and their PDFs as long as the store takes for them.
TIME_LIMIT: Final = timedelta(hours=6)
# Findings that a job's result tells.
_TOLD: Final = 100


async def start(ctx: ServiceContext, scope: Scope, entity_id: str | None, *, key: str | None) -> JobRow:
    """Makes the job that audits one seller, or all that the scope sees; one of each is unfinished at most.

    Raises NotFound.
    """
    scope.require(Permission.INVOICES_READ)
    chosen = entity_id or scope.entity_id
    if chosen is not None:
        await require_entity(ctx, scope, chosen)

    async def body(work: Work) -> str:
        unique = f"{AUDIT}:{chosen or 'all'}"
        return (await enqueue(work, AUDIT, entity_id=chosen, input={"entityId": chosen}, unique=unique)).id

    job_id, _ = await once(ctx, scope, "auditStart", key, {"entityId": entity_id}, body)
    async with ctx.database.read(scope) as session:
        row = await JOBS.get(scope, session, job_id)
    if row is None:
        raise NotFound("no such job")
    return row


async def audit_job(run: JobRun) -> Mapping[str, Any]:
    """Audits what the job's input names; the result tells the counts and the first findings."""
    entity_id = run.job.input["entityId"]
    total = max(1, await count(run.ctx, run.scope, entity_id))

    async def progress(documents: int) -> None:
        await run.progress(min(Decimal(1), Decimal(documents) / total), f"{documents} documents")

    report = await run_audit(run.ctx, run.scope, entity_id, progress=progress)
    return {
        "entities": report.entities,
        "series": len(report.series),
        "documents": report.documents,
        "files": report.files,
        "errors": report.errors,
        "warnings": report.warnings,
        "findings": [asdict(finding) for finding in report.findings[:_TOLD]],
    }
