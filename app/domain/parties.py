"""Sellers, buyers, addresses and tax ids, as they are told to the tax rules and frozen onto documents."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.domain.quick import quick


class CustomerKind(StrEnum):
    """What a buyer is to the VAT law."""

    CONSUMER = "CONSUMER"
    BUSINESS = "BUSINESS"
    NON_TAXABLE_LEGAL_PERSON = "NON_TAXABLE_LEGAL_PERSON"


class TaxIdStatus(StrEnum):
    """What is known of a VAT number. Only VIES's own INVALID is final; UNVERIFIED is not asked, or no answer yet."""

    VALID = "VALID"
    INVALID = "INVALID"
    UNVERIFIED = "UNVERIFIED"
    NONE = "NONE"


class EntityStatus(StrEnum):
    """ACTIVE issues documents; SUSPENDED may not for now; ARCHIVED never again."""

    ACTIVE = "ACTIVE"
    SUSPENDED = "SUSPENDED"
    ARCHIVED = "ARCHIVED"


class AutoInvoice(StrEnum):
    """When an order becomes a finalized invoice without anybody asking."""

    NEVER = "NEVER"
    ON_ORDER = "ON_ORDER"
    ON_PAYMENT = "ON_PAYMENT"
    ON_FULFILMENT = "ON_FULFILMENT"


class UnverifiedPolicy(StrEnum):
    """What happens when a VAT number could not be verified: hold the invoice, charge VAT, or trust the last answer."""

    HOLD = "HOLD"
    CHARGE = "CHARGE"
    LAST_VALID = "LAST_VALID"


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """A postal address: `country` by ISO 3166-1, `region` by ISO 3166-2, `name` of a recipient besides the party."""

    country: str
    name: str | None = None
    line1: str | None = None
    line2: str | None = None
    postcode: str | None = None
    city: str | None = None
    region: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TaxId:
    """A VAT number with its country prefix as VIES writes it (`EL…` for Greece), and what is known of it."""

    value: str
    country: str
    status: TaxIdStatus = TaxIdStatus.UNVERIFIED
    checked_at: datetime | None = None
    consultation_number: str | None = None
    registered_name: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentDetails:
    """Where the buyer pays: account holder, IBAN, BIC."""

    holder: str | None = None
    iban: str | None = None
    bic: str | None = None


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """A seller or buyer as printed on a document, frozen when it is finalized (Directive 2006/112/EC, art. 226)."""

    name: str
    address: Address
    tax_id: str | None = None
    legal_name: str | None = None
    registration: str | None = None
    email: str | None = None
    phone: str | None = None
    website: str | None = None
