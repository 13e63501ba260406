"""The `where` and `orderBy` inputs, and the conditions they stand for."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from enum import Enum, StrEnum
from typing import Any, Final, Generic, TypeVar

import strawberry
from strawberry import UNSET

from app.db.where import All, Any_, Beside, Compare, Condition, Contains, Eq, IsNull, OneOf
from app.domain.compliance.model import ComplianceStatus
from app.domain.documents.model import InvoiceType
from app.domain.documents.registry import NEVER_OVERDUE
from app.domain.errors import InvalidInput, LimitExceeded
from app.domain.history import AuditAction, AuditSubject
from app.domain.items import ItemStatus
from app.domain.jobs import JobStatus
from app.domain.lifecycle import InvoiceStatus, OrderStatus, PaymentStatus
from app.domain.mail.model import EmailKind, EmailStatus
from app.domain.parties import CustomerKind, EntityStatus
from app.domain.recurrence import RecurringAction, RecurringStatus
from app.domain.scope import Scope
from app.domain.webhooks.status import DeliveryStatus
from app.graphql.enums import EventType
from app.graphql.scalars import CountryCode, CurrencyCode

E = TypeVar("E")

MAX_VALUES: Final = 500
MAX_PARTS: Final = 20
MAX_DEPTH: Final = 5
MAX_RULES: Final = 20
# Conditions of one `where` in all, however AND and OR nest.
MAX_CONDITIONS: Final = 200

# As rules are numbered.
_RULE: Final = re.compile(r"[A-Z0-9-]{1,40}")

_EQ: Final = "Equal to this value; null matches what has none."
_ONE_OF: Final = "One of these values, at most 500; none matches nothing."


@strawberry.input(description="A condition on an enumerated value.")
class Filter(Generic[E]):
    eq: E | None = strawberry.field(default=UNSET, description=_EQ)
    one_of: list[E] | None = strawberry.field(default=UNSET, description=_ONE_OF)


@strawberry.input(name="IDFilter", description="A condition on an id.")
class IdFilter:
    eq: strawberry.ID | None = strawberry.field(default=UNSET, description=_EQ)
    one_of: list[strawberry.ID] | None = strawberry.field(default=UNSET, description=_ONE_OF)


@strawberry.input(description="A condition on a text, compared exactly.")
class StringFilter:
    eq: str | None = strawberry.field(default=UNSET, description=_EQ)
    one_of: list[str] | None = strawberry.field(default=UNSET, description=_ONE_OF)


@strawberry.input(description="A condition on a currency.")
class CurrencyFilter:
    eq: CurrencyCode | None = strawberry.field(default=UNSET, description=_EQ)
    one_of: list[CurrencyCode] | None = strawberry.field(default=UNSET, description=_ONE_OF)


@strawberry.input(description="A condition on a country.")
class CountryFilter:
    eq: CountryCode | None = strawberry.field(default=UNSET, description=_EQ)
    one_of: list[CountryCode] | None = strawberry.field(default=UNSET, description=_ONE_OF)


@strawberry.input(description="A range of dates; both ends are included.")
class DateRange:
    gte: date | None = strawberry.field(default=None, description="On or after this day.")
    lte: date | None = strawberry.field(default=None, description="On or before this day.")


@strawberry.input(description="A condition on a date.")
class DateFilter:
    eq: date | None = strawberry.field(default=UNSET, description=_EQ)
    one_of: list[date] | None = strawberry.field(default=UNSET, description=_ONE_OF)
    range: DateRange | None = strawberry.field(default=UNSET, description="Within this range.")


@strawberry.input(description="A range of instants; both ends are included.")
class DateTimeRange:
    gte: datetime | None = strawberry.field(default=None, description="At or after this instant.")
    lte: datetime | None = strawberry.field(default=None, description="At or before this instant.")


@strawberry.input(description="A condition on an instant.")
class DateTimeFilter:
    range: DateTimeRange | None = strawberry.field(default=UNSET, description="Within this range.")


_AND: Final = "All of these hold as well, at most 20."
_OR: Final = "At least one of these holds as well, at most 20."
_ENTITY: Final = "The seller; narrows a platform key to some sellers."
_EXTERNAL: Final = "The marketplace's own id."
_CREATED: Final = "When it was made."


@strawberry.input(description="A condition on what the rules make of a seller; archived ones are not judged.")
class ComplianceFilter:
    status: Filter[ComplianceStatus] | None = strawberry.field(default=None, description="The findings in one word.")
    rule: StringFilter | None = strawberry.field(
        default=None, description="A rule that fires, by its number; null matches sellers of whom none does."
    )


@strawberry.input(description="Which entities; what is given must all hold.")
class EntityWhere:
    AND: list[EntityWhere] | None = strawberry.field(default=None, name="AND", description=_AND)
    OR: list[EntityWhere] | None = strawberry.field(default=None, name="OR", description=_OR)
    id: IdFilter | None = strawberry.field(default=None, description="The entity's id.")
    external_id: StringFilter | None = strawberry.field(default=None, description=_EXTERNAL)
    status: Filter[EntityStatus] | None = strawberry.field(default=None, description="The entity's status.")
    country: CountryFilter | None = strawberry.field(default=None, description="Where the entity is established.")
    currency: CurrencyFilter | None = strawberry.field(default=None, description="The entity's currency.")
    created_at: DateTimeFilter | None = strawberry.field(default=None, description=_CREATED)
    compliance: ComplianceFilter | None = strawberry.field(
        default=None, description="What the rules make of its master data."
    )
    search: str | None = strawberry.field(default=None, description="Part of the name, legal name or external id.")


@strawberry.input(description="Which customers; what is given must all hold.")
class CustomerWhere:
    AND: list[CustomerWhere] | None = strawberry.field(default=None, name="AND", description=_AND)
    OR: list[CustomerWhere] | None = strawberry.field(default=None, name="OR", description=_OR)
    id: IdFilter | None = strawberry.field(default=None, description="The customer's id.")
    entity_id: IdFilter | None = strawberry.field(default=None, description=_ENTITY)
    external_id: StringFilter | None = strawberry.field(default=None, description=_EXTERNAL)
    kind: Filter[CustomerKind] | None = strawberry.field(default=None, description="What the buyer is to the VAT law.")
    country: CountryFilter | None = strawberry.field(default=None, description="The country of the buyer's address.")
    email: StringFilter | None = strawberry.field(default=None, description="The buyer's e-mail address.")
    search: str | None = strawberry.field(default=None, description="Part of the name, e-mail address or external id.")


@strawberry.input(description="Which orders; what is given must all hold.")
class OrderWhere:
    AND: list[OrderWhere] | None = strawberry.field(default=None, name="AND", description=_AND)
    OR: list[OrderWhere] | None = strawberry.field(default=None, name="OR", description=_OR)
    id: IdFilter | None = strawberry.field(default=None, description="The order's id.")
    entity_id: IdFilter | None = strawberry.field(default=None, description=_ENTITY)
    customer_id: IdFilter | None = strawberry.field(default=None, description="The buyer.")
    external_id: StringFilter | None = strawberry.field(default=None, description=_EXTERNAL)
    cart_id: StringFilter | None = strawberry.field(default=None, description="The basket the order was part of.")
    status: Filter[OrderStatus] | None = strawberry.field(default=None, description="The order's status.")
    currency: CurrencyFilter | None = strawberry.field(default=None, description="The order's currency.")
    placed_at: DateTimeFilter | None = strawberry.field(default=None, description="When the order was placed.")


@strawberry.input(description="Which invoices; what is given must all hold.")
class InvoiceWhere:
    AND: list[InvoiceWhere] | None = strawberry.field(default=None, name="AND", description=_AND)
    OR: list[InvoiceWhere] | None = strawberry.field(default=None, name="OR", description=_OR)
    id: IdFilter | None = strawberry.field(default=None, description="The invoice's id.")
    entity_id: IdFilter | None = strawberry.field(default=None, description=_ENTITY)
    customer_id: IdFilter | None = strawberry.field(default=None, description="The buyer.")
    order_id: IdFilter | None = strawberry.field(default=None, description="The order it bills.")
    corrected_invoice_id: IdFilter | None = strawberry.field(
        default=None, description="The document it corrects, of a credit note."
    )
    type: Filter[InvoiceType] | None = strawberry.field(default=None, description="The kind of document.")
    status: Filter[InvoiceStatus] | None = strawberry.field(default=None, description="The invoice's status.")
    payment_status: Filter[PaymentStatus] | None = strawberry.field(default=None, description="How far it is paid.")
    number: StringFilter | None = strawberry.field(default=None, description="The invoice's number.")
    currency: CurrencyFilter | None = strawberry.field(default=None, description="The invoice's currency.")
    issue_date: DateFilter | None = strawberry.field(default=None, description="The date of issue.")
    supply_date: DateFilter | None = strawberry.field(default=None, description="The date of supply.")
    due_date: DateFilter | None = strawberry.field(default=None, description="The date by which it is to be paid.")
    created_at: DateTimeFilter | None = strawberry.field(default=None, description=_CREATED)
    overdue: bool | None = strawberry.field(default=None, description="Whether it is past its due date and not paid.")


@strawberry.input(description="Which deliveries of a webhook endpoint; what is given must all hold.")
class WebhookDeliveryWhere:
    status: Filter[DeliveryStatus] | None = strawberry.field(default=None, description="The delivery's status.")
    event_type: Filter[EventType] | None = strawberry.field(default=None, description="The type of the event.")
    created_at: DateTimeFilter | None = strawberry.field(
        default=None, description="When it was taken from the event log."
    )


@strawberry.input(description="Which messages; what is given must all hold.")
class EmailWhere:
    entity_id: IdFilter | None = strawberry.field(default=None, description=_ENTITY)
    invoice_id: IdFilter | None = strawberry.field(default=None, description="The document in it.")
    kind: Filter[EmailKind] | None = strawberry.field(default=None, description="What it is about.")
    status: Filter[EmailStatus] | None = strawberry.field(default=None, description="Where it stands.")
    created_at: DateTimeFilter | None = strawberry.field(default=None, description="When it was asked for.")


@strawberry.input(description="Which jobs; what is given must all hold.")
class JobWhere:
    id: IdFilter | None = strawberry.field(default=None, description="The job's id.")
    entity_id: IdFilter | None = strawberry.field(default=None, description=_ENTITY)
    status: Filter[JobStatus] | None = strawberry.field(default=None, description="How far the job is.")
    kind: StringFilter | None = strawberry.field(default=None, description="What is done.")
    created_at: DateTimeFilter | None = strawberry.field(default=None, description="When it was asked for.")


@strawberry.input(description="Which items; what is given must all hold.")
class ItemWhere:
    AND: list[ItemWhere] | None = strawberry.field(default=None, name="AND", description=_AND)
    OR: list[ItemWhere] | None = strawberry.field(default=None, name="OR", description=_OR)
    id: IdFilter | None = strawberry.field(default=None, description="The item's id.")
    entity_id: IdFilter | None = strawberry.field(default=None, description=_ENTITY)
    external_id: StringFilter | None = strawberry.field(default=None, description=_EXTERNAL)
    sku: StringFilter | None = strawberry.field(default=None, description="The article number.")
    status: Filter[ItemStatus] | None = strawberry.field(default=None, description="Whether new lines may name it.")
    currency: CurrencyFilter | None = strawberry.field(default=None, description="The currency of the price.")
    search: str | None = strawberry.field(default=None, description="Part of the name or the article number.")


@strawberry.input(description="Which recurring invoices; what is given must all hold.")
class RecurringInvoiceWhere:
    AND: list[RecurringInvoiceWhere] | None = strawberry.field(default=None, name="AND", description=_AND)
    OR: list[RecurringInvoiceWhere] | None = strawberry.field(default=None, name="OR", description=_OR)
    id: IdFilter | None = strawberry.field(default=None, description="The recurring invoice's id.")
    entity_id: IdFilter | None = strawberry.field(default=None, description=_ENTITY)
    customer_id: IdFilter | None = strawberry.field(default=None, description="The buyer.")
    status: Filter[RecurringStatus] | None = strawberry.field(default=None, description="Whether it makes invoices.")
    action: Filter[RecurringAction] | None = strawberry.field(
        default=None, description="What is made of each occurrence."
    )


@strawberry.input(description="Which entries of the history; what is given must all hold.")
class AuditWhere:
    entity_id: IdFilter | None = strawberry.field(default=None, description=_ENTITY)
    subject_type: Filter[AuditSubject] | None = strawberry.field(default=None, description="The kind of object.")
    subject_id: IdFilter | None = strawberry.field(default=None, description="The object, which may be deleted by now.")
    action: Filter[AuditAction] | None = strawberry.field(default=None, description="What was done.")
    actor: StringFilter | None = strawberry.field(
        default=None, description="Who did it: an API key's or a channel's id, system:… or command:…."
    )
    created_at: DateTimeFilter | None = strawberry.field(default=None, description="When it was done.")


_SEARCH: Final[Mapping[type[Any], tuple[str, ...]]] = {
    EntityWhere: ("name", "legal_name", "external_id"),
    CustomerWhere: ("name", "email", "external_id"),
    ItemWhere: ("name", "sku"),
}


def condition_of(where: Any, today: date, scope: Scope | None = None) -> Condition | None:
    """The condition that a `where` stands for; None for none. `today` decides what is overdue; what stands beside the
    rows in other tables is looked for inside the scope.

    Raises InvalidInput or LimitExceeded naming the part.
    """
    return _Reading(today, scope).of(where, ("where",), depth=0)


class _Reading:
    """Reads one `where`, counting its conditions."""

    def __init__(self, today: date, scope: Scope | None) -> None:
        self._today = today
        self._scope = scope
        self._count = 0

    def of(self, where: Any, path: tuple[str, ...], *, depth: int) -> Condition | None:
        if where is None or where is UNSET:
            return None
        if depth > MAX_DEPTH:
            raise LimitExceeded(f"AND and OR nest {MAX_DEPTH} deep at most", field=path)
        parts: list[Condition] = []
        for name, value in vars(where).items():
            if value is None or value is UNSET:
                continue
            here = (*path, name)
            self._count += 1
            if self._count > MAX_CONDITIONS:
                raise LimitExceeded(f"at most {MAX_CONDITIONS} conditions in all", field=here)
            if name in ("AND", "OR"):
                if len(value) > MAX_PARTS:
                    raise LimitExceeded(f"at most {MAX_PARTS} parts", field=here)
                inner = [self.of(part, here, depth=depth + 1) or All(()) for part in value]
                parts.append(All(tuple(inner)) if name == "AND" else Any_(tuple(inner)))
            elif name == "search":
                parts.append(_search(type(where), value, here))
            elif name == "compliance":
                parts.append(_judged(value, self._scope, here))
            elif name == "overdue":
                parts.append(overdue(self._today, value))
            else:
                parts.extend(_conditions(name, value, here))
        return All(tuple(parts)) if parts else None


def _search(kind: type[Any], text: str, path: tuple[str, ...]) -> Condition:
    if not 1 <= len(text) <= 200:
        raise InvalidInput("must have 1 to 200 characters", field=path)
    return Contains(_SEARCH[kind], text)


def _judged(given: ComplianceFilter, scope: Scope | None, path: tuple[str, ...]) -> Condition:
    """What the rules make of the row's seller, as it is kept beside it."""
    if scope is None:
        raise TypeError("what stands in another table needs a scope")
    parts = [] if given.status is None else _conditions("status", given.status, (*path, "status"))
    rule = given.rule
    if rule is not None and rule.eq is not UNSET:
        parts.append(_fires([rule.eq]))
    if rule is not None and rule.one_of is not UNSET and rule.one_of is not None:
        if len(rule.one_of) > MAX_RULES:
            raise LimitExceeded(f"at most {MAX_RULES} rules", field=(*path, "rule", "oneOf"))
        parts.append(_fires(rule.one_of))
    return Beside(scope, "entity_compliance", "entity_id", All(tuple(parts)))


