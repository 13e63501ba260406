"""The vocabulary of tax determination: what goes in, and the explained decision that comes out.

Sources: Directive 2006/112/EC; UNCL5305 for the categories; the CEF VATEX list for exemption codes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from app.domain.parties import CustomerKind, TaxIdStatus, UnverifiedPolicy
from app.domain.quick import quick


class TaxTreatment(StrEnum):
    """How a supply is taxed. HOLD waits for VIES; GIVEN is stated by the marketplace."""

    DOMESTIC = "DOMESTIC"
    REVERSE_CHARGE = "REVERSE_CHARGE"
    INTRA_COMMUNITY = "INTRA_COMMUNITY"
    OSS = "OSS"
    ORIGIN = "ORIGIN"
    DESTINATION_REGISTRATION = "DESTINATION_REGISTRATION"
    EXPORT = "EXPORT"
    OUTSIDE_SCOPE = "OUTSIDE_SCOPE"
    EXEMPT = "EXEMPT"
    EXEMPT_SMALL_BUSINESS = "EXEMPT_SMALL_BUSINESS"
    MARGIN_SCHEME = "MARGIN_SCHEME"
    DEEMED_SUPPLIER = "DEEMED_SUPPLIER"
    DOMESTIC_OTHER_TAX = "DOMESTIC_OTHER_TAX"
    DISBURSEMENT = "DISBURSEMENT"
    GIVEN = "GIVEN"
    HOLD = "HOLD"


class SupplyKind(StrEnum):
    """Goods, services in general, or electronically supplied services."""

    GOODS = "GOODS"
    SERVICES = "SERVICES"
    DIGITAL = "DIGITAL"


class SupplyNature(StrEnum):
    """What decides the tax beyond the kind."""

    GENERAL = "GENERAL"
    SHIPPING = "SHIPPING"
    IMMOVABLE_PROPERTY = "IMMOVABLE_PROPERTY"
    ACCOMMODATION = "ACCOMMODATION"
    CATERING = "CATERING"
    PASSENGER_TRANSPORT = "PASSENGER_TRANSPORT"
    EVENT_ADMISSION = "EVENT_ADMISSION"
    EVENT_ONLINE = "EVENT_ONLINE"
    INTANGIBLE_ART59 = "INTANGIBLE_ART59"
    COMMISSION = "COMMISSION"
    MARGIN_SECOND_HAND = "MARGIN_SECOND_HAND"
    MARGIN_ART = "MARGIN_ART"
    MARGIN_ANTIQUES = "MARGIN_ANTIQUES"
    MARGIN_TRAVEL = "MARGIN_TRAVEL"
    DISBURSEMENT = "DISBURSEMENT"
    EXEMPT_MEDICAL = "EXEMPT_MEDICAL"
    EXEMPT_EDUCATION = "EXEMPT_EDUCATION"
    EXEMPT_FINANCE = "EXEMPT_FINANCE"
    DOMESTIC_REVERSE_CHARGE = "DOMESTIC_REVERSE_CHARGE"
    TRIANGULATION = "TRIANGULATION"
    SELF_BILLED = "SELF_BILLED"


class TaxClass(StrEnum):
    """Which rate of a country a product falls under. SECOND_REDUCED is the lower of two reduced rates."""

    STANDARD = "STANDARD"
    REDUCED = "REDUCED"
    SECOND_REDUCED = "SECOND_REDUCED"
    SUPER_REDUCED = "SUPER_REDUCED"
    PARKING = "PARKING"
    ZERO = "ZERO"
    EXEMPT = "EXEMPT"


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class TaxSeller:
    """The seller as the tax rules see it: established where, registered where, under which schemes."""

    country: str
    region: str | None = None
    postcode: str | None = None
    vat_registered: bool = True
    small_business: bool = False
    oss: bool = False
    ioss: bool = False
    other_registrations: tuple[str, ...] = ()
    when_unverified: UnverifiedPolicy = UnverifiedPolicy.CHARGE
    # Art. 59c (3): it has chosen the destination's VAT though its sales are below the threshold.
    destination_taxation: bool = False


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class NumberProof:
    """When a register called a VAT number valid, and its consultation number, the legal proof of having asked."""

    checked_at: datetime | None
    consultation_number: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TaxBuyer:
    """The buyer as the tax rules see it."""

    country: str
    region: str | None = None
    postcode: str | None = None
    kind: CustomerKind = CustomerKind.CONSUMER
    tax_id_status: TaxIdStatus = TaxIdStatus.NONE
    # The country of the VAT number: a member state, or XI; GR is accepted for EL.
    tax_id_country: str | None = None
    # The day of the last valid answer on an unverified number, where the seller's policy lets that answer count.
    last_valid_on: date | None = None
    # What proves the number; it decides nothing.
    proof: NumberProof | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenTax:
    """Tax that the marketplace states, where no rules of ours decide: its name, and its amount or rate.

    `amount` is the line's tax in the document's currency, in major units; without it `percent` of the line's net.
    `jurisdiction` says whose tax it is, such as `US-CA`.
    """

    name: str
    amount: Decimal | None = None
    percent: Decimal | None = None
    jurisdiction: str | None = None


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class TaxSupply:
    """One line's supply. `ship_to` defaults to the buyer's address, `dispatch_from` to the seller's."""

    kind: SupplyKind = SupplyKind.GOODS
    nature: SupplyNature = SupplyNature.GENERAL
    dispatch_from: str | None = None
    dispatch_region: str | None = None
    dispatch_postcode: str | None = None
    ship_to: str | None = None
    ship_to_region: str | None = None
    ship_to_postcode: str | None = None
    place_of_supply: str | None = None
    facilitated_by_marketplace: bool = False
    # Intrinsic value of the consignment in EUR, for Art. 14a(1).
    consignment_value: Decimal | None = None
    detail: str | None = None
    given: GivenTax | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TaxDecision:
    """The stored, explained outcome for one line.

    `category` is a UNCL5305 code; `percent` the rate in percent (25.5), None where no rate applies (O);
    `country` the place of taxation (ISO 3166-1, XI for Northern Ireland); `rule` a stable name such as
    `eu.goods.intra_community`; `legal_basis` the article; `mention` the text the law wants on the document, in
    English; `inputs` what the rule looked at; `evidence` sources of the rate.
    """

    treatment: TaxTreatment
    category: str
    percent: Decimal | None
    country: str | None
    rule: str
    legal_basis: str
    explanation: str
    vatex_code: str | None = None
    mention: str | None = None
    inputs: Mapping[str, object] = field(default_factory=dict)
    evidence: Mapping[str, object] = field(default_factory=dict)


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class TaxQuestion:
    """Everything that one determination looks at; `tax_point` is the date whose law and rates apply.

    `threshold_exceeded`: whether the seller's cross-border B2C sales passed EUR 10,000 (Art. 59c); None when unknown.
    """

    seller: TaxSeller
    buyer: TaxBuyer
    supply: TaxSupply
    tax_class: TaxClass
    tax_point: date
    threshold_exceeded: bool | None = None
