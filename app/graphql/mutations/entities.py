"""Mutations of sellers."""

from __future__ import annotations

import base64
import binascii
from typing import Annotated, Final

import strawberry
from strawberry import UNSET

from app.domain.documents.model import InvoiceType
from app.domain.errors import InvalidInput
from app.domain.parties import AutoInvoice, EntityStatus, UnverifiedPolicy
from app.graphql.context import Info, idempotency_key
from app.graphql.errors import UserError, errors_field, payload
from app.graphql.inputs import EXPECTED_VERSION, IDEMPOTENCY, AddressInput, Paths, TaxIdInput, to_service
from app.graphql.scalars import CountryCode, CurrencyCode
from app.graphql.types.entity import Entity
from app.services import entities, inputs


@strawberry.input(description="The numbering of one kind of document.")
class NumberFormatInput:
    type: InvoiceType = strawberry.field(description="The kind of document.")
    pattern: str = strawberry.field(description="The pattern, such as INV-{nnn} or {yyyy}/{nnn}.")


@strawberry.input(description="How a seller is taxed; what is not given stays as it is.")
class TaxSettingsInput:
    vat_registered: bool | None = strawberry.field(
        default=UNSET, description="Whether it charges VAT at all; true at first."
    )
    small_business: bool | None = strawberry.field(
        default=UNSET, description="Whether it is exempt as a small business (Art. 284)."
    )
    oss: bool | None = strawberry.field(default=UNSET, description="Whether it uses the Union One-Stop-Shop.")
    ioss: bool | None = strawberry.field(default=UNSET, description="Whether it uses the Import One-Stop-Shop.")
    other_registrations: list[CountryCode] | None = strawberry.field(
        default=UNSET, description="Further countries it is registered in."
    )
    when_unverified: UnverifiedPolicy | None = strawberry.field(
        default=UNSET, description="What happens while a VAT number is unverified; CHARGE at first."
    )
    prices_include_tax: bool | None = strawberry.field(
        default=UNSET, description="Whether its prices are gross unless an order says so."
    )
    eu_threshold_exceeded: bool | None = strawberry.field(
        default=UNSET, description="Whether its cross-border sales passed EUR 10,000 elsewhere (Art. 59c)."
    )
    destination_taxation: bool | None = strawberry.field(
        default=UNSET,
        description="Whether it charges the destination's VAT below that threshold too (Art. 59c (3)); false at first.",
    )
    cash_accounting: bool | None = strawberry.field(
        default=UNSET,
        description="Whether it owes VAT when it is paid, which its documents then say (Art. 226 (7a)); false at"
        " first.",
    )


@strawberry.input(description="When buyers are reminded of what they have not paid; what is not given stays as it is.")
class ReminderSettingsInput:
    enabled: bool | None = strawberry.field(
        default=UNSET, description="Whether they are reminded at all; false at first."
    )
    days_after_due: list[int] | None = strawberry.field(
        default=UNSET, description="1 to 5 days after the due date, each from 1 to 365, growing; 7 and 21 at first."
    )


@strawberry.input(description="A seller's settings; what is not given stays as it is.")
class EntitySettingsInput:
    auto_invoice: AutoInvoice | None = strawberry.field(
        default=UNSET, description="When an order becomes a finalized invoice by itself; NEVER at first."
    )
    number_formats: list[NumberFormatInput] | None = strawberry.field(
        default=UNSET, description="The numbering per kind of document; replaces all that were set."
    )
    payment_term_days: int | None = strawberry.field(
        default=UNSET, description="Days from the issue date to the due date, 0 to 365; 14 at first."
    )
    tax: TaxSettingsInput | None = strawberry.field(default=None, description="How the seller is taxed.")
    reply_to: str | None = strawberry.field(
        default=UNSET, description="Where answers to its messages go; null for its e-mail address."
    )
    reminders: ReminderSettingsInput | None = strawberry.field(
        default=None, description="When buyers are reminded of what they have not paid."
    )


@strawberry.input(description="How a seller's documents look; what is not given stays as it is.")
class BrandingInput:
    logo: str | None = strawberry.field(
        default=UNSET, description="A PNG or JPEG in Base64, up to 512 KiB; null removes it."
    )
    primary_color: str | None = strawberry.field(default=UNSET, description="The accent colour, #rrggbb.")
    template: str | None = strawberry.field(default=UNSET, description="The layout: classic (at first) or compact.")
    footer: str | None = strawberry.field(default=UNSET, description="The text at the foot of each page.")


