"""What was issued can be proved: any change behind the product's back is found, in the database and in an export."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import zipfile
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from app.db.aggregates import INVOICES
from app.db.frozen import FROZEN, MUTABLE
from app.db.invoice_lines import lines_of
from app.db.seal import UNSEALED, seal_of
from app.domain.archive import file_key
from app.domain.audit.export import verify_export
from app.domain.scope import Scope
from app.services import audit, documents, keys
from app.services.audit_export import export
from app.storage.signing import made_once
from tests import factories
from tests.conftest import Clock
from tests.factories import Client
from tests.tampering import Intruder, altered, intruder

# Nothing in a document's row says what these have to be; the event log tells of them.
UNPROVED = {"version", "updated_at", "overdue_at"}
# Short cuts to what other documents say themselves, under their own seals: whose lines deduct it, what it was made of.
UNPROVED |= {"converted_into_id", "deducted_in_id"}
# An export states documents, and of what may change only whether they are void.
NOT_EXPORTED = {"payment_status", "paid_minor", "credited_minor", "due_minor", "void_reason", "voided_by", "pdf_sha256"}


@pytest.fixture
async def scope(client: Client) -> Scope:
    return (await keys.authenticate(client.app.services, f"Bearer {client.secret}")).scope


@pytest.fixture
def signed(client: Client, tmp_path: Path) -> Client:
    """The client's product with a key to sign with, on both databases."""
    signer = made_once(tmp_path / "key.pem")
    object.__setattr__(client.app.services, "signing_key", lambda: signer)
    return client


@pytest.fixture
async def raw(client: Client) -> AsyncIterator[Intruder]:
    async with intruder(client) as opened:
        yield opened


AWKWARD: dict[str, Any] = {
    "lines": [
        factories.line("0.333333", "3.10", sku="A-1", unit="KGM", description="Grüner Tee „Sencha“"),
        factories.line("1.500000", "2", allowances=[{"percent": "12.50", "reason": "Herbst"}]),
        factories.line("10", "0.000001", charges=[{"amount": "1.10", "reason": "Pfand"}]),
    ],
    "allowances": [{"amount": "0.10", "reason": "Rundung"}],
    "note": "Danke!",
}


async def issue(client: Client, clock: Clock) -> tuple[str, list[str]]:
    """A seller with five documents of one series, the second of which is the awkward one; their ids."""
    entity_id = await factories.entity(client)
    ids = [str((await factories.order(client, entity_id))["invoices"][0]["id"])]
    draft = await factories.draft(client, entity_id, **AWKWARD)
    clock.advance(days=1, microseconds=120_003)
    assert (await factories.finalize(client, draft))["userErrors"] == []
    ids.append(draft)
    for _ in range(3):
        clock.advance(hours=1)
        ids.append(str((await factories.order(client, entity_id))["invoices"][0]["id"]))
    return entity_id, ids


async def test_what_was_issued_holds(client: Client, scope: Scope, clock: Clock) -> None:
    entity_id, ids = await issue(client, clock)
    await documents.render_pdf(client.app.services, scope, ids[0])
    report = await audit.run_audit(client.app.services, scope)
    assert report.findings == []
    assert (report.entities, report.documents, report.files) == (1, 5, 1)
    assert [(one.first, one.last, one.count) for one in report.series] == [(1, 5, 5)]
    assert report.series[0].entity_id == entity_id


async def test_rows_read_back_have_the_seal_they_were_given(client: Client, scope: Scope, clock: Clock) -> None:
    await issue(client, clock)
    async with client.app.database.read(scope) as session:
        rows = await INVOICES.list(scope, session, limit=10)
        lines = await lines_of(scope, session, [(row.entity_id, row.id) for row in rows])
    for row in rows:
        assert json.loads(row.snapshot or "")["seal"] == seal_of(row, lines[row.id])


