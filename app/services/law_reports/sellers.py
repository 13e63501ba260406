"""The seller that a report is of."""

from __future__ import annotations

from datetime import date
from typing import Final

from app.db.aggregates import ENTITIES
from app.db.rows import EntityRow, Json
from app.db.transaction import Session
from app.domain.errors import NotFound
from app.domain.numbering import local_issue_date
from app.domain.scope import Permission, Scope
from app.services.context import ServiceContext

# Implementing Regulation (EU) 2020/194: numbers of the import scheme, in the place of a country's letters.
_IMPORT: Final = "IM"


async def seller(scope: Scope, session: Session, entity_id: str) -> EntityRow:
    """The seller, for whoever may read its documents. Raises NotFound, PermissionDenied."""
    scope.require(Permission.INVOICES_READ)
    entity = await ENTITIES.get(scope, session, entity_id)
    if entity is None:
        raise NotFound("no such entity", field=("entityId",))
    return entity


def own_number(entity: EntityRow, *, importing: bool = False) -> str | None:
    """The VAT number of the seller's own country, or with `importing` that of the import scheme, which begins by IM."""
    for tax_id in entity.tax_ids:
        value = str(tax_id["value"])
        if value.startswith(_IMPORT) if importing else _is_own(tax_id, entity) and not value.startswith(_IMPORT):
            return value
    return None


def _is_own(tax_id: Json, entity: EntityRow) -> bool:
    return tax_id["country"] in (entity.country, "EL" if entity.country == "GR" else entity.country)


def is_over(ctx: ServiceContext, entity: EntityRow, day: date) -> bool:
    """Whether a day lies behind where the seller is."""
    return local_issue_date(ctx.clock(), entity.time_zone) > day
