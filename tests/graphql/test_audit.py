"""The audit over the API and on the command line."""

from __future__ import annotations

import asyncio
import base64
import json
import os
import sqlite3
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from app import settings
from app.domain.audit.ed25519 import key_from_pem, key_id
from app.domain.audit.export import verify_export
from app.services import audit
from app.services.job_kinds import JOB_KINDS
from app.services.job_runner import JobRunner
from app.settings import SettingsError
from app.storage.signing import made_once
from tests import factories
from tests.command_line import invoicing
from tests.factories import Client
from tests.scenarios.test_commands import folder as folder
from tests.tampering import intruder

AUDIT = """query($e: ID!) { sequenceAudit(entityId: $e) { clean documentCount fileCount errorCount warningCount
  series { type pattern period firstNumber lastNumber documentCount voidCount headHash lastIssueDate }
  findings { code severity message seriesId documentId expected found } } }"""
START = (
    "mutation($i: AuditStartInput!) { auditStart(input: $i) { job { id kind entity { id } }"
    " userErrors { code message field } } }"
)


async def test_a_seller_is_audited_within_a_request(client: Client) -> None:
    entity_id = await factories.entity(client)
    first, second = [(await factories.order(client, entity_id))["invoices"][0] for _ in range(2)]
    await client.get(f"/invoices/{first['id']}.pdf")
    own = client.with_key(await factories.key(client, entity_id, ["INVOICES_READ"]))
    found = (await own.ask(AUDIT, e=entity_id))["sequenceAudit"]
    (series,) = found.pop("series")
    assert found == {
        "clean": True,
        "documentCount": 2,
        "fileCount": 1,
        "errorCount": 0,
        "warningCount": 0,
        "findings": [],
    }
    head = (await client.ask("query($id: ID!) { invoice(id: $id) { contentHash } }", id=second["id"]))["invoice"]
    assert series == {
        "type": "STANDARD",
        "pattern": "INV-{nnn}",
        "period": "",
        "firstNumber": 1,
        "lastNumber": 2,
        "documentCount": 2,
        "voidCount": 0,
        "headHash": head["contentHash"],
        "lastIssueDate": "2026-03-10",
    }
    async with intruder(client) as raw:
        await raw.run(f"UPDATE invoice SET note = 'paid in cash' WHERE id = '{first['id']}'")
    found = (await own.ask(AUDIT, e=entity_id))["sequenceAudit"]
    assert (found["clean"], found["errorCount"]) == (False, 2)
    told = found["findings"][1]
    assert told == {**told, "code": "ROW_CHANGED", "severity": "ERROR", "documentId": first["id"], "expected": None}
    assert (told["message"], told["found"]) == ("note is not as the document states it", "paid in cash")


async def test_it_needs_the_permission_to_read_invoices(client: Client) -> None:
    entity_id = await factories.entity(client)
    blind = client.with_key(await factories.key(client, entity_id, ["ORDERS_READ"]))
    assert (await blind.error(AUDIT, e=entity_id))["extensions"]["code"] == "PERMISSION_DENIED"
    assert (await blind.error(START, i={"entityId": entity_id}))["extensions"]["code"] == "PERMISSION_DENIED"


