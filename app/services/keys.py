"""API keys: made, shown once, looked up by hash, revoked."""

from __future__ import annotations

import hashlib
import re
import secrets
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from app.db import accounts
from app.db.aggregates import API_KEYS, ENTITIES
from app.db.rows import AccountRow, ApiKeyRow, PlatformRow
from app.db.transaction import Registry
from app.db.where import All, Eq, IsNull
from app.domain.errors import InvalidInput, InvalidState, NotFound, Unauthenticated
from app.domain.events import ApiKeyCreated, ApiKeyRevoked
from app.domain.history import AuditAction, AuditSubject
from app.domain.identity import IdPrefix, new_id
from app.domain.mail.address import check_address
from app.domain.parties import EntityStatus
from app.domain.scope import ALL_PERMISSIONS, ENTITY_PERMISSIONS, Mode, Permission, Scope, system_scope
from app.services import checks
from app.services.context import ServiceContext
from app.services.inputs import ApiKeyInput
from app.services.once import Work, once

_BASE62: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_SHAPE: Final = re.compile(r"sk_(live|test)_([0-9A-Za-z]{32})([0-9A-Za-z]{6})")
# Keys locked in one statement when a seller ends.
_REVOKED_AT_ONCE: Final = 1_000
_BEARER: Final = re.compile(r"[Bb]earer +([!-~]{1,200})")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAccount:
    """A new account with the two secrets that are shown once."""

    account: AccountRow
    live: PlatformRow
    sandbox: PlatformRow
    live_secret: str
    sandbox_secret: str


@dataclass(frozen=True, slots=True)
class Principal:
    """Who a request comes from: the key and the scope it opens."""

    key: ApiKeyRow
    scope: Scope


async def create_account(ctx: ServiceContext, name: str, *, contact_email: str | None = None) -> NewAccount:
    """Makes a marketplace operator with a live and a sandbox platform and a key for each, in one transaction."""
    now = ctx.clock()
    account = AccountRow(
        id=new_id(IdPrefix.ACCOUNT),
        name=checks.text(name, ("name",), 200),
        created_at=now,
        contact_email=_contact(contact_email),
    )
    live, sandbox = (
        PlatformRow(
            id=new_id(IdPrefix.PLATFORM),
            account_id=account.id,
            mode=mode,
            last_event_seq=0,
            swept_event_seq=0,
            created_at=now,
        )
        for mode in (Mode.LIVE, Mode.SANDBOX)
    )
    secrets_of = {}
    async with ctx.database.transaction(Registry(worker=True)) as session:
        await accounts.create_account(session, account, (live, sandbox))
        for platform in (live, sandbox):
            scope = system_scope(platform.id, platform.mode, "account_create")
            secret = new_secret(platform.mode)
            secrets_of[platform.mode] = secret
            row = _row(scope, secret, ctx, name="First key", entity_id=None, permissions=ALL_PERMISSIONS)
            await API_KEYS.insert(scope, session, [row])
    return NewAccount(
        account=account,
        live=live,
        sandbox=sandbox,
        live_secret=secrets_of[Mode.LIVE],
        sandbox_secret=secrets_of[Mode.SANDBOX],
    )


async def set_contact(ctx: ServiceContext, account_id: str, contact_email: str | None) -> None:
    """Says where the product writes to an operator; None for nowhere. Raises NotFound, InvalidInput."""
    if not await accounts.change_contact(ctx.database, account_id, _contact(contact_email)):
        raise NotFound("no such account", field=("accountId",))


def _contact(email: str | None) -> str | None:
    return check_address(email, ("contactEmail",)) if email else None


