"""pgbench's scripts: one transaction each, of the statements that a write cannot do without.

They run as the product's role under row-level security, prepared, with integers for variables: a copy's id follows from
its number. They decide no tax, compute no total and no hash; what they write is as long as what the product writes.
Their events come with a place before all that the product numbers, so that its relay has nothing to do with them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from app.db.tables import TABLES
from bench.data import CUSTOMERS_PER_SELLER, LINES, Marketplace, identifier_sql

# What pgbench makes has higher numbers than any copy.
_FIRST: Final = 500_000_000
# Every client counts for itself: its transactions take every so-many-th number from `base` on.
_NUMBER: Final = "\\set i :i + 1\n\\set k :base + :i * :clients + :client_id\n"


def prepare(place: Marketplace) -> None:
    """Makes constants of the texts that the product has written for the one real order and invoice."""
    platform, database = place.platform_id, place.database
    for name, sql in {
        "bench_snapshot": "SELECT snapshot FROM invoice WHERE number IS NOT NULL ORDER BY id DESC LIMIT 1",
        "bench_payload": "SELECT payload FROM event WHERE type = 'invoice.finalized' ORDER BY position LIMIT 1",
    }.items():
        text = database.sql(f"SET app.platform = '{platform}'; {sql}").replace("'", "''")
        # A function that is inlined and folded: the text is a constant of the prepared statement.
        database.sql(
            f"CREATE FUNCTION {name}() RETURNS text LANGUAGE sql IMMUTABLE AS $body$ SELECT '{text}'::text $body$"
        )


def variables(base: int, clients: int) -> dict[str, int]:
    """The variables of a run whose clients count from `base` on."""
    return {"i": -1, "base": base, "clients": clients}


def finalize(place: Marketplace) -> str:
    """Numbers and freezes draft number `k` (from 0)."""
    size, platform = place.size, place.platform_id
    invoice = identifier_sql("inv", f":k::int + {size.invoices + 1}")
    seller = identifier_sql("ent", f":k::int % {size.sellers} + 1")
    return f"""{_NUMBER}
BEGIN;
SELECT set_config('app.platform', '{platform}', true);
SELECT * FROM invoice WHERE platform_id = '{platform}' AND id = {invoice} FOR NO KEY UPDATE;
SELECT * FROM invoice_line WHERE platform_id = '{platform}' AND entity_id = {seller} AND invoice_id = {invoice};
{_number_next(platform, seller)}
UPDATE invoice SET status = 'FINALIZED', payment_status = 'UNPAID', version = version + 1, {_frozen(size.sellers)}
  WHERE platform_id = '{platform}' AND id = {invoice};
INSERT INTO event (platform_id, id, entity_id, seq, type, schema_version, subject_id, payload, actor, occurred_at)
  VALUES ('{platform}', {identifier_sql("evt", ":k")}, {seller}, -{_FIRST} - :k::int, 'invoice.finalized', 1, {invoice},
    bench_payload(), 'bench', now());
{
        _posted(
            platform,
            f"SELECT id, entity_id, customer_id, gross_minor, currency FROM invoice"
            f" WHERE platform_id = '{platform}' AND id = {invoice}",
        )
    }
COMMIT;
"""


def finalize_together(place: Marketplace, count: int) -> str:
    """Numbers and freezes the `k`-th batch (from 0) of so many drafts of one seller, with one statement for each table.

    It is the least that PostgreSQL has to do for so many invoices: whatever decides, computes and hashes comes to it.
    """
    size, platform = place.size, place.platform_id
    number = f"(:k::int * {count} + n)"
    invoice = identifier_sql("inv", f"{number} + {size.invoices + 1}")
    seller, numbers = identifier_sql("ent", "1"), f"generate_series(0, {count - 1}) n"
    # An array, so that the planner looks them up and does not read the whole table.
    own = f"platform_id = '{platform}' AND id = ANY(ARRAY(SELECT {invoice} FROM {numbers}))"
    changes = _frozen(1, draft="0", number=":last_number::int + 1 + n")
    return f"""{_NUMBER}
BEGIN;
SELECT set_config('app.platform', '{platform}', true);
SELECT * FROM invoice WHERE {own} ORDER BY id FOR NO KEY UPDATE;
SELECT * FROM invoice_line WHERE platform_id = '{platform}' AND entity_id = {seller}
  AND invoice_id = ANY(ARRAY(SELECT {invoice} FROM {numbers}));
{_number_next(platform, seller, count)}
UPDATE invoice SET status = 'FINALIZED', payment_status = 'UNPAID', version = version + 1, {changes}
  FROM (SELECT n, {invoice} AS named FROM {numbers}) drafts WHERE {own} AND id = named;