@strawberry.input(description="Where the buyer pays.")
class PaymentDetailsInput:
    holder: str | None = strawberry.field(default=None, description="The account holder; the legal name if none.")
    iban: str | None = strawberry.field(default=None, description="The IBAN.")
    bic: str | None = strawberry.field(default=None, description="The BIC.")


@strawberry.input(description="A new seller.")
class EntityCreateInput:
    name: str = strawberry.field(description="The trading name.")
    address: AddressInput = strawberry.field(description="Where it is established.")
    currency: CurrencyCode = strawberry.field(description="The currency of its documents unless an order says so.")
    external_id: str | None = strawberry.field(
        default=UNSET, description="The marketplace's own id of the seller, unique."
    )
    legal_name: str | None = strawberry.field(
        default=UNSET, description="The registered name; the trading name if none."
    )
    email: str | None = strawberry.field(default=UNSET, description="The e-mail address on its documents.")
    phone: str | None = strawberry.field(default=UNSET, description="The telephone number on its documents.")
    website: str | None = strawberry.field(default=UNSET, description="The web address on its documents.")
    registration: str | None = strawberry.field(default=UNSET, description="The entry in the company register.")
    tax_ids: list[TaxIdInput] | None = strawberry.field(
        default=UNSET, description="Its tax numbers, each with its country."
    )
    time_zone: str | None = strawberry.field(
        default=UNSET, description="The time zone (IANA) in which its days begin; UTC if none."
    )
    locale: str | None = strawberry.field(default=UNSET, description="The language of its documents; en if none.")
    settings: EntitySettingsInput | None = strawberry.field(default=None, description="Its settings.")
    branding: BrandingInput | None = strawberry.field(default=None, description="How its documents look.")
    payment_details: PaymentDetailsInput | None = strawberry.field(default=UNSET, description="Where its buyers pay.")
    idempotency_key: str | None = strawberry.field(default=None, description=IDEMPOTENCY)


@strawberry.input(description="Changes of a seller; what is not given stays as it is.")
class EntityUpdateInput:
    id: strawberry.ID = strawberry.field(description="The seller.")
    name: str | None = strawberry.field(default=UNSET, description="The trading name.")
    address: AddressInput | None = strawberry.field(
        default=UNSET, description="Where it is established; replaced as a whole."
    )
    currency: CurrencyCode | None = strawberry.field(
        default=UNSET, description="The currency of its documents unless an order says so."
    )
    external_id: str | None = strawberry.field(
        default=UNSET, description="The marketplace's own id of the seller, unique. Needs a platform key."
    )
    legal_name: str | None = strawberry.field(default=UNSET, description="The registered name.")
    email: str | None = strawberry.field(default=UNSET, description="The e-mail address on its documents.")
    phone: str | None = strawberry.field(default=UNSET, description="The telephone number on its documents.")
    website: str | None = strawberry.field(default=UNSET, description="The web address on its documents.")
    registration: str | None = strawberry.field(default=UNSET, description="The entry in the company register.")
    tax_ids: list[TaxIdInput] | None = strawberry.field(default=UNSET, description="Its tax numbers; replaces all.")
    time_zone: str | None = strawberry.field(default=UNSET, description="The time zone (IANA) in which its days begin.")
    locale: str | None = strawberry.field(default=UNSET, description="The language of its documents.")
    settings: EntitySettingsInput | None = strawberry.field(default=None, description="Its settings.")
    branding: BrandingInput | None = strawberry.field(default=None, description="How its documents look.")
    payment_details: PaymentDetailsInput | None = strawberry.field(
        default=UNSET, description="Where its buyers pay; null removes it."
    )
    expected_version: int | None = strawberry.field(default=None, description=EXPECTED_VERSION)
    idempotency_key: str | None = strawberry.field(default=None, description=IDEMPOTENCY)


@strawberry.input(description="Which seller.")
class EntityIdInput:
    id: strawberry.ID = strawberry.field(description="The seller.")
    idempotency_key: str | None = strawberry.field(default=None, description=IDEMPOTENCY)


@strawberry.type(description="What became of a seller.")
class EntityPayload:
    entity: Entity | None = strawberry.field(default=None, description="The seller; null when there are errors.")
    user_errors: list[UserError] = errors_field()


