"""The name service's answers, checked: the second of three guards against calling inside our own network.

The first is the URL, when an endpoint is saved and again before each attempt (`app.domain.webhooks.address`), the third
the socket address itself (`GuardedConnector`, see client.py). Each is sufficient alone for what it sees.
"""

from __future__ import annotations

import socket

from aiohttp.abc import AbstractResolver, ResolveResult

from app.domain.webhooks.address import is_forbidden


class ForbiddenAddress(OSError):
    """The peer's address is one that no webhook may reach. Says so without naming the address."""

    def __init__(self) -> None:
        super().__init__("the address is not public")


class GuardedResolver(AbstractResolver):
    """Hands out only addresses that were checked; the connection goes to exactly those, so nothing can rebind.

    One forbidden address refuses the whole name: public and internal addresses under one name are how rebinding looks.
    Raises ForbiddenAddress, or OSError when the name does not resolve.
    """

    def __init__(self, inner: AbstractResolver, *, allow_private: bool = False) -> None:
        self._inner = inner
        self._allow_private = allow_private

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """The checked addresses of `host`, each in numeric form."""
        found = await self._inner.resolve(host, port, family)
        if not found:
            raise OSError("the host name has no address")
        if any(is_forbidden(answer["host"], allow_private=self._allow_private) for answer in found):
            raise ForbiddenAddress
        return found

    async def close(self) -> None:
        """Closes the resolver behind."""
        await self._inner.close()