async def authenticate(ctx: ServiceContext, authorization: str | None) -> Principal:
    """Who an `Authorization: Bearer sk_…` header names. Raises Unauthenticated, not saying what is wrong with a key."""
    if authorization is None:
        raise Unauthenticated("send an API key in the header Authorization: Bearer sk_…")
    if authorization.startswith("Bearer "):
        known: Principal | None = ctx.known_keys.get(hash_secret(authorization[7:]))
        if known is not None and _works(known.key, ctx):
            return known
    match = _BEARER.fullmatch(authorization.strip())
    if match is None:
        raise Unauthenticated("the header must read Authorization: Bearer sk_…")
    secret = match.group(1)
    refused = Unauthenticated("this API key is unknown, expired or revoked")
    if not is_secret(secret):
        raise refused
    found = await _find(ctx, hash_secret(secret))
    if found is None or not _works(found.key, ctx):
        raise refused
    return found


async def still_valid(ctx: ServiceContext, principals: Sequence[Principal]) -> list[bool]:
    """Whether each one's key still works; asked again and again for those of long-lived connections, in one query.

    It asks the database, whatever is known of a key: a second later than another process has revoked it is enough.
    """
    found = await accounts.find_keys(ctx.database, [principal.key.key_hash for principal in principals])
    keys = [found.get(principal.key.key_hash) for principal in principals]
    return [key is not None and _works(key, ctx) for key in keys]


async def _find(ctx: ServiceContext, key_hash: str) -> Principal | None:
    """Who the key with that hash names; what is known of a key is read again after KNOWN_S."""
    known: Principal | None = ctx.known_keys.get(key_hash)
    if known is not None:
        return known
    asked_at = ctx.known_keys.now()
    found = await accounts.find_key(ctx.database, key_hash)
    if found is None:
        return None
    key, mode = found
    principal = Principal(key, _scope(key, mode))
    ctx.known_keys.keep(key_hash, principal, asked_at)
    return principal


async def create(
    ctx: ServiceContext, scope: Scope, given: ApiKeyInput, *, key: str | None
) -> tuple[ApiKeyRow, str | None]:
    """Makes a key and shows its secret; a repetition by idempotency key shows the key without the secret.

    A key never holds more than the key that makes it: InvalidInput names the permission that is too much.
    """
    scope.require(Permission.API_KEYS_WRITE)
    secret = new_secret(scope.mode)

    async def body(work: Work) -> str:
        entity_id = given.entity_id if given.entity_id is not None else scope.entity_id
        if entity_id is not None:
            await _check_entity(work, entity_id)
        most = scope.permissions & (ALL_PERMISSIONS if entity_id is None else ENTITY_PERMISSIONS)
        wanted = frozenset(given.permissions) if given.permissions is not None else most
        if too_much := sorted(wanted - most):
            raise InvalidInput(f"this key cannot give the permission {too_much[0].value}", field=("permissions",))
        if not wanted:
            raise InvalidInput("a key needs at least one permission", field=("permissions",))
        if given.expires_at is not None and given.expires_at <= work.now:
            raise InvalidInput("must be in the future", field=("expiresAt",))
        name = checks.text(given.name, ("name",), 200)
        row = _row(scope, secret, ctx, name=name, entity_id=entity_id, permissions=wanted)
        row = replace(row, expires_at=given.expires_at)
        await API_KEYS.insert(scope, work.session, [row])
        work.emit(ApiKeyCreated(id=row.id, entity_id=entity_id, name=row.name, last_four=row.last_four), entity_id)
        work.audit(AuditSubject.API_KEY, None, row)
        return row.id

    row_id, repeated = await once(ctx, scope, "apiKeyCreate", key, given, body)
    async with ctx.database.read(scope) as session:
        row = await API_KEYS.get(scope, session, row_id)
    if row is None:
        raise NotFound("no such key")
    return row, None if repeated else secret


async def _check_entity(work: Work, entity_id: str) -> None:
    # Locked: whoever archives it meanwhile revokes all keys that there are then.
    entity = await ENTITIES.get(work.scope, work.session, entity_id, lock=True)
    if entity is None:
        raise NotFound("no such entity", field=("entityId",))
    if entity.status is EntityStatus.ARCHIVED:
        raise InvalidState("an archived entity gets no more keys", field=("entityId",))


