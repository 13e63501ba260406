"""The one HTTP client for addresses that customers chose: guarded connections, no redirects, proxies or cookies."""

from __future__ import annotations

import asyncio
import socket
import ssl
from concurrent.futures import ThreadPoolExecutor
from typing import Final

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult

from app.delivery.outgoing.guard import ForbiddenAddress, GuardedResolver
from app.domain.webhooks.address import is_forbidden

RESOLVER_THREADS: Final = 16
# A look-up that hangs keeps its thread beyond the attempt's end: there are as many as attempts at once, up to this.
MAX_RESOLVER_THREADS: Final = 128


class SystemResolver(AbstractResolver):
    """The system's name service, in threads of its own.

    A customer's name server may answer never, and a thread in `getaddrinfo` cannot be interrupted: in the loop's shared
    threads a few such names would stop password checks and rendering too.
    """

    def __init__(self, threads: int = RESOLVER_THREADS) -> None:
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="webhook-dns")

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """The addresses of `host`; raises OSError (socket.gaierror) when there are none."""
        found = await asyncio.get_running_loop().run_in_executor(self._threads, _look_up, host, port, family)
        return [
            ResolveResult(hostname=host, host=address, port=port, family=kind, proto=socket.IPPROTO_TCP, flags=0)
            for kind, address in found
        ]

    async def close(self) -> None:
        """Lets the threads end when their look-ups do."""
        self._threads.shutdown(wait=False, cancel_futures=True)


def _look_up(host: str, port: int, family: socket.AddressFamily) -> list[tuple[socket.AddressFamily, str]]:
    answers = socket.getaddrinfo(host, port, family, socket.SOCK_STREAM, flags=socket.AI_ADDRCONFIG)
    return [(kind, str(address[0])) for kind, _, _, _, address in answers]


class GuardedConnector(aiohttp.TCPConnector):
    """Connects to checked addresses only, those that no resolver saw (IP literals) included."""

    def __init__(
        self,
        *,
        allow_private: bool,
        limit: int,
        limit_per_host: int,
        resolver: AbstractResolver | None = None,
        ssl_context: ssl.SSLContext | None = None,
    ) -> None:
        self.allow_private = allow_private
        self._guarded = GuardedResolver(resolver or SystemResolver(), allow_private=allow_private)
        super().__init__(
            resolver=self._guarded,
            use_dns_cache=False,
            limit=limit,
            limit_per_host=limit_per_host,
            # A connection serves one attempt. A kept one may be closing at the other end when the next POST is written,
            # which then fails although the receiver is well; and a new one is resolved and checked anew.
            force_close=True,
            socket_factory=self._open_socket,
            ssl=ssl_context or True,
        )

    def _open_socket(self, info: aiohttp.AddrInfoType) -> socket.socket:
        # The last word: whatever led here, this is the address that the kernel would be asked to reach.
        family, kind, protocol, _, address = info
        if is_forbidden(str(address[0]), allow_private=self.allow_private):
            raise ForbiddenAddress
        return socket.socket(family, kind, protocol)

    async def close(self, *, abort_ssl: bool = False) -> None:
        """Closes the connections and the resolver."""
        await super().close(abort_ssl=abort_ssl)
        await self._guarded.close()


def make_session(
    *,
    allow_private: bool,
    limit: int = 100,
    limit_per_host: int = 8,
    resolver: AbstractResolver | None = None,
    ssl_context: ssl.SSLContext | None = None,
) -> aiohttp.ClientSession:
    """A session whose every connection is guarded; make it inside the running loop and close it at the end.

    `limit` and `limit_per_host` bound simultaneous connections. `resolver` replaces the system's (it is guarded all the
    same), `ssl_context` the system's trusted authorities. Callers pass `allow_redirects=False` with each request.
    """
    return aiohttp.ClientSession(
        connector=GuardedConnector(
            allow_private=allow_private,
            limit=limit,
            limit_per_host=limit_per_host,
            resolver=resolver or SystemResolver(min(max(limit, RESOLVER_THREADS), MAX_RESOLVER_THREADS)),
            ssl_context=ssl_context,
        ),
        cookie_jar=aiohttp.DummyCookieJar(),
        # Answers are neither asked for in compressed form nor ever expanded: a few bytes may hold gigabytes.
        headers={"Accept-Encoding": "identity"},
        auto_decompress=False,
        trust_env=False,
        read_bufsize=2**14,
        timeout=aiohttp.ClientTimeout(total=30, sock_connect=5),
    )
