"""What callers hand to the use cases: plain data, checked by the use case and not before.

`UNSET` means "leave as it is" in updates; None means "clear".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Final, Literal

from app.domain.documents.model import InvoiceType
from app.domain.parties import AutoInvoice, CustomerKind, TaxIdStatus, UnverifiedPolicy
from app.domain.scope import Permission
from app.domain.tax.model import GivenTax, SupplyKind, SupplyNature, TaxBuyer, TaxClass, TaxDecision, TaxSeller
from app.domain.webhooks.status import EndpointStatus
from app.services.payment_inputs import AllocationInput as AllocationInput
from app.services.payment_inputs import BalanceApplyInput as BalanceApplyInput
from app.services.payment_inputs import BalanceRefundInput as BalanceRefundInput
from app.services.payment_inputs import PaymentInput as PaymentInput
from app.services.payment_inputs import PaymentReverseInput as PaymentReverseInput


class Unset(Enum):
    """The type of UNSET."""

    UNSET = "UNSET"


UNSET: Final = Unset.UNSET
UnsetType = Literal[Unset.UNSET]

# Marks a field that an input did not always have: one that is not given leaves the input's fingerprint as it was, so
# that what was reported before the field existed is known again.
LATER: Final[Mapping[str, bool]] = {"later": True}


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressInput:
    """A postal address; only the country is required."""

    country: str
    name: str | None = None
    line1: str | None = None
    line2: str | None = None
    postcode: str | None = None
    city: str | None = None
    region: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TaxIdInput:
    """A tax number as the party writes it, and its country when it is not the address's.

    A marketplace that has asked VIES itself states the answer: `status` VALID or INVALID with the instant of the answer
    and, where it has one, the consultation number that proves it.
    """

    value: str
    country: str | None = None
    status: TaxIdStatus | None = None
    checked_at: datetime | None = None
    consultation_number: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentDetailsInput:
    """Where buyers pay."""

    holder: str | None = None
    iban: str | None = None
    bic: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberFormatInput:
    """The numbering pattern of one document type."""

    type: InvoiceType
    pattern: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LogoInput:
    """A logo as bytes of a PNG or JPEG."""

    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityInput:
    """A seller's data. On creation name, address and currency are required; the rest has defaults."""

    external_id: str | UnsetType | None = UNSET
    name: str | UnsetType = UNSET
    legal_name: str | UnsetType | None = UNSET
    address: AddressInput | UnsetType = UNSET
    email: str | UnsetType | None = UNSET
    phone: str | UnsetType | None = UNSET
    website: str | UnsetType | None = UNSET
    registration: str | UnsetType | None = UNSET
    tax_ids: Sequence[TaxIdInput] | UnsetType = UNSET
    currency: str | UnsetType = UNSET
    time_zone: str | UnsetType = UNSET
    locale: str | UnsetType = UNSET
    auto_invoice: AutoInvoice | UnsetType = UNSET
    number_formats: Sequence[NumberFormatInput] | UnsetType = UNSET
    payment_term_days: int | UnsetType = UNSET
    vat_registered: bool | UnsetType = UNSET
    small_business: bool | UnsetType = UNSET
    oss: bool | UnsetType = UNSET
    ioss: bool | UnsetType = UNSET
    other_registrations: Sequence[str] | UnsetType = UNSET
    when_unverified: UnverifiedPolicy | UnsetType = UNSET
    prices_include_tax: bool | UnsetType = UNSET
    eu_threshold_exceeded: bool | UnsetType = UNSET
    primary_color: str | UnsetType | None = UNSET
    template: str | UnsetType = UNSET
    footer: str | UnsetType | None = UNSET
    logo: LogoInput | UnsetType | None = UNSET
    payment: PaymentDetailsInput | UnsetType | None = UNSET
    reply_to: str | UnsetType | None = UNSET
    reminders_enabled: bool | UnsetType = UNSET
    reminder_days: Sequence[int] | UnsetType = UNSET
    destination_taxation: bool | UnsetType = UNSET
    cash_accounting: bool | UnsetType = UNSET


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerInput:
    """A buyer's data. On creation name and address are required."""

    external_id: str | UnsetType | None = UNSET
    name: str | UnsetType = UNSET
    kind: CustomerKind | UnsetType = UNSET
    email: str | UnsetType | None = UNSET
    address: AddressInput | UnsetType = UNSET
    tax_id: TaxIdInput | UnsetType | None = UNSET
    locale: str | UnsetType | None = UNSET


