"""The catalogue of events: one dataclass each, whose fields are the payload that webhooks and subscribers receive.

The GraphQL enum, the documentation and the JSON Schemas derive from `CATALOGUE`. A payload is a snapshot taken in the
transaction that caused the event; `version` grows when its shape changes in a way that would break a reader.
"""

from __future__ import annotations

import dataclasses
import types
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any, ClassVar, Final, Union, get_args, get_origin, get_type_hints


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyPayload:
    """An amount as a decimal string with its ISO 4217 currency."""

    amount: str
    currency: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EventData:
    """A fact about one object; `id` is that object's id."""

    type: ClassVar[str]
    version: ClassVar[int] = 1

    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityEvent(EventData):
    """What is told of a seller."""

    external_id: str | None
    name: str
    country: str
    currency: str
    status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityCreated(EntityEvent):
    """A seller was created."""

    type = "entity.created"


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityUpdated(EntityEvent):
    """A seller's data or settings changed."""

    type = "entity.updated"


@dataclass(frozen=True, slots=True, kw_only=True)
class EntitySuspended(EntityEvent):
    """A seller may not issue documents for now."""

    type = "entity.suspended"


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityArchived(EntityEvent):
    """A seller will issue no more documents."""

    type = "entity.archived"


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerEvent(EventData):
    """What is told of a buyer."""

    entity_id: str
    external_id: str | None
    name: str
    kind: str
    country: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerCreated(CustomerEvent):
    """A buyer was created."""

    type = "customer.created"


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerUpdated(CustomerEvent):
    """A buyer's data changed."""

    type = "customer.updated"


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderEvent(EventData):
    """What is told of an order."""

    entity_id: str
    customer_id: str
    external_id: str
    cart_id: str | None
    status: str
    total: MoneyPayload
    failure: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderCreated(OrderEvent):
    """The marketplace reported an order."""

    type = "order.created"


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderUpdated(OrderEvent):
    """An order was paid, fulfilled or cancelled."""

    type = "order.updated"


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderInvoiced(OrderEvent):
    """An order's invoice was finalized."""

    type = "order.invoiced"


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderFailed(OrderEvent):
    """An order could not be invoiced; `failure` says why."""

    type = "order.failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceEvent(EventData):
    """What is told of an invoice."""

    entity_id: str
    customer_id: str
    order_id: str | None
    invoice_type: str
    status: str
    payment_status: str
    number: str | None
    issue_date: str | None
    due_date: str | None
    net_total: MoneyPayload
    tax_total: MoneyPayload
    gross_total: MoneyPayload
    paid_total: MoneyPayload
    amount_due: MoneyPayload


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceCreated(InvoiceEvent):
    """A draft was created."""

    type = "invoice.created"


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceUpdated(InvoiceEvent):
    """A draft changed."""

    type = "invoice.updated"


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceDeleted(InvoiceEvent):
    """A draft was deleted."""

    type = "invoice.deleted"


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoicePending(InvoiceEvent):
    """An invoice waits for the answer on the buyer's VAT number; it has no number yet."""

    type = "invoice.pending"


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceFinalized(InvoiceEvent):
    """An invoice was numbered and frozen."""

    type = "invoice.finalized"


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoicePartiallyPaid(InvoiceEvent):
    """A payment left something due."""

    type = "invoice.partially_paid"


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoicePaid(InvoiceEvent):
    """Nothing is due any more."""

    type = "invoice.paid"


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceSent(InvoiceEvent):
    """A mail server took the message with an invoice."""

    type = "invoice.sent"

    email_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceReminderSent(InvoiceEvent):
    """A mail server took a reminder of an overdue invoice; `days_after_due` says which step it was."""

    type = "invoice.reminder_sent"

    email_id: str
    days_after_due: int


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceEmailFailed(InvoiceEvent):
    """A message with an invoice, or a reminder of it, did not arrive and is not tried again; `reason` says why."""

    type = "invoice.email_failed"

    email_id: str
    email_kind: str
    email_status: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceOverdue(InvoiceEvent):
    """The due date has passed where the seller is, and something is still due."""

    type = "invoice.overdue"


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentRecorded(EventData):
    """A payment was recorded."""

    type = "payment.recorded"

    entity_id: str
    invoice_id: str
    amount: MoneyPayload
    method: str
    reference: str | None
    paid_at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookEndpointEvent(EventData):
    """What is told of a webhook endpoint; never its secrets or headers. No types means all."""

    entity_id: str | None
    url: str
    event_types: tuple[str, ...]
    status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookEndpointCreated(WebhookEndpointEvent):
    """An endpoint was made; it receives what happens from then on."""

    type = "webhook.endpoint_created"


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookEndpointUpdated(WebhookEndpointEvent):
    """An endpoint was changed, enabled or disabled by its owner."""

    type = "webhook.endpoint_updated"


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookEndpointDeleted(WebhookEndpointEvent):
    """An endpoint was deleted with the record of what was sent to it."""

    type = "webhook.endpoint_deleted"


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookEndpointDisabled(EventData):
    """An endpoint gets nothing any more; `reason` says why."""

    type = "webhook.endpoint_disabled"

    url: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookTest(EventData):
    """A test was asked for. It goes to that endpoint, whatever types it receives, and to no other."""

    type = "webhook.test"

    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiKeyEvent(EventData):
    """What is told of a key; never its secret."""

    entity_id: str | None
    name: str
    last_four: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiKeyCreated(ApiKeyEvent):
    """A key was made."""

    type = "api_key.created"


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiKeyRevoked(ApiKeyEvent):
    """A key stopped working."""

    type = "api_key.revoked"


