"""All buyers of a seller verified anew, in the background."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, Final

from app.db import vat_checks as stored
from app.db.aggregates import CUSTOMERS, ENTITIES, JOBS
from app.db.job_rows import JobRow
from app.db.rows import CustomerRow
from app.db.where import All, Any_, Compare, Condition, Eq, IsNull, OneOf
from app.domain.errors import InvalidInput, NotFound
from app.domain.parties import CustomerKind
from app.domain.registers.model import AnswerKind, VatAnswer
from app.domain.scope import Permission, Scope
from app.services import checks
from app.services.audit import require_entity
from app.services.context import ServiceContext
from app.services.jobs import JobRun, Retryable, enqueue
from app.services.once import Work, once, run
from app.services.vat_checks import Question, ask, known_answer, question_of, store

REVALIDATE: Final = "vat.revalidate"
TIME_LIMIT: Final = timedelta(hours=6)
RETRY: Final = (timedelta(minutes=1), timedelta(minutes=10), timedelta(hours=1), timedelta(hours=2))
ATTEMPTS: Final = 20
# Buyers of one step, and how many of them are asked about at once: a register bears few questions.
STEP: Final = 50
AT_ONCE: Final = 4
MAX_HOURS: Final = 24 * 365
_BUSINESSES: Final = (CustomerKind.BUSINESS, CustomerKind.NON_TAXABLE_LEGAL_PERSON)


async def start(
    ctx: ServiceContext, scope: Scope, entity_id: str | None, *, only_older_than_hours: int | None, key: str | None
) -> JobRow:
    """Makes the job that verifies the numbers of a seller's business buyers; one per seller is unfinished at most.

    With `only_older_than_hours`, those whose last answer is at least as old, or that never had one. Raises NotFound,
    InvalidInput.
    """
    scope.require(Permission.CUSTOMERS_WRITE)
    chosen = entity_id or scope.entity_id
    if chosen is None:
        raise InvalidInput("name the seller by entityId", field=("entityId",))
    await require_entity(ctx, scope, chosen)
    if only_older_than_hours is not None:
        checks.between(only_older_than_hours, 0, MAX_HOURS, ("onlyOlderThanHours",))

    async def body(work: Work) -> str:
        before = work.now - timedelta(hours=only_older_than_hours or 0)
        given = {"before": before.isoformat()}
        unique = f"{REVALIDATE}:{chosen}"
        job = await enqueue(work, REVALIDATE, entity_id=chosen, input=given, unique=unique, max_attempts=ATTEMPTS)
        return job.id

    asked = {"entityId": entity_id, "onlyOlderThanHours": only_older_than_hours}
    job_id, _ = await once(ctx, scope, "customersVerifyTaxIds", key, asked, body)
    async with ctx.database.read(scope) as session:
        row = await JOBS.get(scope, session, job_id)
    if row is None:
        raise NotFound("no such job")
    return row


async def revalidate_job(job: JobRun) -> Mapping[str, Any] | None:
    """Verifies buyer after buyer, in steps of STEP; run again, it goes on where answers are missing.

    A step of which no question is answered ends the attempt, so that a register that is down is left alone.
    """
    ctx, scope = job.ctx, job.scope
    where = _where(job)
    async with ctx.database.read(scope) as session:
        total = max(1, await CUSTOMERS.count(scope, session, where))
    counts: Counter[str] = Counter()
    after, seen = "", 0
    while True:
        async with ctx.database.read(scope) as session:
            rows = await CUSTOMERS.list(
                scope,
                session,
                All((where, Compare("id", ">", after))),
                order=(("id", False),),
                limit=STEP,
            )
            questions = await _questions(job, rows, session)
        if not rows:
            break
        answers = await _ask_all(job, questions)
        counts.update(answer.kind.value for answer in answers)
        if answers and all(answer.kind is AnswerKind.UNAVAILABLE for answer in answers):
            raise Retryable(f"{answers[0].source} gave no answer: {answers[0].code}")
        after, seen = rows[-1].id, seen + len(rows)
        await job.progress(min(Decimal(1), Decimal(seen) / total), f"{seen} buyers")
    if missing := counts[AnswerKind.UNAVAILABLE]:
        raise Retryable(f"{missing} numbers are not answered yet")
    return {"asked": counts.total(), **{kind.value: counts[kind.value] for kind in AnswerKind}}


def _where(job: JobRun) -> Condition:
    before = datetime.fromisoformat(job.job.input["before"])
    return All(
        (
            Eq("entity_id", job.job.entity_id),
            OneOf("kind", [kind.value for kind in _BUSINESSES]),
            IsNull("tax_id", null=False),
            Any_((IsNull("tax_id_checked_at"), Compare("tax_id_checked_at", "<=", before))),
        )
    )


async def _questions(job: JobRun, rows: Sequence[CustomerRow], session: Any) -> list[Question]:
    """What is to be asked about these buyers; nothing about those that were answered since the job was made."""
    done = await stored.answered(job.scope, session, [row.id for row in rows], since=job.job.created_at)
    entity = await ENTITIES.get(job.scope, session, job.job.entity_id or "")
    found = []
    for row in rows:
        question = None if entity is None else question_of(job.ctx, job.scope, row, entity)
        if question is not None and (row.id, str(question.number)) not in done:
            found.append(question)
    return found


async def _ask_all(job: JobRun, questions: Sequence[Question]) -> list[VatAnswer]:
    turns = asyncio.Semaphore(AT_ONCE)

    async def one(question: Question) -> VatAnswer:
        async with turns:
            async with job.ctx.database.read(job.scope) as session:
                # Another buyer of the same number may just have been asked about.
                known = await known_answer(job.ctx, job.scope, session, question, job.job.created_at)
            answer = known or await ask(job.ctx, question)
            await run(job.ctx, job.scope, lambda work: store(work, question, answer))
        return answer

    return list(await asyncio.gather(*(one(question) for question in questions)))
