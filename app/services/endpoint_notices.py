"""Messages to operators whose webhook endpoints were disabled: made from the event log, one for each event."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from app.db import accounts, emails
from app.db.emails import Disabled
from app.domain.mail.model import EmailKind
from app.domain.scope import Mode, Scope
from app.rendering.mail.letter import notice_letter
from app.services.context import ServiceContext
from app.services.emails import bare_email, queue
from app.services.once import Work, run

# An outage of the worker may last this long without an endpoint going unmentioned.
_LOOK_BACK: Final = timedelta(days=7)
_CHUNK: Final = 100


async def tell_operators(ctx: ServiceContext, scope: Scope) -> int:
    """Writes to the platform's operator about endpoints that were disabled; how many messages were made.

    A message without an address is made too, as one that is skipped: whoever looks at the messages sees it.
    """
    since = ctx.clock() - _LOOK_BACK
    async with ctx.database.read(scope) as session:
        if not await emails.endpoints_to_tell(scope, session, since, limit=1):
            return 0
    contact = await accounts.contact_email(ctx.database, scope.platform_id)

    async def body(work: Work) -> int:
        found = await emails.endpoints_to_tell(scope, work.session, since, limit=_CHUNK)
        for disabled in found:
            await _make(work, contact, disabled)
        return len(found)

    made: int = await run(ctx, scope, body)
    return made


async def _make(work: Work, contact: str | None, disabled: Disabled) -> None:
    since = disabled.failing_since
    details = {
        "url": str(disabled.payload["url"]),
        "reason": str(disabled.payload["reason"]),
        "since": "now" if since is None else f"{since:%Y-%m-%d %H:%M} UTC",
    }
    letter = notice_letter(**details, sandbox=work.scope.mode is Mode.SANDBOX)
    row = bare_email(
        work,
        kind=EmailKind.ENDPOINT_DISABLED,
        to=[contact] if contact else [],
        subject=letter.subject,
        locale="en",
        # The operator's, whosever endpoint it is: a seller's key does not see it.
        entity_id=None,
        once_key=disabled.event_id,
        details=details,
        error=None if contact else "the account has no contact address; set it with `invoicing account contact`",
    )
    await queue(work, row)
