"""The threshold of EUR 10,000 for sales to consumers in other member states: what counts, and when it is passed.

Directive 2006/112/EC, art. 59c (1): while a seller established in one member state sells for no more than EUR 10,000 in
this calendar year and the one before, VAT excluded, goods to consumers in other member states (art. 33 (a)) and digital
services to them (art. 58), these are taxed where it is. Art. 59c (2): once that is passed, the destination's VAT is due
from the sale that passes it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final, Protocol

from app.domain.credits import CreditableLine, Group, creditable
from app.domain.tax.territories import is_member

LIMIT_MINOR: Final = 1_000_000
APPROACHING_MINOR: Final = 800_000

# The rules of art. 33 (a) and 58 for sellers established in the EU, however the VAT is declared. Not among them: art.
# 54 and 47 (events, services on the spot), imports, sales of sellers outside the EU, and the thresholds until 2021.
_GOODS: Final = frozenset(f"eu.goods.distance_sale.{how}" for how in ("origin", "oss", "registration"))
_DIGITAL: Final = frozenset(f"eu.digital.{how}" for how in ("origin", "oss", "registration"))
# Codes of places that may lie inside the VAT area though their country does not, or belong to a member state.
_MAYBE: Final = frozenset({"GB", "XI", "IM", "MC", "EL"})


class EuSalesState(StrEnum):
    """How a year's cross-border sales stand to the threshold; EXCEEDED stays, whatever is credited later."""

    BELOW = "BELOW"
    APPROACHING = "APPROACHING"
    EXCEEDED = "EXCEEDED"


@dataclass(frozen=True, slots=True)
class Turnover:
    """A year's cross-border sales in minor units of the euro, without VAT.

    `exceeded` says that they passed the threshold at some time in the year; `uncounted` documents have no known rate.
    """

    net_minor: int
    exceeded: bool
    uncounted: int

    @property
    def passed(self) -> bool:
        """Whether the year is above the threshold, or was."""
        return self.exceeded or self.net_minor > LIMIT_MINOR


@dataclass(frozen=True, slots=True)
class NetLine:
    """A document's line as far as the count goes: its VAT group, its net, and whether it counts."""

    group: Group
    net_minor: int
    counts: bool


def counts(rule: str, inputs: Mapping[str, object]) -> bool:
    """Whether a line that was decided so counts: by its decision's rule and what that looked at.

    Goods count when they leave the seller's own member state (art. 59c (1) (b)); those from a stock elsewhere neither
    count nor profit from the threshold.
    """
    if rule in _DIGITAL:
        return True
    return rule in _GOODS and _country(inputs["origin"]) == _country(inputs["seller"])


def _country(code: object) -> str:
    # A region's code begins with its country's: PT-20, AT-JU.
    return str(code).partition("-")[0]


class Seller(Protocol):
    """What of a seller tells whether its sales could count."""

    @property
    def country(self) -> str: ...

    @property
    def vat_registered(self) -> bool: ...

    @property
    def small_business(self) -> bool: ...


def may_count(seller: Seller, destinations: Iterable[str | None], day: date) -> bool:
    """Whether lines to these countries could count at all, before anything is decided; it never misses one that does.

    `destinations` are the buyer's country and those that goods are shipped to; None is the buyer's.
    """
    if seller.small_business or not seller.vat_registered:
        return False
    here = seller.country
    if not _maybe_inside(here, day):
        return False
    return any(there is not None and there != here and _maybe_inside(there, day) for there in destinations)


def _maybe_inside(country: str, day: date) -> bool:
    return country in _MAYBE or is_member(country, day)


def counted_net(lines: Sequence[NetLine], bases: Mapping[Group, int], *, adjusted: bool) -> int | None:
    """What a document's counting lines come to, in its currency's minor units; None when none of them counts.

    `bases` are its VAT groups' bases. Where the document has allowances or charges of its own (`adjusted`), each line
    bears its share of them, as it does when it is credited.
    """
    if not any(line.counts for line in lines):
        return None
    if not adjusted:
        return sum(line.net_minor for line in lines if line.counts)
    whole = [
        CreditableLine(
            id=str(i),
            group=line.group,
            quantity=Decimal(1),
            unit_price=Decimal(0),
            net_minor=line.net_minor,
            tax_minor=0,
        )
        for i, line in enumerate(lines)
    ]
    shared = creditable(whole, {group: (base, 0) for group, base in bases.items()})
    return sum(share.net_minor for share, line in zip(shared, lines, strict=True) if line.counts)


def threshold_passed(this_year: Turnover | None, last_year: Turnover | None) -> bool | None:
    """Whether this year's sales or last year's passed the threshold; None when sales are missing in the count.

    None for a year is one without sales.
    """
    years = [year for year in (this_year, last_year) if year is not None]
    if any(year.passed for year in years):
        return True
    return None if any(year.uncounted for year in years) else False


def state_of(turnover: Turnover) -> EuSalesState:
    """How a year stands to the threshold."""
    if turnover.passed:
        return EuSalesState.EXCEEDED
    return EuSalesState.APPROACHING if turnover.net_minor >= APPROACHING_MINOR else EuSalesState.BELOW
