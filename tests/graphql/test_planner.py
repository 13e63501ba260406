"""Planned queries answer as graphql-core does, in one statement, inside their tenant."""

from __future__ import annotations

import gc
import os
import re
import shutil
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import orjson
import pytest
from graphql import (
    OperationDefinitionNode,
    get_named_type,
    is_abstract_type,
    is_leaf_type,
    is_required_argument,
    parse,
)
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from app import bootstrap
from app import settings as app_settings
from app.bootstrap import Application
from app.db.tables import TABLES
from app.domain.scope import Scope
from app.graphql.context import GraphQLContext
from app.graphql.planner import QueryPlanner
from app.graphql.planning import plan
from app.graphql.schema import make_schema
from app.graphql.selection import Selection, definition_of
from app.graphql.sources import STORED, source_of
from app.graphql.transport.engine import Engine, OperationRequest, Prepared, RequestError
from app.graphql.transport.limits import Limits
from app.services import keys
from app.services.keys import Principal
from tests import books, factories
from tests.conftest import Clock, opened_on
from tests.factories import Client
from tests.graphql.operations import World, operations
from tests.planned import _answer as planned_answer
from tests.planned import context_of, made_context, plain, reference

# More of them: DIFFERENTIAL_QUERIES=5000 make test ARGS=tests/graphql/test_planner.py
QUERIES = int(os.environ.get("DIFFERENTIAL_QUERIES", "250"))
SCHEMA = make_schema()
# Falling back for these reasons hides a planner's mistake, unless graphql-core has an error to tell.
NEEDLESS_WITHOUT_ERRORS = ("a null where none may be", "an error beside what is planned")


@dataclass(repr=False)
class Bench:
    """A database full of odd data, asked by an operator, by one of its sellers, and by another account."""

    client: Client
    planner: QueryPlanner
    engine: Engine
    principals: dict[str, Principal]
    world: World
    seen: Counter[str] = field(default_factory=Counter)

    def context(self, who: str) -> GraphQLContext:
        return made_context(self.client, self.principals[who])

    def prepare(self, query: str, variables: dict[str, Any] | None = None) -> Prepared:
        return self.engine.prepare(OperationRequest(query=query, variables=variables or {}))

    async def check(self, prepared: Prepared, who: str) -> bool:
        """Whether it was planned; raises AssertionError when graphql-core answers differently."""
        context, variables = self.context(who), prepared.request.variables
        before = Counter(self.planner.fallbacks)
        found = await planned_answer(self.planner, prepared.document, prepared.operation, variables, context)
        if found is None:
            (reason,) = self.planner.fallbacks - before
            assert reason != "a mistake", "see the log"
            self.seen[reason] += 1
            if reason in NEEDLESS_WITHOUT_ERRORS:
                expected = await reference(self.planner, prepared.document, prepared.operation, variables, context)
                assert expected.errors, f"{reason}, but graphql-core answers {plain(expected.data)}"
            return False
        self.seen["planned"] += 1
        expected = await reference(self.planner, prepared.document, prepared.operation, variables, context)
        assert expected.errors is None, expected.errors
        assert plain(found) == plain(expected.data)
        return True


@dataclass(frozen=True)
class Stage:
    """What all tests of this file read and none changes: the API, who asks it, and what is there to ask for."""

    client: Client
    principals: dict[str, Principal]
    world: World


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
async def stage(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Stage]:
    """It on each database in turn, made once."""
    if request.param == "sqlite":
        path = tmp_path_factory.mktemp("stage") / "invoicing.sqlite3"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        url = f"sqlite://{path}"
    else:
        url = request.getfixturevalue("postgres_databases").make(request.getfixturevalue("postgres_template"))
    async for app in opened_on(url, Clock()):
        client = await _new_client(app)
        yield await _furnish(client)
        await client.http.aclose()


@pytest.fixture
def bench(stage: Stage) -> Bench:
    """A planner that has planned nothing yet."""
    return Bench(stage.client, QueryPlanner(SCHEMA), Engine(SCHEMA, Limits()), stage.principals, stage.world)


