"""A mail server on loopback that answers as it is told: enough of RFC 5321 to be talked to by a real client."""

from __future__ import annotations

import asyncio
import contextlib
import ssl
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Received:
    """A message that was taken: who sent it to whom, its bytes, and whether it came encrypted."""

    sender: str
    recipients: tuple[str, ...]
    content: bytes
    encrypted: bool


@dataclass
class MailServer:
    """What it answers, by the first word of a command (`DATA.` is the end of a message), and what it has taken.

    An answer is used up and then the friendly one follows; a list of one that is to stay says so by `for_ever`. `drop`
    closes the connection instead, `hang` never answers.
    """

    port: int = 0
    answers: dict[str, list[str]] = field(default_factory=dict)
    for_ever: bool = False
    received: list[Received] = field(default_factory=list)
    connections: int = 0
    credentials: list[str] = field(default_factory=list)
    tls: ssl.SSLContext | None = None
    hide_starttls: bool = False

    @property
    def url(self) -> str:
        """Its address for a client that does not insist on TLS."""
        return f"smtp://127.0.0.1:{self.port}?tls=none"

    def answer(self, command: str, friendly: str) -> str:
        """What it answers to a command this time."""
        waiting = self.answers.get(command)
        if not waiting:
            return friendly
        return waiting[0] if self.for_ever else waiting.pop(0)

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection, from the greeting to its end."""
        self.connections += 1
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError, _Dropped, ssl.SSLError):
            await _Conversation(self, reader, writer).run()
        writer.close()
        with contextlib.suppress(ConnectionError, ssl.SSLError):
            await writer.wait_closed()


class _Dropped(Exception):
    """The server hangs up."""


class _Conversation:
    def __init__(self, server: MailServer, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._server, self._reader, self._writer = server, reader, writer
        self._sender, self._recipients, self._encrypted = "", [""][:0], False

    async def run(self) -> None:
        await self._say("CONNECT", "220 mx.test ESMTP")
        while line := (await self._reader.readline()).decode("ascii").rstrip("\r\n"):
            word, _, rest = line.partition(" ")
            match word.upper():
                case "EHLO":
                    await self._say("EHLO", self._offers())
                case "STARTTLS":
                    await self._say("STARTTLS", "220 go ahead")
                    assert self._server.tls is not None
                    await self._writer.start_tls(self._server.tls)
                    self._encrypted = True
                case "AUTH":
                    self._server.credentials.append(rest)
                    await self._say("AUTH", "235 welcome")
                case "MAIL":
                    self._sender, self._recipients = _path(rest), []
                    await self._say("MAIL", "250 ok")
                case "RCPT":
                    address = _path(rest)
                    if (await self._say(f"RCPT {address}", "250 ok")).startswith("2"):
                        self._recipients.append(address)
                case "DATA":
                    await self._data()
                case "QUIT":
                    await self._say("QUIT", "221 bye")
                    return
                case "RSET":
                    await self._say("RSET", "250 ok")
                case _:
                    await self._say(word, "502 what?")

    def _offers(self) -> str:
        offers = ["mx.test", "8BITMIME", "SIZE 30000000"]
        if self._server.tls is not None and not self._encrypted and not self._server.hide_starttls:
            offers.append("STARTTLS")
        if self._encrypted:
            offers.append("AUTH PLAIN")
        return "\r\n".join(f"250{'-' if i < len(offers) - 1 else ' '}{offer}" for i, offer in enumerate(offers))

    async def _data(self) -> None:
        if not (await self._say("DATA", "354 go on")).startswith("354"):
            return
        if self._server.answers.get("BODY") == ["drop"]:
            self._server.answers.pop("BODY")
            await self._reader.readline()
            raise _Dropped
        content = (await self._reader.readuntil(b"\r\n.\r\n"))[:-3]
        said = await self._say("DATA.", "250 2.0.0 queued as 4711")
        if said.startswith("2"):
            unstuffed = content.replace(b"\r\n..", b"\r\n.")
            self._server.received.append(Received(self._sender, tuple(self._recipients), unstuffed, self._encrypted))

    async def _say(self, command: str, friendly: str) -> str:
        said = self._server.answer(command, friendly)
        if said == "drop":
            raise _Dropped
        if said == "hang":
            # Until the client has had enough.
            await self._reader.read(1)
            raise _Dropped
        self._writer.write(f"{said}\r\n".encode())
        await self._writer.drain()
        return said


def _path(rest: str) -> str:
    return rest[rest.index("<") + 1 : rest.index(">")]


@asynccontextmanager
async def mail_server(
    answers: Mapping[str, list[str]] | None = None, *, tls: ssl.SSLContext | None = None, implicit: bool = False
) -> AsyncIterator[MailServer]:
    """A mail server with those answers; `implicit` speaks TLS from the first byte."""
    made = MailServer(answers=dict(answers or {}), tls=None if implicit else tls)
    listening = await asyncio.start_server(made.talk, "127.0.0.1", 0, ssl=tls if implicit else None)
    made.port = listening.sockets[0].getsockname()[1]
    try:
        yield made
    finally:
        listening.close()
        await listening.wait_closed()
