"""One signed, guarded and bounded attempt to deliver a webhook; whatever the peer does comes back as a result."""

from __future__ import annotations

import asyncio
import errno
import ssl
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from weakref import WeakValueDictionary

import aiohttp
from yarl import URL

from app import __version__
from app.delivery.outgoing.client import GuardedConnector
from app.delivery.outgoing.guard import ForbiddenAddress
from app.delivery.outgoing.model import AttemptResult, OutgoingWebhook
from app.delivery.outgoing.retry import parse_retry_after
from app.domain.errors import InvalidInput, Unavailable
from app.domain.webhooks.address import check_endpoint_url
from app.domain.webhooks.headers import check_headers as check_headers
from app.domain.webhooks.signature import sign
from app.running import spans
from app.running.measures import DeliveryMeasures

USER_AGENT: Final = f"MarketplaceInvoicing-Webhooks/{__version__}"
HIDDEN: Final = "hidden"
MAX_RESPONSE_BYTES: Final = 20_000
TIMEOUT_S: Final = 15.0
CONNECT_TIMEOUT_S: Final = 5.0
QUEUE_TIMEOUT_S: Final = 45.0

# What a peer, the network or the name service can cause; anything else is a bug of ours and is raised.
_PEER_FAULTS: Final = (aiohttp.ClientError, OSError)


@dataclass(slots=True)
class _Answer:
    """The answer as far as it came, and the headers of what was asked as they are shown."""

    request_headers: dict[str, str] = field(default_factory=dict)
    status: int | None = None
    headers: dict[str, str] = field(default_factory=dict)
    body: bytearray = field(default_factory=bytearray)


