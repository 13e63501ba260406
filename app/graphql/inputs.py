"""The inputs that several mutations share, and how an input becomes what a service takes."""

from __future__ import annotations

import dataclasses
import types
from collections.abc import Hashable, Mapping
from datetime import datetime
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any, Final, TypeVar, Union, cast, get_args, get_origin, get_type_hints

import strawberry
from strawberry import UNSET

from app.domain.errors import InvalidInput
from app.domain.parties import CustomerKind, TaxIdStatus
from app.domain.tax.model import SupplyKind, SupplyNature, TaxClass
from app.graphql.scalars import CountryCode
from app.services import inputs

T = TypeVar("T")

IDEMPOTENCY: Final = (
    "Up to 255 visible ASCII characters of the caller's choice; a repetition with the same key and input does nothing "
    "and answers what the first one did. @idempotent(key:) on the field, or the header Idempotency-Key with a request "
    "of one mutation, does the same."
)
EXPECTED_VERSION: Final = "The version that was read; if the object has changed since, VERSION_CONFLICT."


@strawberry.input(description="A postal address.")
class AddressInput:
    country: CountryCode = strawberry.field(description="The country.")
    name: str | None = strawberry.field(default=None, description="The addressee, when it is not the party itself.")
    line1: str | None = strawberry.field(default=None, description="Street and house number.")
    line2: str | None = strawberry.field(default=None, description="The rest of the street address.")
    postcode: str | None = strawberry.field(default=None, description="The postal code.")
    city: str | None = strawberry.field(default=None, description="The town.")
    region: str | None = strawberry.field(default=None, description="The subdivision by ISO 3166-2, such as ES-CN.")


@strawberry.input(description="A tax number. Whoever has asked VIES itself states the answer.")
class TaxIdInput:
    value: str = strawberry.field(description="The number, with or without its country prefix.")
    country: CountryCode | None = strawberry.field(default=None, description="Its country; the address's if none.")
    status: TaxIdStatus | None = strawberry.field(default=None, description="VALID or INVALID, as VIES has answered.")
    checked_at: datetime | None = strawberry.field(default=None, description="When VIES answered.")
    consultation_number: str | None = strawberry.field(default=None, description="The proof that VIES gave.")


@strawberry.input(description="An allowance or a charge: exactly one of amount and percent.")
class AllowanceInput:
    amount: Decimal | None = strawberry.field(default=None, description="The amount, in the document's currency.")
    percent: Decimal | None = strawberry.field(default=None, description="The percentage of what it applies to.")
    reason: str | None = strawberry.field(default=None, description="What it is for.")


@strawberry.input(
    description="Tax as the marketplace states it, in the United States and where a local tax's rates are not known."
)
class GivenTaxInput:
    name: str = strawberry.field(description="What it is called, such as Sales tax.")
    amount: Decimal | None = strawberry.field(
        default=None, description="The line's tax in the document's currency; without it, the percent of its net."
    )
    percent: Decimal | None = strawberry.field(default=None, description="The rate in percent.")
    jurisdiction: str | None = strawberry.field(default=None, description="Whose tax it is, such as US-CA.")


@strawberry.input(description="What is supplied, as far as the tax depends on it.")
class SupplyInput:
    kind: SupplyKind = strawberry.field(default=SupplyKind.GOODS, description="Goods, services or digital services.")
    nature: SupplyNature = strawberry.field(
        default=SupplyNature.GENERAL, description="What decides the tax beyond the kind."
    )
    dispatch_from: CountryCode | None = strawberry.field(
        default=None, description="Where goods leave from, if not the seller's address."
    )
    dispatch_region: str | None = strawberry.field(default=None, description="The region they leave from (ISO 3166-2).")
    ship_to: CountryCode | None = strawberry.field(
        default=None, description="Where this line's goods go, if not where the order goes."
    )
    ship_to_region: str | None = strawberry.field(default=None, description="The region they go to (ISO 3166-2).")
    place_of_supply: CountryCode | None = strawberry.field(
        default=None, description="The place of an immovable, an event or transport."
    )
    facilitated_by_marketplace: bool = strawberry.field(
        default=False, description="Whether Article 14a may make the platform the supplier."
    )
    consignment_value: Decimal | None = strawberry.field(
        default=None, description="The consignment's intrinsic value in EUR (Art. 14a)."
    )
    detail: str | None = strawberry.field(default=None, description="Prose for people; no rule reads it.")
    given_tax: GivenTaxInput | None = strawberry.field(
        default=None, description="Its tax, where the marketplace states it; refused where the law decides."
    )


