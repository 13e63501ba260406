"""Exchange rates, as they were published."""

from __future__ import annotations

from tortoise import fields

from app.db.models.base import Table, code, instant, rate, text


class ExchangeRate(Table):
    """Units of a currency for one euro, as a source published them for a day; of no tenant, and never changed."""

    id = fields.BigIntField(primary_key=True, generated=True)
    source = text(40)
    date = fields.DateField()
    currency = code(3)
    rate = rate()
    fetched_at = instant()

    class Meta:
        table = "exchange_rate"

    unique = (("source", "currency", "date"),)
    indexes = (("date",),)