async def _furnish(client: Client) -> Stage:
    """Three sellers with currencies of 2, 0 and 3 digits, hostile texts, drafts, ties, nulls, and a foreign account."""
    sellers = [
        await factories.entity(client),
        await factories.entity(client, currency="JPY", name='Ko\'s "Tea" \\ 東京', branding={"footer": "a|b $1 %s"}),
        await factories.entity(client, currency="KWD", settings={"autoInvoice": "NEVER"}),
    ]
    ids: list[str] = [*sellers]
    for seller in sellers:
        for text in ("Erika", 'O\'Neil "Ed" \\', "%_$1?1|", "L\u2028S 🍵"):
            ids.append(await factories.customer(client, seller, name=text, externalId=f"{seller}{text}"))
        for i, price in enumerate(("0.01", "0.05", "0.99", "1.00", "1234567.89")):
            taken = await factories.order(
                client, seller, lines=[factories.line(price), factories.line("1")], currency="EUR"
            )
            ids += [taken["id"], *(invoice["id"] for invoice in taken["invoices"])]
            if i < 2:
                ids.append(await factories.draft(client, seller, ids[-1] if ids[-1].startswith("cus") else None))
    for i, owner in enumerate([None, *sellers]):
        result = {"text": 'O\'Neil "Ed" \\', "n": [i, None, 1.5]} if i else None
        found = await factories.job(client, owner, progress=Decimal(i) / 7, message="a|b $1", result=result)
        ids.append(found.id)
    await factories.settled(client.app)
    principal = await keys.authenticate(client.app.services, f"Bearer {client.secret}")
    await _disturb(client, principal.scope)
    seller_key = await factories.key(client, sellers[0])
    narrow = await factories.key(client, None, ["INVOICES_READ"])
    foreign = await keys.create_account(client.app.services, "Other")
    others = {
        "operator": principal,
        "seller": await keys.authenticate(client.app.services, f"Bearer {seller_key}"),
        "narrow": await keys.authenticate(client.app.services, f"Bearer {narrow}"),
        "foreign": await keys.authenticate(client.app.services, f"Bearer {foreign.sandbox_secret}"),
    }
    cursors: list[str] = []
    for order in ("NEWEST", "DUE_DATE_ASC", "TOTAL_DESC"):
        data = await client.ask(
            f"{{ invoices(orderBy: {order}, first: 4) {{ edges {{ cursor node {{ number }} }} }} }}"
        )
        cursors += [edge["cursor"] for edge in data["invoices"]["edges"]]
    return Stage(client, others, World(ids, ["INV-001", "Erika", *sellers], cursors))


async def _disturb(client: Client, scope: Scope) -> None:
    """Amounts of every sign and size, instants with and without fractions, and endpoints with deliveries."""
    async with client.app.database.transaction(scope) as session:
        drafts = await session.fetch("SELECT id FROM invoice WHERE status = 'DRAFT' ORDER BY id")
        amounts = (0, 1, -1, 5, -5, 99, -99, 100, -100, 10**14)
        for i, row in enumerate(drafts):
            changed = (amounts[i % len(amounts)], ("EUR", "JPY", "KWD")[i % 3], row["id"])
            await session.execute("UPDATE invoice SET gross_minor = $1, currency = $2 WHERE id = $3", *changed)
        instant = (
            "'2026-03-10 09:00:00.500000+00:00'"
            if session.dialect == "sqlite"
            else "timestamptz '2026-03-10 09:00:00.5+00'"
        )
        await session.execute(f"UPDATE customer SET created_at = {instant} WHERE name LIKE 'O%'")
    create = "mutation($i: WebhookEndpointCreateInput!) { webhookEndpointCreate(input: $i) { userErrors { message } } }"
    for types in ([], ["INVOICE_CREATED"]):
        value = {"url": "http://127.0.0.1:9999/x", "eventTypes": types, "headers": {"x-a": "b"}}
        assert (await client.ask(create, i=value))["webhookEndpointCreate"]["userErrors"] == []


@pytest.fixture
def dropped() -> Iterator[None]:
    """Lets what was dropped end while its warnings are expected, and not during a later test."""
    yield
    gc.collect()


