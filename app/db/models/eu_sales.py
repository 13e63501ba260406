"""Sales to consumers in other member states, counted against the threshold of Art. 59c."""

from __future__ import annotations

from tortoise import fields

from app.db.models.base import ENTITY_KEY, PlatformTable, code, id_column, instant, minor, rate


class EuSales(PlatformTable):
    """A seller's count of one calendar year, in minor units of the euro. Its lock serializes what is counted."""

    id = id_column(pk=True)
    entity_id = id_column()
    year = fields.IntField()
    net_minor = minor()
    documents = fields.IntField()
    # Those of which no exchange rate was known: they are not in `net_minor`.
    uncounted = fields.IntField()
    # When the sales first came to 80 % and over 100 % of the threshold.
    approaching_at = instant(null=True)
    exceeded_at = instant(null=True)
    created_at = instant()
    updated_at = instant()

    class Meta:
        table = "eu_sales"

    unique = (("platform_id", "entity_id", "year"),)
    references = (ENTITY_KEY,)
    checks = ("uncounted >= 0", "documents >= uncounted")


class EuSalesDocument(PlatformTable):
    """What one document adds to its seller's count of a year; a credit note takes off, and a void document is gone.

    It has the document's id and no key to it, like the ledger: finalizing writes one with every counting document.
    """

    id = id_column(pk=True)
    entity_id = id_column()
    year = fields.IntField()
    currency = code(3)
    # In the document's currency.
    net_minor = minor()
    # Euros for one of the currency, and the day of that rate; null while none is known.
    exchange_rate = rate(null=True)
    exchange_date = fields.DateField(null=True)
    eur_minor = minor(null=True)
    counted_at = instant()

    class Meta:
        table = "eu_sales_document"

    indexes = (("platform_id", "entity_id", "year", "counted_at", "id"),)
    checks = ("(eur_minor IS NULL) = (exchange_rate IS NULL)", "(exchange_rate IS NULL) = (exchange_date IS NULL)")
