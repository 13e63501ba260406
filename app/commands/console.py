"""What the commands share: output for people or as JSON, and the open application."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from typing import Any, TypeVar

import orjson
import typer
from rich.console import Console

from app import bootstrap
from app import settings as settings_module
from app.bootstrap import Application
from app.domain.errors import InvoicingError
from app.settings import Settings, SettingsError

T = TypeVar("T")

# Into a file or a pipe, tables are as wide as they need to be read.
OUT = Console(highlight=False, width=None if sys.stdout.isatty() else 132)
ERR = Console(stderr=True, soft_wrap=True, highlight=False)

# What sysexits.h calls EX_CONFIG.
_EX_CONFIG = 78


def load_settings() -> Settings:
    """The settings of the environment; a wrong one ends the command with its name and reason."""
    try:
        return settings_module.load()
    except SettingsError as error:
        raise fail(str(error), _EX_CONFIG) from None


def fail(message: str, code: int) -> typer.Exit:
    """Prints an error; the exit to raise."""
    ERR.print(f"[bold red]error:[/] {message}", markup=True)
    return typer.Exit(code)


def run(work: Coroutine[Any, Any, T]) -> T:
    """Runs a command's work; errors that the caller can act on become a message and an exit code."""
    try:
        return asyncio.run(work)
    except InvoicingError as error:
        raise fail(str(error), error.exit_code) from None


@asynccontextmanager
async def opened(settings: Settings, *, background: bool = False, **parts: Any) -> AsyncIterator[Application]:
    """The application on a database that is migrated; with its relay running when asked.

    `parts` are handed to `bootstrap.application`.
    """
    bootstrap.configure_logging(settings)
    missing = await bootstrap.pending_migrations(settings)
    if missing:
        raise fail(f"the database lacks {', '.join(missing)}; run `invoicing migrate`", _EX_CONFIG)
    try:
        async with bootstrap.application(settings, **parts) as app:
            if not background:
                yield app
                return
            async with bootstrap.background(app, worker=False):
                yield app
    except SettingsError as error:
        raise fail(str(error), _EX_CONFIG) from None


def print_json(value: object) -> None:
    """One JSON document on standard output."""
    sys.stdout.buffer.write(orjson.dumps(value, option=orjson.OPT_INDENT_2) + b"\n")
    sys.stdout.buffer.flush()
