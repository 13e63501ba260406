"""One transaction for several callers' requests: each with its own authority, idempotency key and outcome."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Generic, Protocol, TypeAlias, TypeVar

from app.db import idempotency
from app.db.idempotency import Claim
from app.domain.errors import InvoicingError, NotFound
from app.domain.scope import Scope
from app.services.context import ServiceContext
from app.services.once import Work, check_key, fingerprint_input
from app.services.outcomes import ItemOutcome


class _Stored(Protocol):
    @property
    def id(self) -> str: ...


T = TypeVar("T")
R = TypeVar("R", bound=_Stored)


@dataclass(frozen=True, slots=True)
class Request(Generic[T]):
    """What one caller asks, with what scope, and what keeps it from being done twice."""

    scope: Scope
    asked: T
    claim: Claim | None


# Carries out requests in the running transaction, whose scope is the platform's: a request's own scope is in it.
Body: TypeAlias = Callable[[Work, Sequence[Request[T]]], Awaitable[Sequence[ItemOutcome[R]]]]


def request_of(scope: Scope, asked: T, operation: str, key: str | None, fingerprint_of: object) -> Request[T]:
    """A request under its idempotency key, if it has one. Raises InvalidInput for a key that is none."""
    check_key(key)
    if key is None:
        return Request(scope, asked, None)
    fingerprint = fingerprint_input(operation, fingerprint_of)
    return Request(scope, asked, Claim(actor=scope.actor, key=key, operation=operation, fingerprint=fingerprint))


async def together(
    ctx: ServiceContext,
    requests: Sequence[Request[T]],
    body: Body[T, R],
    stored: Callable[[Work, Sequence[str]], Awaitable[Mapping[str, R]]],
) -> list[R | InvoicingError]:
    """Each request's row or its own error, all of one platform and in one transaction.

    `stored` reads the rows of what was done under the same keys before. Raises what makes the transaction fail whole.
    """
    scope = replace(requests[0].scope, entity_id=None)
    answers: dict[int, R | InvoicingError] = {}
    async with ctx.database.transaction(scope) as session:
        work = Work(ctx, scope, session)
        repeated = await _claim(work, requests, answers)
        todo = [index for index in range(len(requests)) if index not in answers and index not in repeated]
        done: list[tuple[Claim, dict[str, object]]] = []
        outcomes = await body(work, [requests[index] for index in todo]) if todo else ()
        for index, outcome in zip(todo, outcomes, strict=True):
            answers[index] = _answer(outcome)
            claim = requests[index].claim
            if claim is not None and outcome.value is not None:
                done.append((claim, {"id": outcome.value.id}))
        await work.finish(idempotency.remembering(scope, done, work.now))
        rows = await stored(work, list(repeated.values())) if repeated else {}
        for index, row_id in repeated.items():
            answers[index] = rows.get(row_id) or NotFound("it does not exist any more", field=("id",))
    return [answers[index] for index in range(len(requests))]


async def _claim(work: Work, requests: Sequence[Request[T]], answers: dict[int, R | InvoicingError]) -> dict[int, str]:
    """The ids of what was done before, by place; a key that cannot be had is answered with its error."""
    claimed = [(index, request.claim) for index, request in enumerate(requests) if request.claim is not None]
    if not claimed:
        return {}
    repeated: dict[int, str] = {}
    found = await idempotency.claim_many(work.scope, work.session, [claim for _, claim in claimed])
    for (index, _), answer in zip(claimed, found, strict=True):
        if isinstance(answer, InvoicingError):
            answers[index] = answer
        elif answer is not None:
            repeated[index] = str(answer.outcome["id"])
    return repeated


def _answer(outcome: ItemOutcome[R]) -> R | InvoicingError:
    if outcome.error is not None:
        return outcome.error
    if outcome.value is None:
        raise RuntimeError("an outcome without a value has an error")
    return outcome.value
