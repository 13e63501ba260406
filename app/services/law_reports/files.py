"""Reports of law by name, from arguments as text: for addresses and command lines."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from datetime import date
from typing import Final

from app.domain import law_reports as periods
from app.domain.errors import InvalidInput, NotFound
from app.domain.law_reports import OssScheme, TaxPeriod
from app.domain.scope import Scope
from app.services.context import ServiceContext
from app.services.law_reports import tables
from app.services.law_reports.ec_sales import ec_sales_list
from app.services.law_reports.oss import oss_return
from app.services.law_reports.tables import Table
from app.services.law_reports.vat_summary import vat_summary

Arguments = Mapping[str, str]
_Maker = Callable[[ServiceContext, Scope, Arguments], Awaitable[Table]]


async def table(ctx: ServiceContext, scope: Scope, name: str, arguments: Arguments) -> Table:
    """The report of that name. Raises NotFound when there is none, InvalidInput naming an argument that is wrong."""
    report = REPORTS.get(name)
    if report is None:
        raise NotFound(f"there is no such report; there are {', '.join(REPORTS)}")
    taken, make = report
    for given in arguments:
        if given not in taken:
            raise InvalidInput(f"is no argument of this report, which takes {', '.join(taken)}", field=(given[:40],))
    return await make(ctx, scope, arguments)


async def _oss(ctx: ServiceContext, scope: Scope, arguments: Arguments) -> Table:
    period = periods.quarter(_number(arguments, "year"), _number(arguments, "quarter"))
    return tables.oss_table(await oss_return(ctx, scope, _text(arguments, "entityId"), period, OssScheme.UNION))


async def _ioss(ctx: ServiceContext, scope: Scope, arguments: Arguments) -> Table:
    period = periods.month(_number(arguments, "year"), _number(arguments, "month"))
    return tables.oss_table(await oss_return(ctx, scope, _text(arguments, "entityId"), period, OssScheme.IMPORT))


async def _ec_sales(ctx: ServiceContext, scope: Scope, arguments: Arguments) -> Table:
    given = {name: _number(arguments, name) for name in ("quarter", "month") if name in arguments}
    period = one_period(_number(arguments, "year"), given.get("quarter"), given.get("month"))
    return tables.ec_sales_table(await ec_sales_list(ctx, scope, _text(arguments, "entityId"), period))


async def _vat(ctx: ServiceContext, scope: Scope, arguments: Arguments) -> Table:
    start, end = _day(arguments, "from"), _day(arguments, "to")
    return tables.vat_table(await vat_summary(ctx, scope, _text(arguments, "entityId"), start, end))


async def _dac7(ctx: ServiceContext, scope: Scope, arguments: Arguments) -> Table:
    return await tables.dac7_table(ctx, scope, _number(arguments, "year"))


REPORTS: Final[Mapping[str, tuple[tuple[str, ...], _Maker]]] = {
    "oss-return": (("entityId", "year", "quarter"), _oss),
    "ioss-return": (("entityId", "year", "month"), _ioss),
    "ec-sales": (("entityId", "year", "quarter", "month"), _ec_sales),
    "vat-summary": (("entityId", "from", "to"), _vat),
    "dac7": (("year",), _dac7),
}


def one_period(year: int, quarter: int | None, month: int | None) -> TaxPeriod:
    """A quarter or a month. Raises InvalidInput unless exactly one of them is given."""
    if quarter is not None and month is None:
        return periods.quarter(year, quarter)
    if month is not None and quarter is None:
        return periods.month(year, month)
    raise InvalidInput("give either quarter or month", field=("quarter",))


def _text(arguments: Arguments, name: str) -> str:
    if not (found := arguments.get(name)):
        raise InvalidInput("is missing", field=(name,))
    return found


def _number(arguments: Arguments, name: str) -> int:
    text = _text(arguments, name)
    if not (text.isascii() and text.isdigit() and len(text) <= 4):
        raise InvalidInput("must be a whole number", field=(name,))
    return int(text)


def _day(arguments: Arguments, name: str) -> date:
    try:
        return date.fromisoformat(_text(arguments, name))
    except ValueError:
        raise InvalidInput("must be a date such as 2026-03-31", field=(name,)) from None