INSERT INTO event (platform_id, id, entity_id, seq, type, schema_version, subject_id, payload, actor, occurred_at)
  SELECT '{platform}', {identifier_sql("evt", number)}, {seller}, -{_FIRST} - {number}, 'invoice.finalized', 1,
    {invoice}, bench_payload(), 'bench', now() FROM {numbers};
{_posted(platform, f"SELECT id, entity_id, customer_id, gross_minor, currency FROM invoice WHERE {own}")}
COMMIT;
"""


def order(place: Marketplace) -> str:
    """Takes order number `k` of three lines and makes its finalized invoice."""
    size, platform = place.size, place.platform_id
    number = f"{_FIRST} + :k::int"
    seller = identifier_sql("ent", f":k::int % {size.sellers} + 1")
    customer = identifier_sql("cus", f":k::int % {size.sellers} * {CUSTOMERS_PER_SELLER} + 1")
    invoice, sold = identifier_sql("inv", number), identifier_sql("ord", number)
    own = {"entity_id": seller}
    buyer = {**own, "customer_id": customer}
    finalized = f"FROM invoice t WHERE platform_id = '{platform}' AND id = {identifier_sql('inv', '1')}"
    numbered = {"sequence_number": ":last_number::int + 1", "number": "'B-' || (:last_number::int + 1)"}
    head = {
        "id": invoice,
        "order_id": sold,
        "series_id": identifier_sql("ser", f":k::int % {size.sellers} + 1"),
        "issue_date": "current_date",
        "snapshot": "bench_snapshot()",
        **numbered,
        **buyer,
    }
    lines = f"generate_series(1, {LINES}) n"
    bought = f"""FROM {lines}, (SELECT * FROM order_line
      WHERE platform_id = '{platform}' AND position = 1 LIMIT 1) t"""
    billed = f"""FROM {lines}, (SELECT * FROM invoice_line WHERE platform_id = '{platform}'
      AND entity_id = {identifier_sql("ent", "1")} AND invoice_id = {identifier_sql("inv", "1")} AND position = 1) t"""
    line_id = f"({number}) * {LINES} + n"
    return f"""{_NUMBER}
BEGIN;
SELECT set_config('app.platform', '{platform}', true);
SELECT * FROM entity WHERE platform_id = '{platform}' AND id = {seller};
SELECT * FROM customer WHERE platform_id = '{platform}' AND entity_id = {seller} AND id = {customer};
{
        _copy(
            "sales_order",
            {"id": sold, "external_id": f"'b-' || ({number})", **buyer},
            f"FROM sales_order t WHERE platform_id = '{platform}' AND id = {identifier_sql('ord', '1')}",
        )
    }
{_copy("order_line", {"id": identifier_sql("ordl", line_id), "order_id": sold, "position": "n", **own}, bought)}
{_number_next(platform, seller)}
WITH made AS ({_copy("invoice", head, finalized).rstrip(";")})
{_copy("invoice_line", {"id": identifier_sql("invl", line_id), "invoice_id": invoice, "position": "n", **own}, billed)}
INSERT INTO event (platform_id, id, entity_id, seq, type, schema_version, subject_id, payload, actor, occurred_at)
  SELECT '{platform}', {identifier_sql("evt", f"({number}) * 3 + n")}, {seller}, -({number})::bigint * 3 - n,
    'invoice.finalized', 1, {invoice}, bench_payload(), 'bench', now() FROM generate_series(1, 3) n;
{
        _posted(
            platform,
            f"SELECT {invoice} AS id, {seller} AS entity_id, {customer} AS customer_id, gross_minor, currency"
            f" {finalized}",
        )
    }
COMMIT;
"""


def _posted(platform: str, billed: str) -> str:
    """What is owed and declared by the documents that a query finds: an entry of the ledger and a tax entry each.

    The product names a tax entry by a line's number, which may be another invoice's: these have a letter of their own.
    """
    return f"""INSERT INTO ledger_entry (platform_id, id, entity_id, customer_id, invoice_id, kind, debit, credit,
    amount_minor, currency, occurred_at, created_at, created_by)
  SELECT '{platform}', 'lent' || substr(id, 4), entity_id, customer_id, id, 'INVOICE', 'RECEIVABLE', 'SALES',
    gross_minor, currency, now(), now(), 'bench' FROM ({billed}) t;
INSERT INTO tax_entry (platform_id, id, entity_id, invoice_id, type, date, of_date, treatment, category, percent,
    country, rule, supply_kind, nature, tax_class, origin, currency, document_count, base_minor, tax_minor)
  SELECT '{platform}', 'txe_b' || substr(id, 6), entity_id, id, 'STANDARD', current_date, current_date, 'DOMESTIC', 'S',
    19, 'DE', 'eu.goods.domestic', 'GOODS', 'GENERAL', 'STANDARD', 'DE', currency, 1, gross_minor, 0
    FROM ({billed}) t;"""


def _number_next(platform: str, seller: str, count: int = 1) -> str:
    own = f"WHERE platform_id = '{platform}' AND entity_id = {seller} AND type = 'STANDARD'"
    return f"""SELECT last_number, last_hash AS hash FROM series {own} FOR NO KEY UPDATE \\gset
UPDATE series
  SET last_number = last_number + {count}, last_issue_date = current_date, last_hash = repeat('0', 64) {own};"""


def _frozen(sellers: int, draft: str = ":k::int", number: str = ":last_number::int + 1") -> str:
    return f"""series_id = {identifier_sql("ser", f"{draft} % {sellers} + 1")},
  sequence_number = {number}, number = 'B-' || ({number}), issue_date = current_date,
  supply_date = current_date, due_date = current_date + 14, snapshot = bench_snapshot(),
  content_hash = repeat('0', 64), previous_hash = repeat('1', 64), finalized_at = now(), finalized_by = 'bench',
  updated_at = now()"""


def _copy(table: str, changes: Mapping[str, str], source: str) -> str:
    names = list(TABLES[table].columns)
    values = ", ".join(changes.get(name, f"t.{name}") for name in names)
    return f"INSERT INTO {table} ({', '.join(names)}) SELECT {values} {source};"
