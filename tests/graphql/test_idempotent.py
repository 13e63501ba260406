"""Where a mutation's idempotency key can stand, what several of them mean, and what is remembered."""

from __future__ import annotations

from typing import Any

import aiohttp
import pytest

from tests import factories
from tests.factories import Client, Data

CREATE = "mutation($i: EntityCreateInput!) { entityCreate(input: $i) { entity { id } userErrors { code field } } }"
COUNT = "{ entities { totalCount } }"
REFUSED = [{"code": "INVALID_INPUT", "field": ["idempotencyKey"]}]
SHOP = {"name": "Shop", "currency": "EUR", "address": {"country": "DE"}}


def directed(key: str) -> str:
    return CREATE.replace("input: $i)", f'input: $i) @idempotent(key: "{key}")')


async def count(client: Client) -> int:
    return int((await client.ask(COUNT))["entities"]["totalCount"])


async def create(client: Client, query: str = CREATE, header: str | None = None, **given: Any) -> Data:
    """The payload of a seller's creation."""
    headers = {} if header is None else {"idempotency-key": header}
    response = await client.raw(query, headers=headers, i={**SHOP, **given})
    payload: Data = response["data"]["entityCreate"]
    return payload


async def test_the_three_places_name_the_same_key(client: Client) -> None:
    made = await create(client, idempotencyKey="a")

    for query, header, own in [
        (directed("a"), None, None),
        (CREATE, "a", None),
        (directed("a"), "a", "a"),
        # The name under which it is answered is the client's own affair.
        (directed("a").replace("entityCreate(", "entityCreate: entityCreate("), "a", None),
    ]:
        assert await create(client, query, header, idempotencyKey=own) == made
    assert await count(client) == 1


@pytest.mark.parametrize(
    ("query", "header", "own"),
    [(directed("b"), None, "a"), (CREATE, "b", "a"), (directed("a"), "b", None), (directed("a"), "b", "a")],
)
async def test_keys_that_differ_are_refused_and_nothing_is_done(
    sqlite_client: Client, query: str, header: str | None, own: str | None
) -> None:
    payload = await create(sqlite_client, query, header, idempotencyKey=own)

    assert payload == {"entity": None, "userErrors": REFUSED}
    assert await count(sqlite_client) == 0


@pytest.mark.parametrize("key", ["", " ", "a b", "ü", "x" * 256, "line\nend"])
async def test_what_is_no_key_is_refused_by_name(sqlite_client: Client, key: str) -> None:
    by_variable = CREATE.replace("($i: Ent", "($k: String!, $i: Ent").replace("$i)", "$i) @idempotent(key: $k)")
    response = await sqlite_client.raw(by_variable, i=SHOP, k=key)
    answers = [response["data"]["entityCreate"], await create(sqlite_client, idempotencyKey=key)]
    if key.isascii() and key.isprintable():
        answers.append(await create(sqlite_client, header=key))

    assert answers == [{"entity": None, "userErrors": REFUSED}] * len(answers)
    assert await count(sqlite_client) == 0


async def test_two_lines_of_the_header_are_no_key(sqlite_client: Client) -> None:
    response = await sqlite_client.http.post(
        "/graphql",
        json={"query": CREATE, "variables": {"i": SHOP}},
        headers=[
            ("authorization", f"Bearer {sqlite_client.secret}"),
            ("idempotency-key", "a"),
            ("idempotency-key", "a"),
        ],
    )
    assert response.json()["data"]["entityCreate"] == {"entity": None, "userErrors": REFUSED}


SEVERAL = [
    "mutation($i: EntityCreateInput!) { a: entityCreate(input: $i) { userErrors { code field } }"
    " b: entityCreate(input: $i) { userErrors { code field } } }",
    "mutation($i: EntityCreateInput!) { ...Both } fragment Both on Mutation {"
    " a: entityCreate(input: $i) { userErrors { code field } }"
    " ... { b: entityCreate(input: $i) { userErrors { code field } } } }",
]


@pytest.mark.parametrize("query", SEVERAL)
async def test_a_header_with_several_mutations_is_refused(sqlite_client: Client, query: str) -> None:
    response = await sqlite_client.raw(query, headers={"idempotency-key": "a"}, i=SHOP)

    assert response["data"] == {"a": {"userErrors": REFUSED}, "b": {"userErrors": REFUSED}}
    assert await count(sqlite_client) == 0


