"""One message over one SMTP connection, within bounded time: what the server says of each recipient."""

from __future__ import annotations

import asyncio
import contextlib
import ssl
from pathlib import Path
from typing import Final

from aiosmtplib import SMTP
from aiosmtplib.errors import (
    SMTPDataError,
    SMTPException,
    SMTPRecipientsRefused,
    SMTPResponseException,
    SMTPSenderRefused,
)

from app.domain.mail.address import header_text
from app.domain.mail.model import Envelope, Outcome, Reply, Verdict, outcome_for_all

_MAX_WORDS: Final = 400


class SmtpTransport:
    """A mail server. Certificates are verified against the system's authorities and, with `ca`, one's own.

    `tls` is `tls` (from the first byte), `starttls` or `none`; `timeout_s` bounds the whole exchange.
    """

    def __init__(
        self,
        *,
        host: str,
        port: int,
        tls: str,
        username: str | None,
        password: str | None,
        ca: Path | None,
        timeout_s: float,
    ) -> None:
        self._host, self._port, self._tls = host, port, tls
        self._username, self._password = username, password
        self._timeout_s = timeout_s
        self._context = ssl.create_default_context()
        if ca is not None:
            self._context.load_verify_locations(ca)

    async def send(self, envelope: Envelope) -> Outcome:
        """Hands the message over. Refused are only what the server refuses by a 5xx after the greeting.

        A server that cannot be reached, whose certificate does not hold or that refuses the password says nothing about
        the message: it is deferred.
        """
        client = SMTP(
            hostname=self._host,
            port=self._port,
            username=self._username,
            password=self._password,
            timeout=self._timeout_s,
            use_tls=self._tls == "tls",
            # aiosmtplib's default takes STARTTLS when it is offered: whoever sits between could hide the offer.
            start_tls=self._tls == "starttls",
            tls_context=self._context,
        )
        try:
            async with asyncio.timeout(self._timeout_s):
                await client.connect()
                refused, words = await client.sendmail(envelope.sender, envelope.recipients, envelope.content)
        except SMTPRecipientsRefused as error:
            return Outcome({each.recipient: _reply(each.code, each.message) for each in error.recipients})
        except (SMTPSenderRefused, SMTPDataError) as error:
            reply = _reply(error.code, error.message)
            return outcome_for_all(envelope, reply.verdict, reply.words)
        except SMTPResponseException as error:
            return outcome_for_all(envelope, Verdict.DEFERRED, _words(f"{error.code} {error.message}"))
        except (TimeoutError, SMTPException, OSError) as error:
            said = str(error) or f"no answer within {self._timeout_s:g} s"
            return outcome_for_all(envelope, Verdict.DEFERRED, _words(said))
        finally:
            await self._leave(client)
        accepted = Reply(Verdict.ACCEPTED, _words(words))
        return Outcome(
            {
                address: _reply(refused[address].code, refused[address].message) if address in refused else accepted
                for address in envelope.recipients
            }
        )

    async def _leave(self, client: SMTP) -> None:
        """Takes leave where there is somebody to take leave of; the message stands whatever comes of it."""
        if client.is_connected:
            with contextlib.suppress(TimeoutError, SMTPException, OSError):
                async with asyncio.timeout(min(self._timeout_s, 2)):
                    await client.quit()
        client.close()


def _reply(code: int, message: str) -> Reply:
    # RFC 5321, 4.2.1: 5yz is for good, 4yz for now.
    verdict = Verdict.REFUSED if 500 <= code <= 599 else Verdict.DEFERRED
    return Reply(verdict, _words(f"{code} {message}"))


def _words(text: str) -> str:
    return header_text(text, _MAX_WORDS)
