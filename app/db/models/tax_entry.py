"""What documents declare to tax offices: the rows that returns are summed from."""

from __future__ import annotations

from tortoise import fields

from app.db.models.base import PlatformTable, choice, code, decimal, id_column, minor, rate, text
from app.domain.documents.model import InvoiceType
from app.domain.tax.model import TaxClass


class TaxEntry(PlatformTable):
    """One part of a document's VAT, signed: credit notes and what was voided are negative. Nothing changes it.

    Like the ledger it references no table: what it names is never deleted, and every finalization writes one.
    """

    id = id_column(pk=True)
    entity_id = id_column()
    invoice_id = id_column()
    type = choice(InvoiceType)
    # The day it counts on, and that of the supply that it corrects, or the same.
    date = fields.DateField()
    of_date = fields.DateField()
    # Names of the tax rules, which grow: they are stored as the decisions that they come from.
    treatment = code(32)
    category = code(3)
    percent = decimal(null=True)
    country = text(2, null=True)
    rule = text(100)
    supply_kind = code(16)
    nature = code(40)
    tax_class = choice(TaxClass)
    origin = text(10, null=True)
    # As it stands on the document; only where the buyer owes the tax or acquires the goods.
    buyer_tax_id = text(40, null=True)
    currency = code(3)
    # How many documents it adds to those of its treatment and rate: 1 for the first part of one, 0 for its others.
    document_count = fields.IntField()
    base_minor = minor()
    tax_minor = minor()
    # The VAT in the seller's national currency at the document's own rate (Directive 2006/112/EC, art. 230).
    tax_currency = text(3, null=True)
    exchange_rate = rate(null=True)
    tax_currency_minor = minor(null=True)
    reverses_id = id_column(null=True)

    class Meta:
        table = "tax_entry"

    # An entry is taken back once.
    unique = ((("platform_id", "reverses_id"), "reverses_id IS NOT NULL"),)
    indexes = (("platform_id", "entity_id", "date"),)
    append_only = True
