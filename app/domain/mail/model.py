"""A message on its way: what it is about, where it stands, and what a mail server answers to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol


class EmailKind(StrEnum):
    """What a message is about: a document, a document that is overdue, or a webhook endpoint that was disabled."""

    INVOICE = "INVOICE"
    REMINDER = "REMINDER"
    ENDPOINT_DISABLED = "ENDPOINT_DISABLED"


class EmailStatus(StrEnum):
    """QUEUED waits; SENT was taken by the server; FAILED was given up; BOUNCED was refused; SKIPPED was not due."""

    QUEUED = "QUEUED"
    SENT = "SENT"
    FAILED = "FAILED"
    BOUNCED = "BOUNCED"
    SKIPPED = "SKIPPED"


class Verdict(StrEnum):
    """A mail server's answer for one recipient: taken, refused for good (5xx), or not now (4xx, no connection)."""

    ACCEPTED = "ACCEPTED"
    REFUSED = "REFUSED"
    DEFERRED = "DEFERRED"


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """What a transport carries: the address that bounces go to, the recipients, and the message's bytes (RFC 5322)."""

    sender: str
    recipients: tuple[str, ...]
    content: bytes
    name: str


@dataclass(frozen=True, slots=True)
class Reply:
    """A verdict with the server's words."""

    verdict: Verdict
    words: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """One reply for each recipient of an envelope."""

    replies: Mapping[str, Reply] = field(default_factory=dict)

    def of(self, verdict: Verdict) -> dict[str, str]:
        """The recipients with that verdict, and the server's words for each."""
        return {address: reply.words for address, reply in self.replies.items() if reply.verdict is verdict}


class MailTransport(Protocol):
    """What carries messages: a mail server, or a folder."""

    async def send(self, envelope: Envelope) -> Outcome:
        """Hands the message over within bounded time; a reply for each recipient, whatever happens."""


def outcome_for_all(envelope: Envelope, verdict: Verdict, words: str) -> Outcome:
    """The same reply for every recipient."""
    return Outcome({address: Reply(verdict, words) for address in envelope.recipients})
