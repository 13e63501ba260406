"""SMTP as servers really answer it: every recipient gets a verdict within bounded time, whatever happens."""

from __future__ import annotations

import shutil
import ssl
import subprocess
import time
from pathlib import Path

import pytest

from app.delivery.mail.transport import transport_for
from app.domain.mail.model import Envelope, Outcome, Reply, Verdict
from tests.scenarios.mail_server import mail_server

A, B = "a@example.com", "b@example.com"
ENVELOPE = Envelope(
    sender="bounces+eml_1@shop.example",
    recipients=(A, B),
    content=b"Subject: x\r\n\r\nHello\r\n.\r\n..two\r\nbye\r\n",
    name="eml_1",
)


async def send(url: str, *, timeout_s: float = 10) -> Outcome:
    return await transport_for(url, timeout_s=timeout_s).send(ENVELOPE)


def both(verdict: Verdict, words: str) -> dict[str, Reply]:
    return dict.fromkeys((A, B), Reply(verdict, words))


async def test_a_message_is_taken_byte_for_byte() -> None:
    async with mail_server() as server:
        outcome = await send(server.url)

    assert outcome.replies == both(Verdict.ACCEPTED, "2.0.0 queued as 4711")
    (received,) = server.received
    assert (received.sender, received.recipients) == (ENVELOPE.sender, (A, B))
    assert received.content == ENVELOPE.content


@pytest.mark.parametrize(
    ("answers", "verdict", "words"),
    [
        ({"CONNECT": ["421 too busy"]}, Verdict.DEFERRED, "421 too busy"),
        ({"CONNECT": ["554 no mail here"]}, Verdict.DEFERRED, "554 no mail here"),
        ({"MAIL": ["451 try again"]}, Verdict.DEFERRED, "451 try again"),
        ({"MAIL": ["550 5.7.1 sender not allowed"]}, Verdict.REFUSED, "550 5.7.1 sender not allowed"),
        ({"DATA": ["452 disk full"]}, Verdict.DEFERRED, "452 disk full"),
        ({"DATA.": ["450 greylisted"]}, Verdict.DEFERRED, "450 greylisted"),
        ({"DATA.": ["554 5.7.1 looks\x00like\x1bspam"]}, Verdict.REFUSED, "554 5.7.1 looks like spam"),
        ({"DATA.": ["552-too\r\n552 large"]}, Verdict.REFUSED, "552 too large"),
    ],
)
async def test_4xx_is_for_now_and_5xx_is_for_good(answers: dict[str, list[str]], verdict: Verdict, words: str) -> None:
    async with mail_server(answers) as server:
        outcome = await send(server.url)

    assert outcome.replies == both(verdict, words)
    assert server.received == []


async def test_each_recipient_has_its_own_verdict() -> None:
    async with mail_server({f"RCPT {A}": ["550 5.1.1 unknown"]}) as server:
        outcome = await send(server.url)

    assert outcome.replies == {
        A: Reply(Verdict.REFUSED, "550 5.1.1 unknown"),
        B: Reply(Verdict.ACCEPTED, "2.0.0 queued as 4711"),
    }
    assert [received.recipients for received in server.received] == [(B,)]


async def test_where_all_are_refused_nothing_is_sent() -> None:
    async with mail_server({f"RCPT {A}": ["550 unknown"], f"RCPT {B}": ["450 mailbox busy"]}) as server:
        outcome = await send(server.url)

    assert outcome.replies == {A: Reply(Verdict.REFUSED, "550 unknown"), B: Reply(Verdict.DEFERRED, "450 mailbox busy")}
    assert server.received == []


@pytest.mark.parametrize("where", ["CONNECT", "EHLO", "MAIL", f"RCPT {A}", "DATA", "BODY", "DATA."])
async def test_a_lost_connection_is_for_now(where: str) -> None:
    async with mail_server({where: ["drop"]}) as server:
        server.for_ever = where == "EHLO"
        outcome = await send(server.url)

    assert set(outcome.of(Verdict.DEFERRED)) == {A, B}
    assert server.received == []


