"""Probes of the fields of audits that take an id."""

from __future__ import annotations

from typing import Final

AUDIT_PROBES: Final[dict[str, tuple[str, str]]] = {
    "Query.sequenceAudit(entityId)": (
        "entity",
        "query($id: ID!) { sequenceAudit(entityId: $id) { clean documentCount series { id headHash } } }",
    ),
    "AuditStartInput.entityId": (
        "entity",
        "mutation($id: ID!) { auditStart(input: { entityId: $id }) { job { id } userErrors { code message field } } }",
    ),
}
