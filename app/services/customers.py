"""Buyers: created and changed, each belonging to one seller."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from app.db.aggregates import CUSTOMERS, ENTITIES, VAT_CHECKS
from app.db.rows import CustomerRow, EntityRow
from app.db.where import All, Eq
from app.domain import events
from app.domain.errors import AlreadyExists, InvalidInput, InvalidState, NotFound
from app.domain.history import AuditSubject
from app.domain.identity import IdPrefix, new_id
from app.domain.parties import CustomerKind, EntityStatus, TaxIdStatus
from app.domain.scope import Mode, Permission, Scope
from app.services import checks, vat_jobs
from app.services.context import ServiceContext
from app.services.inputs import UNSET, CustomerInput
from app.services.once import Work, once
from app.services.vat_jobs import TAX_ID
from app.services.versions import check_version

_DEFAULTS: Final[Mapping[str, Any]] = {
    "external_id": None,
    "kind": CustomerKind.CONSUMER,
    "email": None,
    "locale": None,
    "tax_id": None,
    "tax_id_country": None,
    "tax_id_status": TaxIdStatus.NONE,
    "tax_id_checked_at": None,
    "tax_id_consultation": None,
    "tax_id_name": None,
}


async def create(
    ctx: ServiceContext, scope: Scope, entity_id: str | None, given: CustomerInput, *, key: str | None
) -> CustomerRow:
    """Makes a buyer of a seller. Raises InvalidInput naming the field, AlreadyExists for a taken external id."""
    scope.require(Permission.CUSTOMERS_WRITE)

    async def body(work: Work) -> str:
        entity = await entity_for(work, entity_id)
        row = new_row(work, entity, given)
        if row.external_id is not None and await find(work, entity.id, row.external_id) is not None:
            raise AlreadyExists(f"a customer with the external id {row.external_id!r} exists", field=("externalId",))
        await insert(work, row)
        return row.id

    return await _after(ctx, scope, await once(ctx, scope, "customerCreate", key, (entity_id, given), body))


async def update(
    ctx: ServiceContext,
    scope: Scope,
    customer_id: str,
    given: CustomerInput,
    *,
    expected_version: int | None,
    key: str | None,
) -> CustomerRow:
    """Changes what is given of a buyer; issued documents keep what they were issued with."""
    scope.require(Permission.CUSTOMERS_WRITE)

    async def body(work: Work) -> str:
        row = await CUSTOMERS.get(scope, work.session, customer_id, lock=True)
        if row is None:
            raise NotFound("no such customer", field=("id",))
        await check_version(work, AuditSubject.CUSTOMER, row, expected_version)
        columns = columns_of(given, country=row.country, mode=scope.mode)
        wanted = columns.get("external_id", row.external_id)
        if wanted is not None and wanted != row.external_id and await find(work, row.entity_id, wanted) is not None:
            raise AlreadyExists(f"a customer with the external id {wanted!r} exists", field=("externalId",))
        await change(work, row, columns)
        return row.id

    done = await once(ctx, scope, "customerUpdate", key, (customer_id, given, expected_version), body)
    return await _after(ctx, scope, done)


async def _after(ctx: ServiceContext, scope: Scope, done: tuple[str, bool]) -> CustomerRow:
    async with ctx.database.read(scope) as session:
        row = await CUSTOMERS.get(scope, session, done[0])
    if row is None:
        raise NotFound("no such customer", field=("id",))
    return row


async def entity_for(work: Work, entity_id: str | None, external_id: str | None = None) -> EntityRow:
    """The seller that an input names, or the key's own. Raises NotFound, or InvalidState when it is archived."""
    scope = work.scope
    if entity_id is not None:
        row = await ENTITIES.get(scope, work.session, entity_id)
        field = "entityId"
    elif external_id is not None:
        found = await ENTITIES.list(scope, work.session, Eq("external_id", external_id), limit=1)
        row, field = (found[0] if found else None), "entityExternalId"
    elif scope.entity_id is not None:
        row, field = await ENTITIES.get(scope, work.session, scope.entity_id), "entityId"
    else:
        raise InvalidInput("name the seller by entityId", field=("entityId",))
    if row is None:
        raise NotFound("no such entity", field=(field,))
    if row.status is EntityStatus.ARCHIVED:
        raise InvalidState("this entity is archived; nothing new can be made for it", field=(field,))
    return row


async def find(work: Work, entity_id: str, external_id: str) -> CustomerRow | None:
    """The buyer of a seller with that external id."""
    where = All((Eq("entity_id", entity_id), Eq("external_id", external_id)))
    found = await CUSTOMERS.list(work.scope, work.session, where, limit=1)
    return found[0] if found else None


