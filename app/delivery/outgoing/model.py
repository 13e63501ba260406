"""What goes into an attempt to deliver a webhook, and what comes out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class OutgoingWebhook:
    """A prepared message for one endpoint. Its `repr` shows neither secrets nor headers nor contents.

    `message_id` is the event's id and stays the same over all attempts, `body` is encoded JSON, `secrets` are newest
    first (several while rotating). Raises ValueError without a secret: nothing is sent unsigned.
    """

    url: str
    message_id: str
    body: bytes = field(repr=False)
    secrets: tuple[str, ...] = field(repr=False)
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    # When it happened, for the lag's figures.
    occurred_at: datetime | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        if not self.secrets:
            raise ValueError("a webhook needs a secret to be signed with")


@dataclass(frozen=True, slots=True, kw_only=True)
class AttemptResult:
    """What one attempt came to; the answer's status line decides, its body is kept for the log.

    `ok` is a status of 2xx. `error` says what went wrong, for the endpoint's owner, without naming any address.
    `request_headers` are those sent, lower-case, the customer's own with their values hidden; none when nothing was.
    `response_body` is the text of the first 20,000 bytes, `response_headers` have lower-case names. `retry_after_s` is
    what the peer asked for, at most a day. `gone` is status 410: the endpoint wants nothing any more.
    """

    ok: bool
    status: int | None
    error: str | None
    request_headers: Mapping[str, str]
    response_body: str
    response_headers: Mapping[str, str]
    duration_ms: int
    retry_after_s: int | None
    gone: bool
    started_at: datetime
