"""Sellers: the compliance unit and the second tenant level."""

from __future__ import annotations

from tortoise import fields

from app.db.models.base import ENTITY_KEY, PLATFORM_KEY, PlatformTable, choice, code, document, id_column, instant, text
from app.domain.compliance.model import ComplianceStatus
from app.domain.parties import AutoInvoice, EntityStatus, UnverifiedPolicy


class Entity(PlatformTable):
    """A seller of a platform with its legal identity, tax settings, numbering and brand."""

    id = id_column(pk=True)
    external_id = text(200, null=True)
    name = text(200)
    legal_name = text(200)
    status = choice(EntityStatus)
    address_name = text(200, null=True)
    address_line1 = text(200, null=True)
    address_line2 = text(200, null=True)
    address_postcode = text(20, null=True)
    address_city = text(120, null=True)
    address_region = text(10, null=True)
    country = text(2)
    email = text(254, null=True)
    phone = text(40, null=True)
    website = text(200, null=True)
    registration = text(200, null=True)
    tax_ids = document()
    currency = code(3)
    time_zone = text(64)
    locale = text(20)
    auto_invoice = choice(AutoInvoice)
    number_formats = document()
    payment_term_days = fields.IntField()
    vat_registered = fields.BooleanField()
    small_business = fields.BooleanField()
    oss = fields.BooleanField()
    ioss = fields.BooleanField()
    other_registrations = document()
    when_unverified = choice(UnverifiedPolicy)
    prices_include_tax = fields.BooleanField()
    eu_threshold_exceeded = fields.BooleanField()
    primary_color = text(7, null=True)
    template = text(40)
    footer = text(1000, null=True)
    logo_type = text(40, null=True)
    payment_holder = text(200, null=True)
    payment_iban = text(34, null=True)
    payment_bic = text(11, null=True)
    version = fields.IntField()
    created_at = instant()
    updated_at = instant()
    # Where answers to its messages go; null means its e-mail address.
    reply_to = text(254, null=True)
    reminders_enabled = fields.BooleanField(default=False)
    # Days after the due date; null means the product's default.
    reminder_days = document(null=True)
    # Art. 59c (3): the destination's VAT below the threshold too.
    destination_taxation = fields.BooleanField(default=False)
    # Art. 66 (b): its VAT is due when it is paid.
    cash_accounting = fields.BooleanField(default=False)

    class Meta:
        table = "entity"

    unique = (("platform_id", "id"), ("platform_id", "external_id"))
    references = (PLATFORM_KEY,)
    indexes = (("platform_id", "status", "id"), ("platform_id", "name", "id"))


class EntityCompliance(PlatformTable):
    """What the rules make of a seller's master data, so that all sellers can be counted and found by it.

    `id` is the seller's. `rules` are those that fired, each as ` NUMBER:SEVERITY`; `law` names the rules that were
    asked.
    """

    id = id_column(pk=True)
    entity_id = id_column()
    status = choice(ComplianceStatus)
    rules = fields.TextField()
    law = code(16)
    checked_at = instant()

    class Meta:
        table = "entity_compliance"

    unique = (("platform_id", "entity_id"),)
    references = (ENTITY_KEY,)
    indexes = (("platform_id", "status", "entity_id"),)


class EntityLogo(PlatformTable):
    """The bytes of a seller's logo, apart from the entity so that lists never carry them."""

    id = id_column(pk=True)
    entity_id = id_column()
    content_type = text(40)
    content = fields.BinaryField()
    updated_at = instant()

    class Meta:
        table = "entity_logo"

    unique = (("platform_id", "entity_id"),)
    references = (ENTITY_KEY,)
