"""A seller's catalogue: items made, changed, and taken out of use. What was drafted with one never changes with it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

from app.db.aggregates import ITEMS
from app.db.item_rows import ItemRow
from app.db.where import All, Eq
from app.domain.errors import AlreadyExists, InvalidInput, NotFound, VersionConflict
from app.domain.identity import IdPrefix, new_id
from app.domain.items import ItemStatus
from app.domain.recurring_events import ItemArchived, ItemCreated, ItemEvent, ItemUpdated
from app.domain.scope import Permission, Scope
from app.domain.tax.model import TaxClass
from app.services import checks, taxation
from app.services import lines as line_checks
from app.services.context import ServiceContext
from app.services.customers import entity_for
from app.services.inputs import UNSET, SupplyInput
from app.services.once import Work, once
from app.services.recurring_inputs import ItemInput


async def create(
    ctx: ServiceContext, scope: Scope, entity_id: str | None, given: ItemInput, *, key: str | None
) -> ItemRow:
    """Makes an item. Raises InvalidInput naming the field, AlreadyExists for a taken external id or article number."""
    scope.require(Permission.INVOICES_WRITE)

    async def body(work: Work) -> str:
        entity = await entity_for(work, entity_id)
        for name, path in (("name", "name"), ("unit_price", "unitPrice")):
            if getattr(given, name) is UNSET:
                raise InvalidInput("is required", field=(path,))
        columns: dict[str, Any] = {
            "external_id": None,
            "sku": None,
            "description": None,
            "unit": None,
            "currency": entity.currency,
            "price_includes_tax": entity.prices_include_tax,
            "supply": taxation.supply_to_json(SupplyInput()),
            "tax_class": TaxClass.STANDARD,
        }
        row = ItemRow(
            platform_id=scope.platform_id,
            id=new_id(IdPrefix.ITEM),
            entity_id=entity.id,
            status=ItemStatus.ACTIVE,
            version=1,
            created_at=work.now,
            updated_at=work.now,
            **(columns | _columns(given)),
        )
        await _check_free(work, row, ("external_id", "sku"))
        await ITEMS.insert(scope, work.session, [row])
        work.emit(item_event(ItemCreated, row), row.entity_id)
        return row.id

    return await _after(ctx, scope, await once(ctx, scope, "itemCreate", key, (entity_id, given), body))


async def update(
    ctx: ServiceContext,
    scope: Scope,
    item_id: str,
    given: ItemInput,
    *,
    expected_version: int | None,
    key: str | None,
) -> ItemRow:
    """Changes what is given of an item; drafts, recurring invoices and documents keep what they copied of it."""
    scope.require(Permission.INVOICES_WRITE)

    async def body(work: Work) -> str:
        row = await _locked(work, item_id)
        if expected_version is not None and expected_version != row.version:
            raise VersionConflict(f"the item is at version {row.version}; read it again", field=("expectedVersion",))
        columns = _columns(given)
        changes = {name: value for name, value in columns.items() if getattr(row, name) != value}
        if changes:
            await _check_free(work, replace(row, **changes), changes)
            await _change(work, row, changes, ItemUpdated)
        return row.id

    return await _after(ctx, scope, await once(ctx, scope, "itemUpdate", key, (item_id, given, expected_version), body))


async def archive(ctx: ServiceContext, scope: Scope, item_id: str, *, key: str | None) -> ItemRow:
    """Takes an item out of use; one that is out of use already stays as it is."""
    return await _set_status(ctx, scope, "itemArchive", item_id, ItemStatus.ARCHIVED, key)


async def unarchive(ctx: ServiceContext, scope: Scope, item_id: str, *, key: str | None) -> ItemRow:
    """Offers an archived item again."""
    return await _set_status(ctx, scope, "itemUnarchive", item_id, ItemStatus.ACTIVE, key)


async def _set_status(
    ctx: ServiceContext, scope: Scope, operation: str, item_id: str, status: ItemStatus, key: str | None
) -> ItemRow:
    scope.require(Permission.INVOICES_WRITE)

    async def body(work: Work) -> str:
        row = await _locked(work, item_id)
        if row.status is not status:
            kind = ItemArchived if status is ItemStatus.ARCHIVED else ItemUpdated
            await _change(work, row, {"status": status}, kind)
        return row.id

    return await _after(ctx, scope, await once(ctx, scope, operation, key, item_id, body))


async def _locked(work: Work, item_id: str) -> ItemRow:
    row = await ITEMS.get(work.scope, work.session, item_id, lock=True)
    if row is None:
        raise NotFound("no such item", field=("id",))
    return row


async def _after(ctx: ServiceContext, scope: Scope, done: tuple[str, bool]) -> ItemRow:
    async with ctx.database.read(scope) as session:
        row = await ITEMS.get(scope, session, done[0])
    if row is None:
        raise NotFound("no such item", field=("id",))
    return row


async def _change(work: Work, row: ItemRow, changes: Mapping[str, Any], kind: type[ItemEvent]) -> None:
    changes = {**changes, "version": row.version + 1, "updated_at": work.now}
    await ITEMS.change(work.scope, work.session, row.id, changes, version=row.version)
    work.emit(item_event(kind, replace(row, **changes)), row.entity_id)


async def _check_free(work: Work, row: ItemRow, names: Collection[str]) -> None:
    """Raises AlreadyExists when another item of the seller has the row's value in one of these columns."""
    for name, path in (("external_id", "externalId"), ("sku", "sku")):
        value = getattr(row, name)
        if name not in names or value is None:
            continue
        where = All((Eq("entity_id", row.entity_id), Eq(name, value)))
        if await ITEMS.list(work.scope, work.session, where, limit=1):
            raise AlreadyExists(f"an item with the {path} {value!r} exists", field=(path,))


def _columns(given: ItemInput) -> dict[str, Any]:
    """The columns that the input sets, each value checked."""
    columns: dict[str, Any] = {}
    for name, path, limit in (
        ("external_id", "externalId", 200),
        ("sku", "sku", 200),
        ("description", "description", 1000),
        ("unit", "unit", 20),
    ):
        if (value := getattr(given, name)) is not UNSET:
            columns[name] = checks.optional_text(value, (path,), limit)
    if given.name is not UNSET:
        columns["name"] = checks.text(given.name, ("name",), 200)
    if given.unit_price is not UNSET:
        columns["unit_price"] = checks.decimal(given.unit_price, ("unitPrice",))
    if given.currency is not UNSET:
        columns["currency"] = checks.currency(given.currency, ("currency",))
    if given.price_includes_tax is not UNSET:
        columns["price_includes_tax"] = given.price_includes_tax
    if given.supply is not UNSET:
        columns["supply"] = taxation.supply_to_json(line_checks.check_supply(given.supply, ("supply",)))
    if given.tax_class is not UNSET:
        columns["tax_class"] = given.tax_class
    return columns


def item_event(kind: type[ItemEvent], row: ItemRow) -> ItemEvent:
    """An event about an item as it stands."""
    return kind(
        id=row.id,
        entity_id=row.entity_id,
        external_id=row.external_id,
        sku=row.sku,
        name=row.name,
        unit_price=format(row.unit_price.normalize(), "f"),
        currency=row.currency,
        price_includes_tax=row.price_includes_tax,
        status=row.status,
    )
