"""The *Online Retail* data set (UCI, doi 10.24432/C5BW33) as baskets of a marketplace.

One British shop's transactions of 2011 become a marketplace's: each stock code belongs to one of N sellers in N
countries by a stable hash, so that one invoice of the data set is a basket of several sellers' orders. Dates stay as
they are, so the law and the rates of 2011 apply.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, TextIO
from zoneinfo import ZoneInfo

from app.domain.errors import InvalidInput
from app.domain.parties import AutoInvoice, CustomerKind
from app.domain.tax.model import SupplyNature
from app.services.importing.model import OrderFormat, Read, ReadOptions, ReadOrder, RejectedRow
from app.services.importing.plain import decimal_of
from app.services.inputs import AddressInput, CustomerInput, EnteredLine, EntityInput, OrderInput, SupplyInput

# Where the sellers are: countries whose rates of 2011 are known.
SELLERS: Final[tuple[tuple[str, str, str], ...]] = (
    ("DE", "Berlin", "Europe/Berlin"),
    ("FR", "Lyon", "Europe/Paris"),
    ("NL", "Utrecht", "Europe/Amsterdam"),
    ("ES", "Valencia", "Europe/Madrid"),
    ("IT", "Torino", "Europe/Rome"),
    ("AT", "Graz", "Europe/Vienna"),
    ("BE", "Gent", "Europe/Brussels"),
    ("IE", "Cork", "Europe/Dublin"),
    ("PL", "Poznań", "Europe/Warsaw"),
    ("SE", "Malmö", "Europe/Stockholm"),
    ("PT", "Porto", "Europe/Lisbon"),
    ("DK", "Aarhus", "Europe/Copenhagen"),
)
_COUNTRIES: Final[Mapping[str, str]] = {
    "Australia": "AU",
    "Austria": "AT",
    "Bahrain": "BH",
    "Belgium": "BE",
    "Brazil": "BR",
    "Canada": "CA",
    # Jersey, the larger of the two bailiwicks; both lie outside the EU's VAT area.
    "Channel Islands": "JE",
    "Cyprus": "CY",
    "Czech Republic": "CZ",
    "Denmark": "DK",
    "EIRE": "IE",
    "Finland": "FI",
    "France": "FR",
    "Germany": "DE",
    "Greece": "GR",
    "Hong Kong": "HK",
    "Iceland": "IS",
    "Israel": "IL",
    "Italy": "IT",
    "Japan": "JP",
    "Lebanon": "LB",
    "Lithuania": "LT",
    "Malta": "MT",
    "Netherlands": "NL",
    "Norway": "NO",
    "Poland": "PL",
    "Portugal": "PT",
    "RSA": "ZA",
    "Saudi Arabia": "SA",
    "Singapore": "SG",
    "Spain": "ES",
    "Sweden": "SE",
    "Switzerland": "CH",
    "USA": "US",
    "United Arab Emirates": "AE",
    "United Kingdom": "GB",
}
_COLUMNS: Final = (
    "InvoiceNo", "StockCode", "Description", "Quantity", "InvoiceDate", "UnitPrice", "CustomerID", "Country",
)  # fmt: skip
_SHIPPING: Final = frozenset({"POST", "DOT", "C2"})
_NO_GOODS: Final[Mapping[str, str]] = {
    "D": "a discount that names no goods",
    "M": "a manual entry that names no goods",
    "S": "samples, not a sale",
    "BANK CHARGES": "bank charges, not a sale",
    "AMAZONFEE": "a fee to another marketplace, not a sale",
    "CRUK": "a commission, not a sale",
    "B": "a bad-debt adjustment, not a sale",
    "PADS": "packing material of no price, not a sale",
}
_LONDON: Final = ZoneInfo("Europe/London")
_CURRENCY: Final = "GBP"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    row: int
    code: str
    line: EnteredLine
    customer: str
    country: str
    placed_at: datetime


def sellers(options: ReadOptions) -> list[EntityInput]:
    """The sellers `retail-01` … `retail-N`, each invoicing at once, with gross prices."""
    _check(options)
    return [
        EntityInput(
            external_id=_seller_id(i),
            name=f"Retail {city}",
            legal_name=f"Retail {city} {i + 1:02d} Ltd",
            address=AddressInput(country=country, line1=f"{i + 1} Market Street", city=city),
            currency=_CURRENCY,
            time_zone=zone,
            locale="en",
            auto_invoice=AutoInvoice.ON_ORDER,
            prices_include_tax=True,
        )
        for i in range(options.sellers)
        for country, city, zone in (SELLERS[i % len(SELLERS)],)
    ]


def _check(options: ReadOptions) -> None:
    if not 1 <= options.sellers <= 10_000:
        raise InvalidInput("this format spreads its lines over sellers: give --sellers, 1 to 10000")


def _seller_id(index: int) -> str:
    return f"retail-{index + 1:02d}"


def seller_of(stock_code: str, count: int) -> int:
    """The index of the seller of a stock code: the same on every machine and run."""
    digest = hashlib.sha256(stock_code.upper().encode()).digest()
    return int.from_bytes(digest[:8], "big") % count


def read(file: TextIO, options: ReadOptions) -> Iterator[Read]:
    """Baskets, split into one order per seller. Raises InvalidInput when the header is another."""
    _check(options)
    rows = csv.DictReader(file)
    if tuple(rows.fieldnames or ()) != _COLUMNS:
        raise InvalidInput(f"the header must be {','.join(_COLUMNS)}")
    basket: list[_Line] = []
    number = ""
    for row in rows:
        if row["InvoiceNo"] != number:
            yield from _orders(number, basket, options.sellers)
            number, basket = row["InvoiceNo"], []
        line = _line(rows.line_num, row)
        if isinstance(line, RejectedRow):
            yield line
        else:
            basket.append(line)
    yield from _orders(number, basket, options.sellers)


def _line(number: int, row: Mapping[str, str]) -> _Line | RejectedRow:
    try:
        return _parse(number, row)
    except InvalidInput as error:
        return RejectedRow(row=number, reason=str(error))


def _parse(number: int, row: Mapping[str, str]) -> _Line:
    code = row["StockCode"].strip()
    if row["InvoiceNo"].startswith("C"):
        raise InvalidInput("a cancellation: goods taken back are credited, not sold")
    if code.upper() in _NO_GOODS:
        raise InvalidInput(_NO_GOODS[code.upper()])
    quantity = decimal_of(row["Quantity"], ("Quantity",))
    price = decimal_of(row["UnitPrice"], ("UnitPrice",))
    if quantity <= 0:
        raise InvalidInput("a quantity that is not positive: a stock correction, not a sale")
    if price == 0:
        raise InvalidInput("a price of zero: a gift or a stock movement, not a sale")
    if price < 0:
        raise InvalidInput("a negative price: an accounting entry, not a sale")
    country = _COUNTRIES.get(row["Country"])
    if country is None:
        raise InvalidInput(f"the country {row['Country']!r} is no country: the VAT cannot be decided")
    shipping = code.upper() in _SHIPPING
    return _Line(
        row=number,
        code=code,
        customer=row["CustomerID"].removesuffix(".0"),
        country=country,
        placed_at=_instant(row["InvoiceDate"]),
        line=EnteredLine(
            description=row["Description"].strip() or code,
            quantity=quantity,
            unit_price=price,
            sku=code,
            external_id=str(number),
            supply=SupplyInput(nature=SupplyNature.SHIPPING if shipping else SupplyNature.GENERAL),
        ),
    )


def _instant(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text).replace(tzinfo=_LONDON)
    except ValueError:
        raise InvalidInput("must be a date and time", field=("InvoiceDate",)) from None


def _orders(number: str, basket: Sequence[_Line], count: int) -> Iterator[ReadOrder]:
    if not basket:
        return
    goods = [line for line in basket if line.code.upper() not in _SHIPPING]
    # Postage is paid once per basket; it goes with the basket's first goods.
    carrier = seller_of((goods or basket)[0].code, count)
    shares: dict[int, list[_Line]] = {}
    for line in basket:
        seller = carrier if line.code.upper() in _SHIPPING else seller_of(line.code, count)
        shares.setdefault(seller, []).append(line)
    for seller, lines in shares.items():
        yield ReadOrder(rows=tuple(line.row for line in lines), order=_order(number, seller, lines))


def _order(number: str, seller: int, lines: Sequence[_Line]) -> OrderInput:
    first = lines[0]
    customer = first.customer or f"guest-{first.country}"
    return OrderInput(
        external_id=number,
        cart_id=number,
        entity_external_id=_seller_id(seller),
        placed_at=first.placed_at,
        currency=_CURRENCY,
        prices_include_tax=True,
        customer=CustomerInput(
            external_id=customer,
            name=f"Customer {customer}" if first.customer else "Guest",
            kind=CustomerKind.CONSUMER,
            address=AddressInput(country=first.country),
        ),
        lines=[line.line for line in lines],
    )


FORMAT: Final = OrderFormat(
    name="online-retail", description="the Online Retail data set, spread over --sellers", read=read, sellers=sellers
)