@strawberry.input(description="One line.")
class LineInput:
    quantity: Decimal = strawberry.field(description="How many, with up to 6 decimals.")
    description: str | None = strawberry.field(
        default=None, description="What is sold; the item's if not told, and required without one."
    )
    unit_price: Decimal | None = strawberry.field(
        default=None,
        description="The price of one, with up to 6 decimals; gross when prices include tax. The item's if not told,"
        " which must then be of the document's currency and kind; required without an item.",
    )
    item_id: strawberry.ID | None = strawberry.field(
        default=None,
        description="An item of the seller's catalogue: what the line does not say is copied from it, once.",
    )
    external_id: str | None = strawberry.field(default=None, description="The marketplace's own id of the line.")
    sku: str | None = strawberry.field(default=None, description="The article number.")
    unit: str | None = strawberry.field(default=None, description="Of what unit, such as kg.")
    supply: SupplyInput | None = strawberry.field(
        default=None, description="What is supplied; what the item is or, without one, goods in general if not told."
    )
    tax_class: TaxClass | None = strawberry.field(
        default=None,
        description="Which rate of a country the product falls under; the item's or, without one, STANDARD if not"
        " told.",
    )
    allowances: list[AllowanceInput] | None = strawberry.field(default=None, description="What is taken off the line.")
    charges: list[AllowanceInput] | None = strawberry.field(default=None, description="What is put on the line.")


@strawberry.input(description="Where goods go, when it is not the buyer's address.")
class ShipToInput:
    country: CountryCode = strawberry.field(description="The country.")
    region: str | None = strawberry.field(default=None, description="The subdivision by ISO 3166-2.")
    postcode: str | None = strawberry.field(default=None, description="The postal code.")


@strawberry.input(description="A buyer given with an order: made, or changed when one with its externalId exists.")
class OrderCustomerInput:
    name: str = strawberry.field(description="The buyer's name.")
    address: AddressInput = strawberry.field(description="The buyer's address.")
    external_id: str | None = strawberry.field(default=UNSET, description="The marketplace's own id of the buyer.")
    kind: CustomerKind | None = strawberry.field(
        default=UNSET, description="What the buyer is to the VAT law; CONSUMER if not told."
    )
    email: str | None = strawberry.field(default=UNSET, description="The buyer's e-mail address.")
    tax_id: TaxIdInput | None = strawberry.field(default=UNSET, description="The buyer's tax number.")
    locale: str | None = strawberry.field(default=UNSET, description="The language of documents to it.")


def to_service(given: Any, kind: type[T], **further: Any) -> T:
    """An input as the service takes it: fields of the same name, nested inputs too.

    What was not given keeps the service's default. Raises InvalidInput for a null where the service knows none.
    """
    values: dict[str, Any] = dict(further)
    for field in dataclasses.fields(kind):  # type: ignore[arg-type]  # service inputs are dataclasses
        if field.name in values or not hasattr(given, field.name):
            continue
        value = getattr(given, field.name)
        if value is UNSET:
            continue
        nested, nullable = _shape(cast(Hashable, kind), field.name)
        if value is None:
            if nullable:
                values[field.name] = None
            elif field.default is inputs.UNSET:
                raise InvalidInput("must not be null", field=(field.name,))
            continue
        values[field.name] = _value(value, nested)
    return kind(**values)


def _value(value: Any, nested: type[Any] | None) -> Any:
    if isinstance(value, list):
        return [_value(item, nested) for item in value]
    if nested is not None and dataclasses.is_dataclass(value):
        return to_service(value, nested)
    return value


@cache
def _shape(kind: Hashable, name: str) -> tuple[type[Any] | None, bool]:
    """Which service input a field holds, if any, and whether the field may be null."""
    hint = get_type_hints(kind)[name]
    options = get_args(hint) if get_origin(hint) in (Union, types.UnionType) else (hint,)
    nested = next((inner for option in options for inner in _inner(option) if dataclasses.is_dataclass(inner)), None)
    return nested, type(None) in options  # type: ignore[return-value]  # a dataclass type, not an instance


def _inner(hint: Any) -> tuple[Any, ...]:
    return (hint, *get_args(hint))


def enum_values(values: list[Enum] | Any | None) -> Any:
    """The values of enum members; UNSET and None as they are."""
    return [item.value for item in values] if isinstance(values, list) else values


Paths = Mapping[str, tuple[str, ...]]
