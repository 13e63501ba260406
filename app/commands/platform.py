"""Which platform a command of the operator's machine is about."""

from __future__ import annotations

from app.bootstrap import Application
from app.commands.console import fail
from app.db import accounts
from app.domain.errors import NotFound
from app.domain.scope import ALL_PERMISSIONS, Mode, Scope, system_scope
from app.services.audit import require_entity


async def scopes(app: Application, task: str, *, platform: str = "", mode: Mode | None = None) -> list[Scope]:
    """The platforms of that id or mode, or all of the installation, in the order of their ids."""
    found = [
        row
        for row in await accounts.platforms(app.database)
        if (not platform or row.id == platform) and (mode is None or row.mode is mode)
    ]
    if not found:
        raise fail("there is no such platform" if platform else "there is no account yet", 66)
    return [system_scope(row.id, row.mode, task, ALL_PERMISSIONS) for row in found]


async def has_entity(app: Application, scope: Scope, entity: str) -> bool:
    """Whether a platform has that seller."""
    try:
        await require_entity(app.services, scope, entity)
    except NotFound:
        return False
    return True
