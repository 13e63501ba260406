"""Responses of a subscription, encoded once however many sockets they go out on."""

from __future__ import annotations

from typing import Final

import orjson

_NEXT: Final = b"event: next\n"


class Frame:
    """One response, ready for both protocols; its place in the log and its cursor, where it comes from one.

    The operation's id is all that differs between two sockets, and clients often use the same: the last text is kept.
    """

    __slots__ = ("_id", "_sse", "_text", "_websocket", "cursor", "payload", "position")

    def __init__(self, payload: bytes, *, position: int = 0, cursor: str | None = None) -> None:
        self.payload = payload
        self.position = position
        self.cursor = cursor
        self._text: str | None = None
        self._id: str | None = None
        self._websocket = ""
        self._sse: bytes | None = None

    def websocket(self, operation_id: str) -> str:
        """The `next` message of graphql-transport-ws."""
        if operation_id != self._id:
            if self._text is None:
                self._text = self.payload.decode()
            quoted = orjson.dumps(operation_id).decode()
            self._websocket = f'{{"type":"next","id":{quoted},"payload":{self._text}}}'
            self._id = operation_id
        return self._websocket

    def event(self) -> bytes:
        """The `next` event of Server-Sent Events; its id is the cursor, which a client sends back as Last-Event-ID."""
        if self._sse is None:
            name = b"" if self.cursor is None else b"id: " + self.cursor.encode() + b"\n"
            self._sse = _NEXT + name + b"data: " + self.payload + b"\n\n"
        return self._sse
