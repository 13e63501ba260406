"""What `invoicing doctor` looks at."""

from __future__ import annotations

import platform
import secrets
import sqlite3
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from app import __version__, bootstrap
from app.db import accounts
from app.domain.errors import InvoicingError
from app.domain.mail.server import parse_mail_url
from app.rendering.fonts import check_fonts
from app.settings import Settings
from app.storage.files import ObjectFiles


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One thing looked at."""

    name: str
    ok: bool
    detail: str


async def diagnose(settings: Settings) -> list[Check]:
    """All checks, in the order in which they depend on one another; the first bad one ends those on the database."""
    python = platform.python_version()
    checks = [
        Check(name="version", ok=True, detail=f"{__version__} on Python {python}, SQLite {sqlite3.sqlite_version}"),
        Check(name="settings", ok=True, detail="all values are accepted"),
        Check(name="time zones", ok=bool(available_timezones()), detail=f"{len(available_timezones())} known"),
        _fonts(),
        check_mail(settings),
        await check_archive(settings),
        check_registers(settings),
    ]
    async for check in _database(settings):
        checks.append(check)
        if not check.ok:
            break
    return checks


def _fonts() -> Check:
    missing = check_fonts()
    return Check(name="fonts", ok=not missing, detail=f"missing: {', '.join(missing)}" if missing else "all are there")


def check_mail(settings: Settings) -> Check:
    """Where messages go, and whether their sender is still the placeholder that no mail server takes for long."""
    target = parse_mail_url(settings.mail_url)
    if isinstance(target, Path):
        return Check(name="mail", ok=True, detail=f"messages become files in {target}")
    if settings.mail_from == Settings().mail_from:
        return Check(name="mail", ok=False, detail="name the sender's address in INVOICING_MAIL_FROM")
    detail = f"{settings.mail_from} sends by {target.host}:{target.port}, {_TLS[target.tls]}"
    return Check(name="mail", ok=True, detail=detail)


def check_registers(settings: Settings) -> Check:
    """Who is asked about buyers' VAT numbers on live platforms, and whether HMRC can be."""
    if settings.hmrc_url and not (settings.hmrc_client_id and settings.hmrc_client_secret):
        detail = "name the application in INVOICING_HMRC_CLIENT_ID and INVOICING_HMRC_CLIENT_SECRET"
        return Check(name="VAT registers", ok=False, detail=detail)
    asked = [f"VIES at {settings.vies_url}"] if settings.vies_url else []
    asked += [f"HMRC at {settings.hmrc_url}"] if settings.hmrc_url else []
    if not asked:
        return Check(
            name="VAT registers", ok=True, detail="none is asked; set INVOICING_VIES_URL to verify VAT numbers"
        )
    detail = f"{' and '.join(asked)}; a valid answer counts {settings.vat_cache_hours} hours"
    return Check(name="VAT registers", ok=True, detail=detail)


async def check_archive(settings: Settings) -> Check:
    """Whether a file can be kept in the archive and read back."""
    files, key, content = ObjectFiles(settings.archive_url), f"probe/{secrets.token_hex(8)}", b"invoicing doctor"
    where = urlsplit(settings.archive_url)
    name = f"{where.scheme}://{where.netloc}{where.path}"
    try:
        await files.put(key, content)
        whole = await files.get(key) == content
        await files.delete(key)
    except InvoicingError as error:
        return Check(name="archive", ok=False, detail=f"{name}: {error.message}")
    return Check(name="archive", ok=whole, detail=f"files are kept in {name}")


_TLS: Final = {"tls": "with TLS", "starttls": "with STARTTLS", "none": "without TLS"}


async def _database(settings: Settings) -> AsyncIterator[Check]:
    name = "PostgreSQL" if settings.is_postgres else "SQLite"
    try:
        missing = await bootstrap.pending_migrations(settings)
    except (InvoicingError, OSError, sqlite3.Error) as error:
        yield Check(name="database", ok=False, detail=f"{name} does not answer: {error}")
        return
    yield Check(name="database", ok=True, detail=f"{name} answers")
    detail = f"missing: {', '.join(missing)}; run `invoicing migrate`" if missing else "up to date"
    yield Check(name="migrations", ok=not missing, detail=detail)
    if missing:
        return
    try:
        async with bootstrap.application(settings) as app:
            if settings.is_postgres:
                await app.database.check_role()
            yield Check(name="isolation", ok=True, detail=_isolation(settings))
            count = len(await accounts.accounts(app.database))
            hint = "" if count else "; run `invoicing account create NAME`"
            yield Check(name="accounts", ok=True, detail=f"{count}{hint}")
    except (InvoicingError, RuntimeError) as error:
        yield Check(name="isolation", ok=False, detail=str(error))


def _isolation(settings: Settings) -> str:
    if settings.is_postgres:
        return f"row-level security applies to the role {settings.database_role}"
    return "every statement names its tenant (SQLite has no row-level security)"