def new_row(work: Work, entity: EntityRow, given: CustomerInput) -> CustomerRow:
    """A checked buyer, not stored yet."""
    for name in ("name", "address"):
        if getattr(given, name) is UNSET:
            raise InvalidInput("is required", field=(name,))
    address = given.address
    country = address.country if address is not UNSET else entity.country
    columns = columns_of(given, country=country, mode=work.scope.mode)
    return CustomerRow(
        platform_id=work.scope.platform_id,
        id=new_id(IdPrefix.CUSTOMER),
        entity_id=entity.id,
        version=1,
        created_at=work.now,
        updated_at=work.now,
        **{**_DEFAULTS, **columns},
    )


async def insert(work: Work, row: CustomerRow) -> None:
    """Stores a new buyer and says so; a number that nothing is known of is asked about."""
    known = await vat_jobs.recall(work, [row])
    row = known.of(row)
    await CUSTOMERS.insert(work.scope, work.session, [row])
    work.defer(VAT_CHECKS.inserting(known.checks))
    await vat_jobs.ask_later(work, [row])
    work.emit(customer_event(events.CustomerCreated, row), row.entity_id)
    work.audit(AuditSubject.CUSTOMER, None, row)


async def change(work: Work, row: CustomerRow, columns: Mapping[str, Any]) -> CustomerRow:
    """Stores the columns that differ and says so; nothing happens when none does."""
    different = differences(row, columns)
    if not different:
        return row
    changed = replace(row, **different, updated_at=work.now)
    known = await vat_jobs.recall(work, [changed])
    changed = known.of(changed)
    different = {name: getattr(changed, name) for name in (*different, *TAX_ID, "updated_at")}
    work.defer(VAT_CHECKS.inserting(known.checks))
    await CUSTOMERS.change(work.scope, work.session, row.id, different, version=row.version)
    if vat_jobs.released(row, changed):
        await vat_jobs.ask_later(work, [changed])
        await vat_jobs.release_later(work, [changed])
    work.emit(customer_event(events.CustomerUpdated, changed), row.entity_id)
    work.audit(AuditSubject.CUSTOMER, row, changed)
    return changed


def differences(row: CustomerRow, columns: Mapping[str, Any]) -> dict[str, Any]:
    """Which of the columns differ from the row, with the version they make; empty when none does."""
    different = {name: value for name, value in columns.items() if getattr(row, name) != value}
    if "tax_id" not in different and columns.get("tax_id_status") is TaxIdStatus.UNVERIFIED:
        # The same number, told again without an answer, keeps what is known of it.
        for name in TAX_ID:
            different.pop(name, None)
    known, told = row.tax_id_checked_at, columns.get("tax_id_checked_at")
    if "tax_id" not in different and known is not None and told is not None and told < known:
        # An answer that is older than the one there is.
        for name in TAX_ID:
            different.pop(name, None)
    return different | {"version": row.version + 1} if different else {}


def columns_of(given: CustomerInput, *, country: str, mode: Mode) -> dict[str, Any]:
    """The columns that the input sets, each value checked. `country` is where a tax id without one belongs.

    A sandbox takes the numbers of VIES's test service as tax ids.
    """
    columns: dict[str, Any] = {}
    if given.external_id is not UNSET:
        columns["external_id"] = checks.optional_text(given.external_id, ("externalId",), 200)
    if given.name is not UNSET:
        columns["name"] = checks.text(given.name, ("name",), 200)
    if given.kind is not UNSET:
        columns["kind"] = given.kind
    if given.email is not UNSET:
        columns["email"] = checks.email(given.email, ("email",))
    if given.address is not UNSET:
        address = checks.address(given.address, ("address",))
        country = address.country
        columns["country"] = address.country
        for part in ("name", "line1", "line2", "postcode", "city", "region"):
            columns[f"address_{part}"] = getattr(address, part)
    if given.locale is not UNSET:
        columns["locale"] = None if given.locale is None else checks.locale(given.locale, ("locale",))
    if given.tax_id is not UNSET:
        tests = mode is Mode.SANDBOX
        tax_id = None if given.tax_id is None else checks.tax_id(given.tax_id, country, ("taxId",), test_numbers=tests)
        columns |= {
            "tax_id": None if tax_id is None else tax_id.value,
            "tax_id_country": None if tax_id is None else tax_id.country,
            "tax_id_status": TaxIdStatus.NONE if tax_id is None else tax_id.status,
            "tax_id_checked_at": None if tax_id is None else tax_id.checked_at,
            "tax_id_consultation": None if tax_id is None else tax_id.consultation_number,
            "tax_id_name": None,
        }
    return columns


def customer_event(kind: type[events.CustomerEvent], row: CustomerRow) -> events.CustomerEvent:
    """An event about a buyer as it stands."""
    return kind(
        id=row.id,
        entity_id=row.entity_id,
        external_id=row.external_id,
        name=row.name,
        kind=row.kind,
        country=row.country,
    )
