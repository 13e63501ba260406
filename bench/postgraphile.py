"""PostGraphile 5, fetched from npm into an ignored folder, over the same tables under the same row-level security."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import orjson

from bench.data import Marketplace
from bench.product import POOL_SIZE
from bench.queries import PAGE, bodies
from bench.servers import Command

FOLDER = Path(__file__).parent / ".postgraphile"
POSTGRAPHILE, NODE = "5.1.5", "22.23.3"
# What PostGraphile 5 wants; where Node is older, npm brings one.
_NODE_MAJOR = 22

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
_DETAIL = (
    "query($id: String!) { invoiceByRowId(rowId: $id) { %s netMinor taxMinor mentions supplyDate paymentStatus } }"
)


class Missing(Exception):
    """PostGraphile cannot be run here; the message says why."""


def command(place: Marketplace) -> Command:
    """How it is served, once it is installed. Raises Missing."""
    node = _install()
    shutil.copy(Path(__file__).with_suffix(".mjs"), FOLDER / "server.mjs")
    environment = {**place.environment, "NODE_ENV": "production", "BENCH_POOL": str(POOL_SIZE)}
    return Command([node, "server.mjs"], environment, FOLDER)


def list_bodies(place: Marketplace, sellers: Sequence[str]) -> list[bytes]:
    """The product's list in PostGraphile's words: amounts come in minor units."""
    return bodies(_LIST % (PAGE, place.platform_id, _FIELDS), "seller", sellers)


def detail_bodies(invoices: Sequence[str]) -> list[bytes]:
    """One invoice, likewise."""
    return bodies(_DETAIL % _FIELDS, "id", invoices)


def _install() -> str:
    """The Node that runs it, once npm has fetched what is missing."""
    npm, found = shutil.which("npm"), shutil.which("node")
    if npm is None or found is None:
        raise Missing("Node and npm are not installed")
    version = subprocess.run([found, "--version"], capture_output=True, text=True, timeout=10).stdout
    enough = int(version.strip().removeprefix("v").partition(".")[0] or 0) >= _NODE_MAJOR
    packages = {"postgraphile": POSTGRAPHILE} if enough else {"postgraphile": POSTGRAPHILE, "node": NODE}
    node = found if enough else str(FOLDER / "node_modules" / ".bin" / "node")
    wanted = orjson.dumps({"private": True, "type": "module", "dependencies": packages})
    package, done = FOLDER / "package.json", FOLDER / "node_modules" / "postgraphile"
    if done.exists() and Path(node).exists() and package.exists() and package.read_bytes() == wanted:
        return node
    FOLDER.mkdir(exist_ok=True)
    package.write_bytes(wanted)
    options = ["--no-audit", "--no-fund", "--loglevel=error", "--fetch-retries=1", "--fetch-timeout=20000"]
    try:
        fetched = subprocess.run([npm, "install", *options], cwd=FOLDER, capture_output=True, text=True, timeout=180)
    except subprocess.TimeoutExpired:
        raise Missing("npm did not answer") from None
    if fetched.returncode != 0 or not Path(node).exists():
        raise Missing(fetched.stderr.strip()[:200] or f"npm installed no Node {_NODE_MAJOR}")
    return node