@pytest.mark.parametrize("where", ["CONNECT", "MAIL", "DATA."])
async def test_a_server_that_hangs_holds_nobody_for_long(where: str) -> None:
    async with mail_server({where: ["hang"]}) as server:
        began = time.monotonic()
        outcome = await send(server.url, timeout_s=0.5)
        took = time.monotonic() - began

    assert set(outcome.of(Verdict.DEFERRED)) == {A, B}
    assert took < 3


async def test_what_hangs_after_the_message_was_taken_changes_nothing() -> None:
    async with mail_server({"QUIT": ["hang"]}) as server:
        outcome = await send(server.url, timeout_s=0.5)

    assert outcome.replies == both(Verdict.ACCEPTED, "2.0.0 queued as 4711")


async def test_nobody_listening_is_for_now() -> None:
    async with mail_server() as server:
        url = server.url
    assert set((await send(url)).of(Verdict.DEFERRED)) == {A, B}


async def test_a_folder_gets_a_file_that_mail_programs_open(tmp_path: Path) -> None:
    url = f"file://{tmp_path / 'mail'}"
    outcome = await send(url)
    again = await send(url)

    assert outcome.replies == again.replies == both(Verdict.ACCEPTED, "written to eml_1.eml")
    assert [path.name for path in (tmp_path / "mail").iterdir()] == ["eml_1.eml"]
    assert (tmp_path / "mail" / "eml_1.eml").read_bytes() == ENVELOPE.content


async def test_a_folder_that_cannot_be_written_is_for_now(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    outcome = await send(f"file://{tmp_path / 'file'}")

    assert set(outcome.of(Verdict.DEFERRED)) == {A, B}


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate of 127.0.0.1 with its key, signed by itself."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl, which makes the test's certificate, is not there")
    path = tmp_path_factory.mktemp("tls") / "server.pem"
    key = path.with_suffix(".key")
    command = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost"
    extensions = ["-addext", "subjectAltName=IP:127.0.0.1", "-addext", "keyUsage=digitalSignature,keyCertSign"]
    subprocess.run(
        [*command.split(), *extensions, "-keyout", str(key), "-out", str(path)], check=True, capture_output=True
    )
    return path


def context_of(certificate: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, certificate.with_suffix(".key"))
    return context


@pytest.mark.parametrize("scheme", ["smtp", "smtps"])
async def test_over_tls_with_a_password(certificate: Path, scheme: str) -> None:
    async with mail_server(tls=context_of(certificate), implicit=scheme == "smtps") as server:
        if scheme == "smtps":
            outcome = await send(f"smtps://127.0.0.1:{server.port}?ca={certificate}")
        else:
            outcome = await send(f"smtp://me:secret@127.0.0.1:{server.port}?ca={certificate}")

    assert outcome.replies == both(Verdict.ACCEPTED, "2.0.0 queued as 4711")
    if scheme == "smtp":
        assert server.received[0].encrypted
        # RFC 4616: PLAIN is the user and the password, each after a NUL, in Base64.
        assert server.credentials == ["PLAIN AG1lAHNlY3JldA=="]


async def test_a_certificate_that_nobody_vouches_for_gets_neither_message_nor_password(certificate: Path) -> None:
    async with mail_server(tls=context_of(certificate)) as server:
        outcome = await send(f"smtp://me:secret@127.0.0.1:{server.port}")

    assert all("certificate verify failed" in words.lower() for words in outcome.of(Verdict.DEFERRED).values())
    assert set(outcome.of(Verdict.DEFERRED)) == {A, B}
    assert (server.received, server.credentials) == ([], [])


async def test_a_server_that_hides_starttls_gets_neither_message_nor_password(certificate: Path) -> None:
    async with mail_server(tls=context_of(certificate)) as server:
        server.hide_starttls = True
        outcome = await send(f"smtp://me:secret@127.0.0.1:{server.port}?ca={certificate}")

    assert set(outcome.of(Verdict.DEFERRED)) == {A, B}
    assert (server.received, server.credentials) == ([], [])


async def test_a_wrong_password_says_nothing_about_the_message(certificate: Path) -> None:
    async with mail_server({"AUTH": ["535 5.7.8 wrong"]}, tls=context_of(certificate)) as server:
        outcome = await send(f"smtp://me:wrong@127.0.0.1:{server.port}?ca={certificate}")

    assert outcome.replies == both(Verdict.DEFERRED, "535 5.7.8 wrong")
