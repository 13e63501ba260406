"""How transactions begin on PostgreSQL."""

from __future__ import annotations

import pytest

from app.bootstrap import Application
from app.db.transaction import Registry


@pytest.mark.parametrize(("keeps_plans", "mode"), [(True, "force_generic_plan"), (False, "auto")])
async def test_plans_are_kept_where_the_statements_are_the_same_each_time(
    postgres_app: Application, keeps_plans: bool, mode: str
) -> None:
    """The setting ends with its transaction: the connection is the next one's."""
    for _ in range(2):
        async with postgres_app.database.transaction(Registry(), keeps_plans=keeps_plans) as session:
            assert (await session.fetch("SHOW plan_cache_mode"))[0]["plan_cache_mode"] == mode
        async with postgres_app.database.read(Registry()) as session:
            assert (await session.fetch("SHOW plan_cache_mode"))[0]["plan_cache_mode"] == "auto"