async def test_a_change_of_any_column_is_found_and_so_it_is_in_an_export(
    signed: Client, scope: Scope, clock: Clock, raw: Intruder, tmp_path: Path
) -> None:
    _, ids = await issue(signed, clock)
    await documents.render_pdf(signed.app.services, scope, ids[1])
    async with signed.app.database.read(scope) as session:
        row = await INVOICES.get(scope, session, ids[1])
        assert row is not None
        (line, *_) = (await lines_of(scope, session, [(row.entity_id, row.id)]))[row.id]
    wanted = [("invoice", row.id, name) for name in (*FROZEN["invoice"], *MUTABLE["invoice"]) if name not in UNPROVED]
    wanted += [("invoice_line", line.id, name) for name in FROZEN["invoice_line"]]
    unseen, refused, path = [], set(), tmp_path / "export.zip"
    for table, row_id, column in wanted:
        before = await raw.value(table, row_id, column)
        after = altered(table, column, before)
        try:
            await raw.put(table, row_id, column, after)
        except asyncpg.CheckViolationError:
            # PostgreSQL's checks cannot be switched off: such a change is not possible at all.
            refused.add(column)
            continue
        report = await export(signed.app.services, scope, path)
        offline = verify_export(path)
        if report.clean:
            unseen.append(f"{table}.{column}: {before!r} to {after!r}")
        if not offline.findings and column not in NOT_EXPORTED:
            unseen.append(f"{table}.{column} in the export")
        await raw.put(table, after if column == "id" else row_id, column, before)
    assert unseen == []
    assert refused <= {"status"}
    assert (await audit.run_audit(signed.app.services, scope)).findings == []


@pytest.mark.parametrize("column", ["snapshot", "content_hash", "previous_hash"])
async def test_what_no_seal_covers_the_chain_does(
    client: Client, scope: Scope, clock: Clock, raw: Intruder, column: str
) -> None:
    assert column in UNSEALED
    _, ids = await issue(client, clock)
    before = await raw.value("invoice", ids[2], column)
    for place in range(0, len(before), 37):
        if not before[place].isalnum():
            continue
        byte = "0" if before[place] != "0" else "1"
        await raw.put("invoice", ids[2], column, before[:place] + byte + before[place + 1 :])
        report = await audit.run_audit(client.app.services, scope)
        assert {"BROKEN_HASH", "BROKEN_CHAIN"} & {finding.code for finding in report.findings}, place


async def codes(client: Client, scope: Scope) -> list[str]:
    report = await audit.run_audit(client.app.services, scope)
    return sorted({finding.code for finding in report.findings})


async def test_documents_and_lines_that_vanish_or_appear_are_found(
    client: Client, scope: Scope, clock: Clock, raw: Intruder
) -> None:
    _, ids = await issue(client, clock)
    await raw.run(f"DELETE FROM invoice_line WHERE invoice_id = '{ids[1]}' AND position = 3")
    assert await codes(client, scope) == ["ROW_CHANGED"]
    await raw.run(f"DELETE FROM invoice WHERE id = '{ids[3]}'")
    assert await codes(client, scope) == ["BROKEN_CHAIN", "GAP", "ROW_CHANGED"]
    await raw.run(f"DELETE FROM invoice WHERE id = '{ids[4]}'")
    assert await codes(client, scope) == ["HEAD_HASH", "HEAD_NUMBER", "ROW_CHANGED"]
    # The head is put back as well: what nothing in the database can tell, an earlier certificate does.
    await raw.run("DELETE FROM series")
    assert await codes(client, scope) == ["NO_SERIES"]


@pytest.mark.parametrize(
    ("column", "value", "found"),
    [
        ("last_number", "4", ["HEAD_HASH", "HEAD_NUMBER"]),
        ("last_number", "6", ["HEAD_NUMBER"]),
        ("last_hash", "'00'", ["HEAD_HASH"]),
        ("last_issue_date", "'2026-03-12'", ["HEAD_DATE"]),
        ("pattern", "'RE-{nnn}'", ["NUMBER"]),
    ],
)
async def test_a_series_whose_head_is_another_one_is_found(
    client: Client, scope: Scope, clock: Clock, raw: Intruder, column: str, value: str, found: list[str]
) -> None:
    await issue(client, clock)
    await raw.run(f"UPDATE series SET {column} = {value}")
    assert await codes(client, scope) == found