@dataclass(frozen=True, slots=True, kw_only=True)
class AllowanceInput:
    """An allowance or charge: exactly one of amount (in the document's currency) and percent."""

    amount: Decimal | None = None
    percent: Decimal | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplyInput:
    """What is supplied, as far as the tax depends on it."""

    kind: SupplyKind = SupplyKind.GOODS
    nature: SupplyNature = SupplyNature.GENERAL
    dispatch_from: str | None = None
    dispatch_region: str | None = None
    ship_to: str | None = None
    ship_to_region: str | None = None
    place_of_supply: str | None = None
    facilitated_by_marketplace: bool = False
    consignment_value: Decimal | None = None
    detail: str | None = None
    given_tax: GivenTax | None = field(default=None, metadata=LATER)


@dataclass(frozen=True, slots=True, kw_only=True)
class LineInput:
    """One line of an order or a draft, with all that it says."""

    description: str
    quantity: Decimal
    unit_price: Decimal
    external_id: str | None = None
    sku: str | None = None
    unit: str | None = None
    supply: SupplyInput = field(default_factory=SupplyInput)
    tax_class: TaxClass = TaxClass.STANDARD
    allowances: Sequence[AllowanceInput] = ()
    charges: Sequence[AllowanceInput] = ()
    item_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EnteredLine:
    """One line as it is entered: it may leave to the item that it names what that item says.

    Without an item, description and price are required, and goods of the standard rate are supplied unless told.
    """

    quantity: Decimal
    description: str | None = None
    unit_price: Decimal | None = None
    external_id: str | None = None
    sku: str | None = None
    unit: str | None = None
    supply: SupplyInput | None = None
    tax_class: TaxClass | None = None
    allowances: Sequence[AllowanceInput] = ()
    charges: Sequence[AllowanceInput] = ()
    item_id: str | None = field(default=None, metadata=LATER)

    def __post_init__(self) -> None:
        if self.item_id is None:
            object.__setattr__(self, "supply", self.supply or SupplyInput())
            object.__setattr__(self, "tax_class", self.tax_class or TaxClass.STANDARD)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeductionInput(LineInput):
    """A line that deducts a VAT group of an advance invoice; it keeps that document's decision. Callers give none."""

    advance_id: str
    decision: TaxDecision


