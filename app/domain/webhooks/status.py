"""What a webhook endpoint and a delivery can be."""

from __future__ import annotations

from enum import StrEnum


class EndpointStatus(StrEnum):
    """A DISABLED endpoint gets nothing until it is enabled again."""

    ENABLED = "ENABLED"
    DISABLED = "DISABLED"


class DeliveryStatus(StrEnum):
    """PENDING is waiting or being retried; FAILED was given up after the last attempt."""

    PENDING = "PENDING"
    SUCCEEDED = "SUCCEEDED"
    FAILED = "FAILED"
