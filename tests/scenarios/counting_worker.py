"""`invoicing worker` with a kind of job whose effect can be counted; a process of its own in `test_job_workers`."""

from __future__ import annotations

import asyncio
import itertools
import os
from collections.abc import Mapping
from typing import Any

from app import settings
from app.commands.serve import work
from app.services.jobs import JobKind, JobRun
from app.services.once import Work, run

# After so many jobs this process gets stuck in every further one, its work done and not committed.
STUCK_AFTER = int(os.environ.get("STUCK_AFTER", "1000000"))
_numbers = itertools.count()


async def count(job: JobRun) -> Mapping[str, Any] | None:
    """Writes one line, in the transaction that ends the job."""
    stuck = next(_numbers) >= STUCK_AFTER
    if stuck:
        await job.progress(0.5, "stuck")

    async def body(work: Work) -> None:
        # No key forbids a second line: a job that is done twice shows.
        await work.session.execute("INSERT INTO counted VALUES ($1, $2)", job.job.id, os.getpid())
        await asyncio.sleep(3600 if stuck else 0)
        await job.complete(work, {"worker": os.getpid()})

    await run(job.ctx, job.scope, body)
    return None


KINDS = [JobKind(name="test.count", handler=count)]

if __name__ == "__main__":
    asyncio.run(work(settings.load(), kinds=KINDS, schedules=()))
