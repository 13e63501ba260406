"""The commands as a user runs them: in processes of their own, on a fresh database."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from tests.command_line import fresh, invoicing

ORDERS = (
    "seller,order_id,placed_at,customer_name,customer_country,description,quantity,unit_price\n"
    "nobody,1,2026-03-09T10:00:00Z,Bob,DE,Tea,1,9.99\n"
    "nobody,2,2026-03-09T10:00:00Z,Bob,DE,Tea,many,9.99\n"
)
RETAIL = (
    "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n"
    "536365,85123A,HEART HOLDER,6,2011-06-01 08:26:00,2.55,17850.0,United Kingdom\n"
    "536365,71053,LANTERN,6,2011-06-01 08:26:00,3.39,17850.0,United Kingdom\n"
    "C536366,71053,LANTERN,-1,2011-06-01 08:28:00,3.39,17850.0,United Kingdom\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a migrated database and one account."""
    assert invoicing(tmp_path, "migrate").returncode == 0
    made = invoicing(tmp_path, "account", "create", "Acme", "--json")
    keys = json.loads(made.stdout)
    assert keys["live"]["key"].startswith("sk_live_")
    assert keys["sandbox"]["key"].startswith("sk_test_")
    return tmp_path


@pytest.mark.slow
def test_the_demo_does_the_whole_job_in_under_thirty_seconds(tmp_path: Path) -> None:
    done = fresh(tmp_path, "demo", "--json")
    assert done.returncode == 0, done.stderr
    told: dict[str, Any] = json.loads(done.stdout)
    assert (told["sellers"], told["ordersCreated"], told["ordersRepeated"]) == (5, 28, 28)
    assert (told["rowsRejected"], told["invoices"], told["pdfs"]) == (2, 26, 26)
    assert told["webhooks"]["invoice.finalized"] == 26
    assert told["seconds"] < 30
    assert len(list((tmp_path / "demo-output" / "pdf").glob("*.pdf"))) == 26


def test_importing_accounts_for_every_row_and_repeats_nothing(folder: Path) -> None:
    (folder / "retail.csv").write_text(RETAIL, encoding="utf-8")
    command = ("orders", "import", "retail.csv", "--format", "online-retail", "--sellers", "3", "--json")
    first, again = (json.loads(invoicing(folder, *command).stdout) for _ in range(2))
    assert (first["rows"], first["rowsUsed"], first["rowsRejected"]) == (3, 2, 1)
    assert first["ordersCreated"] == first["ordersInvoiced"] == again["ordersRepeated"]
    assert (first["sellersCreated"], again["sellersCreated"], again["ordersCreated"]) == (3, 0, 0)
    assert first["rejected"] == [{"row": 4, "reason": "a cancellation: goods taken back are credited, not sold"}]


def test_bad_rows_are_reported_with_line_and_reason(folder: Path) -> None:
    (folder / "orders.csv").write_text(ORDERS, encoding="utf-8")
    done = invoicing(folder, "orders", "import", "orders.csv", "--rejects", "rejects.csv")
    assert done.returncode == 0
    assert "row 2: order '1': entityExternalId: no such entity" in done.stdout
    assert "row 3: order '2': lines.0.quantity: must be a decimal" in done.stdout
    assert len((folder / "rejects.csv").read_text(encoding="utf-8").splitlines()) == 3


@pytest.mark.parametrize(
    ("arguments", "environment", "code", "said"),
    [
        (("serve",), {"INVOICING_PORT": "x"}, 78, "INVOICING_PORT"),
        (("orders", "import", "missing.csv"), {}, 2, "missing.csv"),
        (("schema", "--check", "x.sqlite3"), {}, 1, "stale"),
    ],
)
def test_failures_say_why_and_have_their_exit_code(
    folder: Path, arguments: tuple[str, ...], environment: dict[str, str], code: int, said: str
) -> None:
    done = invoicing(folder, *arguments, **environment)
    assert done.returncode == code, done.stderr
    assert said in done.stderr


@pytest.mark.parametrize("command", ["migrate", "serve", "worker"])
def test_a_database_that_is_away_is_a_message_and_a_code_to_try_again_by(command: str, tmp_path: Path) -> None:
    done = invoicing(tmp_path, command, INVOICING_DATABASE_URL=f"postgresql://postgres@/x?host={tmp_path}")
    assert done.returncode == 75
    assert done.stderr.strip() == "error: the database cannot be reached, or it is busy"


def test_a_database_that_is_not_migrated_is_said_to_be(tmp_path: Path) -> None:
    done = invoicing(tmp_path, "account", "create", "Acme")
    assert done.returncode == 78
    assert "run `invoicing migrate`" in done.stderr


def test_doctor_and_settings_and_version(folder: Path) -> None:
    checks = json.loads(invoicing(folder, "doctor", "--json").stdout)
    assert all(check["ok"] for check in checks)
    assert any(
        row["name"] == "INVOICING_DATABASE_URL" for row in json.loads(invoicing(folder, "settings", "--json").stdout)
    )
    assert invoicing(folder, "--version").stdout.strip() == "0.1.0"


def test_jobs_are_listed_shown_cancelled_and_run_again(folder: Path) -> None:
    # given a job that failed, as a worker would have left it
    with sqlite3.connect(folder / "x.sqlite3") as database:
        (platform,) = database.execute("SELECT id FROM platform WHERE mode = 'LIVE'").fetchone()
        database.execute(
            "INSERT INTO job (platform_id, id, kind, input, status, progress, attempts, max_attempts, run_at, error,"
            " requested_by, cancel_requested, created_at, finished_at) VALUES (?, 'job_01h455vb4pex5vsknk084sn02q',"
            " 'test.kind', '{}', 'FAILED', '0.5', 8, 8, ?, 'the bank is closed', 'key_1', 0, ?, ?)",
            (platform, *["2026-03-10 09:00:00.000000+00:00"] * 3),
        )
    database.close()

    # then it is among the dead letters
    listed = json.loads(invoicing(folder, "jobs", "list", "--status", "FAILED", "--json").stdout)
    assert [(job["id"], job["progress"], job["error"]) for job in listed] == [
        ("job_01h455vb4pex5vsknk084sn02q", 0.5, "the bank is closed")
    ]
    assert json.loads(invoicing(folder, "jobs", "list", "--status", "QUEUED", "--json").stdout) == []

    # when it is run again, and cancelled, and run again
    for command, status in (("retry", "QUEUED"), ("cancel", "CANCELLED"), ("retry", "QUEUED")):
        done = invoicing(folder, "jobs", command, "job_01h455vb4pex5vsknk084sn02q", "--json")
        assert json.loads(done.stdout)["status"] == status

    # then it waits, and cannot be run again; another is not there
    shown = invoicing(folder, "jobs", "show", "job_01h455vb4pex5vsknk084sn02q")
    assert "status           QUEUED" in shown.stdout
    again = invoicing(folder, "jobs", "retry", "job_01h455vb4pex5vsknk084sn02q")
    assert (again.returncode, "this one is QUEUED" in again.stderr) == (65, True)
    assert invoicing(folder, "jobs", "show", "job_01h455vb4pex5vsknk084sn02r").returncode == 66
