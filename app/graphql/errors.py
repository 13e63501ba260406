"""Errors as the API shows them: what the caller can put right goes into the payload, the rest to the top."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import Any, Final, TypeVar

import strawberry

from app.domain.errors import AccessError, ErrorCode, InvoicingError, Unavailable, VersionConflict

P = TypeVar("P")


@strawberry.type(description="What became of an object since the version that was expected.")
class ObjectConflict:
    current_version: int = strawberry.field(description="The version that it is at now.")
    changed_fields: list[str] = strawberry.field(
        description="Which fields changed since, by their paths in the API, at most 50; none when the history does not"
        " know."
    )
    changed_by: str | None = strawberry.field(
        description="Who changed it last: an API key's or a channel's id, system:… or command:…."
    )
    changed_at: datetime | None = strawberry.field(description="When it was last changed.")


@strawberry.type(description="Something in the input of a mutation that kept it from being done.")
class UserError:
    code: ErrorCode = strawberry.field(description="The machine-readable name of the error.")
    message: str = strawberry.field(description="What is wrong and what would be right, in English.")
    retryable: bool = strawberry.field(description="Whether the same request may succeed a little later.")
    field: list[str] | None = strawberry.field(
        description="The path of the value in the input, such as [lines, 0, quantity]; null when no value is to blame."
    )
    conflict: ObjectConflict | None = strawberry.field(
        default=None, description="With VERSION_CONFLICT for an expectedVersion: what changed since that version."
    )


def user_error(error: InvoicingError, paths: Mapping[str, tuple[str, ...]] | None = None) -> UserError:
    """An error as a payload carries it; `paths` says where an input keeps a field that the service names by itself."""
    path = [camel(part) for part in error.field]
    if path and paths and path[0] in paths:
        path = [*paths[path[0]], *path[1:]]
    return UserError(
        code=error.code, message=error.message, retryable=error.retryable, field=path or None, conflict=_conflict(error)
    )


def _conflict(error: InvoicingError) -> ObjectConflict | None:
    changed = error.changed if isinstance(error, VersionConflict) else None
    if changed is None:
        return None
    return ObjectConflict(
        current_version=changed.version,
        changed_fields=list(changed.fields),
        changed_by=changed.by,
        changed_at=changed.at,
    )


async def payload(
    kind: type[P], work: Callable[[], Awaitable[P]], paths: Mapping[str, tuple[str, ...]] | None = None
) -> P:
    """What the mutation made, or the same payload with its `userErrors`.

    A key that may not, and a database that is away, are no errors of the input: they are raised to the top.
    """
    try:
        return await work()
    except TO_THE_TOP:
        raise
    except InvoicingError as error:
        return kind(user_errors=[user_error(error, paths)])  # type: ignore[call-arg]  # every payload has them


TO_THE_TOP: Final[tuple[type[InvoicingError], ...]] = (AccessError, Unavailable)


def camel(name: str) -> str:
    """A field's name as the API writes it."""
    first, *rest = name.split("_")
    return first + "".join(part[:1].upper() + part[1:] for part in rest)


def errors_field() -> Any:
    """The field `userErrors` of a payload."""
    return strawberry.field(
        default_factory=list, description="What kept the mutation from being done; empty when it was done."
    )