async def test_a_pdf_of_which_a_byte_is_flipped_is_found(
    signed: Client, scope: Scope, clock: Clock, tmp_path: Path
) -> None:
    _, ids = await issue(signed, clock)
    path, services = tmp_path / "export.zip", signed.app.services
    assert (await export(services, scope, path, with_pdfs=True)).findings == []
    whole = verify_export(path)
    assert (whole.documents, whole.findings, whole.certificate["documents"]["pdfs"]) == (5, [], 5)
    pdf = await documents.render_pdf(services, scope, ids[0])
    key = file_key(scope.platform_id, pdf.sha256)
    for place in (0, len(pdf.content) // 2, len(pdf.content) - 1):
        content = bytearray(pdf.content)
        content[place] ^= 1
        await services.files.delete(key)
        await services.files.put(key, bytes(content))
        report = await export(services, scope, path, with_pdfs=True)
        assert [finding.code for finding in report.findings] == ["PDF_CHANGED"]
        assert [finding.code for finding in verify_export(path).findings] == ["PDF_CHANGED"]
    await services.files.delete(key)
    report = await export(services, scope, path, with_pdfs=True)
    assert [finding.code for finding in report.findings] == ["PDF_MISSING"]
    # It is rendered anew, to the very same bytes.
    assert (await documents.render_pdf(services, scope, ids[0])).content == pdf.content
    assert (await audit.run_audit(services, scope)).findings == []


def another_digit(text: str) -> str:
    """The text with another digit for its first one; a hash may lack any single digit."""
    return re.sub(r"[0-9]", lambda found: str((int(found[0]) + 1) % 10), text, count=1)


async def test_the_export_verifies_itself_with_nothing_but_python(
    signed: Client, scope: Scope, clock: Clock, tmp_path: Path
) -> None:
    entity_id, _ = await issue(signed, clock)
    path = tmp_path / "export.zip"
    await export(signed.app.services, scope, path, entity_id, with_pdfs=True)
    with zipfile.ZipFile(path) as archive:
        archive.extract("verify.py", tmp_path)
        archive.extract("public_key.pem", tmp_path)
        certificate = json.loads(archive.read("certificate.json"))
        rest = {name: archive.read(name) for name in archive.namelist()}
    assert [entity["id"] for entity in certificate["entities"]] == [entity_id]
    assert certificate["series"][0]["last"] == certificate["documents"]["count"] == 5

    def verify(*arguments: Path) -> tuple[int, str]:
        # Isolated and without site-packages: nothing of this product, nor of any other, can be imported.
        command = [sys.executable, "-I", "-S", str(tmp_path / "verify.py"), *map(str, arguments)]
        done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, check=False, timeout=60)
        return done.returncode, done.stdout + done.stderr

    key_id = certificate["key_id"]
    whole = f"5 documents, 0 errors, signed with key {key_id}\n"
    assert verify(path, tmp_path / "public_key.pem") == (0, whole)
    assert verify(path) == (0, whole)
    other = tmp_path / "other.pem"
    other.write_text(made_once(tmp_path / "other-key.pem").public_pem(), encoding="ascii")
    code, told = verify(path, other)
    assert (code, told.startswith("ERROR KEY")) == (1, True)

    def rewritten(name: str, content: bytes) -> Path:
        changed = tmp_path / "changed.zip"
        with zipfile.ZipFile(changed, "w") as archive:
            for entry, before in rest.items():
                archive.writestr(entry, content if entry == name else before)
        return changed

    lines = rest["documents.jsonl"].splitlines(keepends=True)
    document: dict[str, Any] = json.loads(lines[1])
    for name, expected in (
        ("text", "BROKEN_HASH"),
        ("sealed", "ROW_CHANGED"),
        ("hash", "BROKEN_HASH"),
        ("previous", "BROKEN_CHAIN"),
    ):
        changed = json.dumps({**document, name: another_digit(document[name])}).encode() + b"\n"
        code, told = verify(rewritten("documents.jsonl", b"".join([lines[0], changed, *lines[2:]])))
        assert (code, expected in told, "FILE_HASH" in told) == (1, True, True), name
    code, told = verify(rewritten("documents.jsonl", b"".join([lines[0], *lines[2:]])))
    assert (code, "GAP" in told, "COUNT" in told) == (1, True, True)
    code, told = verify(rewritten("certificate.json", rest["certificate.json"].replace(b"SANDBOX", b"LIVE")))
    assert (code, "SIGNATURE" in told) == (1, True)
    assert verify(rewritten("certificate.json", b"[]"))[0] == 2
    assert verify(tmp_path / "nothing.zip")[0] == 2
