"""Bounces that come back as messages: each marks the message of ours that it is about."""

from __future__ import annotations

from app.db import accounts, emails
from app.domain.errors import InvalidInput
from app.domain.mail.bounce import Bounce, read_bounce
from app.domain.scope import system_scope
from app.services.context import ServiceContext
from app.services.email_delivery import note_bounce


async def take_bounce(ctx: ServiceContext, content: bytes) -> Bounce:
    """Marks the message that a delivery status notification (RFC 3464) says did not arrive; says which it was.

    Raises InvalidInput for what is no such notification, or is about no message of this installation. Taking the same
    one again changes nothing.
    """
    bounce = read_bounce(content)
    platform_id = await emails.platform_of(ctx.database, bounce.email_id)
    mode = None if platform_id is None else await accounts.platform_mode(ctx.database, platform_id)
    if platform_id is None or mode is None:
        raise InvalidInput(f"{bounce.email_id} is no message of this installation", field=("message",))
    scope = system_scope(platform_id, mode, "bounces")
    await note_bounce(ctx, scope, bounce.email_id, bounce.words, bounce.recipient)
    return bounce