def _fires(rules: Sequence[str | None]) -> Condition:
    named = [rule for rule in rules if rule is not None and _RULE.fullmatch(rule)]
    none = [Eq("rules", "")] if None in rules else []
    return Any_((*(Contains(("rules",), f" {rule}:") for rule in named), *none))


def overdue(today: date, value: bool) -> Condition:
    """Finalized, past its due date, with something still due; or not that."""
    late = (
        Eq("status", InvoiceStatus.FINALIZED),
        OneOf("type", [kind for kind in InvoiceType if kind not in NEVER_OVERDUE]),
        Compare("due_date", "<", today),
        Compare("due_minor", ">", 0),
    )
    if value:
        return All(late)
    return Any_(
        (
            OneOf("status", [status for status in InvoiceStatus if status is not InvoiceStatus.FINALIZED]),
            OneOf("type", list(NEVER_OVERDUE)),
            IsNull("due_date"),
            Compare("due_date", ">=", today),
            Compare("due_minor", "<=", 0),
        )
    )


def _conditions(column: str, given: Any, path: tuple[str, ...]) -> list[Condition]:
    parts: list[Condition] = []
    eq, one_of, span = (getattr(given, name, UNSET) for name in ("eq", "one_of", "range"))
    if eq is not UNSET:
        parts.append(Eq(column, _plain(eq)))
    if one_of is not UNSET and one_of is not None:
        if len(one_of) > MAX_VALUES:
            raise LimitExceeded(f"at most {MAX_VALUES} values", field=(*path, "oneOf"))
        parts.append(OneOf(column, [_plain(value) for value in one_of]))
    if span is not UNSET and span is not None:
        parts += [
            Compare(column, operator, bound)
            for operator, bound in ((">=", span.gte), ("<=", span.lte))
            if bound is not None
        ]
    return parts


