"""Invoices that recur, and each of their occurrences."""

from __future__ import annotations

from tortoise import fields

from app.db.models.base import ENTITY_KEY, PlatformTable, choice, document, id_column, instant, text
from app.db.models.order import CUSTOMER_KEY
from app.domain.recurrence import OccurrenceStatus, RecurrenceUnit, RecurringAction, RecurringStatus


class RecurringInvoice(PlatformTable):
    """What is invoiced to a buyer again and again, and when."""

    id = id_column(pk=True)
    entity_id = id_column()
    customer_id = id_column()
    name = text(200, null=True)
    content = document()
    unit = choice(RecurrenceUnit)
    every = fields.IntField()
    starts_on = fields.DateField()
    day_of_month = fields.IntField(null=True)
    minute_of_day = fields.IntField()
    ends_on = fields.DateField(null=True)
    max_occurrences = fields.IntField(null=True)
    action = choice(RecurringAction)
    status = choice(RecurringStatus)
    next_index = fields.IntField()
    last_on = fields.DateField(null=True)
    occurrences = fields.IntField()
    next_run_at = instant(null=True)
    version = fields.IntField()
    created_at = instant()
    created_by = text(80)
    updated_at = instant()

    class Meta:
        table = "recurring_invoice"

    unique = (("platform_id", "entity_id", "id"),)
    references = (ENTITY_KEY, CUSTOMER_KEY)
    indexes = (
        ("platform_id", "id"),
        ("platform_id", "entity_id", "customer_id", "id"),
        # What the schedule looks for.
        (("platform_id", "next_run_at", "id"), "status = 'ACTIVE'"),
    )
    checks = ("(status = 'ACTIVE') = (next_run_at IS NOT NULL)",)


class RecurringOccurrence(PlatformTable):
    """An occurrence that was due. Its invoice has no key to it: a draft may be deleted."""

    id = id_column(pk=True)
    entity_id = id_column()
    recurring_id = id_column()
    occurs_on = fields.DateField()
    status = choice(OccurrenceStatus)
    invoice_id = id_column(null=True)
    attempts = fields.IntField()
    reason = text(1000, null=True)
    created_at = instant()
    updated_at = instant()

    class Meta:
        table = "recurring_occurrence"

    # The one that keeps an occurrence from being made twice.
    unique = (("platform_id", "entity_id", "recurring_id", "occurs_on"),)
    references = (
        (("platform_id", "entity_id", "recurring_id"), "recurring_invoice", ("platform_id", "entity_id", "id")),
    )
    indexes = (
        ("platform_id", "entity_id", "recurring_id", "id"),
        ("platform_id", "entity_id", "invoice_id"),
        (("platform_id", "id"), "status = 'AWAITING'"),
    )