class WebhookSender:
    """Sends webhooks over a session of `make_session`, within that session's limits.

    `clock` gives the present as an aware datetime. `timeout_s` bounds an attempt from its start to the last byte of the
    answer, `connect_timeout_s` the opening of a connection, `queue_timeout_s` the wait for a turn before. A caller's
    lease must outlast `queue_timeout_s + timeout_s`. Raises TypeError for a session without the guard.
    """

    def __init__(
        self,
        session: aiohttp.ClientSession,
        clock: Callable[[], datetime],
        *,
        allow_http: bool = False,
        timeout_s: float = TIMEOUT_S,
        connect_timeout_s: float = CONNECT_TIMEOUT_S,
        queue_timeout_s: float = QUEUE_TIMEOUT_S,
    ) -> None:
        connector = session.connector
        if not isinstance(connector, GuardedConnector):
            raise TypeError("webhooks are sent over a session of make_session only")
        self._session = session
        self._clock = clock
        self._allow_http = allow_http
        self._allow_private = connector.allow_private
        self.measures = DeliveryMeasures()
        self._timeout_s = timeout_s
        self._connect_timeout_s = connect_timeout_s
        self._slots = _Slots(limit=connector.limit, limit_per_host=connector.limit_per_host, timeout_s=queue_timeout_s)

    async def send(self, webhook: OutgoingWebhook) -> AttemptResult:
        """Makes one attempt, never a second; the peer's faults are in the result and are not raised.

        Waits for its turn first. That wait counts neither in the duration nor against the time limit, and the
        signature's timestamp is taken after it. Raises Unavailable when no turn came: nothing was sent, no attempt was
        used up.
        """
        try:
            url = URL(check_endpoint_url(webhook.url, allow_http=self._allow_http, allow_private=self._allow_private))
            custom = check_headers(webhook.headers)
        except InvalidInput as refusal:
            # It was allowed when it was saved; the rules have changed since.
            self.measures.outcomes["not_allowed"] += 1
            return self._result(_Answer(), f"not sent: {refusal.message}", started_at=self._clock(), duration_s=0)
        async with self._slots.take((url.raw_host or "", url.port or 0)):
            # No `traceparent` goes along: how this system works inside is nothing to whoever owns the endpoint.
            with spans.span("POST webhook", role=spans.Role.CLIENT) as span:
                result = await self._attempt(url, custom, webhook)
                if span.recorded:
                    _describe(span, url, webhook, result)
        self._count(webhook, result)
        return result

    def _count(self, webhook: OutgoingWebhook, result: AttemptResult) -> None:
        status = result.status
        outcome = "ok" if result.ok else "no_answer" if status is None else f"http_{status // 100}xx"
        self.measures.outcomes[outcome] += 1
        self.measures.seconds.observe(result.duration_ms / 1000)
        if result.ok and webhook.occurred_at is not None:
            self.measures.lag_s.observe((self._clock() - webhook.occurred_at).total_seconds())

    async def _attempt(self, url: URL, custom: dict[str, str], webhook: OutgoingWebhook) -> AttemptResult:
        started_at = self._clock()
        ours = {
            **sign(webhook.message_id, started_at, webhook.body, webhook.secrets),
            "content-type": "application/json",
            "user-agent": USER_AGENT,
        }
        monotonic = asyncio.get_running_loop().time
        started = monotonic()
        # What a customer adds is there to prove who we are.
        answer, fault = _Answer({**{name.lower(): HIDDEN for name in custom}, **ours}), None
        try:
            async with asyncio.timeout(self._timeout_s):
                await self._exchange(url, {**custom, **ours}, webhook.body, answer)
        except _PEER_FAULTS as caught:
            fault = caught
        return self._result(answer, self._error(answer, fault), started_at=started_at, duration_s=monotonic() - started)

    async def _exchange(self, url: URL, headers: dict[str, str], body: bytes, answer: _Answer) -> None:
        timeout = aiohttp.ClientTimeout(total=None, sock_connect=self._connect_timeout_s)
        async with self._session.post(
            url, data=body, headers=headers, allow_redirects=False, timeout=timeout
        ) as response:
            for name, value in response.headers.items():
                lower = name.lower()
                joined = f"{answer.headers[lower]}, {value}" if lower in answer.headers else value
                answer.headers[lower] = _storable(joined)
            answer.status = response.status
            while len(answer.body) < MAX_RESPONSE_BYTES:
                chunk = await response.content.read(MAX_RESPONSE_BYTES - len(answer.body))
                if not chunk:
                    return
                answer.body += chunk
            # There may be more, without end: the connection is not worth draining.
            response.close()

    def _error(self, answer: _Answer, fault: Exception | None) -> str | None:
        # The status line is the answer. A body that stalls or breaks off afterwards does not undo it, and to send again
        # what was accepted would only make a duplicate.
        status = answer.status
        if status is None:
            return self._describe(fault) if fault is not None else "no answer"
        if 200 <= status < 300:
            return None
        if 300 <= status < 400:
            return f"HTTP {status}: redirects are not followed"
        return "HTTP 410: the endpoint is gone" if status == 410 else f"HTTP {status}"

    def _describe(self, fault: Exception) -> str:
        """The fault in fixed words: the library's own messages name resolved addresses."""
        if isinstance(fault, aiohttp.ConnectionTimeoutError):
            return f"no connection within {self._connect_timeout_s:g} s"
        if isinstance(fault, TimeoutError):
            return f"no answer within {self._timeout_s:g} s"
        if isinstance(fault, aiohttp.ClientConnectorCertificateError):
            return f"TLS: the certificate was refused ({_certificate_reason(fault.certificate_error)})"
        if isinstance(fault, (aiohttp.ClientSSLError, ssl.SSLError)):
            return "TLS: the handshake failed"
        if isinstance(fault, aiohttp.ClientConnectorError):
            if isinstance(fault.os_error, ForbiddenAddress):
                return "not sent: the host name leads to an address that is not public"
            if isinstance(fault, aiohttp.ClientConnectorDNSError):
                return "the host name does not resolve"
            return _CONNECT_ERRORS.get(fault.os_error.errno or 0, "the connection failed")
        if isinstance(fault, aiohttp.ClientResponseError):
            return "the answer is not valid HTTP, or its headers are too large"
        if isinstance(fault, aiohttp.ServerDisconnectedError):
            return "the connection was closed without an answer"
        return "the connection broke off"

    def _result(self, answer: _Answer, error: str | None, *, started_at: datetime, duration_s: float) -> AttemptResult:
        ok = error is None
        return AttemptResult(
            ok=ok,
            status=answer.status,
            error=error,
            request_headers=answer.request_headers,
            response_body=_text(answer),
            response_headers=answer.headers,
            duration_ms=round(duration_s * 1000),
            retry_after_s=None if ok else parse_retry_after(answer.headers.get("retry-after"), self._clock()),
            gone=answer.status == 410,
            started_at=started_at,
        )


