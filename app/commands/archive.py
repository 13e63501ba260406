"""`invoicing archive prune`."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer

from app.commands.console import OUT, load_settings, opened, run
from app.commands.platform import scopes
from app.services import archive
from app.settings import Settings

Delete = Annotated[bool, typer.Option("--delete", help="Delete them; without it they are only counted.")]
_SHOWN = 1_000


def prune(delete: Delete = False) -> None:
    """Delete archived files whose retention has ended; their documents stay. Without --delete it only says which."""
    for platform_id, count in run(_prune(load_settings(), delete=delete)):
        OUT.print(f"{platform_id}: {count} {'deleted' if delete else 'past their retention'}", markup=False)


async def _prune(settings: Settings, *, delete: bool) -> list[tuple[str, str]]:
    told = []
    async with opened(settings) as app:
        today: date = app.services.clock().date()
        for scope in await scopes(app, "archive"):
            if delete:
                told.append((scope.platform_id, str(await archive.prune(app.services, scope, today))))
                continue
            found = len(await archive.expired(app.services, scope, today, limit=_SHOWN + 1))
            told.append((scope.platform_id, f"more than {_SHOWN}" if found > _SHOWN else str(found)))
    return told
