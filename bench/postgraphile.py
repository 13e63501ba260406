"""PostGraphile 5, fetched from npm into an ignored folder, over the same tables under the same row-level security."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence
from contextlib import AbstractContextManager
from pathlib import Path

import orjson

from bench.data import Marketplace
from bench.product import POOL_SIZE
from bench.queries import PAGE, bodies
from bench.servers import Server, running

FOLDER = Path(__file__).parent / ".postgraphile"
PACKAGES = {"postgraphile": "5.1.5", "node": "22.23.3"}

_FIELDS = """
  rowId number status issueDate dueDate grossMinor currency
  customerByPlatformIdAndEntityIdAndCustomerId { rowId name email }
  invoiceLinesByPlatformIdAndEntityIdAndInvoiceId(orderBy: POSITION_ASC) {
    nodes { rowId position description quantity unitPrice grossMinor }
  }"""
_LIST = """query($seller: String!) {
  allInvoices(
    first: %d, orderBy: ROW_ID_DESC, condition: { platformId: "%s", entityId: $seller, status: "FINALIZED" }
  ) { nodes { %s } } }"""
_DETAIL = "query($id: String!) { invoiceByRowId(rowId: $id) { %s netMinor taxMinor mentions finalizedAt } }"


class Missing(Exception):
    """PostGraphile cannot be run here; the message says why."""


def install() -> None:
    """Installs it, and the Node that it wants, unless that was done. Raises Missing."""
    npm = shutil.which("npm")
    if npm is None:
        raise Missing("npm is not installed")
    wanted = orjson.dumps({"private": True, "type": "module", "dependencies": PACKAGES})
    package = FOLDER / "package.json"
    if _node().exists() and package.exists() and package.read_bytes() == wanted:
        return
    FOLDER.mkdir(exist_ok=True)
    package.write_bytes(wanted)
    command = [npm, "install", "--no-audit", "--no-fund", "--loglevel=error"]
    try:
        done = subprocess.run(command, cwd=FOLDER, capture_output=True, text=True, timeout=300)
    except subprocess.TimeoutExpired:
        raise Missing("npm did not answer") from None
    if done.returncode != 0 or not _node().exists():
        raise Missing(done.stderr.strip()[-300:] or "npm installed no node")


def serving(place: Marketplace) -> AbstractContextManager[Server]:
    """Runs it. Raises Missing."""
    install()
    shutil.copy(Path(__file__).with_suffix(".mjs"), FOLDER / "server.mjs")
    environment = {
        "NODE_ENV": "production",
        "BENCH_URL": place.database.url,
        "BENCH_ROLE": place.database.role,
        "BENCH_PLATFORM": place.platform_id,
        "BENCH_POOL": str(POOL_SIZE),
    }
    return running([str(_node()), "server.mjs"], environment, folder=FOLDER)


def list_bodies(place: Marketplace, sellers: Sequence[str]) -> list[bytes]:
    """The product's list in PostGraphile's words: amounts come in minor units."""
    return bodies(_LIST % (PAGE, place.platform_id, _FIELDS), "seller", sellers)


def detail_bodies(invoices: Sequence[str]) -> list[bytes]:
    """One invoice, likewise."""
    return bodies(_DETAIL % _FIELDS, "id", invoices)


def _node() -> Path:
    return FOLDER / "node_modules" / ".bin" / "node"