async def test_several_mutations_have_a_key_each(client: Client) -> None:
    query = (
        "mutation($i: EntityCreateInput!, $c: String!) {"
        ' a: entityCreate(input: $i) @idempotent(key: "1") { entity { id } userErrors { code } }'
        " b: entityCreate(input: $i) @idempotent(key: $c) { entity { id } userErrors { code } } __typename }"
    )
    first, again = [await client.ask(query, i=SHOP, c="2") for _ in range(2)]
    assert first == again
    assert first["a"]["entity"]["id"] != first["b"]["entity"]["id"]
    assert await count(client) == 2


async def test_selections_of_one_field_have_one_key(sqlite_client: Client) -> None:
    once = "mutation($i: EntityCreateInput!) { x: entityCreate(input: $i) @idempotent(key: KEY) { entity { id } }"
    query = f"{once.replace('KEY', chr(34) + 'a' + chr(34))} x: entityCreate(input: $i) {{ userErrors {{ code }} }} }}"
    first, again = [await sqlite_client.raw(query, headers={"idempotency-key": "a"}, i=SHOP) for _ in range(2)]
    assert first["data"] == again["data"]
    two = query.replace("x: entityCreate(input: $i) {", 'x: entityCreate(input: $i) @idempotent(key: "b") {')
    assert (await sqlite_client.ask(two, i=SHOP))["x"] == {"entity": None, "userErrors": [{"code": "INVALID_INPUT"}]}
    assert await count(sqlite_client) == 1


@pytest.mark.parametrize(
    "query",
    [
        '{ entities @idempotent(key: "a") { totalCount } }',
        'mutation { entityArchive(input: { id: "x" }) { entity @idempotent(key: "a") { id } } }',
        'subscription { events @idempotent(key: "a") { type } }',
        '{ ...F } fragment F on Query { viewer @idempotent(key: "a") { mode } }',
    ],
)
async def test_the_directive_is_for_the_fields_of_a_mutation(sqlite_client: Client, query: str) -> None:
    error = await sqlite_client.error(query)
    assert error["message"] == "@idempotent is for the fields of a mutation only"
    assert error["extensions"]["code"] == "GRAPHQL_VALIDATION_FAILED"


async def test_over_a_websocket_the_directive_counts_and_the_header_is_refused(
    sqlite_client: Client, sqlite_server: str
) -> None:
    payload = {"authorization": f"Bearer {sqlite_client.secret}"}

    async def ask(query: str, **headers: str) -> Data:
        async with (
            aiohttp.ClientSession() as http,
            http.ws_connect(sqlite_server, protocols=["graphql-transport-ws"], headers=headers) as socket,
        ):
            await socket.send_json({"type": "connection_init", "payload": payload})
            await socket.receive_json(timeout=5)
            await socket.send_json(
                {"type": "subscribe", "id": "1", "payload": {"query": query, "variables": {"i": SHOP}}}
            )
            message: Data = await socket.receive_json(timeout=5)
        answer: Data = message["payload"]["data"]["entityCreate"]
        return answer

    first, again = [await ask(directed("a")) for _ in range(2)]
    refused = await ask(CREATE, **{"Idempotency-Key": "a"})

    assert first == again
    assert refused == {"entity": None, "userErrors": REFUSED}
    assert await count(sqlite_client) == 1


async def test_what_failed_is_not_remembered(client: Client) -> None:
    failed = await create(client, idempotencyKey="a", currency="XXX")
    made = await create(client, idempotencyKey="a")

    assert failed["userErrors"] == [{"code": "INVALID_INPUT", "field": ["currency"]}]
    assert made["userErrors"] == []
    assert await create(client, idempotencyKey="a") == made


async def test_the_same_value_written_otherwise_is_the_same_input(client: Client) -> None:
    seller = await factories.entity(client)
    order = await factories.order(client, seller)
    query = "mutation($i: PaymentRecordInput!) { paymentRecord(input: $i) { payment { id } userErrors { code } } }"
    given = {"invoiceId": order["invoices"][0]["id"], "idempotencyKey": "a"}

    answers = [
        await client.ask(query, i={**given, **value})
        for value in (
            {"amount": "1.50", "paidAt": "2026-03-09T10:00:00Z"},
            {"amount": "1.5", "paidAt": "2026-03-09T11:00:00.000+01:00", "method": "bank_transfer"},
            {"amount": "1.500", "paidAt": "2026-03-09t10:00:00+00:00", "reference": None},
        )
    ]

    assert answers[0]["paymentRecord"]["userErrors"] == []
    assert answers == [answers[0]] * 3


