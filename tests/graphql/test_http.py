"""GraphQL over HTTP: the published audits, and what a hostile client may try."""

from __future__ import annotations

import hashlib
import time
from collections.abc import AsyncIterator
from importlib import resources
from typing import Any

import pytest

from app.bootstrap import Application
from app.graphql.schema import make_schema
from app.graphql.transport.engine import Engine, OperationRequest, RequestError
from app.graphql.transport.graphiql import FILES
from app.graphql.transport.limits import Limits
from app.services import keys
from tests import factories
from tests.factories import Client

JSON = "application/json"
GRAPHQL = "application/graphql-response+json"


@pytest.fixture
async def api(sqlite_app: Application) -> AsyncIterator[Client]:
    made = await keys.create_account(sqlite_app.services, "Test marketplace")
    client = Client(sqlite_app, made.sandbox_secret)
    client.http.headers["authorization"] = f"Bearer {made.sandbox_secret}"
    yield client
    await client.http.aclose()


@pytest.mark.parametrize(
    ("accept", "answered"),
    [
        (None, JSON),
        ("*/*", JSON),
        (JSON, JSON),
        ("application/json; charset=utf-8", JSON),
        (GRAPHQL, GRAPHQL),
        (f"{GRAPHQL}; q=0.5, {JSON}", JSON),
        (f"{GRAPHQL}, {JSON}; q=0.9", GRAPHQL),
    ],
)
async def test_the_answers_type_is_what_the_client_wants_most(api: Client, accept: str | None, answered: str) -> None:
    headers = {} if accept is None else {"accept": accept}
    if accept is None:
        api.http.headers.pop("accept", None)
    response = await api.http.post("/graphql", json={"query": "{ __typename }"}, headers=headers)
    assert (response.status_code, response.headers["content-type"]) == (200, f"{answered}; charset=utf-8")
    assert response.json()["data"] == {"__typename": "Query"}


async def test_an_unacceptable_type_is_406(api: Client) -> None:
    response = await api.http.post("/graphql", json={"query": "{ __typename }"}, headers={"accept": "text/csv"})
    assert response.status_code == 406


@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        (b"{", JSON, 400),
        (b"[]", JSON, 400),
        (b"null", JSON, 400),
        (b'"x"', JSON, 400),
        (b"\xff\xfe", JSON, 400),
        (b"{}", JSON, 400),
        (b'{"query": 1}', JSON, 400),
        (b'{"query": "{ __typename }", "variables": "x"}', JSON, 400),
        (b'{"query": "{ __typename }", "operationName": 1}', JSON, 400),
        (b'{"query": "{ __typename }", "extensions": []}', JSON, 400),
        (b'{"query": "{ __typename }"}', "text/plain", 415),
        (b"query=x", "application/x-www-form-urlencoded", 415),
        (b'{"query": "{ __typename }"}', "application/json; charset=latin-1", 415),
        (b" " * 1_100_000, JSON, 413),
    ],
)
async def test_malformed_requests_have_their_status(api: Client, body: bytes, content_type: str, status: int) -> None:
    response = await api.http.post("/graphql", content=body, headers={"content-type": content_type})
    assert response.status_code == status
    assert response.json()["errors"][0]["message"]
    assert "data" not in response.json()


@pytest.mark.parametrize(
    "query",
    ["{", "{ nonsense }", "query A { __typename } query B { __typename }", "query($x: Int!) { node(id: $x) { id } }"],
)
async def test_request_errors_are_400_only_under_the_new_type(api: Client, query: str) -> None:
    for accept, status in ((GRAPHQL, 400), (JSON, 200)):
        response = await api.http.post("/graphql", json={"query": query}, headers={"accept": accept})
        assert response.status_code == status
        assert "data" not in response.json()


async def test_several_operations_need_a_name_and_none_runs_without(api: Client) -> None:
    query = 'mutation A { entityCreate(input: { name: "x", currency: "EUR", address: { country: "DE" } }) { entity { id } } } query B { viewer { mode } }'  # noqa: E501  # one document
    unnamed = await api.raw(query)
    assert unnamed["errors"][0]["extensions"]["code"] == "OPERATION_RESOLUTION_FAILURE"
    assert (await api.ask("{ entities { totalCount } }"))["entities"]["totalCount"] == 0
    named = await api.http.post("/graphql", json={"query": query, "operationName": "B"})
    assert named.json()["data"] == {"viewer": {"mode": "SANDBOX"}}


