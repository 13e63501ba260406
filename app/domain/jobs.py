"""What a background job can be."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class JobStatus(StrEnum):
    """How far a job is."""

    QUEUED = "QUEUED"
    RUNNING = "RUNNING"
    SUCCEEDED = "SUCCEEDED"
    FAILED = "FAILED"
    CANCELLED = "CANCELLED"


# What holds a job's unique key.
UNFINISHED: Final = frozenset({JobStatus.QUEUED, JobStatus.RUNNING})
# What may be asked to run once more.
RETRIABLE: Final = frozenset({JobStatus.FAILED, JobStatus.CANCELLED})