ORDERS = (
    "mutation($i: [OrderCreateInput!]!, $k: String!) { ordersCreate(input: $i) @idempotent(key: $k) {"
    " results { repeated order { id } userErrors { code field } } userErrors { code field } } }"
)


async def test_a_batch_repeated_tries_again_what_failed_and_nothing_else(client: Client) -> None:
    seller = await factories.entity(client)
    late = factories.order_input(seller) | {"entityId": None, "entityExternalId": "late"}
    given = [factories.order_input(seller), late, factories.order_input(seller)]

    first = (await client.ask(ORDERS, i=given, k="a"))["ordersCreate"]["results"]
    await factories.entity(client, externalId="late")
    again = (await client.ask(ORDERS, i=given, k="a"))["ordersCreate"]["results"]
    other = (await client.ask(ORDERS, i=given[:1], k="a"))["ordersCreate"]

    assert [result["repeated"] for result in first + again] == [False, False, False, True, False, True]
    assert first[1] == {
        "repeated": False,
        "order": None,
        "userErrors": [{"code": "NOT_FOUND", "field": ["entityExternalId"]}],
    }
    assert [again[0]["order"], again[2]["order"]] == [first[0]["order"], first[2]["order"]]
    assert again[1]["order"] is not None
    assert other == {"results": [], "userErrors": [{"code": "IDEMPOTENCY_MISMATCH", "field": ["idempotencyKey"]}]}


async def test_finalizing_many_repeated_tries_again_what_failed(client: Client) -> None:
    seller, stopped = await factories.entity(client), await factories.entity(client)
    drafts = [await factories.draft(client, one) for one in (seller, stopped)]
    entity = "mutation($i: EntityIdInput!) { DO(input: $i) { entity { id } } }"
    await client.ask(entity.replace("DO", "entitySuspend"), i={"id": stopped})
    query = (
        "mutation($i: InvoicesFinalizeInput!) { invoicesFinalize(input: $i) {"
        " results { repeated invoice { number } userErrors { code } } } }"
    )
    given = {"ids": drafts, "idempotencyKey": "a"}

    first = (await client.ask(query, i=given))["invoicesFinalize"]["results"]
    still = (await client.ask(query, i=given))["invoicesFinalize"]["results"]
    await client.ask(entity.replace("DO", "entityActivate"), i={"id": stopped})
    again = (await client.ask(query, i=given))["invoicesFinalize"]["results"]

    number = {"invoice": {"number": "INV-001"}, "userErrors": []}
    failed = {"repeated": False, "invoice": None, "userErrors": [{"code": "INVALID_STATE"}]}
    assert first == [{"repeated": False, **number}, failed]
    assert still == [{"repeated": True, **number}, failed]
    assert again == [{"repeated": True, **number}, {"repeated": False, **number}]


async def test_an_order_has_the_same_key_alone_and_in_a_batch(client: Client) -> None:
    seller = await factories.entity(client)
    alone = factories.order_input(seller, idempotencyKey="a")
    made = await client.ask("mutation($i: OrderCreateInput!) { orderCreate(input: $i) { order { id } } }", i=alone)
    given = [
        alone,
        factories.order_input(seller, idempotencyKey="b"),
        factories.order_input(seller, idempotencyKey="b"),
        factories.order_input(seller, idempotencyKey="a"),
        factories.order_input(seller, idempotencyKey="not a key"),
        factories.order_input(seller),
    ]
    results = (await client.ask(ORDERS, i=given, k="call"))["ordersCreate"]["results"]

    assert results[0] == {"repeated": True, "order": made["orderCreate"]["order"], "userErrors": []}
    assert [[error["code"] for error in result["userErrors"]] for result in results] == [
        [],
        [],
        ["IN_FLIGHT"],
        ["IDEMPOTENCY_MISMATCH"],
        ["INVALID_INPUT"],
        [],
    ]
    assert {tuple(error["field"]) for result in results for error in result["userErrors"]} == {("idempotencyKey",)}
    assert (await client.ask("{ orders { totalCount } }"))["orders"]["totalCount"] == 3
