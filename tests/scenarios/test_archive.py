"""The PDF of a finalized document: rendered once, and the same bytes ever after, whatever becomes of the brand."""

from __future__ import annotations

import asyncio
import hashlib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from app.db.aggregates import INVOICES, STORED_FILES
from app.domain.archive import file_key, retained_until
from app.domain.errors import ArchiveDamaged, Unavailable
from app.domain.scope import Scope
from app.services import archive, documents, keys
from app.storage.files import ObjectFiles, check_url
from tests import factories, s3
from tests.factories import Client
from tests.tampering import intruder

FOOTER = "mutation($i: EntityUpdateInput!) { entityUpdate(input: $i) { entity { id } userErrors { message } } }"


@pytest.fixture
async def scope(client: Client) -> Scope:
    return (await keys.authenticate(client.app.services, f"Bearer {client.secret}")).scope


async def issued(client: Client) -> tuple[str, str]:
    entity_id = await factories.entity(client)
    return entity_id, str((await factories.order(client, entity_id))["invoices"][0]["id"])


async def rebrand(client: Client, entity_id: str, footer: str) -> None:
    given = {"id": entity_id, "branding": {"footer": footer}}
    assert (await client.ask(FOOTER, i=given))["entityUpdate"]["userErrors"] == []


async def test_a_new_brand_does_not_change_what_was_read_before(client: Client, scope: Scope) -> None:
    entity_id, invoice_id = await issued(client)
    first = await client.get(f"/invoices/{invoice_id}.pdf")
    await rebrand(client, entity_id, "Another footer")
    again = await client.get(f"/invoices/{invoice_id}.pdf")
    assert (first.status_code, again.content, again.headers["etag"]) == (200, first.content, first.headers["etag"])
    sha256 = hashlib.sha256(first.content).hexdigest()
    async with client.app.database.read(scope) as session:
        row = await INVOICES.get(scope, session, invoice_id)
        (kept,) = await STORED_FILES.list(scope, session, limit=10)
    assert row is not None
    assert row.pdf_sha256 == sha256 == kept.sha256
    assert (kept.subject_id, kept.entity_id, kept.size) == (invoice_id, entity_id, len(first.content))
    assert kept.retained_until == date(2036, 12, 31)
    assert await client.app.services.files.get(file_key(scope.platform_id, sha256)) == first.content


async def test_concurrent_first_readings_agree_while_the_brand_changes(client: Client, scope: Scope) -> None:
    entity_id, invoice_id = await issued(client)

    async def read() -> bytes:
        return (await documents.render_pdf(client.app.services, scope, invoice_id)).content

    async def read_after(footer: str) -> bytes:
        await rebrand(client, entity_id, footer)
        return await read()

    found = await asyncio.gather(*(read() for _ in range(3)), *(read_after(f"Footer {n}") for n in range(3)))
    assert len(set(found)) == 1
    assert await read() == found[0]


async def test_a_file_that_is_lost_comes_back_only_as_it_was(client: Client, scope: Scope) -> None:
    entity_id, invoice_id = await issued(client)
    services = client.app.services
    pdf = await documents.render_pdf(services, scope, invoice_id)
    key = file_key(scope.platform_id, pdf.sha256)
    await services.files.delete(key)
    assert (await documents.render_pdf(services, scope, invoice_id)).content == pdf.content
    assert await services.files.get(key) == pdf.content
    # Altered in the archive: what is handed out has the recorded hash, and what is there stays for the audit.
    await services.files.delete(key)
    await services.files.put(key, b"%PDF-1.7 another one")
    assert (await documents.render_pdf(services, scope, invoice_id)).content == pdf.content
    assert await services.files.get(key) == b"%PDF-1.7 another one"
    await rebrand(client, entity_id, "Another footer")
    for lost in (False, True):
        if lost:
            await services.files.delete(key)
        with pytest.raises(ArchiveDamaged, match="missing" if lost else "damaged"):
            await documents.render_pdf(services, scope, invoice_id)
    refused = await client.get(f"/invoices/{invoice_id}.pdf")
    assert (refused.status_code, refused.json()["error"]["code"]) == (500, "ARCHIVE_DAMAGED")


async def test_a_void_document_is_shown_as_void_and_its_original_stays(client: Client, scope: Scope) -> None:
    _, invoice_id = await issued(client)
    services = client.app.services
    original = await documents.render_pdf(services, scope, invoice_id)
    async with intruder(client) as raw:
        await raw.run(f"UPDATE invoice SET status = 'VOID' WHERE id = '{invoice_id}'")
    void = await documents.render_pdf(services, scope, invoice_id)
    assert void.content != original.content
    assert (await documents.render_pdf(services, scope, invoice_id, as_issued=True)).content == original.content
    async with client.app.database.read(scope) as session:
        row = await INVOICES.get(scope, session, invoice_id)
    assert row is not None
    assert row.pdf_sha256 == original.sha256


