"""Where mail goes, as a URL."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.commands.diagnosis import check_mail
from app.domain.identity import IdPrefix, new_id
from app.domain.mail.bounce import return_path
from app.domain.mail.server import MailServer, parse_mail_url
from app.settings import SettingsError, load


@pytest.mark.parametrize(
    ("url", "target"),
    [
        ("file://var/mail", Path("var/mail")),
        ("file:///srv/mail", Path("/srv/mail")),
        ("smtp://mx.example", MailServer(host="mx.example", port=587, tls="starttls")),
        (
            "smtp://us%40er:p%3Aw@mx.example:2525?ca=/etc/ca.pem",
            MailServer(
                host="mx.example", port=2525, tls="starttls", username="us@er", password="p:w", ca=Path("/etc/ca.pem")
            ),
        ),
        (
            "smtps://user:secret@mx.example",
            MailServer(host="mx.example", port=465, tls="tls", username="user", password="secret"),
        ),
        ("smtp://127.0.0.1:25?tls=none", MailServer(host="127.0.0.1", port=25, tls="none")),
    ],
)
def test_a_url_names_a_server_or_a_folder(url: str, target: MailServer | Path) -> None:
    assert parse_mail_url(url) == target


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("", "must be smtp"),
        ("http://mx.example", "must be smtp"),
        ("smtp://", "must be smtp"),
        ("file://", "needs a folder"),
        ("smtp://mx.example?tls=maybe", "tls=none with smtp:// only"),
        ("smtps://mx.example?tls=none", "tls=none with smtp:// only"),
        ("smtp://user:secret@mx.example?tls=none", "does not send a password without TLS"),
        ("smtp://user@mx.example", "both a user and a password"),
        ("smtp://mx.example?verify=false", "not verify"),
        ("smtp://mx.example:99999", "out of range"),
    ],
)
def test_what_does_not_work_stops_the_start_and_is_named(url: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        parse_mail_url(url)
    if url:
        with pytest.raises(SettingsError, match="INVOICING_MAIL_URL"):
            load({"INVOICING_MAIL_URL": url})


@pytest.mark.parametrize(
    ("given", "ok", "detail"),
    [
        ({}, True, "messages become files in var/mail"),
        ({"MAIL_URL": "smtp://mx.example"}, False, "name the sender's address in INVOICING_MAIL_FROM"),
        (
            {"MAIL_URL": "smtps://me:secret@mx.example", "MAIL_FROM": "a@shop.example"},
            True,
            "a@shop.example sends by mx.example:465, with TLS",
        ),
    ],
)
def test_the_doctor_says_where_mail_goes(given: dict[str, str], ok: bool, detail: str) -> None:
    check = check_mail(load({f"INVOICING_{name}": value for name, value in given.items()}))
    assert (check.ok, check.detail) == (ok, detail)


def test_a_bounce_address_leaves_room_for_a_messages_id() -> None:
    address = f"{'b' * 33}@shop.example"
    assert load({"INVOICING_MAIL_BOUNCE_ADDRESS": address}).mail_bounce_address == address
    assert len(return_path(new_id(IdPrefix.EMAIL), address).rpartition("@")[0]) == 64
    with pytest.raises(SettingsError, match="INVOICING_MAIL_BOUNCE_ADDRESS"):
        load({"INVOICING_MAIL_BOUNCE_ADDRESS": f"b{address}"})


def test_a_password_is_not_shown() -> None:
    assert "secret" not in repr(parse_mail_url("smtps://user:secret@mx.example"))