async def test_get_is_for_queries(api: Client) -> None:
    fine = await api.http.get("/graphql", params={"query": "{ __typename }"})
    assert (fine.status_code, fine.json()["data"]) == (200, {"__typename": "Query"})
    refused = await api.http.get(
        "/graphql", params={"query": 'mutation { apiKeyRevoke(input: { id: "x" }) { userErrors { code } } }'}
    )  # one document
    assert (refused.status_code, refused.headers["allow"]) == (405, "POST")
    other = await api.http.put("/graphql", json={"query": "{ __typename }"})
    assert (other.status_code, other.headers["allow"]) == (405, "GET, POST")


async def test_without_a_key_nothing_is_answered_not_even_the_schema(api: Client) -> None:
    for authorization in ("", "Bearer sk_test_wrong", "Basic x"):
        response = await api.http.post(
            "/graphql", json={"query": "{ __schema { types { name } } }"}, headers={"authorization": authorization}
        )
        assert (response.status_code, response.headers["www-authenticate"]) == (401, "Bearer")
        assert response.json()["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"


def engine(**limits: Any) -> Engine:
    return Engine(make_schema(), Limits(**limits))


def refusal(query: str, **limits: Any) -> str:
    with pytest.raises(RequestError) as raised:
        engine(**limits).prepare(OperationRequest(query=query))
    (error,) = raised.value.errors
    assert error["extensions"]["code"] == "LIMIT_EXCEEDED"
    return str(error["message"])


def test_each_limit_names_itself_what_was_found_and_what_is_allowed() -> None:
    nested = "{ entities { nodes { invoices { nodes { entity { id } } } } } }"
    assert refusal(nested, depth=4) == "depth: 6 is more than the limit of 4"
    assert refusal("{ a: __typename b: __typename }", aliases=1) == "aliases: 2 is more than the limit of 1"
    assert refusal("{ a: viewer { mode } b: viewer { mode } }", root_fields=1) == (
        "root fields: 2 is more than the limit of 1"
    )
    wide = "{ entities(first: 100) { nodes { invoices(first: 100) { nodes { lines { id } payments { id } } } } } }"
    assert refusal(wide).startswith("cost: ")
    assert "selections in one set" in refusal("{ " + "__typename " * 400 + "}")
    assert "token" in refusal("{ " + "__typename " * 6_000 + "}").lower()


def test_limits_are_linear_in_nested_fragments() -> None:
    count = 300
    fragments = " ".join(
        f"fragment F{i} on Query {{ ...F{i + 1} ...F{i + 1} viewer {{ mode }} }}" for i in range(count)
    )
    document = f"{{ ...F0 ...F0 }} {fragments} fragment F{count} on Query {{ __typename }}"
    began = time.perf_counter()
    with pytest.raises(RequestError):
        engine().prepare(OperationRequest(query=document))
    assert time.perf_counter() - began < 2.0


def test_a_document_that_nests_thousands_deep_is_refused_and_does_not_crash() -> None:
    with pytest.raises(RequestError):
        engine(tokens=100_000).prepare(OperationRequest(query="{ a " * 20_000 + "}" * 20_000))


def test_fragments_that_contain_themselves_are_refused() -> None:
    with pytest.raises(RequestError):
        engine().prepare(OperationRequest(query="{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }"))


async def test_what_is_unexpected_is_masked_and_has_a_reference(api: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    seller = await factories.entity(api)
    async with api.app.database.transaction(_scope(api, seller)) as session:
        # A row that the product never writes.
        await session.execute("UPDATE entity SET tax_ids = '[{}]' WHERE id = $1", seller)
    error = await api.error("query($id: ID!) { entity(id: $id) { taxIds { value } } }", id=seller)
    assert error["message"].startswith("internal error, reference ")
    assert error["extensions"]["code"] == "INTERNAL"
    assert "KeyError" not in str(error)


def _scope(api: Client, seller: str) -> Any:
    from app.db.transaction import Registry

    return Registry(worker=True)


@pytest.mark.parametrize("value", ['"1e5"', '"NaN"', '"Infinity"', "1.5", '"1,5"', '"' + "9" * 40 + '"', "true", '""'])
async def test_decimals_are_exact_or_refused(api: Client, value: str) -> None:
    seller = await factories.entity(api)
    buyer = await factories.customer(api, seller)
    response = await api.raw(
        f'mutation($c: ID!) {{ invoiceCreate(input: {{ customerId: $c, lines: [{{ description: "x", quantity: 1,'
        f" unitPrice: {value} }}] }}) {{ invoice {{ id }} }} }}",
        c=buyer,
    )
    assert response["errors"][0]["extensions"]["code"] in ("GRAPHQL_VALIDATION_FAILED", "BAD_USER_INPUT")


@pytest.mark.parametrize("text", ["\x00", "a\x00b", "\ud800", "x" * 5_000, "   "])
async def test_odd_texts_are_user_errors_and_no_crashes(api: Client, text: str) -> None:
    seller = await factories.entity(api)
    mutation = "mutation($i: EntityUpdateInput!) { entityUpdate(input: $i) { userErrors { code field } } }"
    body = {"query": mutation, "variables": {"i": {"id": seller, "name": text}}}
    import json as json_module

    response = await api.http.post("/graphql", content=json_module.dumps(body).encode(), headers={"content-type": JSON})
    if response.status_code == 400:
        # A lone surrogate is no Unicode text, so it is no JSON in UTF-8 either.
        assert text == "\ud800"
        return
    assert response.json()["data"]["entityUpdate"]["userErrors"] == [{"code": "INVALID_INPUT", "field": ["name"]}]


async def test_nul_in_filters_and_ids_is_no_crash(client: Client) -> None:
    data = await client.raw(
        "query($t: String!, $id: ID!) { customers(where: { search: $t, externalId: { eq: $t } }) { totalCount }"
        " node(id: $id) { id } entity(externalId: $t) { id } }",
        t="a\x00b",
        id="ent_\x00",
    )
    assert all(error["extensions"]["code"] != "INTERNAL" for error in data.get("errors", []))


async def test_graphiql_comes_from_this_server_alone(api: Client) -> None:
    page = await api.http.get("/graphql", headers={"accept": "text/html"})
    assert page.status_code == 200
    assert "https://" not in page.text
    assert "default-src 'none'" in page.headers["content-security-policy"]
    for name in FILES:
        file = await api.http.get(f"/graphql/static/{name}")
        assert file.status_code == 200
        assert f"/graphql/static/{name}" in page.text
    assert (await api.http.get("/graphql/static/../engine.py")).status_code == 404


VENDORED = {
    "graphiql.min.js": "3702a0f09f8f4e527dc1ba924220518650465028f0f3548b6eb39a95d644ec29",
    "graphiql.min.css": "bdddd50aac5bdb0edd83e5c862ba2fed9db2964e4c75d4655ab62b0a7d5bd730",
    "react.production.min.js": "d949f1c3687aedadcedac85261865f29b17cd273997e7f6b2bfc53b2f9d4c4dd",
    "react-dom.production.min.js": "35f4f974f4b2bcd44da73963347f8952e341f83909e4498227d4e26b98f66f0d",
}


@pytest.mark.parametrize("name", VENDORED)
def test_vendored_files_are_what_they_were(name: str) -> None:
    content = (resources.files("app.graphql.transport") / "static" / name).read_bytes()
    assert hashlib.sha256(content).hexdigest() == VENDORED[name]


def test_introspection_costs_no_more_under_many_names() -> None:
    aliased = "{ __schema { a: types { name } b: types { name } } }"
    in_fragment = "{ __schema { types { ...T } } } fragment T on __Type { a: fields { name } }"
    many = "{ " + " ".join(f"s{i}: __schema {{ types {{ name }} }}" for i in range(4)) + " }"
    assert refusal(aliased) == "aliases within an introspection: a is more than the limit of 0"
    assert refusal(in_fragment) == "aliases within an introspection: a is more than the limit of 0"
    assert refusal(many) == "introspections: 4 is more than the limit of 3"


async def test_a_where_has_a_limit_in_all(api: Client) -> None:
    where: dict[str, Any] = {"number": {"eq": "x"}}
    for _ in range(2):
        where = {"OR": [where] * 20}
    error = await api.error("query($w: InvoiceWhere) { invoices(where: $w) { totalCount } }", w=where)
    assert error["message"] == "at most 200 conditions in all"
    assert error["extensions"]["code"] == "LIMIT_EXCEEDED"


async def test_a_bug_in_the_transport_is_masked_too(api: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any) -> None:
        raise KeyError("secret")

    monkeypatch.setattr(Engine, "prepare", broken)
    response = await api.http.post(
        "/graphql", json={"query": "{ __typename }"}, headers={"authorization": f"Bearer {api.secret}"}
    )
    (error,) = response.json()["errors"]
    assert (response.status_code, error["extensions"]["code"]) == (500, "INTERNAL")
    assert "secret" not in error["message"]
