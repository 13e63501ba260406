"""The life of documents and orders as tables that code, docs and tests share."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from app.domain.documents.model import InvoiceType
from app.domain.documents.registry import DOCUMENT_TYPES
from app.domain.errors import InvalidState


class InvoiceStatus(StrEnum):
    """A DRAFT can be changed; PENDING waits for a tax answer; FINALIZED is frozen; VOID keeps its number."""

    DRAFT = "DRAFT"
    PENDING = "PENDING"
    FINALIZED = "FINALIZED"
    VOID = "VOID"


class PaymentStatus(StrEnum):
    """How much of a document is settled."""

    UNPAID = "UNPAID"
    PARTIALLY_PAID = "PARTIALLY_PAID"
    PAID = "PAID"


class OrderStatus(StrEnum):
    """PROCESSING is not invoiced yet; FAILED could not be, and says why; REFUNDED is refunded in full."""

    PROCESSING = "PROCESSING"
    INVOICED = "INVOICED"
    FAILED = "FAILED"
    CANCELLED = "CANCELLED"
    REFUNDED = "REFUNDED"


class InvoiceAction(StrEnum):
    """What can be done with a document."""

    UPDATE = "update"
    DELETE = "delete"
    HOLD = "hold"
    FINALIZE = "finalize"
    CREDIT = "credit"
    PAY = "pay"
    VOID = "void"
    SEND = "send"
    DUPLICATE = "duplicate"
    CONVERT = "convert"
    DEDUCT = "deduct"


class OrderAction(StrEnum):
    """What can be told of an order."""

    PROGRESS = "progress"
    INVOICE = "invoice"
    FAIL = "fail"
    CANCEL = "cancel"
    REFUND = "refund"
    REOPEN = "reopen"


# (action, from) → to. What is not here is not allowed.
INVOICE_TRANSITIONS: Final[Mapping[tuple[InvoiceAction, InvoiceStatus], InvoiceStatus | None]] = MappingProxyType(
    {
        (InvoiceAction.UPDATE, InvoiceStatus.DRAFT): InvoiceStatus.DRAFT,
        (InvoiceAction.DELETE, InvoiceStatus.DRAFT): None,
        (InvoiceAction.DELETE, InvoiceStatus.PENDING): None,
        (InvoiceAction.HOLD, InvoiceStatus.DRAFT): InvoiceStatus.PENDING,
        (InvoiceAction.FINALIZE, InvoiceStatus.DRAFT): InvoiceStatus.FINALIZED,
        (InvoiceAction.FINALIZE, InvoiceStatus.PENDING): InvoiceStatus.FINALIZED,
        (InvoiceAction.CREDIT, InvoiceStatus.FINALIZED): InvoiceStatus.FINALIZED,
        (InvoiceAction.PAY, InvoiceStatus.FINALIZED): InvoiceStatus.FINALIZED,
        (InvoiceAction.VOID, InvoiceStatus.FINALIZED): InvoiceStatus.VOID,
        (InvoiceAction.SEND, InvoiceStatus.FINALIZED): InvoiceStatus.FINALIZED,
        (InvoiceAction.DUPLICATE, InvoiceStatus.DRAFT): InvoiceStatus.DRAFT,
        (InvoiceAction.DUPLICATE, InvoiceStatus.PENDING): InvoiceStatus.PENDING,
        (InvoiceAction.DUPLICATE, InvoiceStatus.FINALIZED): InvoiceStatus.FINALIZED,
        (InvoiceAction.DUPLICATE, InvoiceStatus.VOID): InvoiceStatus.VOID,
        (InvoiceAction.CONVERT, InvoiceStatus.DRAFT): InvoiceStatus.DRAFT,
        (InvoiceAction.CONVERT, InvoiceStatus.FINALIZED): InvoiceStatus.FINALIZED,
        (InvoiceAction.DEDUCT, InvoiceStatus.FINALIZED): InvoiceStatus.FINALIZED,
    }
)

_ALL: Final = frozenset(kind.type for kind in DOCUMENT_TYPES)
_DRAFTABLE: Final = frozenset(kind.type for kind in DOCUMENT_TYPES if kind.draftable)
# The types of document with which an action can be done at all.
INVOICE_ACTION_TYPES: Final[Mapping[InvoiceAction, frozenset[InvoiceType]]] = MappingProxyType(
    {
        InvoiceAction.UPDATE: _DRAFTABLE,
        InvoiceAction.DELETE: _DRAFTABLE,
        InvoiceAction.HOLD: _DRAFTABLE,
        # A credit note is finalized as it is made.
        InvoiceAction.FINALIZE: _ALL,
        InvoiceAction.CREDIT: frozenset(kind.type for kind in DOCUMENT_TYPES if kind.creditable),
        InvoiceAction.PAY: frozenset(kind.type for kind in DOCUMENT_TYPES if kind.payable),
        InvoiceAction.VOID: frozenset(kind.type for kind in DOCUMENT_TYPES if kind.voidable),
        InvoiceAction.SEND: _ALL,
        InvoiceAction.DUPLICATE: _DRAFTABLE,
        InvoiceAction.CONVERT: frozenset(kind.type for kind in DOCUMENT_TYPES if kind.convertible),
        InvoiceAction.DEDUCT: frozenset(kind.type for kind in DOCUMENT_TYPES if kind.deductible),
    }
)

ORDER_TRANSITIONS: Final[Mapping[tuple[OrderAction, OrderStatus], OrderStatus]] = MappingProxyType(
    {
        (OrderAction.PROGRESS, OrderStatus.PROCESSING): OrderStatus.PROCESSING,
        (OrderAction.PROGRESS, OrderStatus.INVOICED): OrderStatus.INVOICED,
        (OrderAction.PROGRESS, OrderStatus.FAILED): OrderStatus.FAILED,
        (OrderAction.INVOICE, OrderStatus.PROCESSING): OrderStatus.INVOICED,
        (OrderAction.INVOICE, OrderStatus.FAILED): OrderStatus.INVOICED,
        (OrderAction.FAIL, OrderStatus.PROCESSING): OrderStatus.FAILED,
        (OrderAction.FAIL, OrderStatus.FAILED): OrderStatus.FAILED,
        (OrderAction.CANCEL, OrderStatus.PROCESSING): OrderStatus.CANCELLED,
        (OrderAction.CANCEL, OrderStatus.FAILED): OrderStatus.CANCELLED,
        (OrderAction.CANCEL, OrderStatus.INVOICED): OrderStatus.CANCELLED,
        (OrderAction.REFUND, OrderStatus.PROCESSING): OrderStatus.REFUNDED,
        (OrderAction.REFUND, OrderStatus.FAILED): OrderStatus.REFUNDED,
        (OrderAction.REFUND, OrderStatus.INVOICED): OrderStatus.REFUNDED,
        # Its invoice was voided: it can be invoiced anew.
        (OrderAction.REOPEN, OrderStatus.INVOICED): OrderStatus.PROCESSING,
    }
)

# What to do instead, by action and status.
_INSTEAD: Final[Mapping[tuple[InvoiceAction, InvoiceStatus], str]] = {
    (InvoiceAction.UPDATE, InvoiceStatus.PENDING): "it waits for a tax answer; delete it and make a new draft",
    (InvoiceAction.UPDATE, InvoiceStatus.FINALIZED): "it is frozen; correct it with a credit note",
    (InvoiceAction.DELETE, InvoiceStatus.FINALIZED): "its number is used for ever; correct it with a credit note",
    (InvoiceAction.FINALIZE, InvoiceStatus.FINALIZED): "it is finalized already",
    (InvoiceAction.PAY, InvoiceStatus.DRAFT): "finalize it first",
    (InvoiceAction.PAY, InvoiceStatus.PENDING): "finalize it first",
    (InvoiceAction.CREDIT, InvoiceStatus.DRAFT): "change or delete the draft instead",
    (InvoiceAction.CREDIT, InvoiceStatus.PENDING): "delete it instead, or wait until it is finalized",
    (InvoiceAction.VOID, InvoiceStatus.DRAFT): "delete the draft instead",
    (InvoiceAction.SEND, InvoiceStatus.DRAFT): "finalize it first",
    (InvoiceAction.SEND, InvoiceStatus.PENDING): "it waits for a tax answer and is finalized then",
    (InvoiceAction.VOID, InvoiceStatus.PENDING): "delete it instead",
    (InvoiceAction.VOID, InvoiceStatus.VOID): "it is void already",
    (InvoiceAction.CONVERT, InvoiceStatus.PENDING): "it waits for a tax answer; convert it then, or duplicate it",
    (InvoiceAction.DEDUCT, InvoiceStatus.DRAFT): "finalize it first",
    (InvoiceAction.DEDUCT, InvoiceStatus.PENDING): "it waits for a tax answer and is finalized then",
}


def allowed(action: InvoiceAction, status: InvoiceStatus, type_: InvoiceType) -> bool:
    """Whether a document of that type and status lets the action be done."""
    return (action, status) in INVOICE_TRANSITIONS and type_ in INVOICE_ACTION_TYPES[action]


def require(action: InvoiceAction, status: InvoiceStatus, type_: InvoiceType | None = None) -> InvoiceStatus | None:
    """The status that the action leads to, None when the document is gone. Raises InvalidState saying what to do.

    Without a type, only the status is looked at.
    """
    if type_ is not None and type_ not in INVOICE_ACTION_TYPES[action]:
        able = " or ".join(sorted(INVOICE_ACTION_TYPES[action]))
        raise InvalidState(f"cannot {action.value} a document of type {type_}; only of {able}")
    if (action, status) in INVOICE_TRANSITIONS:
        return INVOICE_TRANSITIONS[action, status]
    instead = _INSTEAD.get((action, status), f"it is {status.lower()}")
    raise InvalidState(f"cannot {action.value} this document: {instead}")


def require_order(action: OrderAction, status: OrderStatus) -> OrderStatus:
    """The status that the action leads to. Raises InvalidState."""
    if (action, status) in ORDER_TRANSITIONS:
        return ORDER_TRANSITIONS[action, status]
    raise InvalidState(f"cannot {action.value} an order that is {status.lower()}")


def payment_status(*, gross_minor: int, paid_minor: int, credited_minor: int) -> PaymentStatus:
    """PAID when payments and credits settle the gross total, whatever their mix; a total of zero is paid."""
    if paid_minor + credited_minor >= gross_minor:
        return PaymentStatus.PAID
    return PaymentStatus.PARTIALLY_PAID if paid_minor > 0 else PaymentStatus.UNPAID