@dataclass(frozen=True, slots=True, kw_only=True)
class ShipToInput:
    """Where the goods go, when it is not the buyer's address."""

    country: str
    region: str | None = None
    postcode: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderInput:
    """One order of one seller.

    The seller is named by `entity_id` or `entity_external_id`, the buyer by `customer_id`, or given as `customer`: then
    an existing buyer with that external id is updated, or a new one made.
    """

    external_id: str
    placed_at: datetime
    lines: Sequence[EnteredLine]
    entity_id: str | None = None
    entity_external_id: str | None = None
    customer_id: str | None = None
    customer: CustomerInput | None = None
    cart_id: str | None = None
    currency: str | None = None
    prices_include_tax: bool | None = None
    allowances: Sequence[AllowanceInput] = ()
    charges: Sequence[AllowanceInput] = ()
    ship_to: ShipToInput | None = None
    paid_at: datetime | None = None
    payment_method: str | None = None
    payment_reference: str | None = None
    fulfilled_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CartLineInput:
    """A line of a basket with the seller it belongs to."""

    line: EnteredLine
    entity_id: str | None = None
    entity_external_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CartInput:
    """One basket of many sellers' lines; it becomes one order per seller, named `external_id`."""

    external_id: str
    placed_at: datetime
    customer: CustomerInput
    lines: Sequence[CartLineInput]
    currency: str | None = None
    prices_include_tax: bool | None = None
    ship_to: ShipToInput | None = None
    paid_at: datetime | None = None
    payment_method: str | None = None
    payment_reference: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderUpdateInput:
    """What happened to an order; each may be told once.

    An order that is not named by its id is named by `external_id` and its seller, as in OrderInput.
    """

    external_id: str | None = None
    entity_id: str | None = None
    entity_external_id: str | None = None
    paid_at: datetime | None = None
    payment_method: str | None = None
    payment_reference: str | None = None
    fulfilled_at: datetime | None = None
    cancelled_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceInput:
    """A draft's content. On creation the customer and lines (or the order) are required.

    `order_id` makes the draft from an order's lines instead of `lines`. A draft keeps the `type` it was made with.
    `advance_ids` are the advance invoices to deduct: all of them, as `lines` are all lines.
    """

    entity_id: str | None = None
    customer_id: str | UnsetType = UNSET
    order_id: str | None = None
    type: InvoiceType = InvoiceType.STANDARD
    currency: str | UnsetType = UNSET
    prices_include_tax: bool | UnsetType = UNSET
    supply_date: date | UnsetType | None = UNSET
    payment_term_days: int | UnsetType = UNSET
    lines: Sequence[EnteredLine] | UnsetType = UNSET
    allowances: Sequence[AllowanceInput] | UnsetType = UNSET
    charges: Sequence[AllowanceInput] | UnsetType = UNSET
    ship_to: ShipToInput | UnsetType | None = UNSET
    order_reference: str | UnsetType | None = UNSET
    note: str | UnsetType | None = UNSET
    agreement_reference: str | UnsetType | None = UNSET
    auto_finalize_at: datetime | UnsetType | None = UNSET
    advance_ids: Sequence[str] | UnsetType | None = UNSET


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookSelection:
    """A selection on the event that was found valid, and the permissions that answering it takes."""

    text: str
    permissions: Sequence[Permission]


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookReplayInput:
    """What is sent again: exactly one of one delivery, all that was given up, and all that happened since a time."""

    delivery: str | UnsetType = UNSET
    all_failed: bool | UnsetType = UNSET
    since: datetime | UnsetType = UNSET


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookEndpointInput:
    """A webhook endpoint; no event types means all."""

    url: str | UnsetType = UNSET
    entity_id: str | None = None
    description: str | UnsetType | None = UNSET
    event_types: Sequence[str] | UnsetType = UNSET
    headers: Mapping[str, str] | UnsetType = UNSET
    ordered: bool | UnsetType = UNSET
    api_version: str | UnsetType = UNSET
    selection: WebhookSelection | UnsetType | None = UNSET
    status: EndpointStatus | UnsetType = UNSET


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderChannelInput:
    """A channel for signed orders; `entity_id` binds a new one to one seller."""

    name: str | UnsetType = UNSET
    entity_id: str | None = None
    enabled: bool | UnsetType = UNSET


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiKeyInput:
    """A key to make. Without `entity_id` it sees the platform; no permissions means all that such a key may hold."""

    name: str
    entity_id: str | None = None
    permissions: Sequence[Permission] | None = None
    expires_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TaxPreviewInput:
    """Lines to be taxed without a draft: exactly one of entity and seller, and of customer and buyer."""

    date: date
    currency: str
    lines: Sequence[EnteredLine]
    entity_id: str | None = None
    seller: TaxSeller | None = None
    customer_id: str | None = None
    buyer: TaxBuyer | None = None
    prices_include_tax: bool = False
    threshold_exceeded: bool | None = None
    allowances: Sequence[AllowanceInput] = ()
    charges: Sequence[AllowanceInput] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceSendInput:
    """Whom a document is sent to; the buyer if no address is named. `again` sends what was just sent once more."""

    invoice_id: str
    to: Sequence[str] = ()
    cc: Sequence[str] = ()
    message: str | None = None
    again: bool = False
