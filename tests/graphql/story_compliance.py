"""The part of the story of all events that the compliance of sellers tells."""

from __future__ import annotations

from typing import Any

from tests import factories


async def compliance(story: Any) -> None:
    """A change of a seller that changes what the rules make of it tells both; another one tells itself alone."""
    seller = await factories.entity(story.client, settings={"tax": {"oss": True}})
    await story.heard()
    lost = await story.do("entityUpdate", "entity { id }", id=seller, taxIds=[])
    assert lost[1] == [("entity.updated", seller), ("entity.compliance_changed", seller)]
    worse = await story.do("entityUpdate", "entity { id }", id=seller, address={"country": "DE", "postcode": "10115"})
    # More is found, and the status stays what it was.
    assert worse[1] == [("entity.updated", seller)]
