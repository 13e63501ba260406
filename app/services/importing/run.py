"""Importing: a file's orders in batches, with a report in which every row is accounted for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final, TextIO

from app.db.aggregates import ENTITIES
from app.db.rows import OrderRow
from app.db.where import Eq
from app.domain.lifecycle import OrderStatus
from app.domain.scope import Scope
from app.services import entities, orders
from app.services.context import ServiceContext
from app.services.importing import csv_lines, json_lines, online_retail
from app.services.importing.model import OrderFormat, ReadOptions, ReadOrder, RejectedRow
from app.services.inputs import EntityInput
from app.services.outcomes import ItemOutcome

FORMATS: Final[tuple[OrderFormat, ...]] = (csv_lines.FORMAT, json_lines.FORMAT, online_retail.FORMAT)
# Orders per transaction: large enough that the commit does not matter, small enough to be written in a second.
BATCH: Final = 200


@dataclass(slots=True, kw_only=True)
class ImportReport:
    """What became of a file. `rows` is `used` plus the rejected ones; an order is new, repeated, or refused."""

    rows: int = 0
    used: int = 0
    orders_created: int = 0
    orders_repeated: int = 0
    orders_invoiced: int = 0
    orders_failed: int = 0
    sellers_created: int = 0
    rejected: list[RejectedRow] = field(default_factory=list)
    failures: Counter[str] = field(default_factory=Counter)

    @property
    def reasons(self) -> Counter[str]:
        """How many rows were rejected for each reason."""
        return Counter(row.reason for row in self.rejected)


async def import_orders(
    ctx: ServiceContext,
    scope: Scope,
    file: TextIO,
    order_format: OrderFormat,
    options: ReadOptions,
    *,
    progress: Callable[[int], None] = lambda rows: None,
) -> ImportReport:
    """Stores a file's orders. Repeating it stores nothing twice. `progress` is told the rows done so far.

    Raises InvalidInput when the file as a whole is not of the format; a bad row is in the report.
    """
    report = ImportReport()
    for seller in order_format.sellers(options):
        report.sellers_created += await _ensure_seller(ctx, scope, seller)
    batch: list[ReadOrder] = []
    for item in order_format.read(file, options):
        if isinstance(item, RejectedRow):
            report.rows += 1
            report.rejected.append(item)
            continue
        batch.append(item)
        if len(batch) == BATCH:
            await _store(ctx, scope, batch, report)
            batch = []
            progress(report.rows)
    if batch:
        await _store(ctx, scope, batch, report)
    progress(report.rows)
    report.rejected.sort(key=lambda rejected: rejected.row)
    return report


async def _ensure_seller(ctx: ServiceContext, scope: Scope, seller: EntityInput) -> int:
    async with ctx.database.read(scope) as session:
        found = await ENTITIES.list(scope, session, Eq("external_id", seller.external_id), limit=1)
    if found:
        return 0
    await entities.create(ctx, scope, seller, key=None)
    return 1


async def _store(ctx: ServiceContext, scope: Scope, batch: Sequence[ReadOrder], report: ImportReport) -> None:
    outcomes = await orders.create_many(ctx, scope, [item.order for item in batch], keys=[None] * len(batch), key=None)
    for item, outcome in zip(batch, outcomes, strict=True):
        report.rows += len(item.rows)
        _count(item, outcome, report)


def _count(item: ReadOrder, outcome: ItemOutcome[OrderRow], report: ImportReport) -> None:
    order = outcome.value
    if order is None:
        reason = f"order {item.order.external_id!r}: {outcome.error}"
        report.rejected += [RejectedRow(row=row, reason=reason) for row in item.rows]
        return
    report.used += len(item.rows)
    if outcome.repeated:
        report.orders_repeated += 1
    else:
        report.orders_created += 1
    if order.status is OrderStatus.INVOICED:
        report.orders_invoiced += 1
    elif order.status is OrderStatus.FAILED:
        report.orders_failed += 1
        report.failures[order.failure or ""] += 1
