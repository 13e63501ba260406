"""The domain's enumerations as the API shows them: their names and values, described by their docstrings."""

from __future__ import annotations

from enum import Enum, StrEnum
from typing import TYPE_CHECKING, Final

import strawberry

from app.domain import events
from app.domain.compliance.model import ComplianceStatus
from app.domain.documents.model import InvoiceType
from app.domain.errors import ErrorCode
from app.domain.history import ActorKind, AuditAction, AuditSubject
from app.domain.items import ItemStatus
from app.domain.jobs import JobStatus
from app.domain.law_reports import EcSale, OssRate, OssScheme, OssSupply, RelevantActivity, SellerDetail
from app.domain.ledger import CreditSettlement, EntryKind, Overpayment, PaymentDirection
from app.domain.lifecycle import InvoiceStatus, OrderStatus, PaymentStatus
from app.domain.mail.model import EmailKind, EmailStatus
from app.domain.numbering import NumberingReset
from app.domain.numbering_law import Severity
from app.domain.parties import AutoInvoice, CustomerKind, EntityStatus, TaxIdStatus, UnverifiedPolicy
from app.domain.recurrence import OccurrenceStatus, RecurrenceUnit, RecurringAction, RecurringStatus
from app.domain.registers.model import AnswerKind
from app.domain.scope import Mode, Permission
from app.domain.tax.model import SupplyKind, SupplyNature, TaxClass, TaxTreatment
from app.domain.tax.threshold import EuSalesState
from app.domain.webhooks.status import DeliveryStatus, EndpointStatus

ENUMS: Final[tuple[type[Enum], ...]] = (
    ActorKind,
    AnswerKind,
    AuditAction,
    AuditSubject,
    AutoInvoice,
    ComplianceStatus,
    CreditSettlement,
    CustomerKind,
    DeliveryStatus,
    EcSale,
    EmailKind,
    EmailStatus,
    EndpointStatus,
    EntityStatus,
    EntryKind,
    ErrorCode,
    EuSalesState,
    InvoiceStatus,
    InvoiceType,
    ItemStatus,
    JobStatus,
    Mode,
    NumberingReset,
    OccurrenceStatus,
    OrderStatus,
    OssRate,
    OssScheme,
    OssSupply,
    Overpayment,
    PaymentDirection,
    PaymentStatus,
    Permission,
    RecurrenceUnit,
    RecurringAction,
    RecurringStatus,
    RelevantActivity,
    SellerDetail,
    Severity,
    SupplyKind,
    SupplyNature,
    TaxClass,
    TaxIdStatus,
    TaxTreatment,
    UnverifiedPolicy,
)

if TYPE_CHECKING:

    class EventType(StrEnum):
        """What happened to what."""

        value: str
else:
    EventType = StrEnum("EventType", {name.replace(".", "_").upper(): name for name in events.EVENT_TYPES})
    EventType.__doc__ = "What happened to what; webhooks name it in lower case, such as invoice.finalized."

_ALL: Final[tuple[type[Enum], ...]] = (*ENUMS, EventType)
for _kind in _ALL:
    strawberry.enum(_kind, name=_kind.__name__, description=(_kind.__doc__ or "").strip())
