"""Addresses, tax numbers and parties."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import strawberry

from app.db.rows import CustomerRow, EntityRow
from app.domain.parties import Address as DomainAddress
from app.domain.parties import Party as DomainParty
from app.domain.parties import TaxIdStatus
from app.graphql.scalars import CountryCode


@strawberry.type(description="A postal address.")
class Address:
    name: str | None = strawberry.field(description="The addressee, when it is not the party itself.")
    line1: str | None = strawberry.field(description="Street and house number.")
    line2: str | None = strawberry.field(description="The rest of the street address.")
    postcode: str | None = strawberry.field(description="The postal code.")
    city: str | None = strawberry.field(description="The town.")
    region: str | None = strawberry.field(description="The subdivision by ISO 3166-2, where taxes depend on it.")
    country: CountryCode = strawberry.field(description="The country.")


@strawberry.type(description="A tax number and what is known of it.")
class TaxId:
    value: str = strawberry.field(description="The number with its prefix, as VIES writes it.")
    country: CountryCode = strawberry.field(description="The country that gave it; EL numbers say GR.")
    status: TaxIdStatus = strawberry.field(description="What is known of it.")
    checked_at: datetime | None = strawberry.field(description="When it was last verified.")
    consultation_number: str | None = strawberry.field(description="The proof of the verification that VIES gave.")
    registered_name: str | None = strawberry.field(description="The name it is registered under, where VIES says so.")


@strawberry.type(description="A seller or buyer as printed on a document.")
class Party:
    name: str = strawberry.field(description="The trading name.")
    legal_name: str | None = strawberry.field(description="The registered name, when it is told.")
    address: Address = strawberry.field(description="The address.")
    tax_id: str | None = strawberry.field(description="The tax number on the document.")
    registration: str | None = strawberry.field(description="The entry in the company register.")
    email: str | None = strawberry.field(description="The e-mail address.")


def address_of(row: EntityRow | CustomerRow) -> Address:
    """The address of a stored party."""
    return Address(
        name=row.address_name,
        line1=row.address_line1,
        line2=row.address_line2,
        postcode=row.address_postcode,
        city=row.address_city,
        region=row.address_region,
        country=CountryCode(row.country),
    )


def party(value: DomainParty) -> Party:
    """A party of a document."""
    return Party(
        name=value.name,
        legal_name=value.legal_name,
        address=_address(value.address),
        tax_id=value.tax_id,
        registration=value.registration,
        email=value.email,
    )


def _address(value: DomainAddress) -> Address:
    return Address(
        name=value.name,
        line1=value.line1,
        line2=value.line2,
        postcode=value.postcode,
        city=value.city,
        region=value.region,
        country=CountryCode(value.country),
    )


def entity_tax_id(stored: Mapping[str, Any]) -> TaxId:
    """A seller's tax number as it is stored."""
    checked_at = stored["checked_at"]
    return TaxId(
        value=stored["value"],
        country=CountryCode(stored["country"]),
        status=TaxIdStatus(stored["status"]),
        checked_at=None if checked_at is None else datetime.fromisoformat(checked_at),
        consultation_number=stored["consultation_number"],
        registered_name=stored["registered_name"],
    )


def customer_tax_id(row: CustomerRow) -> TaxId | None:
    """A buyer's tax number, if it has one."""
    if row.tax_id is None:
        return None
    return TaxId(
        value=row.tax_id,
        country=CountryCode(row.tax_id_country or row.country),
        status=row.tax_id_status,
        checked_at=row.tax_id_checked_at,
        consultation_number=row.tax_id_consultation,
        registered_name=row.tax_id_name,
    )
