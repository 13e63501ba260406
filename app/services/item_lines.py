"""Lines that name items: what a line does not say is copied from its item when the line is entered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from app.db.aggregates import ITEMS, MAX_IDS
from app.db.item_rows import ItemRow
from app.db.transaction import Session
from app.domain.errors import InvalidInput, InvalidState, NotFound
from app.domain.items import ItemStatus
from app.domain.scope import Scope
from app.services.checks import Path
from app.services.inputs import EnteredLine
from app.services.taxation import supply_from_json


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """The items that lines name, by id, and what the document that the lines are on says of its prices."""

    items: Mapping[str, ItemRow]
    entity_id: str
    currency: str
    prices_include_tax: bool


async def named(scope: Scope, session: Session, lines: Iterable[EnteredLine]) -> Mapping[str, ItemRow]:
    """The items that the lines name, in one statement for each MAX_IDS of them; in none when they name none."""
    ids = sorted({line.item_id for line in lines if line.item_id is not None})
    found: dict[str, ItemRow] = {}
    for start in range(0, len(ids), MAX_IDS):
        found |= await ITEMS.by_ids(scope, session, ids[start : start + MAX_IDS])
    return found


def filled(line: EnteredLine, catalogue: Catalogue | None, path: Path) -> EnteredLine:
    """The line with what it leaves to its item.

    Raises NotFound, InvalidState for an archived item, InvalidInput for a price of another kind than the document's.
    """
    if line.item_id is None:
        return line
    item = _item(line.item_id, catalogue, path)
    return replace(
        line,
        description=item.description or item.name if line.description is None else line.description,
        unit_price=_price(item, catalogue, path) if line.unit_price is None else line.unit_price,
        sku=item.sku if line.sku is None else line.sku,
        unit=item.unit if line.unit is None else line.unit,
        supply=supply_from_json(item.supply) if line.supply is None else line.supply,
        tax_class=line.tax_class or item.tax_class,
    )


def _item(item_id: str, catalogue: Catalogue | None, path: Path) -> ItemRow:
    item = None if catalogue is None else catalogue.items.get(item_id)
    if item is None or catalogue is None or item.entity_id != catalogue.entity_id:
        raise NotFound("no such item of this entity", field=(*path, "itemId"))
    if item.status is ItemStatus.ARCHIVED:
        raise InvalidState("this item is archived; it stands on no new line", field=(*path, "itemId"))
    return item


def _price(item: ItemRow, catalogue: Catalogue | None, path: Path) -> Decimal:
    # Gross and net cannot be made of one another here: the rate depends on the buyer.
    if catalogue is not None and item.currency != catalogue.currency:
        raise InvalidInput(
            f"the item's price is in {item.currency}, the document's are in {catalogue.currency}; say the price",
            field=(*path, "unitPrice"),
        )
    if catalogue is not None and item.price_includes_tax != catalogue.prices_include_tax:
        kinds = {True: "gross", False: "net"}
        raise InvalidInput(
            f"the item's price is {kinds[item.price_includes_tax]}, the document's are"
            f" {kinds[catalogue.prices_include_tax]}; say the price",
            field=(*path, "unitPrice"),
        )
    # Databases differ in the zeros that they give after the point.
    return Decimal(format(item.unit_price.normalize(), "f"))
