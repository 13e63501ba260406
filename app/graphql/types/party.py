"""Addresses, tax numbers and parties."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from types import SimpleNamespace
from typing import Any, Final

import strawberry

from app.domain.parties import Party as DomainParty
from app.domain.parties import TaxIdStatus
from app.graphql.scalars import CountryCode
from app.graphql.sources import OfRow


@strawberry.type(description="A postal address.")
class Address(OfRow):
    name: str | None = strawberry.field(description="The addressee, when it is not the party itself.")
    line1: str | None = strawberry.field(description="Street and house number.")
    line2: str | None = strawberry.field(description="The rest of the street address.")
    postcode: str | None = strawberry.field(description="The postal code.")
    city: str | None = strawberry.field(description="The town.")
    region: str | None = strawberry.field(description="The subdivision by ISO 3166-2, where taxes depend on it.")
    country: CountryCode = strawberry.field(description="The country.")
    row: strawberry.Private[Any]


@strawberry.type(description="A tax number and what is known of it.")
class TaxId(OfRow):
    value: str = strawberry.field(description="The number with its prefix, as VIES writes it.")
    country: CountryCode = strawberry.field(description="The country that gave it; EL numbers say GR.")
    status: TaxIdStatus = strawberry.field(description="What is known of it.")
    checked_at: datetime | None = strawberry.field(description="When it was last verified.")
    consultation_number: str | None = strawberry.field(description="The proof of the verification that VIES gave.")
    registered_name: str | None = strawberry.field(description="The name it is registered under, where VIES says so.")
    row: strawberry.Private[Any]


@strawberry.type(description="A seller or buyer as printed on a document.")
class Party:
    name: str = strawberry.field(description="The trading name.")
    legal_name: str | None = strawberry.field(description="The registered name, when it is told.")
    address: Address = strawberry.field(description="The address.")
    tax_id: str | None = strawberry.field(description="The tax number on the document.")
    registration: str | None = strawberry.field(description="The entry in the company register.")
    email: str | None = strawberry.field(description="The e-mail address.")


def party(value: DomainParty) -> Party:
    """A party of a document."""
    return Party(
        name=value.name,
        legal_name=value.legal_name,
        address=Address.of(value.address),
        tax_id=value.tax_id,
        registration=value.registration,
        email=value.email,
    )


def entity_tax_id(stored: Mapping[str, Any]) -> TaxId:
    """A seller's tax number as it is stored."""
    checked_at = stored["checked_at"]
    found = {
        **stored,
        "status": TaxIdStatus(stored["status"]),
        "checked_at": None if checked_at is None else datetime.fromisoformat(checked_at),
    }
    return TaxId.of(SimpleNamespace(**found))


# Under which names the rows of sellers and buyers keep an address, and those of buyers a tax number.
ADDRESS: Final = {name: f"address_{name}" for name in ("name", "line1", "line2", "postcode", "city", "region")}
CUSTOMER_TAX_ID: Final = {
    "value": "tax_id",
    "country": "tax_id_country",
    "status": "tax_id_status",
    "checked_at": "tax_id_checked_at",
    "consultation_number": "tax_id_consultation",
    "registered_name": "tax_id_name",
}