# graphql-core drops what it waits for when a field beside it has failed already.
@pytest.mark.filterwarnings("ignore:coroutine '(GraphQLCoreConverter|Executor)[.].* was never awaited:RuntimeWarning")
@pytest.mark.filterwarnings("ignore:.* (GraphQLCoreConverter|Executor)[.]:pytest.PytestUnraisableExceptionWarning")
@settings(
    max_examples=QUERIES,
    deadline=None,
    derandomize="DIFFERENTIAL_SEED" not in os.environ,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink],
)
@given(data=st.data())
async def test_generated_queries_are_answered_as_graphql_core_does(
    dropped: None, bench: Bench, data: st.DataObject
) -> None:
    operation = data.draw(operations(SCHEMA._schema, bench.world))
    who = data.draw(st.sampled_from(["operator", "operator", "seller", "narrow", "foreign"]))
    try:
        prepared = bench.prepare(operation.query, operation.variables)
    except RequestError as error:
        refused = error.errors
    else:
        refused = []
    # Only limits may refuse what was generated from the schema.
    assert {item["extensions"]["code"] for item in refused} <= {"LIMIT_EXCEEDED"}, (operation.query, refused)
    if refused:
        return
    await bench.check(prepared, who)
    # A second request through the plan that is cached now.
    await bench.check(prepared, who)


LIST = (
    "query($w: InvoiceWhere) { invoices(where: $w, first: 50) { nodes { id number status overdue issueDate"
    ' grossTotal { amount currency formatted(locale: "de") } taxes { category percent tax { amount } }'
    " customer { name address { city } taxId { value } } lines { description quantity net { amount }"
    " taxDecision { rule explanation } } } edges { cursor node { id } } totalCount"
    " pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }"
)
PLANNED = {
    "list": LIST,
    "nested": "{ entities { nodes { id invoices(last: 2, orderBy: TOTAL_DESC) { totalCount nodes { id lines { sku } } }"
    " customers(first: 1) { edges { cursor node { name invoices { totalCount } } } } } } }",
    "settings": "{ entities { nodes { settings { autoInvoice tax { oss otherRegistrations } } branding { logoUrl }"
    " paymentDetails { iban } taxIds { value status } compliance { status findings { rule } } } } }",
    "several": "{ a: invoices(first: 1) { nodes { id } } b: orders { nodes { id total { amount }"
    " lines { supply { kind } } customer { kind } invoices { number payments { amount { amount } } } } } __typename }",
    "by-filter": 'query($id: ID!) { entity(id: $id) { name } invoice(number: "x", entityId: $id) { id } }',
    "node": "query($id: ID!) { node(id: $id) { __typename id ... on Entity { name compliance { status } } } }",
    "compliance": "{ entities(first: 5, where: { compliance: { status: { eq: ATTENTION },"
    ' rule: { eq: "ENTITY-TAX-ID" } } })'
    " { totalCount nodes { compliance { checkedAt pendingInvoices unverifiedCustomers findings { rule fix } } } } }",
    "webhooks": "{ webhookEndpoints { nodes { eventTypes headers status deliveries { nodes { status attempts { number }"
    " event { type data sequence } } } } } apiKeys { nodes { permissions lastFour entity { id } } } }",
    "history": "{ auditEntries(first: 5, where: { action: { eq: CREATED }, subjectType: { oneOf: [CUSTOMER] } })"
    " { totalCount nodes { subjectId action changesOmitted actor { kind id name lastFour onBehalfOf } changes { field"
    " from to } entity { name history(last: 1) { nodes { createdAt } } } } } }",
    "empty": "query($no: Boolean = false) { invoices @include(if: $no) { totalCount } }",
}


@pytest.mark.parametrize("who", ["operator", "seller"])
@pytest.mark.parametrize("name", PLANNED)
async def test_what_dashboards_ask_is_planned(bench: Bench, name: str, who: str) -> None:
    query = PLANNED[name]
    variables = {"id": bench.world.ids[0]} if "$id" in query else {}
    assert await bench.check(bench.prepare(query, variables), who), bench.planner.fallbacks


# What is worked out anew for each who asks, over many rows; graphql-core answers it beside what is planned.
# So it does exchange rates, which belong to no tenant.
NOT_STORED = {
    "viewer",
    "taxPreview",
    "taxRates",
    "numberingPreview",
    "platformReport",
    "sequenceAudit",
    "exchangeRate",
    "exchangeRates",
    "ossReturn",
    "iossReturn",
    "ecSalesList",
    "vatSummary",
    "dac7Report",
}


