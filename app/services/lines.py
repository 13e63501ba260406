"""Checks of the lines, allowances and destinations that orders and drafts share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from app.domain.countries import check_country
from app.domain.errors import InvalidInput, LimitExceeded
from app.domain.tax.model import GivenTax, TaxClass
from app.services import checks
from app.services.checks import Path
from app.services.inputs import AllowanceInput, EnteredLine, LineInput, ShipToInput, SupplyInput
from app.services.item_lines import Catalogue, filled

MAX_ALLOWANCES = 20


def check_lines(
    lines: Sequence[EnteredLine], *, max_lines: int, catalogue: Catalogue | None = None, path: Path = ("lines",)
) -> tuple[LineInput, ...]:
    """The lines with their texts cleaned, and with what they leave to the items that they name.

    Raises InvalidInput naming line and field, LimitExceeded for too many, and what `filled` raises.
    """
    if not lines:
        raise InvalidInput("needs at least one line", field=path)
    if len(lines) > max_lines:
        raise LimitExceeded(f"at most {max_lines} lines; there are {len(lines)}", field=path)
    return tuple(_check_line(line, catalogue, (*path, i)) for i, line in enumerate(lines))


def _check_line(entered: EnteredLine, catalogue: Catalogue | None, path: Path) -> LineInput:
    line = filled(entered, catalogue, path)
    if line.quantity == 0:
        raise InvalidInput("must not be zero", field=(*path, "quantity"))
    if line.description is None or line.unit_price is None:
        missing = "description" if line.description is None else "unitPrice"
        raise InvalidInput("is required on a line that names no item", field=(*path, missing))
    return LineInput(
        description=checks.text(line.description, (*path, "description"), 1000),
        quantity=checks.decimal(line.quantity, (*path, "quantity")),
        unit_price=checks.decimal(line.unit_price, (*path, "unitPrice")),
        external_id=checks.optional_text(line.external_id, (*path, "externalId"), 200),
        sku=checks.optional_text(line.sku, (*path, "sku"), 200),
        unit=checks.optional_text(line.unit, (*path, "unit"), 20),
        supply=check_supply(line.supply or SupplyInput(), (*path, "supply")),
        tax_class=line.tax_class or TaxClass.STANDARD,
        allowances=check_allowances(line.allowances, (*path, "allowances")),
        charges=check_allowances(line.charges, (*path, "charges")),
        item_id=line.item_id,
    )


def check_supply(supply: SupplyInput, path: Path) -> SupplyInput:
    """A supply with known countries and a clean text."""
    for name, code in (
        ("dispatchFrom", supply.dispatch_from),
        ("shipTo", supply.ship_to),
        ("placeOfSupply", supply.place_of_supply),
    ):
        if code is not None:
            check_country(code, field=tuple(str(part) for part in (*path, name)))
    given = None if supply.given_tax is None else _check_given(supply.given_tax, (*path, "givenTax"))
    return replace(supply, detail=checks.optional_text(supply.detail, (*path, "detail"), 500), given_tax=given)


def _check_given(tax: GivenTax, path: Path) -> GivenTax:
    if tax.amount is None and tax.percent is None:
        raise InvalidInput("give its amount, its percent, or both", field=path)
    for name, number in (("amount", tax.amount), ("percent", tax.percent)):
        if number is not None and checks.decimal(number, (*path, name)) < 0:
            raise InvalidInput("must not be negative", field=(*path, name))
    if tax.percent is not None and tax.percent > Decimal(100):
        raise InvalidInput("must not be above 100", field=(*path, "percent"))
    return replace(
        tax,
        name=checks.text(tax.name, (*path, "name"), 60),
        jurisdiction=checks.optional_text(tax.jurisdiction, (*path, "jurisdiction"), 60),
    )


def check_allowances(values: Sequence[AllowanceInput], path: Path) -> tuple[AllowanceInput, ...]:
    """Allowances or charges: exactly one of amount and percent each, positive."""
    if len(values) > MAX_ALLOWANCES:
        raise LimitExceeded(f"at most {MAX_ALLOWANCES}", field=path)
    checked = []
    for i, value in enumerate(values):
        if (value.amount is None) == (value.percent is None):
            raise InvalidInput("give either amount or percent", field=(*path, i))
        name, number = ("amount", value.amount) if value.amount is not None else ("percent", value.percent)
        if number is None or checks.decimal(number, (*path, i, name)) < 0:
            raise InvalidInput("must not be negative", field=(*path, i, name))
        if name == "percent" and number > Decimal(100):
            raise InvalidInput("must not be above 100", field=(*path, i, name))
        checked.append(replace(value, reason=checks.optional_text(value.reason, (*path, i, "reason"), 200)))
    return tuple(checked)


def check_ship_to(value: ShipToInput | None, path: Path = ("shipTo",)) -> ShipToInput | None:
    """A destination of goods with a known country."""
    if value is None:
        return None
    check_country(value.country, field=tuple(str(part) for part in (*path, "country")))
    return replace(
        value,
        region=checks.optional_text(value.region, (*path, "region"), 10),
        postcode=checks.postcode(value.postcode, (*path, "postcode")),
    )
