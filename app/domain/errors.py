"""The one tree of errors that the domain and the services raise.

InvoicingError
├── InvalidInput          a value is wrong: which field, and why
│   └── UnknownCursor         the log does not know the cursor, or no longer
├── NotFound              no such object for whoever asks (a foreign object is not distinguished)
├── Conflict              the request contradicts what is stored
│   ├── AlreadyExists         a unique value is taken
│   ├── VersionConflict       the object changed since the caller read it
│   ├── IdempotencyMismatch   the key was used before with another input
│   └── InFlight              the same key is being worked on (retryable)
├── InvalidState          the life cycle does not allow it now
├── TaxUndetermined       the tax cannot be decided: what is missing
├── AccessError
│   ├── Unauthenticated       no key, or one that does not count
│   └── PermissionDenied      the key may not do this
├── LimitExceeded         a stated limit was passed
├── ArchiveDamaged        an archived file is lost or altered, and cannot be made again as it was
└── Unavailable           try again: the database or a peer is away (retryable)

From this tree come GraphQL error codes, HTTP status codes and exit codes of the command line.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar


class ErrorCode(StrEnum):
    """The stable, machine-readable name of what went wrong."""

    INVALID_INPUT = "INVALID_INPUT"
    UNKNOWN_CURSOR = "UNKNOWN_CURSOR"
    NOT_FOUND = "NOT_FOUND"
    ALREADY_EXISTS = "ALREADY_EXISTS"
    CONFLICT = "CONFLICT"
    VERSION_CONFLICT = "VERSION_CONFLICT"
    IDEMPOTENCY_MISMATCH = "IDEMPOTENCY_MISMATCH"
    IN_FLIGHT = "IN_FLIGHT"
    INVALID_STATE = "INVALID_STATE"
    TAX_UNDETERMINED = "TAX_UNDETERMINED"
    UNAUTHENTICATED = "UNAUTHENTICATED"
    PERMISSION_DENIED = "PERMISSION_DENIED"
    LIMIT_EXCEEDED = "LIMIT_EXCEEDED"
    ARCHIVE_DAMAGED = "ARCHIVE_DAMAGED"
    UNAVAILABLE = "UNAVAILABLE"
    INTERNAL = "INTERNAL"


class InvoicingError(Exception):
    """Something the caller can understand and act on.

    `field` is the path to the offending value in the caller's input (`("lines", "2", "quantity")`), empty when
    no single value is to blame.
    """

    code: ClassVar[ErrorCode] = ErrorCode.INTERNAL
    http_status: ClassVar[int] = 500
    exit_code: ClassVar[int] = 70
    retryable: ClassVar[bool] = False

    def __init__(self, message: str, *, field: Sequence[str | int] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.field = tuple(str(part) for part in field)

    def under(self, *prefix: str | int) -> InvoicingError:
        """The same error with `prefix` put before its field path; for callers that nest an input."""
        return type(self)(self.message, field=(*prefix, *self.field))

    def __str__(self) -> str:
        return f"{'.'.join(self.field)}: {self.message}" if self.field else self.message


class InvalidInput(InvoicingError):
    """A value is wrong; the message says why and what would be right."""

    code = ErrorCode.INVALID_INPUT
    http_status = 422
    exit_code = 65


class UnknownCursor(InvalidInput):
    """The log does not know this cursor, or keeps it no longer: read the objects anew and go on from there."""

    code = ErrorCode.UNKNOWN_CURSOR

    def __init__(
        self,
        message: str = "this cursor is not of this log, or older than what it keeps; "
        "read the objects anew and go on from there",
        *,
        field: Sequence[str | int] = ("after",),
    ) -> None:
        super().__init__(message, field=field)


class NotFound(InvoicingError):
    """No such object for this scope; the same answer for foreign, malformed and missing ids."""

    code = ErrorCode.NOT_FOUND
    http_status = 404
    exit_code = 66


class Conflict(InvoicingError):
    """The request contradicts what is stored."""

    code = ErrorCode.CONFLICT
    http_status = 409
    exit_code = 65


class AlreadyExists(Conflict):
    """A value that must be unique is taken."""

    code = ErrorCode.ALREADY_EXISTS


@dataclass(frozen=True, slots=True)
class Changed:
    """What became of an object since a version: where it is now, which fields changed, who changed it last and when.

    `by` and `at` are None where the history does not know.
    """

    version: int
    fields: tuple[str, ...]
    by: str | None
    at: datetime | None


class VersionConflict(Conflict):
    """The object changed since the caller read it; read it again and decide anew."""

    code = ErrorCode.VERSION_CONFLICT

    def __init__(self, message: str, *, field: Sequence[str | int] = (), changed: Changed | None = None) -> None:
        super().__init__(message, field=field)
        self.changed = changed

    def under(self, *prefix: str | int) -> VersionConflict:
        """The same conflict with `prefix` put before its field path."""
        return VersionConflict(self.message, field=(*prefix, *self.field), changed=self.changed)


class IdempotencyMismatch(Conflict):
    """The idempotency key was used before with another input."""

    code = ErrorCode.IDEMPOTENCY_MISMATCH


class InFlight(Conflict):
    """A request with the same idempotency key is being worked on; ask again shortly."""

    code = ErrorCode.IN_FLIGHT
    exit_code = 75
    retryable = True


class InvalidState(InvoicingError):
    """The life cycle does not allow this now."""

    code = ErrorCode.INVALID_STATE
    http_status = 409
    exit_code = 65


class TaxUndetermined(InvoicingError):
    """The tax cannot be decided from what is known; the message says what is missing. Never zero instead."""

    code = ErrorCode.TAX_UNDETERMINED
    http_status = 422
    exit_code = 65


class AccessError(InvoicingError):
    """Who asks may not."""

    http_status = 403
    exit_code = 77


class Unauthenticated(AccessError):
    """No key was sent, or one that is unknown, expired or revoked."""

    code = ErrorCode.UNAUTHENTICATED
    http_status = 401


class PermissionDenied(AccessError):
    """The key is good but does not allow this."""

    code = ErrorCode.PERMISSION_DENIED


class LimitExceeded(InvoicingError):
    """A stated limit was passed; the message names it."""

    code = ErrorCode.LIMIT_EXCEEDED
    http_status = 413
    exit_code = 65


class ArchiveDamaged(InvoicingError):
    """An archived file is lost or altered and cannot be made again as it was; no other is handed out for it."""

    code = ErrorCode.ARCHIVE_DAMAGED
    http_status = 500
    exit_code = 74


class Unavailable(InvoicingError):
    """The database or a peer is away for the moment; the same request may succeed later."""

    code = ErrorCode.UNAVAILABLE
    http_status = 503
    exit_code = 75
    retryable = True


class Contention(Unavailable):
    """The transaction lost against another one and left nothing behind; run again, it may succeed."""