def _everything(named: Any, depth: int = 2) -> str:
    """A selection of all fields of a type, those of the objects in it too."""
    parts = ["__typename"]
    for name, declared in named.fields.items():
        inner = get_named_type(declared.type)
        needed = [argument for argument in declared.args.values() if is_required_argument(argument)]
        if is_leaf_type(inner) and not needed:
            parts.append(name)
        elif depth and not needed and not is_abstract_type(inner):
            parts.append(f"{name} {_everything(inner, depth - 1)}")
    return "{ " + " ".join(parts) + " }"


@pytest.mark.parametrize("name", sorted(kind for kind, found in STORED.items() if found.prefix is not None))
def test_every_field_of_every_stored_type_is_planned(name: str) -> None:
    selection = _everything(SCHEMA._schema.type_map[name])
    document = parse(f"query($id: ID!) {{ node(id: $id) {{ ... on {name} {selection} }} }}")
    (operation,) = document.definitions
    root = SCHEMA._schema.query_type
    assert isinstance(operation, OperationDefinitionNode)
    assert root is not None
    assert plan(Selection(SCHEMA, document, {}), operation, root).rest is None


def test_every_root_field_is_planned_but_those_that_are_not_stored() -> None:
    root = SCHEMA._schema.query_type
    assert root is not None
    assert {name for name, field in root.fields.items() if source_of(definition_of(field)) is None} == NOT_STORED


async def test_what_has_no_plan_is_executed_beside_what_has(bench: Bench) -> None:
    query = (
        "{ viewer { mode apiKey { name } } invoices(first: 2) { nodes { number } } __schema { queryType { name } } }"
    )
    prepared = bench.prepare(query)
    assert await bench.check(prepared, "operator")
    explained = bench.planner.explain(prepared.document, prepared.operation, {}, bench.context("operator"))
    assert explained.not_planned == ["Query.viewer has no source", "introspection"]


async def test_the_mark_of_a_computed_field_means_nothing_in_stored_text(client: Client) -> None:
    seller = await factories.entity(client)
    draft = await factories.draft(client, seller)
    scope = await books.scope_of(client)
    for forged in ("\x02[0]\x02", "\x02", '\x02[1,"x"]\x02,"overdue":'):
        async with client.app.database.transaction(scope) as session:
            await session.execute("UPDATE invoice SET note = $1 WHERE id = $2", forged, draft)

        data = await client.ask("{ invoices { nodes { id note overdue } } }")

        assert data["invoices"]["nodes"] == [{"id": draft, "note": forged, "overdue": False}]


async def test_pages_walk_forwards_and_backwards_as_they_are_executed(bench: Bench) -> None:
    query = (
        "query($f: Int, $a: String, $l: Int, $b: String, $o: InvoiceOrder!) { invoices(first: $f, after: $a, last: $l,"
        " before: $b, orderBy: $o) { edges { cursor node { id } } pageInfo { hasNextPage hasPreviousPage startCursor"
        " endCursor } totalCount } }"
    )
    for order in ("NEWEST", "OLDEST", "DUE_DATE_ASC", "DUE_DATE_DESC", "TOTAL_ASC", "TOTAL_DESC", "ISSUE_DATE_DESC"):
        for size, cursor in (("f", "a"), ("l", "b")):
            seen: list[str] = []
            at = None
            for _ in range(20):
                variables = {"o": order, size: 4, cursor: at}
                prepared = bench.prepare(query, variables)
                assert await bench.check(prepared, "operator")
                answer = await planned_answer(
                    bench.planner, prepared.document, prepared.operation, variables, bench.context("operator")
                )
                page = plain(answer)["invoices"]
                ids = [edge["node"]["id"] for edge in page["edges"]]
                seen = [*seen, *ids] if size == "f" else [*ids, *seen]
                at = page["pageInfo"]["endCursor" if size == "f" else "startCursor"]
                if not page["pageInfo"]["hasNextPage" if size == "f" else "hasPreviousPage"]:
                    break
            assert len(seen) == len(set(seen)) == page["totalCount"], (order, size)


async def test_a_planned_query_is_one_statement_however_many_rows(bench: Bench, monkeypatch: Any) -> None:
    statements: list[str] = []
    database = bench.client.app.database
    fetch_texts = database.fetch_texts

    async def counted(sql: str, values: Any) -> Any:
        statements.append(sql)
        return await fetch_texts(sql, values)

    with monkeypatch.context() as patched:
        patched.setattr(database, "fetch_texts", counted)
        patched.setattr(database, "read", None)
        for first in (1, 50):
            prepared = bench.prepare(LIST.replace("50", str(first)))
            context = bench.context("operator")
            assert await planned_answer(bench.planner, prepared.document, prepared.operation, {}, context)
    assert len(statements) == 2


