"""The kinds of jobs there are. A new one is a handler and a line here."""

from __future__ import annotations

from typing import Final

from app.services.jobs import JobKind

JOB_KINDS: Final[tuple[JobKind, ...]] = ()
