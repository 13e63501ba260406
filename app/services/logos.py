"""Sellers' logos."""

from __future__ import annotations

import hashlib
from typing import Final

from app.db import query
from app.db.aggregates import LOGOS
from app.db.rows import EntityLogoRow
from app.db.where import Eq
from app.domain.errors import InvalidInput
from app.domain.history import State
from app.domain.identity import IdPrefix, new_id
from app.services.inputs import UNSET, LogoInput, UnsetType
from app.services.once import Work

MAX_LOGO_BYTES: Final = 512 * 1024
_PNG: Final = b"\x89PNG\r\n\x1a\n"
_JPEG: Final = b"\xff\xd8\xff"


def image_type(content: bytes) -> str:
    """The media type of a logo. Raises InvalidInput for one that is too large, or neither PNG nor JPEG."""
    if len(content) > MAX_LOGO_BYTES:
        raise InvalidInput(f"may have {MAX_LOGO_BYTES} bytes at most; it has {len(content)}", field=("logo",))
    if content.startswith(_PNG):
        return "image/png"
    if content.startswith(_JPEG):
        return "image/jpeg"
    raise InvalidInput("must be a PNG or JPEG image", field=("logo",))


async def store(work: Work, entity_id: str, logo: LogoInput | UnsetType | None) -> tuple[State, State]:
    """Stores or removes a seller's logo when the input says so; how the history tells it, before and after."""
    if logo is UNSET:
        return {}, {}
    former = await LOGOS.list(work.scope, work.session, Eq("entity_id", entity_id), limit=1)
    await query.delete(work.scope, work.session, "entity_logo", Eq("entity_id", entity_id))
    if logo is not None:
        row = EntityLogoRow(
            platform_id=work.scope.platform_id,
            id=new_id(IdPrefix.LOGO),
            entity_id=entity_id,
            content_type=image_type(logo.content),
            content=logo.content,
            updated_at=work.now,
        )
        await LOGOS.insert(work.scope, work.session, [row])
    return _state(former[0].content if former else None), _state(logo.content if logo else None)


def _state(content: bytes | None) -> State:
    return {} if content is None else {"branding.logo": f"sha256:{hashlib.sha256(content).hexdigest()}"}
