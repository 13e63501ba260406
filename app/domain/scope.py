"""Who is asking, and what they may see: the first argument of every query function."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from app.domain.errors import NotFound, PermissionDenied


class Mode(StrEnum):
    """Live documents have legal force; the sandbox is free and separate."""

    LIVE = "LIVE"
    SANDBOX = "SANDBOX"


class Permission(StrEnum):
    """One action on one resource, `resource:action`."""

    ENTITIES_READ = "entities:read"
    ENTITIES_WRITE = "entities:write"
    CUSTOMERS_READ = "customers:read"
    CUSTOMERS_WRITE = "customers:write"
    ORDERS_READ = "orders:read"
    ORDERS_WRITE = "orders:write"
    INVOICES_READ = "invoices:read"
    INVOICES_WRITE = "invoices:write"
    INVOICES_FINALIZE = "invoices:finalize"
    PAYMENTS_READ = "payments:read"
    PAYMENTS_WRITE = "payments:write"
    EVENTS_READ = "events:read"
    WEBHOOKS_READ = "webhooks:read"
    WEBHOOKS_WRITE = "webhooks:write"
    REPORTS_READ = "reports:read"
    API_KEYS_READ = "api_keys:read"
    API_KEYS_WRITE = "api_keys:write"
    JOBS_READ = "jobs:read"
    JOBS_WRITE = "jobs:write"
    AUDIT_READ = "audit:read"


ALL_PERMISSIONS: Final = frozenset(Permission)
# What a key bound to one seller may hold: never the creation of entities, never the operator's report.
ENTITY_PERMISSIONS: Final = ALL_PERMISSIONS - {Permission.REPORTS_READ}


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """The platform (and, for a seller's key, the one entity) that the caller may see, and what it may do there.

    `actor` names who acts: an API key's or a channel's id, `system:<task>` for the product's own work, or
    `command:<name>` for its command line.
    """

    platform_id: str
    mode: Mode
    actor: str
    entity_id: str | None = None
    permissions: frozenset[Permission] = frozenset()

    def require(self, *wanted: Permission) -> None:
        """Raises PermissionDenied naming the first permission that is missing."""
        for permission in wanted:
            if permission not in self.permissions:
                raise PermissionDenied(f"this key lacks the permission {permission.value}")

    def require_platform(self) -> None:
        """Raises PermissionDenied for a key that is bound to one entity."""
        if self.entity_id is not None:
            raise PermissionDenied("this needs a platform key; the key used is bound to one entity")

    def may_see(self, entity_id: str) -> bool:
        """Whether objects of that entity are visible, given that the platform is the same."""
        return self.entity_id is None or self.entity_id == entity_id

    def narrowed(self, entity_id: str) -> Scope:
        """The same authority over one entity only; NotFound when that entity is out of sight."""
        if not self.may_see(entity_id):
            raise NotFound("no such entity", field=("entityId",))
        return replace(self, entity_id=entity_id)


def system_scope(platform_id: str, mode: Mode, task: str, permissions: Iterable[Permission] = ()) -> Scope:
    """The scope of the product's own work on one platform, such as the relay or the webhook sender."""
    return Scope(platform_id=platform_id, mode=mode, actor=f"system:{task}", permissions=frozenset(permissions))


def command_scope(platform_id: str, mode: Mode, name: str) -> Scope:
    """The scope of whoever works on one platform by the command line, which may do everything there."""
    return Scope(platform_id=platform_id, mode=mode, actor=f"command:{name}", permissions=ALL_PERMISSIONS)
