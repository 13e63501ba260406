"""What the registers' answers mean: only their own INVALID makes a number invalid."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from app.delivery.registers.breaker import FAILURES, OPEN_FOR_S, Breaker
from app.domain.parties import TaxIdStatus
from app.domain.registers import hmrc, vies
from app.domain.registers.model import AnswerKind, VatNumber

NOW = datetime(2026, 11, 25, tzinfo=UTC)
VALID = {"countryCode": "DE", "vatNumber": "136695976", "valid": True, "name": "---", "address": "---"}
ERRORS = (
    "SERVICE_UNAVAILABLE",
    "MS_UNAVAILABLE",
    "TIMEOUT",
    "GLOBAL_MAX_CONCURRENT_REQ",
    "GLOBAL_MAX_CONCURRENT_REQ_TIME",
    "MS_MAX_CONCURRENT_REQ",
    "MS_MAX_CONCURRENT_REQ_TIME",
    "SOMETHING_NEW",
)
REFUSED = ("INVALID_INPUT", "INVALID_REQUESTER_INFO", "VAT_BLOCKED", "IP_BLOCKED")


def body(content: Any) -> bytes:
    return json.dumps(content).encode()


def test_a_valid_number_comes_with_the_proof_and_what_the_state_tells() -> None:
    given = {**VALID, "requestIdentifier": "WAPIAAAAZ1", "name": "Tea  GmbH", "address": "Weg 1\n10115 Berlin"}
    answer = vies.read(body(given), NOW)
    assert (answer.kind, answer.status, answer.consultation_number) == (
        AnswerKind.VALID,
        TaxIdStatus.VALID,
        "WAPIAAAAZ1",
    )
    assert (answer.name, answer.address) == ("Tea GmbH", "Weg 1 10115 Berlin")
    assert json.loads(answer.raw) == given


def test_what_a_state_does_not_tell_is_nothing() -> None:
    answer = vies.read(body(VALID), NOW)
    assert (answer.name, answer.address, answer.consultation_number) == (None, None, None)


@pytest.mark.parametrize(
    "given",
    [
        {**VALID, "valid": False},
        {"isValid": False, "userError": "INVALID"},
        {"actionSucceed": False, "errorWrappers": [{"error": "INVALID"}]},
    ],
)
def test_only_these_say_that_a_number_does_not_exist(given: Any) -> None:
    assert vies.read(body(given), NOW).status is TaxIdStatus.INVALID


@pytest.mark.parametrize("error", [*ERRORS, *REFUSED])
@pytest.mark.parametrize("old", [False, True])
def test_an_error_is_no_answer_whatever_stands_beside_it(error: str, old: bool) -> None:
    given: Any = {"actionSucceed": False, "errorWrappers": [{"error": error}], "valid": False}
    if old:
        given = {"isValid": False, "userError": error}
    answer = vies.read(body(given), NOW)
    assert answer.kind is (AnswerKind.REFUSED if error in REFUSED else AnswerKind.UNAVAILABLE)
    assert (answer.status, answer.code) == (TaxIdStatus.UNVERIFIED, error)


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"<html>Bad gateway</html>",
        b"[]",
        b"null",
        b"{}",
        b'{"valid": "true"}',
        b'{"valid": null}',
        b'{"actionSucceed": false}',
        b'{"actionSucceed": false, "errorWrappers": []}',
        b'{"actionSucceed": false, "errorWrappers": [null]}',
        b"\xff\xfe",
    ],
)
def test_what_cannot_be_read_is_no_answer(raw: bytes) -> None:
    answer = vies.read(raw, NOW)
    assert (answer.kind, answer.status) == (AnswerKind.UNAVAILABLE, TaxIdStatus.UNVERIFIED)
    assert answer.code


def test_the_older_interface_says_valid_in_its_own_words() -> None:
    answer = vies.read(body({"isValid": True, "userError": "VALID", "requestIdentifier": "X"}), NOW)
    assert (answer.status, answer.consultation_number) == (TaxIdStatus.VALID, "X")


def test_hmrc_knows_a_number_or_not() -> None:
    target = {"name": "Tea Ltd", "vatNumber": "553557881", "address": {"line1": "1 High St", "countryCode": "GB"}}
    found = hmrc.read(200, body({"target": target, "consultationNumber": "abc-def"}), NOW)
    missing = hmrc.read(404, body({"code": "NOT_FOUND", "message": "not found"}), NOW)
    assert (found.status, found.consultation_number, found.name) == (TaxIdStatus.VALID, "abc-def", "Tea Ltd")
    assert found.address == "1 High St, GB"
    assert missing.status is TaxIdStatus.INVALID


@pytest.mark.parametrize(
    ("status", "content", "kind"),
    [
        (404, {"code": "MATCHING_RESOURCE_NOT_FOUND"}, AnswerKind.UNAVAILABLE),
        (404, None, AnswerKind.UNAVAILABLE),
        (400, {"code": "INVALID_REQUEST"}, AnswerKind.REFUSED),
        (403, {"code": "FORBIDDEN"}, AnswerKind.REFUSED),
        (401, {"code": "INVALID_CREDENTIALS"}, AnswerKind.UNAVAILABLE),
        (429, {"code": "MESSAGE_THROTTLED_OUT"}, AnswerKind.UNAVAILABLE),
        (500, {"code": "INTERNAL_SERVER_ERROR"}, AnswerKind.UNAVAILABLE),
        (503, None, AnswerKind.UNAVAILABLE),
        (200, {}, AnswerKind.UNAVAILABLE),
    ],
)
def test_nothing_else_of_hmrc_is_an_answer(status: int, content: Any, kind: AnswerKind) -> None:
    answer = hmrc.read(status, b"" if content is None else body(content), NOW)
    assert (answer.kind, answer.status) == (kind, TaxIdStatus.UNVERIFIED)


def test_numbers_are_their_states_letters_and_the_rest() -> None:
    assert VatNumber.of("EL094259216") == VatNumber("EL", "094259216")
    assert str(VatNumber("XI", "110305878")) == "XI110305878"
    for wrong in ("", "DE", "1234"):
        with pytest.raises(ValueError, match="does not begin"):
            VatNumber.of(wrong)


def test_a_breaker_opens_after_failures_in_a_row_and_lets_one_question_through() -> None:
    now = 0.0
    breaker = Breaker(lambda: now)
    for _ in range(FAILURES):
        assert breaker.may_ask("DE")
        breaker.failed("DE")
    assert not breaker.may_ask("DE")
    assert breaker.may_ask("FR")
    breaker.succeeded("FR")
    now = OPEN_FOR_S[0]
    assert breaker.may_ask("DE")
    # One probes; the others wait for what becomes of it.
    assert not breaker.may_ask("DE")
    breaker.failed("DE")
    assert not breaker.may_ask("DE")
    now += OPEN_FOR_S[1]
    assert breaker.may_ask("DE")
    breaker.succeeded("DE")
    assert breaker.may_ask("DE")


def test_a_breaker_never_stays_open_for_longer_than_its_last_time() -> None:
    now = 0.0
    breaker = Breaker(lambda: now)
    for _ in range(50):
        while not breaker.may_ask("DE"):
            now += 1
        breaker.failed("DE")
    asked_at = now
    while not breaker.may_ask("DE"):
        now += 1
    assert now - asked_at == OPEN_FOR_S[-1]
