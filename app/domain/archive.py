"""The archive of documents' files: what is kept, for how long, and what a store of bytes has to do."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Protocol


class FileKind(StrEnum):
    """What a kept file is."""

    INVOICE_PDF = "INVOICE_PDF"


class FileStore(Protocol):
    """Bytes by their keys; all of it raises Unavailable while the store does not answer."""

    async def put(self, key: str, content: bytes) -> None:
        """Keeps the bytes, unless there are some under that key already."""
        ...

    async def get(self, key: str) -> bytes | None:
        """The bytes under that key, or None."""
        ...

    async def delete(self, key: str) -> None:
        """Removes what is under that key, if anything."""
        ...


def file_key(platform_id: str, sha256: str) -> str:
    """The key of a platform's file: its content's hash, so that no other bytes can be meant by it."""
    return f"{platform_id}/{sha256[:2]}/{sha256}"


def retained_until(issue_date: date, years: int) -> date:
    """The last day on which a document must be kept: so many years from the end of the year of its issue.

    The term begins when the calendar year ends (Germany: § 147 (4) AO, § 14b UStG).
    Ten years are the longest usual term in the EU.
    """
    return date(issue_date.year + years, 12, 31)
