"""What the numbering announces, for the story of `test_events`."""

from __future__ import annotations

from typing import Any

from tests import factories
from tests.scenarios import mutation_cases_numbering


async def numbering(story: Any) -> None:
    given = await mutation_cases_numbering.start(story.client)
    await story.heard()
    made, caused = await story.do("seriesStart", "series { id }", **given)
    assert caused == [("series.started", made["series"]["id"])]
    given = await mutation_cases_numbering.register(story.client)
    await story.heard()
    made, caused = await story.do("seriesRegister", "series { id }", **given)
    assert caused == [("series.registered", made["series"]["id"])]
    await factories.settled(story.client.app)