@dataclass(frozen=True, slots=True, kw_only=True)
class JobFailed(EventData):
    """A background job was given up, after its last attempt or for an error that no repetition can mend."""

    type = "job.failed"

    entity_id: str | None
    kind: str
    attempts: int
    error: str


CATALOGUE: Final[tuple[type[EventData], ...]] = (
    EntityCreated,
    EntityUpdated,
    EntitySuspended,
    EntityArchived,
    CustomerCreated,
    CustomerUpdated,
    OrderCreated,
    OrderUpdated,
    OrderInvoiced,
    OrderFailed,
    InvoiceCreated,
    InvoiceUpdated,
    InvoiceDeleted,
    InvoicePending,
    InvoiceFinalized,
    InvoicePartiallyPaid,
    InvoicePaid,
    InvoiceSent,
    InvoiceReminderSent,
    InvoiceEmailFailed,
    InvoiceOverdue,
    PaymentRecorded,
    WebhookEndpointCreated,
    WebhookEndpointUpdated,
    WebhookEndpointDeleted,
    WebhookEndpointDisabled,
    WebhookTest,
    ApiKeyCreated,
    ApiKeyRevoked,
    JobFailed,
)
BY_TYPE: Final = {event.type: event for event in CATALOGUE}
EVENT_TYPES: Final = tuple(event.type for event in CATALOGUE)


def to_payload(data: EventData) -> dict[str, Any]:
    """The payload as JSON-able data, names in camel case as in the API."""
    kind: Any = type(data)
    return _writer(kind)(data)


@cache
def _writer(kind: Any) -> Callable[[Any], dict[str, Any]]:
    """What writes a dataclass of events; compiled once from its fields, since every change writes some."""
    hints, known, items = get_type_hints(kind), dict[str, Any](), []
    for field in dataclasses.fields(kind):
        written = f"v.{field.name}"
        if dataclasses.is_dataclass(hints[field.name]):
            name = f"write_{field.name}"
            known[name], written = _writer(hints[field.name]), f"{name}({written})"
        items.append(f"{_camel(field.name)!r}: {written}")
    exec(f"def write(v):\n    return {{{', '.join(items)}}}", known)
    write: Callable[[Any], dict[str, Any]] = known["write"]
    return write


def json_schema(event: type[EventData]) -> dict[str, Any]:
    """The JSON Schema (2020-12) of an event's payload.

    It says what a reader of this version can count on. A later payload of the same version may have more.
    """
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:marketplace-invoicing:event:{event.type}:{event.version}",
        "title": event.type,
        "description": (event.__doc__ or "").strip(),
        **_object_schema(event),
    }


def _object_schema(kind: type[Any]) -> dict[str, Any]:
    hints = get_type_hints(kind)
    properties = {_camel(field.name): _schema(hints[field.name]) for field in dataclasses.fields(kind)}
    return {"type": "object", "properties": properties, "required": list(properties)}


def _schema(hint: Any) -> dict[str, Any]:
    if get_origin(hint) in (Union, types.UnionType):
        (inner,) = (arg for arg in get_args(hint) if arg is not type(None))
        return {"type": [_schema(inner)["type"], "null"]}
    if get_origin(hint) is tuple:
        return {"type": "array", "items": _schema(get_args(hint)[0])}
    if dataclasses.is_dataclass(hint):
        return _object_schema(hint)  # type: ignore[arg-type]  # a dataclass type, not an instance
    return {"type": {str: "string", int: "integer", bool: "boolean"}[hint]}


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(part.capitalize() for part in rest)
