"""The questions about buyers' VAT numbers that use cases leave behind, and what is known without asking."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

from app.db import vat_checks
from app.db.rows import CustomerRow
from app.db.vat_rows import VatCheckRow
from app.domain.identity import IdPrefix, new_id
from app.domain.parties import CustomerKind, TaxIdStatus
from app.domain.registers.model import AnswerKind
from app.services import jobs
from app.services.jobs import NewJob
from app.services.once import Work
from app.services.vat_standing import askable, wants_answer

# `vat_checks.forgotten` knows this name too.
CHECK: Final = "vat.check"
RELEASE: Final = "vat.release"
# Half an hour of shorter pauses and two days of hours: longer than the registers' maintenance at a week-end.
RETRY: Final = (
    timedelta(seconds=20),
    timedelta(minutes=1),
    timedelta(minutes=4),
    timedelta(minutes=10),
    timedelta(minutes=20),
    timedelta(hours=1),
    timedelta(hours=2),
)
ATTEMPTS: Final = 30
# What an answer on its number changes of a buyer.
TAX_ID: Final = ("tax_id_status", "tax_id_checked_at", "tax_id_consultation", "tax_id_name")


@dataclass(frozen=True, slots=True)
class Recalled:
    """Buyers, by id, with what is known of their numbers; `checks` are its entries in their histories, to be stored."""

    rows: Mapping[str, CustomerRow]
    checks: Sequence[VatCheckRow] = ()

    def of(self, row: CustomerRow) -> CustomerRow:
        """The buyer with what is known of its number, if anything is."""
        known = self.rows.get(row.id)
        if known is None or known.tax_id != row.tax_id:
            return row
        return replace(row, **{name: getattr(known, name) for name in TAX_ID})


_NOTHING: Final = Recalled({})


async def recall(work: Work, rows: Iterable[CustomerRow]) -> Recalled:
    """What the same seller has been answered lately about the unverified numbers of these buyers.

    A valid answer that still counts makes the number valid; an older one is the last that was valid. An answer other
    than valid is asked for anew. One statement, and none where no number is unverified.
    """
    registers, mode = work.ctx.registers, work.scope.mode
    buyers = {row.id: row for row in rows}
    wanted = {}
    for row in buyers.values():
        number = askable(row, registers, mode)
        if row.tax_id_status is TaxIdStatus.UNVERIFIED and row.tax_id_checked_at is None and number is not None:
            wanted[row.id] = (row.entity_id, str(number))
    if not wanted:
        return _NOTHING
    since = work.now - max(registers.fresh_for, registers.last_valid_for)
    known = await vat_checks.last_words(work.scope, work.session, list(wanted.values()), since=since)
    found: dict[str, CustomerRow] = {}
    copies: list[VatCheckRow] = []
    for row in buyers.values():
        answer = known.get(wanted[row.id]) if row.id in wanted else None
        if answer is None or answer.kind is not AnswerKind.VALID:
            continue
        fresh = registers.counts(answer.answered_at, work.now)
        found[row.id] = replace(
            row,
            tax_id_status=TaxIdStatus.VALID if fresh else TaxIdStatus.UNVERIFIED,
            tax_id_checked_at=answer.answered_at,
            tax_id_consultation=answer.consultation_number,
            tax_id_name=answer.name,
        )
        copies.append(replace(answer, id=new_id(IdPrefix.VAT_CHECK), customer_id=row.id))
    return Recalled(found, copies)


async def ask_later(work: Work, rows: Iterable[CustomerRow]) -> None:
    """Makes a job for each of these buyers whose number wants an answer; one per buyer and number is unfinished."""
    registers, mode = work.ctx.registers, work.scope.mode
    asked = {row.id: row for row in rows if wants_answer(row, registers, mode, work.now)}
    if asked:
        await jobs.enqueue_many(work, [question(row) for row in asked.values()])


def question(row: CustomerRow) -> NewJob:
    """The job that asks about a buyer's number."""
    return NewJob(
        kind=CHECK,
        entity_id=row.entity_id,
        input={"customerId": row.id, "taxId": row.tax_id},
        unique=f"{CHECK}:{row.id}:{row.tax_id}",
        max_attempts=ATTEMPTS,
    )


async def release_later(work: Work, rows: Sequence[CustomerRow]) -> None:
    """Makes the jobs that finalize what waited for an answer on the numbers of these buyers."""
    if not rows:
        return
    holding = await vat_checks.holding(work.scope, work.session, [(row.entity_id, row.id) for row in rows])
    wanted = [
        NewJob(
            kind=RELEASE,
            entity_id=row.entity_id,
            input={"customerId": row.id},
            # An older one may be past the documents that wait for this answer.
            unique=f"{RELEASE}:{row.id}:{row.version}",
        )
        for row in rows
        if row.id in holding
    ]
    if wanted:
        await jobs.enqueue_many(work, wanted)


async def after_orders(
    work: Work, changed: Sequence[tuple[CustomerRow | None, CustomerRow]], waiting: Sequence[CustomerRow]
) -> None:
    """Asks about the numbers of buyers that orders brought, (before, after), or whose documents wait; and releases."""
    await ask_later(work, [*(after for _, after in changed), *waiting])
    news = {after.id: after for before, after in changed if before is not None and released(before, after)}
    await release_later(work, list(news.values()))


def released(before: CustomerRow, after: CustomerRow) -> bool:
    """Whether what waited for an answer on a buyer's number may be decided otherwise now."""
    if before.tax_id is None or before.kind is CustomerKind.CONSUMER:
        # Nothing waits of a buyer without a number; one that has become a business, or has got one, is asked about.
        return after.tax_id is not None and after.kind is not CustomerKind.CONSUMER
    names = ("kind", "country", "tax_id", "tax_id_country", "tax_id_status", "tax_id_checked_at")
    return any(getattr(before, name) != getattr(after, name) for name in names)
