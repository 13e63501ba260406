"""Reading answers that are no larger than an answer can be."""

from __future__ import annotations

from typing import Final

import aiohttp

MAX_BODY: Final = 65_536


async def bounded(response: aiohttp.ClientResponse) -> bytes | None:
    """The body, or None when it is larger than any answer."""
    body = b""
    async for chunk in response.content.iter_chunked(8_192):
        body += chunk
        if len(body) > MAX_BODY:
            return None
    return body
