"""VIES over HTTP: few questions at once per member state, short waits, and a breaker per state."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Callable
from datetime import datetime
from typing import Any

import aiohttp

from app.delivery.registers.breaker import Breaker
from app.delivery.registers.reading import bounded
from app.domain.registers import vies
from app.domain.registers.model import AnswerKind, VatAnswer, VatNumber


class ViesRegister:
    """Asks VIES. `base_url` is that of its REST interface, which ends in `/rest-api`.

    At most `per_state` questions to one member state at once: VIES answers MS_MAX_CONCURRENT_REQ beyond. A question
    waits for its turn for `timeout_s` at most, and as long for its answer.
    """

    def __init__(
        self,
        session: aiohttp.ClientSession,
        base_url: str,
        *,
        timeout_s: float,
        per_state: int,
        clock: Callable[[], datetime],
        monotonic: Callable[[], float],
    ) -> None:
        self._session = session
        self._url = f"{base_url.rstrip('/')}/check-vat-number"
        self._timeout_s = timeout_s
        self._clock = clock
        self._turns: defaultdict[str, asyncio.Semaphore] = defaultdict(lambda: asyncio.Semaphore(per_state))
        self._breaker = Breaker(monotonic)

    async def check(self, number: VatNumber, requester: VatNumber | None) -> VatAnswer:
        """What VIES says of the number; UNAVAILABLE with the reason where it says nothing."""
        if not self._breaker.may_ask(number.state):
            return vies.unavailable("CIRCUIT_OPEN", self._clock())
        turns = self._turns[number.state]
        try:
            async with asyncio.timeout(self._timeout_s):
                await turns.acquire()
        except TimeoutError:
            # Others of ours were before it all the time, which says nothing of the register.
            self._breaker.spared(number.state)
            return vies.unavailable("BUSY", self._clock())
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
            return vies.unavailable("TIMEOUT", self._clock())
        except aiohttp.ClientError as error:
            return vies.unavailable(type(error).__name__, self._clock())

    async def _ask(self, number: VatNumber, requester: VatNumber | None) -> VatAnswer:
        asked: dict[str, Any] = {"countryCode": number.state, "vatNumber": number.number}
        if requester is not None:
            asked |= {"requesterMemberStateCode": requester.state, "requesterNumber": requester.number}
        async with self._session.post(self._url, json=asked, allow_redirects=False) as response:
            body = await bounded(response)
            if body is None:
                return vies.unavailable("ANSWER_TOO_LARGE", self._clock())
            if response.status != 200:
                return vies.unavailable(
                    f"HTTP_{response.status}", self._clock(), body[:4_096].decode("utf-8", "replace")
                )
            return vies.read(body, self._clock(), number)
