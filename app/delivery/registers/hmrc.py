"""HMRC's check of British VAT numbers over HTTP, with the application's own OAuth token."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime
from typing import Final

import aiohttp

from app.delivery.registers.breaker import Breaker
from app.delivery.registers.reading import bounded
from app.domain.registers import hmrc
from app.domain.registers.model import AnswerKind, VatAnswer, VatNumber

_ACCEPT: Final = "application/vnd.hmrc.2.0+json"
# A token is renewed before it ends, so that none is sent that ends on the way.
_SPARE_S: Final = 60.0


class HmrcRegister:
    """Asks HMRC. `client_id` and `client_secret` are the application's, from HMRC's developer hub."""

    def __init__(
        self,
        session: aiohttp.ClientSession,
        base_url: str,
        *,
        client_id: str,
        client_secret: str,
        timeout_s: float,
        at_once: int,
        clock: Callable[[], datetime],
        monotonic: Callable[[], float],
    ) -> None:
        self._session = session
        self._base = base_url.rstrip("/")
        self._client = {"client_id": client_id, "client_secret": client_secret, "grant_type": "client_credentials"}
        self._timeout_s = timeout_s
        self._clock = clock
        self._monotonic = monotonic
        self._turns = asyncio.Semaphore(at_once)
        self._breaker = Breaker(monotonic)
        self._token: tuple[str, float] | None = None
        self._renewing = asyncio.Lock()

    async def check(self, number: VatNumber, requester: VatNumber | None) -> VatAnswer:
        """What HMRC says of the number; UNAVAILABLE with the reason where it says nothing."""
        if not self._breaker.may_ask(number.state):
            return hmrc.unavailable("CIRCUIT_OPEN", self._clock())
        turns = self._turns
        try:
            async with asyncio.timeout(self._timeout_s):
                await turns.acquire()
        except TimeoutError:
            # Others of ours were before it all the time, which says nothing of the register.
            self._breaker.spared(number.state)
            return hmrc.unavailable("BUSY", self._clock())
        except BaseException:
            self._breaker.spared(number.state)
            raise
        try:
            answer = await self._answer(number, requester)
        except BaseException:
            # Cancelled: nothing is known of the register, but a probe must not stay open for ever.
            self._breaker.failed(number.state)
            raise
        finally:
            turns.release()
        if answer.kind is AnswerKind.UNAVAILABLE:
            self._breaker.failed(number.state)
        else:
            self._breaker.succeeded(number.state)
        return answer

    async def _answer(self, number: VatNumber, requester: VatNumber | None) -> VatAnswer:
        try:
            async with asyncio.timeout(self._timeout_s):
                return await self._ask(number, requester)
        except TimeoutError:
            return hmrc.unavailable("TIMEOUT", self._clock())
        except (aiohttp.ClientError, ValueError) as error:
            return hmrc.unavailable(type(error).__name__, self._clock())

    async def _ask(self, number: VatNumber, requester: VatNumber | None) -> VatAnswer:
        # Only a British number can ask for the proof.
        asking = requester.number if requester is not None and requester.state in ("GB", "XI") else None
        path = "/".join(part for part in (number.number, asking) if part)
        url = f"{self._base}/organisations/vat/check-vat-number/lookup/{path}"
        headers = {"Accept": _ACCEPT, "Authorization": f"Bearer {await self._bearer()}"}
        async with self._session.get(url, headers=headers, allow_redirects=False) as response:
            if response.status == 401:
                self._token = None
            body = await bounded(response)
            if body is None:
                return hmrc.unavailable("ANSWER_TOO_LARGE", self._clock())
            return hmrc.read(response.status, body, self._clock())

    async def _bearer(self) -> str:
        async with self._renewing:
            if self._token is None or self._token[1] <= self._monotonic():
                url = f"{self._base}/oauth/token"
                async with self._session.post(url, data=self._client, allow_redirects=False) as response:
                    response.raise_for_status()
                    content = await response.json(content_type=None)
                token, lasts = content.get("access_token"), content.get("expires_in")
                if not isinstance(token, str) or not isinstance(lasts, int):
                    raise ValueError("HMRC gave no token")
                self._token = (token, self._monotonic() + lasts - _SPARE_S)
            return self._token[0]