async def revoke_all_of(work: Work, entity_id: str) -> None:
    """Makes all keys of a seller stop working, within the work that ends the seller."""
    while rows := await API_KEYS.list(
        work.scope,
        work.session,
        All((Eq("entity_id", entity_id), IsNull("revoked_at"))),
        order=(("id", False),),
        limit=_REVOKED_AT_ONCE,
        lock=True,
    ):
        for row in rows:
            await _revoke(work, row)


async def _revoke(work: Work, row: ApiKeyRow) -> None:
    await API_KEYS.change(work.scope, work.session, row.id, {"revoked_at": work.now})
    event = ApiKeyRevoked(id=row.id, entity_id=row.entity_id, name=row.name, last_four=row.last_four)
    work.emit(event, row.entity_id)
    work.audit(AuditSubject.API_KEY, row, replace(row, revoked_at=work.now), action=AuditAction.REVOKED)
    work.session.after_commit.append(lambda: work.ctx.known_keys.forget(row.key_hash))


async def revoke(ctx: ServiceContext, scope: Scope, key_id: str, *, key: str | None) -> ApiKeyRow:
    """Makes a key stop working: here at once, in other processes within a second.

    A key that is revoked already stays as it is.
    """
    scope.require(Permission.API_KEYS_WRITE)

    async def body(work: Work) -> str:
        row = await API_KEYS.get(scope, work.session, key_id, lock=True)
        if row is None:
            raise NotFound("no such key", field=("id",))
        if row.revoked_at is None:
            await _revoke(work, row)
        return row.id

    row_id, _ = await once(ctx, scope, "apiKeyRevoke", key, key_id, body)
    async with ctx.database.read(scope) as session:
        row = await API_KEYS.get(scope, session, row_id)
    if row is None:
        raise NotFound("no such key", field=("id",))
    return row


def new_secret(mode: Mode) -> str:
    """A fresh secret: prefix, 32 random characters (190 bits), and a checksum by which scanners find leaked ones."""
    body = "".join(secrets.choice(_BASE62) for _ in range(32))
    prefix = "sk_live_" if mode is Mode.LIVE else "sk_test_"
    return prefix + body + _checksum(prefix + body)


def is_secret(text: str) -> bool:
    """Whether the text has the form and checksum of a secret; no look-up is needed to refuse a typing error."""
    match = _SHAPE.fullmatch(text)
    return match is not None and _checksum(text[:-6]) == match.group(3)


def hash_secret(secret: str) -> str:
    """SHA-256 of a secret: its 190 random bits need no slow hash."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _checksum(text: str) -> str:
    value = zlib.crc32(text.encode())
    digits = ""
    for _ in range(6):
        value, digit = divmod(value, 62)
        digits = _BASE62[digit] + digits
    return digits


def _works(key: ApiKeyRow, ctx: ServiceContext) -> bool:
    return key.revoked_at is None and (key.expires_at is None or key.expires_at > ctx.clock())


def _scope(key: ApiKeyRow, mode: Mode) -> Scope:
    permissions = frozenset(Permission(name) for name in key.permissions)
    return Scope(platform_id=key.platform_id, mode=mode, actor=key.id, entity_id=key.entity_id, permissions=permissions)


def _row(
    scope: Scope,
    secret: str,
    ctx: ServiceContext,
    *,
    name: str,
    entity_id: str | None,
    permissions: frozenset[Permission],
) -> ApiKeyRow:
    return ApiKeyRow(
        platform_id=scope.platform_id,
        id=new_id(IdPrefix.API_KEY),
        entity_id=entity_id,
        name=name,
        prefix=secret[:8],
        last_four=secret[-4:],
        key_hash=hash_secret(secret),
        permissions=sorted(permission.value for permission in permissions),
        created_at=ctx.clock(),
        created_by=scope.actor,
        expires_at=None,
        revoked_at=None,
    )
