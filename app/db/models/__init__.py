"""Tortoise models: a file per aggregate. Imported by `app.db` only."""

from __future__ import annotations

from app.db.models.account import Account, ApiKey, Platform
from app.db.models.archive import StoredFile
from app.db.models.base import Table
from app.db.models.channel import OrderChannel
from app.db.models.customer import Customer
from app.db.models.email import EmailMessage
from app.db.models.entity import Entity, EntityCompliance, EntityLogo
from app.db.models.eu_sales import EuSales, EuSalesDocument
from app.db.models.event import EntityLog, Event, IdempotencyKey
from app.db.models.exchange_rate import ExchangeRate
from app.db.models.history import AuditEntry
from app.db.models.invoice import Invoice, InvoiceLine, Series
from app.db.models.item import Item
from app.db.models.job import Job, Schedule
from app.db.models.ledger import LedgerEntry
from app.db.models.order import Order, OrderLine, OrderRefund
from app.db.models.payment import Payment
from app.db.models.recurring import RecurringInvoice, RecurringOccurrence
from app.db.models.tax_entry import TaxEntry
from app.db.models.vat_check import VatCheck
from app.db.models.webhook import WebhookAttempt, WebhookDelivery, WebhookEndpoint

# In the order in which their tables are created: parents first.
MODELS: tuple[type[Table], ...] = (
    Account,
    Platform,
    Entity,
    EntityLogo,
    EntityCompliance,
    ApiKey,
    Customer,
    Order,
    OrderLine,
    Series,
    Invoice,
    InvoiceLine,
    OrderRefund,
    Payment,
    Event,
    EntityLog,
    IdempotencyKey,
    WebhookEndpoint,
    WebhookDelivery,
    WebhookAttempt,
    Job,
    Schedule,
    EmailMessage,
    OrderChannel,
    LedgerEntry,
    StoredFile,
    ExchangeRate,
    Item,
    RecurringInvoice,
    RecurringOccurrence,
    AuditEntry,
    VatCheck,
    EuSales,
    EuSalesDocument,
    TaxEntry,
)

__models__ = list(MODELS)