_CONNECT_ERRORS: Final = {
    errno.ECONNREFUSED: "the connection was refused",
    errno.ECONNRESET: "the connection was reset",
    errno.EHOSTUNREACH: "the host is unreachable",
    errno.ENETUNREACH: "the host is unreachable",
    errno.ETIMEDOUT: "the connection timed out",
}


def _describe(span: spans.Span, url: URL, webhook: OutgoingWebhook, result: AttemptResult) -> None:
    """The host alone: paths and queries of endpoints may hold secrets."""
    span.note("http.request.method", "POST")
    span.note("server.address", url.raw_host or "")
    span.note("server.port", url.port or 0)
    span.note("invoicing.event", webhook.message_id)
    if result.status is not None:
        span.note("http.response.status_code", result.status)
    if not result.ok:
        span.failed("no_answer" if result.status is None else str(result.status))


def _certificate_reason(error: Exception) -> str:
    # OpenSSL's words, such as "certificate has expired": they speak of the certificate and the URL's own host alone.
    return error.verify_message if isinstance(error, ssl.SSLCertVerificationError) else "not valid"


def _text(answer: _Answer) -> str:
    encoding = answer.headers.get("content-encoding", "identity").strip().lower()
    if answer.body and encoding not in ("", "identity"):
        return "[compressed, not shown]"
    return _storable(answer.body.decode("utf-8", "replace"))


def _storable(text: str) -> str:
    """Text that any database holds: PostgreSQL takes neither U+0000 nor lone surrogates."""
    return text.encode("utf-8", "replace").decode("utf-8").replace("\0", "\ufffd")


class _Slots:
    """Turns at sending: so many at once in all, so many to one host; 0 is no limit.

    The connector has the same limits, but it starts the clock of a request while it is still waiting in line there.
    """

    def __init__(self, *, limit: int, limit_per_host: int, timeout_s: float) -> None:
        self._all = asyncio.Semaphore(limit) if limit else nullcontext()
        self._limit_per_host = limit_per_host
        self._timeout_s = timeout_s
        # A host's turns live as long as somebody waits or sends.
        self._hosts: WeakValueDictionary[tuple[str, int], asyncio.Semaphore] = WeakValueDictionary()

    @asynccontextmanager
    async def take(self, host: tuple[str, int]) -> AsyncIterator[None]:
        """Holds a turn for `host`; raises Unavailable when none comes free in time."""
        async with AsyncExitStack() as held:
            try:
                async with asyncio.timeout(self._timeout_s):
                    # The host's turn first: a slow host's queue must not hold the turns of others.
                    await held.enter_async_context(self._of(host))
                    await held.enter_async_context(self._all)
            except TimeoutError:
                raise Unavailable("too many webhooks are waiting for this host") from None
            yield

    def _of(self, host: tuple[str, int]) -> AbstractAsyncContextManager[None]:
        if not self._limit_per_host:
            return nullcontext()
        turns = self._hosts.get(host)
        if turns is None:
            turns = self._hosts[host] = asyncio.Semaphore(self._limit_per_host)
        return turns