# Where the input keeps what the service takes flat.
_PATHS: Final[Paths] = {
    **{name: ("settings", name) for name in ("autoInvoice", "numberFormats", "paymentTermDays", "replyTo")},
    "remindersEnabled": ("settings", "reminders", "enabled"),
    "reminderDays": ("settings", "reminders", "daysAfterDue"),
    **{
        name: ("settings", "tax", name)
        for name in (
            "vatRegistered",
            "smallBusiness",
            "oss",
            "ioss",
            "otherRegistrations",
            "whenUnverified",
            "pricesIncludeTax",
            "euThresholdExceeded",
            "destinationTaxation",
            "cashAccounting",
        )
    },
    **{name: ("branding", name) for name in ("logo", "primaryColor", "template", "footer")},
    "payment": ("paymentDetails",),
}


def _flat(given: EntityCreateInput | EntityUpdateInput) -> inputs.EntityInput:
    """The input as the service takes it: settings and branding beside the rest."""
    flat = _Flat()
    for part in (given, given.settings, given.settings.tax if given.settings else None, given.branding):
        if part is not None:
            vars(flat).update({name: value for name, value in vars(part).items() if value is not UNSET})
    vars(flat)["payment"] = given.payment_details
    reminders = given.settings.reminders if given.settings else None
    if reminders is not None:
        vars(flat)["reminders_enabled"] = reminders.enabled
        vars(flat)["reminder_days"] = reminders.days_after_due
    logo = given.branding.logo if given.branding else UNSET
    if isinstance(logo, str):
        vars(flat)["logo"] = inputs.LogoInput(content=_bytes(logo))
    return to_service(flat, inputs.EntityInput)


class _Flat:
    """Attributes by the names that the service uses."""


def _bytes(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise InvalidInput("is not Base64", field=("logo",)) from None


CreateArgument = Annotated[EntityCreateInput, strawberry.argument(description="The seller.")]
UpdateArgument = Annotated[EntityUpdateInput, strawberry.argument(description="The changes.")]
IdArgument = Annotated[EntityIdInput, strawberry.argument(description="The seller.")]


@strawberry.type
class EntityMutations:
    @strawberry.mutation(description="Makes a seller. Needs a platform key.")
    async def entity_create(self, info: Info, input: CreateArgument) -> EntityPayload:
        context = info.context

        async def work() -> EntityPayload:
            key = idempotency_key(info, input.idempotency_key)
            row = await entities.create(context.services, context.scope, _flat(input), key=key)
            return EntityPayload(entity=Entity.of(row))

        return await payload(EntityPayload, work, _PATHS)

    @strawberry.mutation(description="Changes a seller; issued documents keep what they were issued with.")
    async def entity_update(self, info: Info, input: UpdateArgument) -> EntityPayload:
        context = info.context

        async def work() -> EntityPayload:
            row = await entities.update(
                context.services,
                context.scope,
                input.id,
                _flat(input),
                expected_version=input.expected_version,
                key=idempotency_key(info, input.idempotency_key),
            )
            return EntityPayload(entity=Entity.of(row))

        return await payload(EntityPayload, work, _PATHS)

    @strawberry.mutation(description="Stops a seller from issuing documents until it is activated again.")
    async def entity_suspend(self, info: Info, input: IdArgument) -> EntityPayload:
        return await _set_status(info, input, EntityStatus.SUSPENDED)

    @strawberry.mutation(description="Lets a suspended seller issue documents again.")
    async def entity_activate(self, info: Info, input: IdArgument) -> EntityPayload:
        return await _set_status(info, input, EntityStatus.ACTIVE)

    @strawberry.mutation(description="Ends a seller for ever; its documents stay, its API keys stop working.")
    async def entity_archive(self, info: Info, input: IdArgument) -> EntityPayload:
        return await _set_status(info, input, EntityStatus.ARCHIVED)


async def _set_status(info: Info, given: EntityIdInput, status: EntityStatus) -> EntityPayload:
    context = info.context

    async def work() -> EntityPayload:
        key = idempotency_key(info, given.idempotency_key)
        row = await entities.set_status(context.services, context.scope, given.id, status, key=key)
        return EntityPayload(entity=Entity.of(row))

    return await payload(EntityPayload, work)
