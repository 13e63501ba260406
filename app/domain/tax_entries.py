"""What a finalized document declares to the tax office: its VAT groups, split by how each part of them was decided.

A document's groups (EN 16931 BG-23) know category, rate and country; a return also wants the treatment, goods or
services, and where goods left from. Several lines of one group may differ in these. Their parts of the group add up to
it exactly: tax is rounded per group (BR-CO-17), never per line.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from app.domain.documents.model import InvoiceType
from app.domain.documents.registry import document_type
from app.domain.exchange import plain
from app.domain.tax.model import SupplyKind, SupplyNature, TaxClass, TaxTreatment
from app.domain.totals import apportion

# Rules of goods by the part of their names; a service that goes with goods is decided by theirs.
_GOODS: Final = (".goods.", "eu.triangulation")


@dataclass(frozen=True, slots=True, kw_only=True)
class TaxKey:
    """How a part of a document was decided. `origin` is where goods left from; None for services.

    `nature` says what DAC7 asks; shipping shares the nature of what is shipped.
    """

    treatment: TaxTreatment
    category: str
    percent: Decimal | None
    country: str | None
    rule: str
    supply_kind: SupplyKind
    nature: SupplyNature
    tax_class: TaxClass
    origin: str | None

    @property
    def group(self) -> Group:
        """The VAT group of the document that it is a part of."""
        return self.category, self.percent, self.country


Group = tuple[str, Decimal | None, str | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class DecidedLine:
    """A line's amounts in minor units with its decision; `deducts` where it deducts an advance."""

    id: str
    key: TaxKey
    net_minor: int
    tax_minor: int
    deducts: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TaxPart:
    """What a document declares under one key; `line_id` is the first line of it.

    `national_tax_minor` is its share of the VAT total in the seller's national currency (art. 230), None without one.
    """

    line_id: str
    key: TaxKey
    base_minor: int
    tax_minor: int
    national_tax_minor: int | None


def key_of(decision: Mapping[str, Any], supply: Mapping[str, Any], tax_class: TaxClass) -> TaxKey:
    """The key of a line from its decision and its supply as they are stored."""
    rule, percent = decision["rule"], decision["percent"]
    goods = any(part in rule for part in _GOODS)
    kind = SupplyKind.GOODS if goods else SupplyKind(supply["kind"])
    nature = SupplyNature(supply["nature"])
    return TaxKey(
        treatment=TaxTreatment(decision["treatment"]),
        category=decision["category"],
        percent=None if percent is None else plain(Decimal(percent)),
        country=decision["country"],
        rule=rule,
        supply_kind=kind,
        nature=SupplyNature.GENERAL if nature is SupplyNature.SHIPPING else nature,
        tax_class=tax_class,
        origin=(decision["inputs"] or {}).get("origin") if kind is SupplyKind.GOODS else None,
    )


def parts_of(
    lines: Sequence[DecidedLine], taxes: Iterable[Mapping[str, Any]], national_tax_minor: int | None
) -> list[TaxPart]:
    """A document's parts, whose bases and taxes add up to its VAT groups exactly, group by group.

    What the lines of a group lack of it, the document's own allowances and charges, is spread over them by largest
    remainder, in proportion to their amounts; lines that deduct an advance take no part in it.
    """
    found: dict[TaxKey, list[DecidedLine]] = {}
    for line in lines:
        found.setdefault(line.key, []).append(line)
    sums = {
        key: [sum(one.net_minor for one in some), sum(one.tax_minor for one in some)] for key, some in found.items()
    }
    for group, (base, tax) in _groups(taxes).items():
        keys = [key for key in found if key.group == group]
        weights = [sum(0 if one.deducts else one.net_minor for one in found[key]) for key in keys]
        _spread(sums, keys, 0, base, weights)
        _spread(sums, keys, 1, tax, [sums[key][0] for key in keys])
    shares: Sequence[int | None] = [None] * len(found)
    if national_tax_minor is not None:
        shares = apportion(national_tax_minor, [tax for _, tax in sums.values()])
    return [
        TaxPart(
            line_id=some[0].id,
            key=key,
            base_minor=sums[key][0],
            tax_minor=sums[key][1],
            national_tax_minor=share,
        )
        for (key, some), share in zip(found.items(), shares, strict=True)
    ]


def _groups(taxes: Iterable[Mapping[str, Any]]) -> dict[Group, tuple[int, int]]:
    """The document's groups; stated tax stands in a group of its own beside computed tax of the same rate."""
    found: dict[Group, tuple[int, int]] = {}
    for tax in taxes:
        percent = tax["percent"]
        group = tax["category"], None if percent is None else plain(Decimal(percent)), tax["country"]
        base, amount = found.get(group, (0, 0))
        found[group] = base + tax["base_minor"], amount + tax["tax_minor"]
    return found


def _spread(sums: Mapping[TaxKey, list[int]], keys: Sequence[TaxKey], at: int, whole: int, weights: list[int]) -> None:
    missing = whole - sum(sums[key][at] for key in keys)
    if missing:
        for key, share in zip(keys, apportion(missing, weights), strict=True):
            sums[key][at] += share


def declared_on(type_: InvoiceType, issue_date: date, supply_date: date) -> date:
    """The day whose period declares a document: that of the supply (Directive 2006/112/EC, art. 63); for an advance
    that of the payment, which its issue stands for, where it is earlier (art. 65).
    """
    return min(issue_date, supply_date) if document_type(type_).deductible else supply_date
