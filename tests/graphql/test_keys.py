"""How long a key works after it was revoked: here not at all, in another process for a second at most."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from app.db import accounts
from app.db.transaction import Database
from app.domain.errors import Unauthenticated
from app.services import keys
from app.services.known import Known
from tests import factories
from tests.factories import Client

REVOKE = "mutation($id: ID!) { apiKeyRevoke(input: { id: $id }) { userErrors { message } } }"


async def _revoke(client: Client, secret: str) -> None:
    data = await client.ask("{ apiKeys { nodes { id lastFour } } }")
    (key_id,) = (node["id"] for node in data["apiKeys"]["nodes"] if node["lastFour"] == secret[-4:])
    assert (await client.ask(REVOKE, id=key_id))["apiKeyRevoke"]["userErrors"] == []


async def test_a_revoked_key_is_refused_at_once_where_it_was_revoked(client: Client) -> None:
    secret = await factories.key(client)
    await client.with_key(secret).ask("{ viewer { mode } }")

    await _revoke(client, secret)

    assert (await client.with_key(secret).error("{ viewer { mode } }"))["extensions"]["code"] == "UNAUTHENTICATED"


async def test_a_look_up_under_way_brings_no_revoked_key_back(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    secret = await factories.key(client)
    find = accounts.find_key

    async def overtaken(database: Database, key_hash: str) -> Any:
        found = await find(database, key_hash)
        monkeypatch.setattr(accounts, "find_key", find)
        await _revoke(client, secret)
        return found

    monkeypatch.setattr(accounts, "find_key", overtaken)
    # Asked before it was revoked: that one may pass, the next may not.
    await keys.authenticate(client.app.services, f"Bearer {secret}")

    with pytest.raises(Unauthenticated):
        await keys.authenticate(client.app.services, f"Bearer {secret}")


async def test_another_process_refuses_it_a_second_later(client: Client) -> None:
    now = [100.0]
    known = Known(clock=lambda: now[0])
    elsewhere = dataclasses.replace(client.app.services, known_keys=known)
    secret = await factories.key(client)
    header = f"Bearer {secret}"
    principal = await keys.authenticate(elsewhere, header)

    await _revoke(client, secret)

    now[0] += 1.0
    assert (await keys.authenticate(elsewhere, header)).key == principal.key
    now[0] += 0.1
    with pytest.raises(Unauthenticated):
        await keys.authenticate(elsewhere, header)
    assert await keys.still_valid(elsewhere, [principal]) == [False]


async def test_a_key_that_is_known_still_expires_and_still_needs_its_scheme(client: Client) -> None:
    now = client.app.services.clock()
    later = dataclasses.replace(client.app.services, clock=lambda: now.replace(year=now.year + 2))
    mutation = "mutation($i: ApiKeyCreateInput!) { apiKeyCreate(input: $i) { secret } }"
    given = {"name": "short", "expiresAt": f"{now.year + 1}-01-01T00:00:00Z"}
    secret = (await client.ask(mutation, i=given))["apiKeyCreate"]["secret"]
    await keys.authenticate(client.app.services, f"Bearer {secret}")

    for header in (secret, f"Basic {secret}", f"Bearer {secret[:-1]}"):
        with pytest.raises(Unauthenticated):
            await keys.authenticate(client.app.services, header)
    with pytest.raises(Unauthenticated):
        await keys.authenticate(later, f"Bearer {secret}")


def test_what_was_known_longest_is_forgotten_first() -> None:
    known = Known(clock=lambda: 0.0)
    for i in range(10_001):
        known.keep(str(i), i, known.now())
    assert known.get("0") is None
    assert known.get("1") == 1
    known.forget("1")
    assert known.get("1") is None
