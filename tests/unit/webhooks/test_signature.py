"""Signatures agree with the reference library, survive rotation and notice every change."""

from __future__ import annotations

import base64
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from app.domain.errors import InvalidInput, Unauthenticated
from app.domain.webhooks.signature import new_secret, sign, verify

NOW = datetime(2026, 3, 1, 12, 0, 0, tzinfo=UTC)
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
OTHER = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYX"
BODY = '{"type":"invoice.finalized","data":{"number":"2026-0007","name":"Müller"}}'.encode()


def test_the_published_example_is_signed_as_published() -> None:
    """The vector of the Standard Webhooks libraries."""
    headers = sign(
        "msg_p5jXN8AQM9LWM0D4loKWxJek",
        datetime.fromtimestamp(1614265330, tz=UTC),
        b'{"test": 2432232314}',
        [SECRET],
    )

    assert headers == {
        "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
        "webhook-timestamp": "1614265330",
        "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    }


@given(
    message_id=st.text("abcdefghijklmnopqrstuvwxyz0123456789_", min_size=1, max_size=40),
    seconds=st.integers(0, 4_000_000_000),
    body=st.text(max_size=200),
    key=st.binary(min_size=24, max_size=64),
)
def test_the_reference_library_makes_the_same_signature(message_id: str, seconds: int, body: str, key: bytes) -> None:
    at = datetime.fromtimestamp(seconds, tz=UTC)
    secret = "whsec_" + base64.b64encode(key).decode()

    ours = sign(message_id, at, body.encode("utf-8"), [secret])["webhook-signature"]

    assert ours == Webhook(secret).sign(message_id, at, body)


def test_the_reference_library_accepts_ours_with_either_secret_of_a_rotation() -> None:
    # The library asks the real clock.
    headers = sign("evt_1", datetime.now(UTC), BODY, [SECRET, OTHER])

    Webhook(SECRET).verify(BODY, headers)
    Webhook(OTHER).verify(BODY, headers)
    with pytest.raises(WebhookVerificationError):
        Webhook(new_secret()).verify(BODY, headers)


def test_we_accept_what_the_reference_library_signs() -> None:
    signature = Webhook(SECRET).sign("evt_1", NOW, BODY.decode())
    headers = {"Webhook-Id": "evt_1", "WEBHOOK-TIMESTAMP": "1772366400", "webhook-signature": signature}

    verify(headers, BODY, SECRET, now=NOW)


def test_the_timestamp_is_the_same_instant_in_any_zone() -> None:
    elsewhere = NOW.astimezone(timezone(timedelta(hours=-9, minutes=-30)))

    assert sign("evt_1", elsewhere, BODY, [SECRET]) == sign("evt_1", NOW, BODY, [SECRET])


def test_a_rotation_signs_with_each_secret_in_order() -> None:
    both = sign("evt_1", NOW, BODY, [SECRET, OTHER])["webhook-signature"].split(" ")

    assert both == [
        sign("evt_1", NOW, BODY, [SECRET])["webhook-signature"],
        sign("evt_1", NOW, BODY, [OTHER])["webhook-signature"],
    ]


@pytest.mark.parametrize("secret", [SECRET, OTHER])
def test_each_secret_of_a_rotation_verifies(secret: str) -> None:
    verify(sign("evt_1", NOW, BODY, [SECRET, OTHER]), BODY, secret, now=NOW)


def test_signatures_of_other_versions_are_passed_over() -> None:
    headers = sign("evt_1", NOW, BODY, [SECRET])
    headers["webhook-signature"] = f"v1a,abc v2,ü junk {headers['webhook-signature']}"

    verify(headers, BODY, SECRET, now=NOW)


@pytest.mark.parametrize("seconds", [-300, 0, 300])
def test_the_tolerance_is_five_minutes_either_way(seconds: int) -> None:
    verify(sign("evt_1", NOW, BODY, [SECRET]), BODY, SECRET, now=NOW + timedelta(seconds=seconds))


@pytest.mark.parametrize("seconds", [-301, 301])
def test_beyond_the_tolerance_it_is_refused(seconds: int) -> None:
    with pytest.raises(Unauthenticated, match="too far from the present"):
        verify(sign("evt_1", NOW, BODY, [SECRET]), BODY, SECRET, now=NOW + timedelta(seconds=seconds))


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"webhook-id": "evt_2"}, "no signature matches"),
        ({"webhook-timestamp": "1772366401"}, "no signature matches"),
        ({"webhook-signature": "v1,"}, "no signature matches"),
        ({"webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="}, "no signature matches"),
        ({"webhook-signature": "ü"}, "no signature matches"),
        ({"webhook-signature": " "}, "no signature matches"),
        ({"webhook-signature": ""}, "the headers webhook-id, webhook-timestamp and webhook-signature are needed"),
        ({"webhook-id": ""}, "the headers webhook-id, webhook-timestamp and webhook-signature are needed"),
        ({"webhook-timestamp": ""}, "the headers webhook-id, webhook-timestamp and webhook-signature are needed"),
        ({"webhook-timestamp": "1772366400.5"}, "webhook-timestamp is not a number of seconds"),
        ({"webhook-timestamp": "-1"}, "webhook-timestamp is not a number of seconds"),
        ({"webhook-timestamp": "nan"}, "webhook-timestamp is not a number of seconds"),
        ({"webhook-timestamp": "١٧٧٢"}, "webhook-timestamp is not a number of seconds"),
        ({"webhook-timestamp": "9" * 5000}, "webhook-timestamp is not a number of seconds"),
        ({"webhook-timestamp": "1772366400\n"}, "webhook-timestamp is not a number of seconds"),
    ],
)
def test_a_changed_header_is_noticed(changed: dict[str, str], message: str) -> None:
    headers = sign("evt_1", NOW, BODY, [SECRET]) | changed

    with pytest.raises(Unauthenticated) as caught:
        verify(headers, BODY, SECRET, now=NOW)

    assert caught.value.message == message


