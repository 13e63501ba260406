"""`invoicing mail bounce`."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from app.commands.console import OUT, load_settings, opened, print_json, run
from app.domain.mail.bounce import MAX_BYTES, Bounce
from app.services import bounces
from app.settings import Settings

Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]


def bounce(as_json: Json = False) -> None:
    """Read a bounce (RFC 3464) from standard input and mark the message that it is about.

    Let the mail server pipe what arrives for INVOICING_MAIL_BOUNCE_ADDRESS into it. Out-of-office notes and reports of
    mere delays are refused with exit code 65 and change nothing.
    """
    found = run(_take(load_settings(), sys.stdin.buffer.read(MAX_BYTES + 1)))
    if as_json:
        print_json({"emailId": found.email_id, "recipient": found.recipient, "reason": found.words})
    else:
        OUT.print(f"{found.email_id} did not reach {found.recipient or 'its recipient'}: {found.words}", markup=False)


async def _take(settings: Settings, content: bytes) -> Bounce:
    async with opened(settings, background=True) as app:
        return await bounces.take_bounce(app.services, content)