async def test_a_draft_is_not_archived(client: Client, scope: Scope) -> None:
    draft = await factories.draft(client, await factories.entity(client))
    assert (await client.get(f"/invoices/{draft}.pdf")).status_code == 200
    async with client.app.database.read(scope) as session:
        assert await STORED_FILES.count(scope, session) == 0


async def test_nothing_is_deleted_before_its_retention_ends(client: Client, scope: Scope) -> None:
    _, invoice_id = await issued(client)
    services = client.app.services
    pdf = await documents.render_pdf(services, scope, invoice_id)
    key = file_key(scope.platform_id, pdf.sha256)
    assert await archive.expired(services, scope, date(2036, 12, 31)) == []
    assert await archive.prune(services, scope, date(2036, 12, 31)) == 0
    assert await services.files.get(key) == pdf.content
    assert [row.subject_id for row in await archive.expired(services, scope, date(2037, 1, 1))] == [invoice_id]
    assert await archive.prune(services, scope, date(2037, 1, 1)) == 1
    assert await services.files.get(key) is None
    assert await archive.prune(services, scope, date(2037, 1, 1)) == 0
    # The document is still there, and so is what its PDF was; it is not archived a second time.
    assert (await documents.render_pdf(services, scope, invoice_id)).content == pdf.content
    assert await services.files.get(key) is None


def test_the_term_begins_when_the_year_ends() -> None:
    assert retained_until(date(2026, 1, 1), 10) == retained_until(date(2026, 12, 31), 10) == date(2036, 12, 31)


async def test_a_folder_keeps_files_and_does_not_overwrite(tmp_path: Path) -> None:
    files = ObjectFiles(f"file://{tmp_path / 'archive'}")
    await files.check()
    assert await files.get("plat_1/ab/abc") is None
    await files.put("plat_1/ab/abc", b"first")
    await files.put("plat_1/ab/abc", b"second")
    assert await ObjectFiles(f"file://{tmp_path / 'archive'}").get("plat_1/ab/abc") == b"first"
    assert (tmp_path / "archive" / "plat_1" / "ab" / "abc").read_bytes() == b"first"
    assert (tmp_path / "archive").stat().st_mode & 0o077 == 0
    await files.delete("plat_1/ab/abc")
    await files.delete("plat_1/ab/abc")
    assert await files.get("plat_1/ab/abc") is None


@pytest.fixture
def credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")


@pytest.mark.usefixtures("credentials")
async def test_a_bucket_of_a_compatible_server_keeps_files() -> None:
    async with s3.serving() as server:
        files = ObjectFiles(f"s3://bucket/invoices?endpoint={server.url}&region=eu-central-1", timeout_s=2)
        await files.check()
        await files.put("plat_1/ab/abc", b"first")
        await files.put("plat_1/ab/abc", b"second")
        assert server.objects == {"/bucket/invoices/plat_1/ab/abc": b"first"}
        assert await files.get("plat_1/ab/abc") == b"first"
        assert await files.get("plat_1/ab/none") is None
        await files.delete("plat_1/ab/abc")
        assert server.objects == {}
        assert server.unsigned == 0
        assert ("PUT", "/bucket/invoices/plat_1/ab/abc") in server.requests
        server.down = True
        with pytest.raises(Unavailable, match="the archive does not answer"):
            await files.check()
    with pytest.raises(Unavailable, match="the archive does not answer"):
        await files.put("plat_1/ab/abc", b"first")


@pytest.mark.usefixtures("credentials")
async def test_an_archive_that_is_away_stops_pdfs_and_nothing_else(client: Client, scope: Scope) -> None:
    _, invoice_id = await issued(client)
    async with s3.serving() as server:
        server.down = True
        away: Any = ObjectFiles(f"s3://bucket?endpoint={server.url}", timeout_s=2)
        object.__setattr__(client.app.services, "files", away)
        refused = await client.get(f"/invoices/{invoice_id}.pdf")
        assert (refused.status_code, refused.json()["error"]["code"]) == (503, "UNAVAILABLE")
        _, other = await issued(client)
        # Nothing is recorded that is not there.
        async with client.app.database.read(scope) as session:
            rows = await INVOICES.by_ids(scope, session, [invoice_id, other])
        assert [row.pdf_sha256 for row in rows.values()] == [None, None]
        server.down = False
        assert (await client.get(f"/invoices/{invoice_id}.pdf")).status_code == 200


@pytest.mark.parametrize("url", ["", "ftp://x", "file://", "s3://", "s3://key:secret@bucket", "s3://b?colour=red"])
def test_a_wrong_url_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match=r"must|needs|does not know"):
        check_url(url)
