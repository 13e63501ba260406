"""The audit of what was issued."""

from __future__ import annotations

from typing import Annotated

import strawberry

from app.graphql.context import Info
from app.graphql.types.audit import SequenceAudit, sequence_audit
from app.services import audit

Seller = Annotated[strawberry.ID, strawberry.argument(description="The seller.")]


@strawberry.type
class AuditQueries:
    @strawberry.field(
        description="Audits a seller's finalized documents now, up to 2,000; where there are more, auditStart does it."
    )
    async def sequence_audit(self, info: Info, entity_id: Seller) -> SequenceAudit:
        return sequence_audit(await audit.at_once(info.context.services, info.context.scope, entity_id))
