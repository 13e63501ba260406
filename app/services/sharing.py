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
    return Request(scope, asked, claim_of(scope, operation, key, fingerprint_of))


def claim_of(scope: Scope, operation: str, key: str | None, fingerprint_of: object) -> Claim | None:
    """The claim of an idempotency key, if there is one. Raises InvalidInput for a key that is none."""
    check_key(key)
    if key is None:
        return None
    return Claim(
        actor=scope.actor, key=key, operation=operation, fingerprint=fingerprint_input(operation, fingerprint_of)
    )


async def together(
    ctx: ServiceContext,
    requests: Sequence[Request[T]],
    body: Body[T, R],
    stored: Callable[[Work, Sequence[str]], Awaitable[Mapping[str, R]]],
) -> list[R | InvoicingError]:
    """Each request's row or its own error, all of one platform and in one transaction.

    `stored` reads the rows of what was done under the same keys before. Raises what makes the transaction fail whole.
    """
    return [_answer(outcome) for outcome in await each(ctx, requests[0].scope, requests, body, stored)]


async def each(
    ctx: ServiceContext,
    scope: Scope,
    requests: Sequence[Request[T]],
    body: Body[T, R],
    stored: Callable[[Work, Sequence[str]], Awaitable[Mapping[str, R]]],
    *,
    call: Claim | None = None,
    first: int = 0,
) -> list[ItemOutcome[R]]:
    """Each request's outcome, all in one transaction of the scope's platform.

    `call` is the key of the whole call, whose requests these are from its `first` on: repeated, what succeeded is
    answered as it now is, and only what failed is tried again. Raises what makes the transaction fail whole, and
    IdempotencyMismatch or InFlight for the call's key; a request whose own key cannot be had has that error alone.
    """
    scope = replace(scope, entity_id=None)
    async with ctx.database.transaction(scope, keeps_plans=True) as session:
        work = Work(ctx, scope, session)
        known, refused, called = await _claim(work, requests, call, first)
        todo = [index for index in range(len(requests)) if index not in known and index not in refused]
        found = await body(work, [requests[index] for index in todo]) if todo else ()
        outcomes = {index: replace(one, index=index) for index, one in zip(todo, found, strict=True)}
        outcomes |= {index: ItemOutcome(index=index, error=error) for index, error in refused.items()}
        done = _done(requests, outcomes)
        made = {str(first + index): one.value.id for index, one in outcomes.items() if one.value is not None}
        if call is not None and not called and made:
            done.append((call, {"ids": made}))
        await work.finish(idempotency.remembering(scope, done, work.now))
        rows = await stored(work, sorted(set(known.values()))) if known else {}
    for index, row_id in known.items():
        row, gone = rows.get(row_id), NotFound("it does not exist any more", field=("id",))
        outcomes[index] = ItemOutcome(index=index, value=row, error=gone if row is None else None, repeated=True)
    return [outcomes[index] for index in range(len(requests))]


def _done(
    requests: Sequence[Request[T]], outcomes: Mapping[int, ItemOutcome[R]]
) -> list[tuple[Claim, dict[str, object]]]:
    """What is to be remembered under the requests' own keys: successes only."""
    found: list[tuple[Claim, dict[str, object]]] = []
    for index, outcome in outcomes.items():
        claim = requests[index].claim
        if claim is not None and outcome.value is not None:
            found.append((claim, {"id": outcome.value.id}))
    return found


async def _claim(
    work: Work, requests: Sequence[Request[T]], call: Claim | None, first: int
) -> tuple[dict[int, str], dict[int, InvoicingError], bool]:
    """By place, the ids of what was done before and the errors of keys; and whether the call was answered before."""
    claimed = [(index, request.claim) for index, request in enumerate(requests) if request.claim is not None]
    claims = [claim for _, claim in claimed] if call is None else [call, *(claim for _, claim in claimed)]
    answers = await idempotency.claim_many(work.scope, work.session, claims) if claims else []
    known: dict[int, str] = {}
    called = False
    if call is not None:
        stored, *answers = answers
        if isinstance(stored, InvoicingError):
            raise stored
        if stored is not None:
            called = True
            by_place = {int(place) - first: str(row_id) for place, row_id in stored.outcome["ids"].items()}
            known = {index: row_id for index, row_id in by_place.items() if 0 <= index < len(requests)}
    refused: dict[int, InvoicingError] = {}
    for (index, _), answer in zip(claimed, answers, strict=True):
        if isinstance(answer, InvoicingError):
            refused[index] = answer
        elif answer is not None:
            known[index] = str(answer.outcome["id"])
    return known, refused, called


def _answer(outcome: ItemOutcome[R]) -> R | InvoicingError:
    if outcome.error is not None:
        return outcome.error
    if outcome.value is None:
        raise RuntimeError("an outcome without a value has an error")
    return outcome.value
