"""PostgreSQL connections that leave nothing behind when they go back to the pool."""

from __future__ import annotations

import asyncpg


class Connection(asyncpg.Connection):  # type: ignore[misc]  # asyncpg has no types
    """A connection of which nobody changes the session.

    Settings end with their transaction or statement (`SET LOCAL`, `set_config(…, true)`), advisory locks with their
    transaction, and who listens stops listening. So there is nothing to reset: asyncpg's round trip for it, a quarter
    of the time of a short read, is saved. A transaction left open is still rolled back.
    """

    def get_reset_query(self) -> str:
        """No statement."""
        return ""
