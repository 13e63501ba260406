"""Asking the registers about buyers' VAT numbers: outside any transaction, the answer stored in a short one."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final, cast

import structlog
from stdnum import get_cc_module
from stdnum.exceptions import ValidationError

from app.db import idempotency
from app.db import vat_checks as stored
from app.db.aggregates import CUSTOMERS, ENTITIES, VAT_CHECKS
from app.db.rows import CustomerRow, EntityRow
from app.db.transaction import Session
from app.db.vat_rows import VatCheckRow
from app.domain.errors import InvalidState, NotFound, Unavailable
from app.domain.history import AuditSubject
from app.domain.identity import IdPrefix, new_id
from app.domain.parties import TaxIdStatus, UnverifiedPolicy
from app.domain.registers.model import MAX_RAW, NOT_ASKED, AnswerKind, VatAnswer, VatNumber, VatRegister
from app.domain.registers.registers import number_of
from app.domain.scope import Mode, Permission, Scope
from app.domain.vat_events import CustomerTaxIdChecked
from app.services import jobs, vat_jobs
from app.services.context import ServiceContext
from app.services.jobs import JobRun, Retryable
from app.services.once import Work, check_key, once, run
from app.services.vat_standing import is_stale, wants_answer

log = structlog.get_logger(__name__)

LOCAL: Final = "LOCAL"
TIME_LIMIT: Final = timedelta(minutes=2)
# What a caller waits for a register at most.
PATIENCE_S: Final = 10.0
_FINAL: Final = (AnswerKind.VALID, AnswerKind.INVALID)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A buyer's number to ask about, the register, and the seller's own number, by which a register gives proof."""

    customer: CustomerRow
    entity: EntityRow
    number: VatNumber
    register: VatRegister
    requester: VatNumber | None
    mode: Mode

    @property
    def asked_as(self) -> str | None:
        """The requester as it is stored."""
        return None if self.requester is None else str(self.requester)


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """The buyer after a check, the check, and the answer; no check is kept of a question that nobody was asked."""

    customer: CustomerRow
    check: VatCheckRow | None
    answer: VatAnswer | None = None


def question_of(ctx: ServiceContext, scope: Scope, customer: CustomerRow, entity: EntityRow) -> Question | None:
    """What to ask about a seller's buyer, consumers too; None when its number has no register."""
    number = number_of(customer.tax_id, customer.tax_id_country)
    register = None if number is None else ctx.registers.of(scope.mode, number)
    if number is None or register is None:
        return None
    return Question(
        customer=customer,
        entity=entity,
        number=number,
        register=register,
        requester=requester_of(entity, number),
        mode=scope.mode,
    )


async def _find(ctx: ServiceContext, scope: Scope, session: Session, customer: CustomerRow) -> Question | None:
    entity = await ENTITIES.get(scope, session, customer.entity_id)
    return None if entity is None else question_of(ctx, scope, customer, entity)


def requester_of(entity: EntityRow, number: VatNumber) -> VatNumber | None:
    """The seller's own number that the register of `number` takes for a requester's: of its own country, or another.

    VIES takes those of member states and of Northern Ireland, HMRC those of the United Kingdom.
    """
    own = sorted(entity.tax_ids, key=lambda tax_id: tax_id["country"] != entity.country)
    numbers = [number_of(tax_id["value"], tax_id["country"]) for tax_id in own]
    british = number.state == "GB"
    return next(
        (n for n in numbers if n is not None and (n.state in ("GB", "XI") if british else n.state != "GB")), None
    )


async def ask(ctx: ServiceContext, question: Question) -> VatAnswer:
    """What the register says; format and check digits are looked at first. Opens no transaction, and raises nothing."""
    now = ctx.clock()
    if question.mode is not Mode.SANDBOX and (wrong := _wrong(question.number)) is not None:
        return VatAnswer(kind=AnswerKind.REFUSED, answered_at=now, source=LOCAL, code=wrong)
    return await question.register.check(question.number, question.requester)


def _wrong(number: VatNumber) -> str | None:
    """Why a number cannot be one; None when its format and check digits are right."""
    country = {"EL": "gr", "XI": "gb"}.get(number.state, number.state.lower())
    try:
        cast(Any, get_cc_module(country, "vat")).validate(number.number)
    except ValidationError:
        return "WRONG_CHECK_DIGITS"
    return None