@pytest.mark.parametrize("who", ["operator", "seller"])
@pytest.mark.parametrize("name", [name for name in PLANNED if name != "empty"])
async def test_every_from_of_a_table_has_the_tenant(bench: Bench, name: str, who: str) -> None:
    query = PLANNED[name]
    variables = {"id": bench.world.ids[0]} if "$id" in query else {}
    prepared = bench.prepare(query, variables)
    explained = bench.planner.explain(prepared.document, prepared.operation, variables, bench.context(who))
    sql, values = explained.sql, explained.values
    scope = bench.principals[who].scope
    found = re.findall(r"FROM (\w+) (t\d+) WHERE (.*?)(?: AND |\)| ORDER| LIMIT)", sql)
    assert len(found) == len(re.findall(r"FROM [a-z]", sql)), sql
    for table, alias, condition in found:
        assert table in TABLES
        assert condition == f"{alias}.platform_id = $1"
    assert values[0] == scope.platform_id
    if who == "seller":
        assert values[1] == scope.entity_id
        scoped = re.findall(r"FROM (\w+) (t\d+) WHERE \2\.platform_id = \$1 AND \2\.(?:entity_id|id) = \$2", sql)
        assert len(scoped) == len(found)


async def test_row_level_security_stands_under_planned_queries_and_fails_closed(
    postgres_app: Application, monkeypatch: Any
) -> None:
    client = await _new_client(postgres_app)
    await factories.order(client, await factories.entity(client))
    context = await context_of(client)
    planner, engine = QueryPlanner(SCHEMA), Engine(SCHEMA, Limits())
    prepared = engine.prepare(
        OperationRequest(query="{ invoices { nodes { id } totalCount } entities { totalCount } }")
    )
    explained = planner.explain(prepared.document, prepared.operation, {}, context)
    sql, values = explained.sql, explained.values
    empty = ('{"nodes":[],"totalCount":0}', '{"totalCount":0}')
    guard = "set_config('app.platform', $1, true) IS NOT NULL"
    assert sql.count(guard) == 2

    # Whoever forgets the setting, or sets another platform's, sees nothing, in spite of the statement's own condition.
    forgotten = await postgres_app.database.fetch_texts(sql.replace(guard, "$1::text IS NOT NULL"), values)
    others = sql.replace(guard, "set_config('app.platform', 'plat_other', true) IS NOT NULL AND $1::text IS NOT NULL")
    assert tuple(forgotten) == empty
    assert tuple(await postgres_app.database.fetch_texts(others, values)) == empty

    right = await postgres_app.database.fetch_texts(sql, values)
    assert plain([orjson.loads(text)["totalCount"] for text in right]) == [1, 1]
    # And nothing is left on any connection of the pool.
    left = await postgres_app.database.fetch_texts("SELECT coalesce(current_setting('app.platform', true), '')", [])
    assert tuple(left) == ("",)


async def test_tenants_that_alternate_on_one_connection_see_their_own(postgres_url: str, clock: Clock) -> None:
    chosen = app_settings.load({"INVOICING_DATABASE_URL": postgres_url, "INVOICING_DATABASE_POOL_SIZE": "1"})
    async with bootstrap.application(chosen, clock=clock) as app:
        clients = [await _new_client(app) for _ in range(2)]
        contexts = []
        for n, client in enumerate(clients, 1):
            for _ in range(n):
                await factories.entity(client)
            contexts.append(await context_of(client))
        planner, engine = QueryPlanner(SCHEMA), Engine(SCHEMA, Limits())
        prepared = engine.prepare(OperationRequest(query="{ entities { totalCount nodes { id } } }"))
        for turn in range(20):
            n = turn % 2
            answer = await planned_answer(planner, prepared.document, prepared.operation, {}, contexts[n])
            assert plain(answer)["entities"]["totalCount"] == n + 1


async def _new_client(app: Application) -> Client:
    return Client(app, (await keys.create_account(app.services, "Marketplace")).sandbox_secret)
