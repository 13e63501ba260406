"""How long the log is kept: its oldest part is forgotten in order, so that what is kept has no gap.

Nothing is forgotten that a reader of the product's own has still to see: an event without a number, one that an enabled
endpoint's cursor has not passed, one that is still being delivered. Other readers learn of it by an UnknownCursor.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from app.db.tables import TABLES, encode
from app.db.transaction import Session
from app.domain.scope import Scope

# Events forgotten in one transaction, each with its deliveries to up to a hundred endpoints.
CHUNK: Final = 200


async def sweep(scope: Scope, session: Session, before: datetime) -> int:
    """Forgets the oldest events of the scope's platform that happened before an instant, at most CHUNK; how many."""
    swept, last = await _locked_bounds(scope, session)
    held = await _held_back(scope, session)
    # The newest event stays whatever its age: of a platform where nothing happens, readers' cursors go on to work.
    end = last if held is None else min(last, held)
    rows = await session.fetch(
        # The first that is too young ends it, so that what is kept begins at one place.
        "SELECT max(seq) AS seq, count(*) AS n FROM ("
        " SELECT seq, max(occurred_at) OVER (ORDER BY seq) AS newest FROM ("
        " SELECT seq, occurred_at FROM event WHERE platform_id = $1 AND seq > $2 AND seq < $3 ORDER BY seq LIMIT $4"
        ") AS oldest) AS looked_at WHERE newest < $5",
        scope.platform_id,
        swept,
        end,
        CHUNK,
        encode(TABLES["event"].columns["occurred_at"], before, session.dialect),
    )
    if not rows[0]["n"]:
        return 0
    await _forget(scope, session, int(rows[0]["seq"]))
    return int(rows[0]["n"])


async def _locked_bounds(scope: Scope, session: Session) -> tuple[int, int]:
    """Up to where the log was swept, and its last sequence. Whoever enables an endpoint meanwhile waits."""
    lock = " FOR NO KEY UPDATE" if session.dialect == "postgres" else ""
    rows = await session.fetch(
        f"SELECT swept_event_seq, last_event_seq FROM platform WHERE id = $1{lock}", scope.platform_id
    )
    return int(rows[0]["swept_event_seq"]), int(rows[0]["last_event_seq"])


async def _held_back(scope: Scope, session: Session) -> int | None:
    """The first sequence that an enabled endpoint has still to take or to deliver; None when there is none."""
    rows = await session.fetch(
        # In one statement, under one snapshot: what leaves the first part for the second is in one of them.
        "SELECT min(first) AS first FROM ("
        " SELECT min(CASE WHEN replay_seq < cursor_seq THEN replay_seq ELSE cursor_seq END) + 1 AS first"
        " FROM webhook_endpoint WHERE platform_id = $1 AND status = 'ENABLED'"
        " UNION ALL SELECT min(d.seq) FROM webhook_delivery d JOIN webhook_endpoint e"
        " ON e.platform_id = d.platform_id AND e.id = d.endpoint_id"
        " WHERE d.platform_id = $1 AND d.status = 'PENDING' AND e.status = 'ENABLED') AS held",
        scope.platform_id,
    )
    first = rows[0]["first"]
    return None if first is None else int(first)


async def _forget(scope: Scope, session: Session, last: int) -> None:
    """Deletes what is numbered up to there, children first."""
    old = "(SELECT id FROM event WHERE platform_id = $1 AND seq <= $2)"
    deliveries = f"SELECT id FROM webhook_delivery WHERE platform_id = $1 AND event_id IN {old}"
    for sql in (
        f"DELETE FROM webhook_attempt WHERE platform_id = $1 AND delivery_id IN ({deliveries})",
        f"DELETE FROM webhook_delivery WHERE platform_id = $1 AND event_id IN {old}",
        "DELETE FROM event WHERE platform_id = $1 AND seq <= $2",
        "UPDATE platform SET swept_event_seq = $2 WHERE id = $1",
    ):
        await session.execute(sql, scope.platform_id, last)


async def is_kept_after(scope: Scope, session: Session, seq: int) -> bool:
    """Whether all that follows a sequence is still in the log, and stays until this transaction ends."""
    lock = " FOR SHARE" if session.dialect == "postgres" else ""
    rows = await session.fetch(f"SELECT swept_event_seq FROM platform WHERE id = $1{lock}", scope.platform_id)
    return seq >= int(rows[0]["swept_event_seq"])