async def store(work: Work, question: Question, answer: VatAnswer) -> Checked:
    """Keeps an answer, and sets what is known of the number while it still is the buyer's.

    Without an answer, a number that was valid too long ago is unverified again, so that the seller's policy decides.
    What waited for the answer is released. Raises NotFound when the buyer is gone.
    """
    asked = question.customer
    row = await CUSTOMERS.get(work.scope, work.session, asked.id, lock=True)
    if row is None:
        raise NotFound("no such customer", field=("id",))
    check = None
    if answer.code not in NOT_ASKED:
        check = _check_row(work, question, answer)
        work.defer(VAT_CHECKS.inserting([check]))
    if (row.tax_id, row.tax_id_country) != (asked.tax_id, asked.tax_id_country):
        return Checked(customer=row, check=check, answer=answer)
    changed = _changed(work, row, answer)
    if changed is not row:
        columns = {name: getattr(changed, name) for name in (*vat_jobs.TAX_ID, "version", "updated_at")}
        await CUSTOMERS.change(work.scope, work.session, row.id, columns, version=row.version)
        work.audit(AuditSubject.CUSTOMER, row, changed)
        if answer.kind in _FINAL or question.entity.when_unverified is not UnverifiedPolicy.HOLD:
            await vat_jobs.release_later(work, [changed])
    if answer.kind is not AnswerKind.UNAVAILABLE or changed.tax_id_status is not row.tax_id_status:
        work.emit(_event(row, changed, answer), row.entity_id)
    return Checked(customer=changed, check=check, answer=answer)


def _changed(work: Work, row: CustomerRow, answer: VatAnswer) -> CustomerRow:
    """The buyer after an answer; the row itself when nothing changes."""
    version, now = row.version + 1, work.now
    if answer.kind in _FINAL:
        if row.tax_id_checked_at is not None and answer.answered_at < row.tax_id_checked_at:
            # A later question was answered first.
            return row
        return replace(
            row,
            version=version,
            updated_at=now,
            tax_id_status=answer.status,
            tax_id_checked_at=answer.answered_at,
            tax_id_consultation=_clean(answer.consultation_number),
            tax_id_name=_clean(answer.name),
        )
    # Where only others of ours were before it, the register may yet answer in time.
    if answer.code != "BUSY" and is_stale(row, work.ctx.registers, work.scope.mode, now):
        # When it was last valid, and by which proof, stays.
        return replace(row, tax_id_status=TaxIdStatus.UNVERIFIED, version=version, updated_at=now)
    return row


def _check_row(work: Work, question: Question, answer: VatAnswer) -> VatCheckRow:
    customer = question.customer
    return VatCheckRow(
        platform_id=work.scope.platform_id,
        id=new_id(IdPrefix.VAT_CHECK),
        entity_id=customer.entity_id,
        customer_id=customer.id,
        state=question.number.state,
        number=str(question.number),
        requester=question.asked_as,
        kind=answer.kind,
        code=_clean(answer.code),
        source=answer.source,
        consultation_number=_clean(answer.consultation_number),
        name=_clean(answer.name),
        address=_clean(answer.address),
        # At most 4 kB, whatever its characters.
        raw_answer=(_clean(answer.raw) or "").encode()[:MAX_RAW].decode(errors="ignore"),
        answered_at=answer.answered_at,
    )


def _clean(text: str | None) -> str | None:
    """A register's words as a database takes them: without NUL and halves of surrogate pairs."""
    return None if text is None else text.replace("\0", "").encode(errors="replace").decode()


def _event(before: CustomerRow, after: CustomerRow, answer: VatAnswer) -> CustomerTaxIdChecked:
    return CustomerTaxIdChecked(
        id=after.id,
        entity_id=after.entity_id,
        external_id=after.external_id,
        tax_id=after.tax_id or "",
        answer=answer.kind.value,
        code=_clean(answer.code),
        source=answer.source,
        status=after.tax_id_status.value,
        previous_status=before.tax_id_status.value,
        consultation_number=_clean(answer.consultation_number),
    )


async def check_job(job: JobRun) -> Mapping[str, Any] | None:
    """Asks about the number of the buyer that the job's input names; tried again for hours while there is no answer.

    What has been answered meanwhile, or is no longer the buyer's number, is not asked.
    """
    ctx, scope, given = job.ctx, job.scope, job.job.input
    async with ctx.database.read(scope) as session:
        customer = await CUSTOMERS.get(scope, session, given["customerId"])
        if customer is None or customer.tax_id != given["taxId"] or not _open(job, customer):
            return {"answer": None}
        question = await _find(ctx, scope, session, customer)
        if question is None:
            return {"answer": None}
        since = job.job.created_at if given.get("afresh") else ctx.clock() - ctx.registers.fresh_for
        known = await known_answer(ctx, scope, session, question, since)
    answer = known or await ask(ctx, question)

    async def body(work: Work) -> None:
        await store(work, question, answer)
        if answer.kind is not AnswerKind.UNAVAILABLE:
            await job.complete(work, _result(answer))

    await run(ctx, scope, body)
    if answer.kind is AnswerKind.UNAVAILABLE:
        raise Retryable(f"{answer.source} gave no answer: {answer.code}")
    return _result(answer)


def _result(answer: VatAnswer) -> dict[str, Any]:
    return {"answer": answer.kind.value, "code": answer.code, "source": answer.source}


