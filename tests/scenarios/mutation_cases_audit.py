"""The cases of audits."""

from __future__ import annotations

from typing import Any, Final

from tests import factories
from tests.factories import Client
from tests.scenarios.mutation_cases import Case


async def _audited(client: Client) -> dict[str, Any]:
    entity_id = await factories.entity(client)
    await factories.order(client, entity_id)
    return {"entityId": entity_id}


AUDIT_CASES: Final = {
    "auditStart": Case(_audited, lambda given: {}, "job { id status }", "job { id kind }"),
}
