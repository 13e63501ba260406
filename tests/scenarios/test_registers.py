"""The registers asked over real HTTP: whatever goes wrong there is no answer, and never a wrong one."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import aiohttp
import pytest
from aiohttp import web

from app.delivery.registers.breaker import FAILURES
from app.delivery.registers.hmrc import HmrcRegister
from app.delivery.registers.vies import ViesRegister
from app.domain.registers.model import AnswerKind, VatNumber
from app.domain.registers.sandbox import TEST_NUMBERS, SandboxRegister
from tests.scenarios.vies_server import ViesServer, vies_server

NOW = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)
OURS = VatNumber("DE", "136695976")


def now() -> datetime:
    return NOW


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as made:
        yield made


def register(session: aiohttp.ClientSession, server: ViesServer, timeout_s: float = 5) -> ViesRegister:
    return ViesRegister(session, server.url, timeout_s=timeout_s, per_state=2, clock=now, monotonic=time.monotonic)


async def test_vies_is_asked_as_it_wants_and_answers(session: aiohttp.ClientSession) -> None:
    async with vies_server(invalid={"FR00000000190"}) as server:
        vies = register(session, server)
        good = await vies.check(VatNumber("FR", "40303265045"), OURS)
        bad = await vies.check(VatNumber("FR", "00000000190"), OURS)
        alone = await vies.check(VatNumber("FR", "40303265045"), None)
    assert server.asked[0] == {
        "countryCode": "FR",
        "vatNumber": "40303265045",
        "requesterMemberStateCode": "DE",
        "requesterNumber": "136695976",
    }
    assert (good.kind, good.consultation_number, good.answered_at) == (AnswerKind.VALID, "WAPIAAAAX1", NOW)
    assert bad.kind is AnswerKind.INVALID
    # The proof is given only to who says who asks.
    assert (alone.kind, alone.consultation_number) == (AnswerKind.VALID, None)


@pytest.mark.parametrize(
    ("mood", "kind", "code"),
    [
        ("slow", AnswerKind.UNAVAILABLE, "TIMEOUT"),
        ("down", AnswerKind.UNAVAILABLE, "HTTP_503"),
        ("garbage", AnswerKind.UNAVAILABLE, "NOT_JSON"),
        ("drops", AnswerKind.UNAVAILABLE, "ServerDisconnectedError"),
        ("huge", AnswerKind.UNAVAILABLE, "ANSWER_TOO_LARGE"),
        ("wrong", AnswerKind.UNAVAILABLE, "NO_VERDICT"),
        ("other", AnswerKind.UNAVAILABLE, "ANOTHER_NUMBER"),
        ("deep", AnswerKind.UNAVAILABLE, "NOT_JSON"),
        ("MS_UNAVAILABLE", AnswerKind.UNAVAILABLE, "MS_UNAVAILABLE"),
        ("INVALID_REQUESTER_INFO", AnswerKind.REFUSED, "INVALID_REQUESTER_INFO"),
    ],
)
async def test_whatever_goes_wrong_is_no_answer(
    session: aiohttp.ClientSession, mood: str, kind: AnswerKind, code: str
) -> None:
    async with vies_server(moods={"FR": mood}) as server:
        answer = await register(session, server, timeout_s=0.3).check(VatNumber("FR", "40303265045"), OURS)
    assert (answer.kind, answer.code) == (kind, code)


async def test_nobody_listens(session: aiohttp.ClientSession) -> None:
    async with vies_server() as server:
        pass
    answer = await register(session, server).check(VatNumber("FR", "40303265045"), OURS)
    assert (answer.kind, answer.code) == (AnswerKind.UNAVAILABLE, "ClientConnectorError")


async def test_no_state_is_asked_more_at_once_than_it_bears(session: aiohttp.ClientSession) -> None:
    async with vies_server(per_state=2, takes_s=0.01) as server:
        vies = register(session, server)
        states = ["FR", "IT", "PL"]
        numbers = [VatNumber(states[n % 3], f"{n:09}") for n in range(120)]
        answers = await asyncio.gather(*(vies.check(number, OURS) for number in numbers))
    assert {answer.kind for answer in answers} == {AnswerKind.VALID}
    assert dict(server.most_at_once) == dict.fromkeys(states, 2)
    assert not server.throttled


async def test_a_state_that_is_down_is_left_alone_and_the_others_are_not(session: aiohttp.ClientSession) -> None:
    async with vies_server(moods={"IT": "MS_UNAVAILABLE"}) as server:
        vies = register(session, server)
        for _ in range(FAILURES + 3):
            await vies.check(VatNumber("IT", "00743110157"), OURS)
        left_alone = await vies.check(VatNumber("IT", "00743110157"), OURS)
        other = await vies.check(VatNumber("FR", "40303265045"), OURS)
    assert left_alone.code == "CIRCUIT_OPEN"
    assert len([asked for asked in server.asked if asked["countryCode"] == "IT"]) == FAILURES
    assert other.kind is AnswerKind.VALID


async def test_a_question_that_is_cancelled_leaves_the_register_usable(session: aiohttp.ClientSession) -> None:
    async with vies_server(moods={"FR": "slow"}) as server:
        vies = register(session, server)
        tasks = [asyncio.ensure_future(vies.check(VatNumber("FR", "40303265045"), OURS)) for _ in range(3)]
        await asyncio.sleep(0.1)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        server.moods.clear()
        answer = await vies.check(VatNumber("FR", "40303265045"), OURS)
    assert answer.kind is AnswerKind.VALID


@pytest.mark.parametrize(("number", "outcome"), TEST_NUMBERS.items())
async def test_the_sandbox_answers_by_the_test_numbers_without_a_network(number: str, outcome: str) -> None:
    answer = await SandboxRegister(now).check(VatNumber("DE", number), OURS)
    refused = {"INVALID_INPUT", "INVALID_REQUESTER_INFO", "VAT_BLOCKED", "IP_BLOCKED"}
    expected = outcome if outcome in ("VALID", "INVALID") else "REFUSED" if outcome in refused else "UNAVAILABLE"
    assert answer.kind.value == expected
    assert answer.code == (None if outcome in ("VALID", "INVALID") else outcome)


async def test_hmrc_is_asked_with_a_token_that_is_fetched_once(session: aiohttp.ClientSession) -> None:
    tokens, paths = [], []

    async def token(request: web.Request) -> web.Response:
        tokens.append(dict(await request.post()))
        return web.json_response({"access_token": "t1", "expires_in": 14_400, "token_type": "bearer"})

    async def look_up(request: web.Request) -> web.Response:
        assert request.headers["Authorization"] == "Bearer t1"
        assert request.headers["Accept"] == "application/vnd.hmrc.2.0+json"
        paths.append(request.path)
        if request.match_info["number"] == "000000000":
            return web.json_response({"code": "NOT_FOUND"}, status=404)
        return web.json_response({"target": {"name": "Tea Ltd", "vatNumber": "1"}, "consultationNumber": "c-1"})

    app = web.Application()
    app.router.add_post("/oauth/token", token)
    app.router.add_get("/organisations/vat/check-vat-number/lookup/{number}{rest:.*}", look_up)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    hmrc = HmrcRegister(
        session,
        f"http://127.0.0.1:{runner.addresses[0][1]}",
        client_id="id",
        client_secret="secret",
        timeout_s=5,
        at_once=2,
        clock=now,
        monotonic=time.monotonic,
    )
    good, bad, foreign = await asyncio.gather(
        hmrc.check(VatNumber("GB", "553557881"), VatNumber("GB", "110305878")),
        hmrc.check(VatNumber("GB", "000000000"), None),
        hmrc.check(VatNumber("GB", "553557881"), OURS),
    )
    await runner.cleanup()
    assert tokens == [{"client_id": "id", "client_secret": "secret", "grant_type": "client_credentials"}]
    assert (good.kind, good.consultation_number) == (AnswerKind.VALID, "c-1")
    assert bad.kind is AnswerKind.INVALID
    assert foreign.kind is AnswerKind.VALID
    base = "/organisations/vat/check-vat-number/lookup"
    assert sorted(paths) == sorted([f"{base}/553557881/110305878", f"{base}/000000000", f"{base}/553557881"])