def _plain(value: Any) -> Any:
    return value.value if isinstance(value, Enum) else value


# Each names the orders of `db.orders`; a test holds them equal.
@strawberry.enum(description="The order of invoices. A missing date sorts as the far future.")
class InvoiceOrder(StrEnum):
    NEWEST = "NEWEST"
    OLDEST = "OLDEST"
    ISSUE_DATE_ASC = "ISSUE_DATE_ASC"
    ISSUE_DATE_DESC = "ISSUE_DATE_DESC"
    DUE_DATE_ASC = "DUE_DATE_ASC"
    DUE_DATE_DESC = "DUE_DATE_DESC"
    TOTAL_ASC = "TOTAL_ASC"
    TOTAL_DESC = "TOTAL_DESC"


@strawberry.enum(description="The order of entities.")
class EntityOrder(StrEnum):
    NEWEST = "NEWEST"
    OLDEST = "OLDEST"
    NAME_ASC = "NAME_ASC"
    NAME_DESC = "NAME_DESC"


@strawberry.enum(description="The order of items.")
class ItemOrder(StrEnum):
    NEWEST = "NEWEST"
    OLDEST = "OLDEST"
    NAME_ASC = "NAME_ASC"
    NAME_DESC = "NAME_DESC"


@strawberry.enum(description="The order of orders.")
class OrderOrder(StrEnum):
    NEWEST = "NEWEST"
    OLDEST = "OLDEST"
    PLACED_AT_ASC = "PLACED_AT_ASC"
    PLACED_AT_DESC = "PLACED_AT_DESC"


@strawberry.enum(description="The order of the sellers in a report.")
class ReportOrder(StrEnum):
    NEWEST = "NEWEST"
    OLDEST = "OLDEST"
    NAME_ASC = "NAME_ASC"
    NAME_DESC = "NAME_DESC"