@pytest.mark.parametrize("body", [BODY + b" ", BODY[:-1], b"", BODY.replace(b"0007", b"0008")])
def test_a_changed_body_is_noticed(body: bytes) -> None:
    with pytest.raises(Unauthenticated, match="no signature matches"):
        verify(sign("evt_1", NOW, BODY, [SECRET]), body, SECRET, now=NOW)


def test_the_signature_without_its_version_does_not_count() -> None:
    headers = sign("evt_1", NOW, BODY, [SECRET])
    headers["webhook-signature"] = headers["webhook-signature"].removeprefix("v1,")

    with pytest.raises(Unauthenticated, match="no signature matches"):
        verify(headers, BODY, SECRET, now=NOW)


def test_another_secret_does_not_verify() -> None:
    with pytest.raises(Unauthenticated, match="no signature matches"):
        verify(sign("evt_1", NOW, BODY, [SECRET]), BODY, OTHER, now=NOW)


def test_bytes_that_are_no_text_are_signed_as_they_are() -> None:
    verify(sign("evt_1", NOW, b"\xff\x00", [SECRET]), b"\xff\x00", SECRET, now=NOW)


def test_new_secrets_are_24_random_bytes() -> None:
    first, second = new_secret(), new_secret()

    assert first != second
    assert first.startswith("whsec_")
    assert len(base64.b64decode(first.removeprefix("whsec_"), validate=True)) == 24


@pytest.mark.parametrize(
    "secret",
    [
        "",
        "whsec_",
        SECRET.removeprefix("whsec_"),
        "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFQ==",  # 22 bytes
        "whsec_" + base64.b64encode(bytes(65)).decode(),
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaS",  # not base64
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaS\n",
        "whsec_ü",
    ],
)
def test_a_malformed_secret_is_an_input_error(secret: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        sign("evt_1", NOW, BODY, [secret])

    assert caught.value.field == ("secret",)


def test_nothing_is_signed_without_a_secret_or_at_a_naive_time() -> None:
    with pytest.raises(ValueError, match="needs a secret"):
        sign("evt_1", NOW, BODY, [])
    with pytest.raises(ValueError, match="aware datetime"):
        sign("evt_1", NOW.replace(tzinfo=None), BODY, [SECRET])
