"""What the history tells of each kind of object: every stored column by the API's name, or why it is not told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from app.domain.history import AuditSubject

_OWN: Final = {
    "platform_id": "every entry is of one platform",
    "id": "the entry names its object",
    "entity_id": "the entry names the seller",
    "version": "the entry has both versions",
    "created_at": "the entry of the making has it",
    "updated_at": "the entry has it",
}
_WITHOUT_VERSION: Final = {name: why for name, why in _OWN.items() if name not in ("version", "updated_at")}
_ADDRESS: Final = {
    "address_name": "address.name",
    "address_line1": "address.line1",
    "address_line2": "address.line2",
    "address_postcode": "address.postcode",
    "address_city": "address.city",
    "address_region": "address.region",
    "country": "address.country",
}
_FINALIZED: Final = "set when the document is finalized or after, which the event log tells"
_PRICED: Final = "follows from the lines, the buyer and the seller's settings; the totals are told"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """How the history tells the rows of one table: by column, the name that the API has for it.

    `amounts` are columns of minor units, in the row's currency; `names` hold names with `.` or `:` in the place of the
    API's `_`; of `secrets` is told that they changed; `untold` says why not. Objects in a column are told by field.
    """

    table: str
    fields: Mapping[str, str]
    amounts: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    names: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    secrets: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    untold: Mapping[str, str]


_ENTITY: Final = Told(
    table="entity",
    fields={
        "external_id": "externalId",
        "name": "name",
        "legal_name": "legalName",
        "status": "status",
        **_ADDRESS,
        "email": "email",
        "phone": "phone",
        "website": "website",
        "registration": "registration",
        "tax_ids": "taxIds",
        "currency": "currency",
        "time_zone": "timeZone",
        "locale": "locale",
        "auto_invoice": "settings.autoInvoice",
        "number_formats": "settings.numberFormats",
        "payment_term_days": "settings.paymentTermDays",
        "reply_to": "settings.replyTo",
        "reminders_enabled": "settings.reminders.enabled",
        "reminder_days": "settings.reminders.daysAfterDue",
        "vat_registered": "settings.tax.vatRegistered",
        "small_business": "settings.tax.smallBusiness",
        "oss": "settings.tax.oss",
        "ioss": "settings.tax.ioss",
        "other_registrations": "settings.tax.otherRegistrations",
        "when_unverified": "settings.tax.whenUnverified",
        "prices_include_tax": "settings.tax.pricesIncludeTax",
        "eu_threshold_exceeded": "settings.tax.euThresholdExceeded",
        "destination_taxation": "settings.tax.destinationTaxation",
        "cash_accounting": "settings.tax.cashAccounting",
        "primary_color": "branding.primaryColor",
        "template": "branding.template",
        "footer": "branding.footer",
        "payment_holder": "paymentDetails.holder",
        "payment_iban": "paymentDetails.iban",
        "payment_bic": "paymentDetails.bic",
    },
    untold={
        **{name: why for name, why in _OWN.items() if name != "entity_id"},
        "logo_type": "the logo is told by its SHA-256, as branding.logo",
    },
)
_CUSTOMER: Final = Told(
    table="customer",
    fields={
        "external_id": "externalId",
        "name": "name",
        "kind": "kind",
        "email": "email",
        **_ADDRESS,
        "locale": "locale",
        "tax_id": "taxId.value",
        "tax_id_country": "taxId.country",
        "tax_id_status": "taxId.status",
        "tax_id_checked_at": "taxId.checkedAt",
        "tax_id_consultation": "taxId.consultationNumber",
        "tax_id_name": "taxId.registeredName",
    },
    untold=_OWN,
)
_INVOICE: Final = Told(
    table="invoice",
    fields={
        "type": "type",
        "status": "status",
        "customer_id": "customerId",
        "order_id": "orderId",
        "currency": "currency",
        "prices_include_tax": "pricesIncludeTax",
        "supply_date": "supplyDate",
        "payment_term_days": "paymentTermDays",
        "allowances": "allowances",
        "charges": "charges",
        "ship_to_country": "shipTo.country",
        "ship_to_region": "shipTo.region",
        "ship_to_postcode": "shipTo.postcode",
        "order_reference": "orderReference",
        "note": "note",
        "reason": "reason",
        "agreement_reference": "agreementReference",
        "source_invoice_id": "sourceInvoiceId",
        "corrected_invoice_id": "correctedInvoiceId",
        "auto_finalize_at": "autoFinalizeAt",
        "mentions": "mentions",
    },
    amounts={"net_minor": "netTotal", "tax_minor": "taxTotal", "gross_minor": "grossTotal"},
    untold={
        **_OWN,
        "taxes": _PRICED,
        "created_by": "the entry of the making has it",
        **dict.fromkeys(
            (
                *("payment_status", "series_id", "sequence_number", "number", "issue_date", "due_date"),
                *("paid_minor", "credited_minor", "due_minor", "snapshot", "content_hash", "previous_hash"),
                *(
                    "converted_into_id",
                    "deducted_in_id",
                    "pdf_sha256",
                    "finalized_at",
                    "finalized_by",
                    "overdue_at",
                    "void_reason",
                    "voided_at",
                    "voided_by",
                ),
                *("tax_currency", "exchange_rate", "exchange_date", "exchange_source", "tax_currency_minor"),
            ),
            _FINALIZED,
        ),
    },
)
# A line of a draft, told by its place in `lines`.
LINE: Final = Told(
    table="invoice_line",
    fields={
        "sku": "sku",
        "description": "description",
        "quantity": "quantity",
        "unit": "unit",
        "unit_price": "unitPrice",
        "supply": "supply",
        "tax_class": "taxClass",
        "allowances": "allowances",
        "charges": "charges",
        "item_id": "itemId",
        "advance_id": "advanceId",
    },
    untold={
        **dict.fromkeys(("platform_id", "entity_id", "invoice_id"), "those of the draft"),
        "id": "every change of the lines makes new ones",
        "position": "lines are told by their place",
        "order_line_id": "a line that comes from an order keeps it until the lines are replaced",
        "corrected_line_id": "credit notes are no drafts",
        **dict.fromkeys(("net_minor", "tax_minor", "gross_minor", "decision"), _PRICED),
    },
)
_API_KEY: Final = Told(
    table="api_key",
    fields={
        "name": "name",
        "prefix": "prefix",
        "last_four": "lastFour",
        "expires_at": "expiresAt",
        "revoked_at": "revokedAt",
    },
    names={"permissions": "permissions"},
    untold={
        **_WITHOUT_VERSION,
        "key_hash": "a key's secret is known to its holder alone",
        "created_by": "the entry of the making has it",
    },
)
_WEBHOOK_ENDPOINT: Final = Told(
    table="webhook_endpoint",
    fields={
        "url": "url",
        "description": "description",
        "ordered": "ordered",
        "api_version": "apiVersion",
        "selection": "selection",
        "status": "status",
        "disabled_reason": "disabledReason",
    },
    names={"event_types": "eventTypes"},
    secrets={"headers": "headers", "secrets": "signingSecret"},
    untold={
        **_OWN,
        "permissions": "follow from the selection",
        "retired_secrets": "former secrets; when they end was said at the rotation",
        **dict.fromkeys(
            ("cursor_seq", "failing_since", "replay_seq", "replay_until_seq", "replay_since"),
            "how far the sender is, which deliveries tell",
        ),
    },
)
_ORDER_CHANNEL: Final = Told(
    table="order_channel",
    fields={"name": "name", "enabled": "enabled"},
    secrets={"secrets": "signingSecret"},
    untold={
        **_OWN,
        **dict.fromkeys(("last_used_at", "last_failed_at", "last_failure"), "its use, not its settings"),
    },
)
_JOB: Final = Told(
    table="job",
    fields={"kind": "kind", "status": "status", "cancel_requested": "cancelRequested"},
    untold={
        **_WITHOUT_VERSION,
        **dict.fromkeys(
            (
                *("input", "progress", "message", "attempts", "max_attempts", "run_at", "unique_key"),
                *("error", "result", "requested_by", "lease_token", "lease_until", "started_at", "finished_at"),
            ),
            "how the work goes on, which the job itself tells",
        ),
    },
)

TOLD: Final[Mapping[AuditSubject, Told]] = MappingProxyType(
    {
        AuditSubject.ENTITY: _ENTITY,
        AuditSubject.CUSTOMER: _CUSTOMER,
        AuditSubject.INVOICE: _INVOICE,
        AuditSubject.API_KEY: _API_KEY,
        AuditSubject.WEBHOOK_ENDPOINT: _WEBHOOK_ENDPOINT,
        AuditSubject.ORDER_CHANNEL: _ORDER_CHANNEL,
        AuditSubject.JOB: _JOB,
    }
)