async def test_more_than_a_request_bears_is_a_jobs_work(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    entity_id = await factories.entity(client)
    for _ in range(3):
        await factories.order(client, entity_id)
    monkeypatch.setattr(audit, "MAX_AT_ONCE", 2)
    error = await client.error(AUDIT, e=entity_id)
    assert error["extensions"]["code"] == "LIMIT_EXCEEDED"
    assert error["message"].endswith("this entity has 3 numbered documents, and a request looks at 2; use auditStart")


async def audited(client: Client, given: dict[str, Any]) -> dict[str, Any]:
    """What the job that was started made of it."""
    started = (await client.ask(START, i=given))["auditStart"]
    assert started["userErrors"] == []
    assert started["job"]["kind"] == "audit"
    services = client.app.services
    lease, grace = timedelta(seconds=30), timedelta(seconds=1)
    runner = JobRunner(services, JOB_KINDS, concurrency=2, lease=lease, grace=grace)
    tasks = [asyncio.create_task(work) for work in (runner.run(), services.jobs.run(client.app.database))]
    try:
        async with asyncio.timeout(20):
            while True:
                query = "query($id: ID!) { node(id: $id) { ... on BackgroundJob { status result progress } } }"
                job = (await client.ask(query, id=started["job"]["id"]))["node"]
                if job["status"] not in ("QUEUED", "RUNNING"):
                    break
                await asyncio.sleep(0.05)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.wait(tasks)
    assert (job["status"], job["progress"]) == ("SUCCEEDED", 1.0)
    found: dict[str, Any] = job["result"]
    return found


async def test_all_sellers_are_audited_by_a_job(client: Client) -> None:
    for _ in range(2):
        await factories.order(client, await factories.entity(client))
    counts = {"entities": 2, "series": 2, "documents": 2, "files": 0, "warnings": 0}
    assert await audited(client, {}) == {**counts, "errors": 0, "findings": []}
    async with intruder(client) as raw:
        await raw.run("UPDATE series SET last_number = 7")
    found = await audited(client, {})
    assert found == {**found, **counts, "errors": 2}
    assert {finding["code"] for finding in found["findings"]} == {"HEAD_NUMBER"}


async def test_the_public_key_is_published(sqlite_client: Client, postgres_client: Client) -> None:
    (key,) = (await sqlite_client.http.get("/.well-known/invoicing-audit-keys.json")).json()["keys"]
    public = key_from_pem(key["pem"])
    assert (key["kty"], key["crv"], key["kid"]) == ("OKP", "Ed25519", key_id(public))
    assert base64.urlsafe_b64decode(key["x"] + "=") == public
    assert (await postgres_client.http.get("/.well-known/invoicing-audit-keys.json")).json() == {"keys": []}


def test_a_key_is_given_as_text_or_as_a_file(tmp_path: Path) -> None:
    made_once(tmp_path / "key.pem")
    pem = (tmp_path / "key.pem").read_text(encoding="ascii")
    for given in (pem, str(tmp_path / "key.pem")):
        assert settings.load({"INVOICING_SIGNING_KEY": given}).signing_key == given
    for wrong in (pem[:60], str(tmp_path / "none.pem")):
        with pytest.raises(SettingsError, match="INVOICING_SIGNING_KEY='…' does not work") as told:
            settings.load({"INVOICING_SIGNING_KEY": wrong})
        assert wrong[40:] not in str(told.value)


def test_the_commands_audit_export_and_verify(folder: Path) -> None:
    # given two finalized invoices
    (folder / "orders.csv").write_text("this is no export", encoding="utf-8")
    seed(folder)
    # when all is as it was issued
    done = invoicing(folder, "audit", "--json")
    assert done.returncode == 0, done.stderr
    ((platform, report),) = [one for one in json.loads(done.stdout).items() if one[1]["documents"]]
    assert (report["documents"], report["errors"], report["findings"]) == (2, 0, [])
    # then it is exported, signed with the key beside the database, and verified
    chosen = ("--mode", "sandbox", "--platform", platform)
    done = invoicing(folder, "audit", *chosen, "--export", "export.zip", "--with-pdfs")
    assert done.returncode == 0, done.stderr
    assert "every number, hash, row, total and file holds" in done.stdout
    assert (folder / "audit-key.pem").stat().st_mode & 0o777 == 0o600
    key = invoicing(folder, "audit", "key")
    (folder / "public.pem").write_text(key.stdout, encoding="ascii")
    verified = verify_export(folder / "export.zip", key_from_pem(key.stdout))
    assert (verified.documents, verified.findings) == (2, [])
    done = invoicing(folder, "verify", "export.zip", "--key", "public.pem")
    assert (done.returncode, "2 documents, 0 errors" in done.stdout) == (0, True)
    # when somebody changes a row
    with sqlite3.connect(folder / "x.sqlite3") as database:
        for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            database.execute(f"DROP TRIGGER {name}")
        database.execute("UPDATE invoice_line SET description = 'Coffee' WHERE position = 1")
    database.close()
    # then the commands say so, and so does the export that is made of it
    done = invoicing(folder, "audit", *chosen, "--export", "changed.zip")
    assert (done.returncode, "ROW_CHANGED" in done.stdout) == (1, True)
    done = invoicing(folder, "verify", "changed.zip", "--json")
    assert done.returncode == 1
    assert {finding["code"] for finding in json.loads(done.stdout)["findings"]} == {"ROW_CHANGED"}
    # and what is misused is said to be
    assert invoicing(folder, "audit", "--entity", "ent_none").returncode == 66
    assert invoicing(folder, "audit", "--export", "all.zip").returncode == 64
    assert invoicing(folder, "verify", "orders.csv").returncode == 2
    done = invoicing(folder, "archive", "prune")
    assert (done.returncode, "0 past their retention" in done.stdout) == (0, True)


def seed(folder: Path) -> None:
    """Two invoices of a seller, of a further account."""
    script = """
import asyncio
from app import bootstrap, settings
from app.services import keys
from tests import factories

async def main():
    async with bootstrap.application(settings.load()) as app:
        made = await keys.create_account(app.services, "Other")
        client = factories.Client(app, made.sandbox_secret)
        entity = await factories.entity(client)
        for _ in range(2):
            await factories.order(client, entity)
        await client.http.aclose()

asyncio.run(main())
"""
    root = str(Path(__file__).resolve().parents[2])
    environment = {**os.environ, "PYTHONPATH": root, "INVOICING_DATABASE_URL": f"sqlite://{folder / 'x.sqlite3'}"}
    subprocess.run([sys.executable, "-c", script], cwd=folder, env=environment, check=True, timeout=60)
