"""Which headers a customer may add, and that prepared webhooks keep their secrets to themselves."""

from __future__ import annotations

import pytest

from app.delivery.outgoing.model import OutgoingWebhook
from app.domain.errors import InvalidInput
from app.domain.webhooks.headers import check_headers


def test_headers_that_authenticate_are_kept() -> None:
    headers = {"Authorization": "Bearer a.b-c_d=", "X-Shop": "North  and\tSouth", "x-empty-ish": "0"}

    assert check_headers(headers) == headers


@pytest.mark.parametrize(
    "name",
    "Host Content-Length content-type Content-Encoding Accept-Encoding User-Agent Transfer-Encoding Connection "
    "Keep-Alive TE Trailer Upgrade Expect Cookie Proxy-Authorization Proxy-Connection proxy-x Sec-Fetch-Mode "
    "webhook-id Webhook-Timestamp WEBHOOK-SIGNATURE webhook-other".split(),
)
def test_headers_of_the_sender_are_refused(name: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        check_headers({name: "x"})

    assert (caught.value.message, caught.value.field) == ("this header is set by the sender", ("headers", name))


@pytest.mark.parametrize("name", ["", "a b", "a:", "a\r\nb", "ä", "a\n", "(a)", "a" * 101])
def test_malformed_names_are_refused(name: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        check_headers({name: "x"})

    assert (caught.value.message, caught.value.field) == ("this is not a valid header name", ("headers", name))


@pytest.mark.parametrize("value", ["", " ", "a\r\nX-Evil: 1", "a\n", "\ra", " a", "a ", "ä", "a\x00", "a\x7f"])
def test_malformed_values_are_refused(value: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        check_headers({"x-a": value})

    assert caught.value.message == "a header value is visible ASCII on one line"
    assert caught.value.field == ("headers", "x-a")


def test_a_name_is_given_once_whatever_its_case() -> None:
    with pytest.raises(InvalidInput, match="given twice"):
        check_headers({"X-A": "1", "x-a": "2"})


def test_there_are_at_most_20() -> None:
    twenty = {f"x-{number}": "1" for number in range(20)}

    assert check_headers(twenty) == twenty
    with pytest.raises(InvalidInput, match="at most 20 headers"):
        check_headers(twenty | {"x-more": "1"})


def test_together_they_have_at_most_4096_bytes() -> None:
    just_right = {"x-a": "a" * (4096 - 3 - 4)}

    assert check_headers(just_right) == just_right
    with pytest.raises(InvalidInput, match="at most 4096 bytes"):
        check_headers({"x-a": just_right["x-a"] + "a"})


def test_a_webhook_shows_neither_secrets_nor_headers_nor_contents() -> None:
    webhook = OutgoingWebhook(
        url="https://shop.example/in",
        message_id="evt_1",
        body=b"buyer",
        secrets=("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",),
        headers={"authorization": "Bearer token"},
    )

    assert repr(webhook) == "OutgoingWebhook(url='https://shop.example/in', message_id='evt_1')"


def test_a_webhook_without_a_secret_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="needs a secret"):
        OutgoingWebhook(url="https://shop.example/in", message_id="evt_1", body=b"{}", secrets=())
