"""The HTTP client for the European Central Bank's files: few attempts, bounded in time and size, no redirects."""

from __future__ import annotations

import asyncio
from typing import Final

import aiohttp
import structlog

from app.domain.ecb import MAX_BYTES
from app.domain.errors import Unavailable

log = structlog.get_logger(__name__)

# Seconds before each attempt; with the time that each may take they stay below a schedule's lease.
PAUSES_S: Final = (0, 1, 4)
TIMEOUT_S: Final = 15


class HttpRates:
    """Fetches files below a base URL."""

    def __init__(self, base_url: str, *, pauses_s: tuple[int, ...] = PAUSES_S, timeout_s: int = TIMEOUT_S) -> None:
        self._base_url = base_url.rstrip("/")
        self._pauses_s = pauses_s
        self._timeout = aiohttp.ClientTimeout(total=timeout_s)

    async def fetch(self, name: str) -> bytes:
        """The file's content. Raises Unavailable when none of the attempts brought it."""
        url = f"{self._base_url}/{name}"
        why = ""
        # A session for each file: there is one a day.
        async with aiohttp.ClientSession(timeout=self._timeout, trust_env=False) as session:
            for pause in self._pauses_s:
                await asyncio.sleep(pause)
                try:
                    return await _read(session, url)
                except (aiohttp.ClientError, TimeoutError, OSError) as error:
                    why = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
                    log.warning("exchange_rates_not_fetched", url=url, error=why)
        raise Unavailable(f"{url} could not be fetched: {why}")


async def _read(session: aiohttp.ClientSession, url: str) -> bytes:
    async with session.get(url, allow_redirects=False) as response:
        if response.status != 200:
            raise aiohttp.ClientPayloadError(f"the server answered {response.status}")
        parts: list[bytes] = []
        size = 0
        async for part in response.content.iter_chunked(1 << 16):
            size += len(part)
            if size > MAX_BYTES:
                raise aiohttp.ClientPayloadError(f"the file has more than {MAX_BYTES} bytes")
            parts.append(part)
    return b"".join(parts)
