"""Sellers: created, changed, suspended, archived."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from app.db.aggregates import ENTITIES
from app.db.rows import EntityRow
from app.db.where import Eq
from app.domain import events
from app.domain.errors import AlreadyExists, InvalidInput, InvalidState, NotFound
from app.domain.history import AuditAction, AuditSubject
from app.domain.identity import IdPrefix, new_id
from app.domain.mail.address import check_address
from app.domain.mail.reminders import check_days
from app.domain.parties import AutoInvoice, EntityStatus, TaxId, UnverifiedPolicy
from app.domain.scope import Permission, Scope
from app.rendering.template import TEMPLATES as LAYOUTS
from app.rendering.text import check_text
from app.services import checks, compliance, keys, logos, number_formats
from app.services.context import ServiceContext
from app.services.inputs import (
    UNSET,
    AddressInput,
    EntityInput,
    LogoInput,
    NumberFormatInput,
    PaymentDetailsInput,
    TaxIdInput,
)
from app.services.once import Work, once
from app.services.versions import check_version

MAX_TAX_IDS: Final = 30
TEMPLATES: Final = tuple(layout.name for layout in LAYOUTS)

_DEFAULTS: Final[Mapping[str, Any]] = {
    "external_id": None,
    "email": None,
    "phone": None,
    "website": None,
    "registration": None,
    "tax_ids": [],
    "time_zone": "UTC",
    "locale": "en",
    "auto_invoice": AutoInvoice.NEVER,
    "number_formats": {},
    "payment_term_days": 14,
    "vat_registered": True,
    "small_business": False,
    "oss": False,
    "ioss": False,
    "other_registrations": [],
    "when_unverified": UnverifiedPolicy.CHARGE,
    "prices_include_tax": False,
    "eu_threshold_exceeded": False,
    "destination_taxation": False,
    "cash_accounting": False,
    "primary_color": None,
    "template": "classic",
    "footer": None,
    "logo_type": None,
    "payment_holder": None,
    "payment_iban": None,
    "payment_bic": None,
    "reply_to": None,
    "reminders_enabled": False,
    "reminder_days": None,
}


async def create(ctx: ServiceContext, scope: Scope, given: EntityInput, *, key: str | None) -> EntityRow:
    """Makes a seller. Raises InvalidInput naming the field, AlreadyExists for an external id that is taken."""
    scope.require(Permission.ENTITIES_WRITE)
    scope.require_platform()

    async def body(work: Work) -> str:
        for name in ("name", "address", "currency"):
            if getattr(given, name) is UNSET:
                raise InvalidInput("is required", field=(name,))
        columns = _columns(given)
        columns.setdefault("legal_name", columns["name"])
        await _check_external_id(work, columns.get("external_id"))
        row = EntityRow(
            platform_id=scope.platform_id,
            id=new_id(IdPrefix.ENTITY),
            status=EntityStatus.ACTIVE,
            version=1,
            created_at=work.now,
            updated_at=work.now,
            **{**_DEFAULTS, **columns},
        )
        _check_whole(row)
        await ENTITIES.insert(scope, work.session, [row])
        logo = await logos.store(work, row.id, given.logo)
        work.emit(_event(events.EntityCreated, row), row.id)
        work.audit(AuditSubject.ENTITY, None, row, further=logo)
        await compliance.judge(work, row, new=True)
        return row.id

    return await _after(ctx, scope, await once(ctx, scope, "entityCreate", key, given, body))


async def update(
    ctx: ServiceContext,
    scope: Scope,
    entity_id: str,
    given: EntityInput,
    *,
    expected_version: int | None,
    key: str | None,
) -> EntityRow:
    """Changes what is given of a seller; issued documents keep what they were issued with."""
    scope.require(Permission.ENTITIES_WRITE)
    if given.external_id is not UNSET:
        # The marketplace's own id is unique over all sellers: trying one out would tell whether another bears it.
        scope.require_platform()

    async def body(work: Work) -> str:
        row = await _locked(work, entity_id)
        await check_version(work, AuditSubject.ENTITY, row, expected_version)
        if row.status is EntityStatus.ARCHIVED:
            raise InvalidState("an archived entity cannot be changed")
        columns = _columns(given)
        if columns.get("external_id", row.external_id) != row.external_id:
            await _check_external_id(work, columns["external_id"])
        columns |= {"version": row.version + 1, "updated_at": work.now}
        changed = replace(row, **columns)
        _check_whole(changed)
        await number_formats.check_used(work, row, changed)
        await ENTITIES.change(scope, work.session, row.id, columns)
        logo = await logos.store(work, row.id, given.logo)
        work.emit(_event(events.EntityUpdated, changed), row.id)
        work.audit(AuditSubject.ENTITY, row, changed, further=logo)
        await compliance.judge(work, changed)
        return row.id

    done = await once(ctx, scope, "entityUpdate", key, (entity_id, given, expected_version), body)
    return await _after(ctx, scope, done)


_STATUS_EVENTS: Final[Mapping[EntityStatus, type[events.EntityEvent]]] = {
    EntityStatus.ACTIVE: events.EntityUpdated,
    EntityStatus.SUSPENDED: events.EntitySuspended,
    EntityStatus.ARCHIVED: events.EntityArchived,
}
_STATUS_ACTIONS: Final[Mapping[EntityStatus, AuditAction]] = {
    EntityStatus.ACTIVE: AuditAction.ACTIVATED,
    EntityStatus.SUSPENDED: AuditAction.SUSPENDED,
    EntityStatus.ARCHIVED: AuditAction.ARCHIVED,
}


async def set_status(
    ctx: ServiceContext, scope: Scope, entity_id: str, status: EntityStatus, *, key: str | None
) -> EntityRow:
    """Suspends, re-activates or archives a seller; archiving is for ever, and its keys stop working with it."""
    scope.require(Permission.ENTITIES_WRITE)
    scope.require_platform()

    async def body(work: Work) -> str:
        row = await _locked(work, entity_id)
        if row.status is status:
            return row.id
        if row.status is EntityStatus.ARCHIVED:
            raise InvalidState("an archived entity cannot be brought back")
        columns: dict[str, Any] = {"status": status, "version": row.version + 1, "updated_at": work.now}
        await ENTITIES.change(scope, work.session, row.id, columns)
        changed = replace(row, **columns)
        work.emit(_event(_STATUS_EVENTS[status], changed), row.id)
        work.audit(AuditSubject.ENTITY, row, changed, action=_STATUS_ACTIONS[status])
        await compliance.judge(work, changed)
        if status is EntityStatus.ARCHIVED:
            await keys.revoke_all_of(work, row.id)
        return row.id

    done = await once(ctx, scope, f"entityStatus:{status}", key, entity_id, body)
    return await _after(ctx, scope, done)


async def _after(ctx: ServiceContext, scope: Scope, done: tuple[str, bool]) -> EntityRow:
    async with ctx.database.read(scope) as session:
        row = await ENTITIES.get(scope, session, done[0])
    if row is None:
        raise NotFound("no such entity", field=("id",))
    return row


async def _locked(work: Work, entity_id: str) -> EntityRow:
    row = await ENTITIES.get(work.scope, work.session, entity_id, lock=True)
    if row is None:
        raise NotFound("no such entity", field=("id",))
    return row


async def _check_external_id(work: Work, external_id: str | None) -> None:
    if external_id is None:
        return
    if await ENTITIES.list(work.scope, work.session, Eq("external_id", external_id), limit=1):
        raise AlreadyExists(f"an entity with the external id {external_id!r} exists", field=("externalId",))


def _event(kind: type[events.EntityEvent], row: EntityRow) -> events.EntityEvent:
    return kind(
        id=row.id,
        external_id=row.external_id,
        name=row.name,
        country=row.country,
        currency=row.currency,
        status=row.status,
    )


def _columns(given: EntityInput) -> dict[str, Any]:
    """The columns that the input sets, each value checked."""
    columns: dict[str, Any] = {}
    for name, check in _CHECKS.items():
        value = getattr(given, name)
        if value is not UNSET:
            columns |= check(name, value)
    return columns


def _texts(limit: int, *, required: bool = False, multiline: bool = False) -> Any:
    def check(name: str, value: str | None) -> dict[str, Any]:
        path = (_camel(name),)
        if required:
            return {name: checks.text(value or "", path, limit)}
        return {name: checks.optional_text(value, path, limit, multiline=multiline)}

    return check


def _single(checker: Any) -> Any:
    return lambda name, value: {name: checker(value, (_camel(name),))}


def _as_is(name: str, value: object) -> dict[str, Any]:
    return {name: value}


def _address(_: str, value: AddressInput) -> dict[str, Any]:
    address = checks.address(value, ("address",))
    return {
        "country": address.country,
        **{f"address_{part}": getattr(address, part) for part in _ADDRESS_PARTS},
    }


_ADDRESS_PARTS: Final = ("name", "line1", "line2", "postcode", "city", "region")


def _payment(_: str, value: PaymentDetailsInput | None) -> dict[str, Any]:
    if value is None:
        return {"payment_holder": None, "payment_iban": None, "payment_bic": None}
    return {
        "payment_holder": checks.optional_text(value.holder, ("payment", "holder"), 200),
        "payment_iban": checks.iban(value.iban, ("payment", "iban")),
        "payment_bic": checks.bic(value.bic, ("payment", "bic")),
    }


def _tax_ids(_: str, values: Sequence[TaxIdInput]) -> dict[str, Any]:
    if len(values) > MAX_TAX_IDS:
        raise InvalidInput(f"at most {MAX_TAX_IDS} tax ids", field=("taxIds",))
    ids: list[TaxId] = []
    for i, value in enumerate(values):
        if value.country is None:
            raise InvalidInput("is required", field=("taxIds", i, "country"))
        ids.append(checks.tax_id(value, value.country, ("taxIds", i)))
    return {
        "tax_ids": [
            {
                "value": tax_id.value,
                "country": tax_id.country,
                "status": tax_id.status,
                "checked_at": None if tax_id.checked_at is None else tax_id.checked_at.isoformat(),
                "consultation_number": tax_id.consultation_number,
                "registered_name": None,
            }
            for tax_id in ids
        ]
    }


def _number_formats(_: str, values: Sequence[NumberFormatInput]) -> dict[str, Any]:
    return number_formats.columns_of(values)


def _template(_: str, value: str) -> dict[str, Any]:
    if value not in TEMPLATES:
        raise InvalidInput(f"must be one of {', '.join(TEMPLATES)}", field=("template",))
    return {"template": value}


def _footer(_: str, value: str | None) -> dict[str, Any]:
    text = checks.optional_text(value, ("footer",), 1000, multiline=True)
    # The footer is drawn as it is today on documents of any age: one that cannot be printed would stop them all.
    check_text(text or "", ("footer",))
    return {"footer": text}


def _logo(_: str, value: LogoInput | None) -> dict[str, Any]:
    return {"logo_type": None if value is None else logos.image_type(value.content)}


def _term(name: str, value: int) -> dict[str, Any]:
    return {name: checks.between(value, 0, 365, (_camel(name),))}


def _reply_to(name: str, value: str | None) -> dict[str, Any]:
    return {name: None if value is None or not value.strip() else check_address(value, (_camel(name),))}


def _reminder_days(name: str, values: Sequence[int]) -> dict[str, Any]:
    return {name: check_days(values, (_camel(name),))}


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(part.capitalize() for part in rest)


_CHECKS: Final[Mapping[str, Any]] = {
    "external_id": _texts(200),
    "name": _texts(200, required=True),
    "legal_name": _texts(200, required=True),
    "address": _address,
    "email": _single(checks.email),
    "phone": _texts(40),
    "website": _single(checks.web_address),
    "registration": _texts(200),
    "tax_ids": _tax_ids,
    "currency": _single(checks.currency),
    "time_zone": _single(checks.time_zone),
    "locale": _single(checks.locale),
    "auto_invoice": _as_is,
    "number_formats": _number_formats,
    "payment_term_days": _term,
    "vat_registered": _as_is,
    "small_business": _as_is,
    "oss": _as_is,
    "ioss": _as_is,
    "other_registrations": _single(checks.registrations),
    "when_unverified": _as_is,
    "prices_include_tax": _as_is,
    "eu_threshold_exceeded": _as_is,
    "destination_taxation": _as_is,
    "cash_accounting": _as_is,
    "primary_color": _single(checks.color),
    "template": _template,
    "footer": _footer,
    "logo": _logo,
    "payment": _payment,
    "reply_to": _reply_to,
    "reminders_enabled": _as_is,
    "reminder_days": _reminder_days,
}


def _check_whole(row: EntityRow) -> None:
    """What only the whole seller shows: formats against the country's law, and series that would mix."""
    number_formats.check_law(row)
    if row.small_business and row.oss:
        raise InvalidInput(
            "a small business (Art. 284) is exempt and does not use the One-Stop-Shop", field=("smallBusiness",)
        )
