"""Items of a seller's catalogue."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

import strawberry

from app.db.aggregates import ITEMS
from app.db.item_rows import ItemRow
from app.domain.identity import IdPrefix
from app.domain.items import ItemStatus
from app.domain.scope import Permission
from app.domain.tax.model import TaxClass
from app.graphql.fields import computed, to_one
from app.graphql.node import Node
from app.graphql.scalars import CurrencyCode
from app.graphql.sources import OfRow, stored
from app.graphql.types.entity import Entity
from app.graphql.types.tax import Supply, supply_of


@stored(ITEMS, Permission.INVOICES_READ, prefix=IdPrefix.ITEM)
@strawberry.type(description="Something that a seller sells, to be named by lines, which copy what they do not say.")
class Item(OfRow, Node):
    external_id: str | None = strawberry.field(description="The marketplace's own id of it, unique per seller.")
    sku: str | None = strawberry.field(description="The article number, unique per seller.")
    name: str = strawberry.field(description="What the seller calls it.")
    description: str | None = strawberry.field(description="Its text on documents; null means the name.")
    unit: str | None = strawberry.field(description="Of what unit, such as kg.")
    unit_price: Decimal = strawberry.field(description="The price of one, gross when it includes tax.")
    currency: CurrencyCode = strawberry.field(description="The currency of the price.")
    price_includes_tax: bool = strawberry.field(description="Whether the price is gross.")
    supply: Supply = computed(supply_of, "supply", description="What is supplied, as far as the tax depends on it.")
    tax_class: TaxClass = strawberry.field(description="Which rate of a country it falls under.")
    status: ItemStatus = strawberry.field(description="Whether new lines may name it.")
    created_at: datetime = strawberry.field(description="When it was made.")
    updated_at: datetime = strawberry.field(description="When it last changed.")
    version: int = strawberry.field(description="Grows with every change; give it as expectedVersion.")
    row: strawberry.Private[ItemRow]

    entity: Entity = to_one("entity_id", description="The seller.")