def _open(job: JobRun, customer: CustomerRow) -> bool:
    """Whether the job's question is still to be asked."""
    registers, now = job.ctx.registers, job.ctx.clock()
    if job.job.input.get("afresh"):
        answered_at = customer.tax_id_checked_at
        final = customer.tax_id_status in (TaxIdStatus.VALID, TaxIdStatus.INVALID)
        return not final or answered_at is None or answered_at < job.job.created_at
    return wants_answer(customer, registers, job.scope.mode, now)


async def known_answer(
    ctx: ServiceContext, scope: Scope, session: Session, question: Question, since: datetime
) -> VatAnswer | None:
    """A valid answer that still counts, which the same seller had on the same number since then, for any buyer."""
    named = (question.customer.entity_id, str(question.number))
    found = (await stored.last_words(scope, session, [named], since=since)).get(named)
    if found is None or found.kind is not AnswerKind.VALID or not ctx.registers.counts(found.answered_at, ctx.clock()):
        return None
    return VatAnswer(
        kind=found.kind,
        answered_at=found.answered_at,
        source=found.source,
        consultation_number=found.consultation_number,
        name=found.name,
        address=found.address,
        raw=found.raw_answer,
    )


async def verify(ctx: ServiceContext, scope: Scope, customer_id: str, *, key: str | None) -> Checked:
    """Asks now, whatever is known, and waits for the answer for some seconds; without one a job goes on asking.

    Repeated under the same key, it asks nobody, and tells what was answered last. Raises NotFound, and InvalidState for
    a buyer whose number no register knows.
    """
    scope.require(Permission.CUSTOMERS_WRITE)
    check_key(key)
    async with ctx.database.read(scope) as session:
        repeated = key is not None and await idempotency.is_known(scope, session, key)
        question = None if repeated else await _required(ctx, scope, session, customer_id)
    answer = None if question is None else await _patiently(ctx, question)
    stored_now: list[Checked] = []

    async def body(work: Work) -> str:
        if question is None or answer is None:
            # The key was forgotten at this very moment.
            raise Unavailable("repeat the request")
        if answer.kind is AnswerKind.UNAVAILABLE:
            job = vat_jobs.question(question.customer)
            await jobs.enqueue_many(work, [replace(job, input={**job.input, "afresh": True})])
        stored_now.append(await store(work, question, answer))
        return customer_id

    _, done_before = await once(ctx, scope, "customerVerifyTaxId", key, customer_id, body)
    return await _latest(ctx, scope, customer_id) if done_before else stored_now[-1]


async def _required(ctx: ServiceContext, scope: Scope, session: Session, customer_id: str) -> Question:
    row = await CUSTOMERS.get(scope, session, customer_id)
    if row is None:
        raise NotFound("no such customer", field=("id",))
    number = number_of(row.tax_id, row.tax_id_country)
    if number is None:
        raise InvalidState("the buyer has no VAT number that a register knows", field=("id",))
    question = await _find(ctx, scope, session, row)
    if question is None:
        raise InvalidState(
            f"nobody is asked about numbers of {number.state}: the operator has set no register for them", field=("id",)
        )
    return question


async def _patiently(ctx: ServiceContext, question: Question) -> VatAnswer:
    """What the register says within some seconds."""
    try:
        async with asyncio.timeout(PATIENCE_S):
            return await ask(ctx, question)
    except TimeoutError:
        return VatAnswer(kind=AnswerKind.UNAVAILABLE, answered_at=ctx.clock(), source=LOCAL, code="BUSY")


async def _latest(ctx: ServiceContext, scope: Scope, customer_id: str) -> Checked:
    async with ctx.database.read(scope) as session:
        row = await CUSTOMERS.get(scope, session, customer_id)
        found = await stored.newest(scope, session, customer_id)
    if row is None:
        raise NotFound("no such customer", field=("id",))
    return Checked(customer=row, check=found)


async def settle(ctx: ServiceContext, scope: Scope, customer_id: str) -> bool:
    """Asks now about a number whose valid answer is too old for a document; whether it stands otherwise afterwards.

    The job that waits for it goes on when there is no answer. Raises nothing that keeps the document from waiting.
    """
    async with ctx.database.read(scope) as session:
        row = await CUSTOMERS.get(scope, session, customer_id)
        stale = row is not None and is_stale(row, ctx.registers, scope.mode, ctx.clock())
        question = await _find(ctx, scope, session, row) if row is not None and stale else None
    if question is None:
        return False
    answer = await _patiently(ctx, question)
    try:
        checked: Checked = await run(ctx, scope, lambda work: store(work, question, answer))
    except Unavailable:
        log.warning("vat_answer_not_stored", customer=customer_id, exc_info=True)
        return False
    return checked.customer.version != question.customer.version
