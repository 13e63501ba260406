"""Probes of the history's fields for `test_isolation`."""

from __future__ import annotations

from tests.factories import Client

_PAGE = "nodes { id } totalCount edges { cursor }"
PROBES: dict[str, tuple[str, str]] = {
    "AuditWhere.subjectId": (
        "draft",
        f"query($id: ID!) {{ auditEntries(where: {{ subjectId: {{ eq: $id }} }}) {{ {_PAGE} }} }}",
    ),
    "AuditWhere.entityId": (
        "entity",
        f"query($id: ID!) {{ auditEntries(where: {{ entityId: {{ oneOf: [$id] }} }}) {{ {_PAGE} }} }}",
    ),
}


async def entry_of(client: Client, subject_id: str) -> str:
    """The id of the newest entry about an object."""
    data = await client.ask(
        "query($id: ID!) { auditEntries(first: 1, where: { subjectId: { eq: $id } }) { nodes { id } } }", id=subject_id
    )
    return str(data["auditEntries"]["nodes"][0]["id"])
