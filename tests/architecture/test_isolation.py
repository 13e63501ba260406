"""Nobody sees, counts, changes or notices what belongs to another tenant, on any field that takes an id.

The places that take an id are read off the schema, so a new one without a probe fails this test.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from graphql import (
    GraphQLInputObjectType,
    GraphQLObjectType,
    get_named_type,
)

from app.bootstrap import Application
from app.graphql.schema import make_schema
from app.services import keys
from app.services.keys import NewAccount
from tests import factories
from tests.architecture import (
    isolation_credits,
    isolation_documents,
    isolation_history,
    isolation_law_reports,
    isolation_ledger,
    isolation_numbering,
    isolation_vat,
)
from tests.architecture.isolation_audit import AUDIT_PROBES
from tests.architecture.isolation_items import ITEM_LISTS, ITEM_NODES, ITEM_PROBES, item_belongings
from tests.factories import Client

U = "userErrors { code message field }"
LINES = '[{ description: "x", quantity: 1, unitPrice: "1.00" }]'
BUYER = '{ name: "x", address: { country: DE } }'.replace("DE", '"DE"')
AT = '"2026-03-09T10:00:00Z"'
PAGE = "nodes { id } totalCount edges { cursor }"

# Where an id goes → (which kind of id, the operation that puts it there).
PROBES: dict[str, tuple[str, str]] = {
    **isolation_documents.PROBES,
    **isolation_history.PROBES,
    "Query.entity(id)": ("entity", "query($id: ID!) { entity(id: $id) { id name } }"),
    "Query.invoice(id)": ("invoice", "query($id: ID!) { invoice(id: $id) { id number } }"),
    "Query.invoice(entityId)": (
        "entity",
        'query($id: ID!) { invoice(entityId: $id, number: "INV-001") { id number } }',
    ),
    "Query.events(entityId)": ("entity", f"query($id: ID!) {{ events(entityId: $id) {{ {PAGE} }} }}"),
    "TaxPreviewInput.entityId": (
        "entity",
        'query($id: ID!) { taxPreview(input: { date: "2026-03-09", currency: "EUR", entityId: $id,'
        f' buyer: {{ country: "DE" }}, lines: {LINES} }}) {{ netTotal {{ amount }} }} }}',
    ),
    "TaxPreviewInput.customerId": (
        "customer",
        'query($id: ID!) { taxPreview(input: { date: "2026-03-09", currency: "EUR", seller: { country: "DE" },'
        f" customerId: $id, lines: {LINES} }}) {{ netTotal {{ amount }} }} }}",
    ),
    "EntityUpdateInput.id": (
        "entity",
        f'mutation($id: ID!) {{ entityUpdate(input: {{ id: $id, name: "taken over" }}) {{ entity {{ id }} {U} }} }}',
    ),
    "EntityIdInput.id": (
        "entity",
        f"mutation($id: ID!) {{ entitySuspend(input: {{ id: $id }}) {{ entity {{ id }} {U} }}"
        f" entityActivate(input: {{ id: $id }}) {{ {U} }} entityArchive(input: {{ id: $id }}) {{ {U} }} }}",
    ),
    "CustomerCreateInput.entityId": (
        "entity",
        'mutation($id: ID!) { customerCreate(input: { entityId: $id, name: "x", address: { country: "DE" } })'
        f" {{ customer {{ id }} {U} }} }}",
    ),
    "CustomerUpdateInput.id": (
        "customer",
        f'mutation($id: ID!) {{ customerUpdate(input: {{ id: $id, name: "x" }}) {{ customer {{ id }} {U} }} }}',
    ),
    "OrderCreateInput.entityId": (
        "entity",
        f'mutation($id: ID!) {{ orderCreate(input: {{ entityId: $id, externalId: "probe", placedAt: {AT},'
        f" customer: {BUYER}, lines: {LINES} }}) {{ order {{ id }} {U} }} }}",
    ),
    "OrderCreateInput.customerId": (
        "customer",
        f'mutation($id: ID!, $own: ID!) {{ orderCreate(input: {{ entityId: $own, externalId: "probe", placedAt: {AT},'
        f" customerId: $id, lines: {LINES} }}) {{ order {{ id }} {U} }} }}",
    ),
    "CartLineInput.entityId": (
        "entity",
        f'mutation($id: ID!) {{ cartCreate(input: {{ externalId: "probe", placedAt: {AT}, customer: {BUYER},'
        f' lines: [{{ entityId: $id, line: {{ description: "x", quantity: 1, unitPrice: 1 }} }}] }})'
        f" {{ results {{ order {{ id }} {U} }} {U} }} }}",
    ),
    "OrderUpdateInput.id": (
        "order",
        f"mutation($id: ID!) {{ orderUpdate(input: {{ id: $id, cancelledAt: {AT} }}) {{ order {{ id }} {U} }} }}",
    ),
    "OrderUpdateInput.entityId": (
        "entity",
        f'mutation($id: ID!) {{ orderUpdate(input: {{ entityId: $id, externalId: "open", cancelledAt: {AT} }})'
        f" {{ order {{ id }} {U} }} }}",
    ),
    "OrderChannelCreateInput.entityId": (
        "entity",
        'mutation($id: ID!) { orderChannelCreate(input: { name: "x", entityId: $id })'
        f" {{ orderChannel {{ id }} {U} }} }}",
    ),
    "OrderChannelUpdateInput.id": (
        "channel",
        f'mutation($id: ID!) {{ orderChannelUpdate(input: {{ id: $id, name: "x" }}) {{ orderChannel {{ id }} {U} }} }}',
    ),
    "OrderChannelRotateInput.id": (
        "channel",
        f"mutation($id: ID!) {{ orderChannelRotate(input: {{ id: $id }}) {{ orderChannel {{ id }} {U} }} }}",
    ),
    "OrderChannelDeleteInput.id": (
        "channel",
        f"mutation($id: ID!) {{ orderChannelDelete(input: {{ id: $id }}) {{ deletedId {U} }} }}",
    ),
    "InvoiceCreateInput.customerId": (
        "customer",
        f"mutation($id: ID!) {{ invoiceCreate(input: {{ customerId: $id, lines: {LINES} }})"
        f" {{ invoice {{ id }} {U} }} }}",
    ),
    "InvoiceCreateInput.orderId": (
        "order",
        f"mutation($id: ID!) {{ invoiceCreate(input: {{ orderId: $id }}) {{ invoice {{ id }} {U} }} }}",
    ),
    "InvoiceCreateInput.entityId": (
        "entity",
        f"mutation($id: ID!, $customer: ID!) {{ invoiceCreate(input: {{ entityId: $id, customerId: $customer,"
        f" lines: {LINES} }}) {{ invoice {{ id }} {U} }} }}",
    ),
    "InvoiceUpdateInput.id": (
        "draft",
        f'mutation($id: ID!) {{ invoiceUpdate(input: {{ id: $id, note: "x" }}) {{ invoice {{ id }} {U} }} }}',
    ),
    "InvoiceUpdateInput.customerId": (
        "customer",
        "mutation($id: ID!, $draft: ID!) { invoiceUpdate(input: { id: $draft, customerId: $id })"
        f" {{ invoice {{ id }} {U} }} }}",
    ),
    "InvoiceDeleteInput.id": (
        "draft",
        f"mutation($id: ID!) {{ invoiceDelete(input: {{ id: $id }}) {{ deletedId {U} }} }}",
    ),
    "InvoiceFinalizeInput.id": (
        "draft",
        f"mutation($id: ID!) {{ invoiceFinalize(input: {{ id: $id }}) {{ invoice {{ id }} {U} }} }}",
    ),
    "InvoicesFinalizeInput.ids": (
        "draft",
        f"mutation($id: ID!) {{ invoicesFinalize(input: {{ ids: [$id] }})"
        f" {{ results {{ invoice {{ id }} {U} }} {U} }} }}",
    ),
    "InvoiceSendInput.id": (
        "invoice",
        f'mutation($id: ID!) {{ invoiceSend(input: {{ id: $id, to: ["x@example.com"] }}) {{ email {{ id }} {U} }} }}',
    ),
    "EmailWhere.entityId": (
        "entity",
        f"query($id: ID!) {{ emails(where: {{ entityId: {{ eq: $id }} }}) {{ {PAGE} }} }}",
    ),
    "EmailWhere.invoiceId": (
        "invoice",
        f"query($id: ID!) {{ emails(where: {{ invoiceId: {{ oneOf: [$id] }} }}) {{ {PAGE} }} }}",
    ),
    "PaymentRecordInput.invoiceId": (
        "invoice",
        f"mutation($id: ID!) {{ paymentRecord(input: {{ invoiceId: $id }}) {{ payment {{ id }} {U} }} }}",
    ),
    "WebhookEndpointCreateInput.entityId": (
        "entity",
        'mutation($id: ID!) { webhookEndpointCreate(input: { url: "https://example.com/x", entityId: $id })'
        f" {{ webhookEndpoint {{ id }} {U} }} }}",
    ),
    "WebhookEndpointUpdateInput.id": (
        "endpoint",
        'mutation($id: ID!) { webhookEndpointUpdate(input: { id: $id, description: "x" })'
        f" {{ webhookEndpoint {{ id }} {U} }} }}",
    ),
    "WebhookEndpointDeleteInput.id": (
        "endpoint",
        f"mutation($id: ID!) {{ webhookEndpointDelete(input: {{ id: $id }}) {{ deletedId {U} }} }}",
    ),
    "WebhookSecretRotateInput.id": (
        "endpoint",
        f"mutation($id: ID!) {{ webhookSecretRotate(input: {{ id: $id }}) {{ webhookEndpoint {{ id }} {U} }} }}",
    ),
    "WebhookReplayInput.endpointId": (
        "endpoint",
        "mutation($id: ID!) { webhookReplay(input: { endpointId: $id, what: { allFailed: true } })"
        f" {{ replayed {U} }} }}",
    ),
    "WebhookReplayWhat.delivery": (
        "delivery",
        "mutation($id: ID!, $endpoint: ID!) { webhookReplay(input: { endpointId: $endpoint, what: { delivery: $id } })"
        f" {{ replayed {U} }} }}",
    ),
    "WebhookTestInput.endpointId": (
        "endpoint",
        f"mutation($id: ID!) {{ webhookTest(input: {{ endpointId: $id }}) {{ delivery {{ id }} {U} }} }}",
    ),
    "Query.webhookDeliveries(endpointId)": (
        "endpoint",
        f"query($id: ID!) {{ webhookDeliveries(endpointId: $id) {{ {PAGE} }} }}",
    ),
    "ApiKeyCreateInput.entityId": (
        "entity",
        f'mutation($id: ID!) {{ apiKeyCreate(input: {{ name: "x", entityId: $id }}) {{ apiKey {{ id }} {U} }} }}',
    ),
    "ApiKeyRevokeInput.id": (
        "key",
        f"mutation($id: ID!) {{ apiKeyRevoke(input: {{ id: $id }}) {{ apiKey {{ id }} {U} }} }}",
    ),
    "JobIdInput.id": (
        "job",
        f"mutation($id: ID!) {{ jobRetry(input: {{ id: $id }}) {{ job {{ id }} {U} }}"
        f" jobCancel(input: {{ id: $id }}) {{ job {{ id }} {U} }} }}",
    ),
    "JobWhere.id": ("job", f"query($id: ID!) {{ jobs(where: {{ id: {{ eq: $id }} }}) {{ {PAGE} }} }}"),
    "JobWhere.entityId": ("entity", f"query($id: ID!) {{ jobs(where: {{ entityId: {{ eq: $id }} }}) {{ {PAGE} }} }}"),
    "EntityWhere.id": ("entity", f"query($id: ID!) {{ entities(where: {{ id: {{ eq: $id }} }}) {{ {PAGE} }} }}"),
    "CustomerWhere.id": ("customer", f"query($id: ID!) {{ customers(where: {{ id: {{ eq: $id }} }}) {{ {PAGE} }} }}"),
    "CustomerWhere.entityId": (
        "entity",
        f"query($id: ID!) {{ customers(where: {{ entityId: {{ oneOf: [$id] }} }}) {{ {PAGE} }} }}",
    ),
    "OrderWhere.id": ("order", f"query($id: ID!) {{ orders(where: {{ id: {{ eq: $id }} }}) {{ {PAGE} }} }}"),
    "OrderWhere.entityId": (
        "entity",
        f"query($id: ID!) {{ orders(where: {{ entityId: {{ eq: $id }} }}) {{ {PAGE} }} }}",
    ),
    "OrderWhere.customerId": (
        "customer",
        f"query($id: ID!) {{ orders(where: {{ customerId: {{ eq: $id }} }}) {{ {PAGE} }} }}",
    ),
    "InvoiceWhere.id": ("invoice", f"query($id: ID!) {{ invoices(where: {{ id: {{ oneOf: [$id] }} }}) {{ {PAGE} }} }}"),
    "InvoiceWhere.entityId": (
        "entity",
        f"query($id: ID!) {{ invoices(where: {{ OR: [{{ entityId: {{ eq: $id }} }}] }}) {{ {PAGE} }} }}",
    ),
    "InvoiceWhere.customerId": (
        "customer",
        f"query($id: ID!) {{ invoices(where: {{ customerId: {{ eq: $id }} }}) {{ {PAGE} }} }}",
    ),
    "InvoiceWhere.orderId": (
        "order",
        f"query($id: ID!) {{ invoices(where: {{ orderId: {{ eq: $id }} }}) {{ {PAGE} }} }}",
    ),
    **isolation_law_reports.PROBES,
    **isolation_ledger.PROBES,
    **isolation_numbering.PROBES,
}
PROBES |= isolation_credits.PROBES
PROBES |= AUDIT_PROBES
PROBES |= ITEM_PROBES
PROBES |= isolation_vat.PROBES
NODES = (
    *("entity", "customer", "order", "invoice", "draft", "payment", "event", "endpoint", "delivery", "key"),
    *("email", "job", "channel", "refund", "series"),
    *ITEM_NODES,
    *isolation_vat.NODES,
    *("email", "job", "channel", "audit entry"),
)
# These are probed over every kind of object, or by the subscription tests.
ELSEWHERE = {
    "Query.node(id)",
    "Query.nodes(ids)",
    "Subscription.events(entityId)",
    "Subscription.invoiceEvents(entityId)",
    "Subscription.orderEvents(entityId)",
    "Subscription.jobProgress(id)",
    # The generic filter itself; each field that uses it is probed.
    "IDFilter.eq",
    "IDFilter.oneOf",
    *isolation_credits.ELSEWHERE,
}


def places_that_take_an_id() -> Iterator[str]:
    schema = make_schema()._schema
    for name, kind in schema.type_map.items():
        if isinstance(kind, GraphQLInputObjectType):
            for field_name, field in kind.fields.items():
                if get_named_type(field.type).name in ("ID", "IDFilter"):
                    yield f"{name}.{field_name}"
        elif isinstance(kind, GraphQLObjectType) and not name.startswith("__"):
            for field_name, output in kind.fields.items():
                for argument_name, argument in output.args.items():
                    if get_named_type(argument.type).name == "ID":
                        yield f"{name}.{field_name}({argument_name})"


def test_every_place_that_takes_an_id_is_probed() -> None:
    assert set(places_that_take_an_id()) == set(PROBES) | ELSEWHERE


@dataclass(frozen=True, slots=True)
class Belongings:
    """One object of each kind of one seller."""

    ids: dict[str, str]


async def belongings(client: Client) -> Belongings:
    entity = await factories.entity(client)
    order = await factories.order(client, entity, paidAt="2026-03-09T10:00:00Z")
    pending = await factories.entity(client, settings={"autoInvoice": "NEVER"})
    open_order = await factories.order(client, pending, externalId="open")
    draft = await factories.draft(client, entity)
    data = await client.ask(
        """mutation($e: ID!) {
             w: webhookEndpointCreate(input: { url: "http://127.0.0.1:9009/hook", entityId: $e }) {
               webhookEndpoint { id } }
             k: apiKeyCreate(input: { name: "k", entityId: $e }) { apiKey { id } }
             c: orderChannelCreate(input: { name: "c", entityId: $e }) { orderChannel { id } } }""",
        e=entity,
    )
    await factories.order(client, entity)
    sent = await client.ask(
        'mutation($id: ID!) { invoiceSend(input: { id: $id, to: ["x@example.com"] }) { email { id } } }',
        id=order["invoices"][0]["id"],
    )
    await factories.settled(client.app)
    await client.app.worker.deliver_once()
    await client.app.worker.settle()
    found = await client.ask(
        """query($i: ID!, $w: ID!) { events(first: 1) { nodes { id } }
             invoice(id: $i) { customer { id } payments { id } entity { series(first: 1) { nodes { id } } } }
             node(id: $w) { ... on WebhookEndpoint { deliveries(first: 1) { nodes { id } } } } }""",
        i=order["invoices"][0]["id"],
        w=data["w"]["webhookEndpoint"]["id"],
    )
    return Belongings(
        {
            "entity": entity,
            "customer": found["invoice"]["customer"]["id"],
            "order": open_order["id"],
            "invoice": order["invoices"][0]["id"],
            "draft": draft,
            "payment": found["invoice"]["payments"][0]["id"],
            "event": found["events"]["nodes"][0]["id"],
            "endpoint": data["w"]["webhookEndpoint"]["id"],
            "delivery": found["node"]["deliveries"]["nodes"][0]["id"],
            "key": data["k"]["apiKey"]["id"],
            "email": sent["invoiceSend"]["email"]["id"],
            "job": (await factories.job(client, entity)).id,
            "channel": data["c"]["orderChannel"]["id"],
            "refund": await isolation_credits.refunded(client, entity),
            "series": found["invoice"]["entity"]["series"]["nodes"][0]["id"],
            **await item_belongings(client, entity, found["invoice"]["customer"]["id"]),
            **await isolation_vat.belongings(client, entity),
            "audit entry": await isolation_history.entry_of(client, draft),
        }
    )


def missing(found: str) -> str:
    """An id of the same kind that does not exist."""
    return found[:-1] + ("0" if found[-1] != "0" else "1")


async def strangers(client: Client, account: NewAccount) -> dict[str, tuple[Client, dict[str, str]]]:
    """Whoever must not see the victim's objects, each with objects of its own for the other fields."""
    other = await keys.create_account(client.app.services, "Another marketplace")
    found = {}
    seller = await factories.entity(client)
    for name, platform in (
        ("another seller", client),
        ("the live platform", client.with_key(account.live_secret)),
        ("another account", client.with_key(other.sandbox_secret)),
    ):
        own = seller if platform is client else await factories.entity(platform)
        buyer = await factories.customer(platform, own)
        draft = await factories.draft(platform, own, buyer)
        asking = client.with_key(await factories.key(client, own)) if platform is client else platform
        hook = 'webhookEndpointCreate(input: { url: "http://127.0.0.1:9009/own" }) { webhookEndpoint { id } }'
        endpoint = (await asking.ask(f"mutation {{ made: {hook} }}"))["made"]["webhookEndpoint"]["id"]
        further = {"customer": buyer, "draft": draft, "endpoint": endpoint}
        further |= await item_belongings(platform, own, buyer)
        found[name] = (asking, {"own": own, **further})
    return found


async def fingerprint(client: Client) -> str:
    """Everything that the victim's platform shows of itself."""
    data = await client.ask(
        """{ entities(first: 100) { nodes { id name status version } } customers(first: 100) { nodes { id version } }
             orders(first: 100) { nodes { id status version } } invoices(first: 100) { nodes { id status version } }
             webhookEndpoints(first: 100) { nodes { id version } } orderChannels(first: 100) { nodes { id version } }
             emails(first: 100) { nodes { id status } }
             apiKeys(first: 100) { nodes { id revokedAt } } auditEntries { totalCount } events(first: 1) { totalCount }
             jobs(first: 100) { nodes { id status } }"""
        f"{ITEM_LISTS} }}"
    )
    return json.dumps(data, sort_keys=True)


@pytest.fixture
async def scene(client: Client, account: NewAccount) -> tuple[Client, dict[str, str], Any]:
    return client, (await belongings(client)).ids, await strangers(client, account)


async def test_a_foreign_id_is_answered_as_one_that_does_not_exist(scene: Any) -> None:
    victim, ids, others = scene
    await factories.settled(victim.app)
    before = await fingerprint(victim)
    for who, (asking, own) in others.items():
        for place, (kind, operation) in PROBES.items():
            further = {name: value for name, value in own.items() if f"${name}:" in operation}
            foreign = await asking.raw(operation, id=ids[kind], **further)
            absent = await asking.raw(operation, id=missing(ids[kind]), **further)
            assert normal(foreign, ids[kind]) == normal(absent, missing(ids[kind])), (who, place)
            assert ids[kind] not in json.dumps(foreign.get("data")), (who, place)
    await factories.settled(victim.app)
    assert await fingerprint(victim) == before


def normal(response: dict[str, Any], target: str) -> str:
    return json.dumps(response, sort_keys=True).replace(target, "ID")


async def test_no_node_of_another_tenant_exists(scene: Any) -> None:
    _, ids, others = scene
    for asking, _ in others.values():
        data = await asking.ask("query($ids: [ID!]!) { nodes(ids: $ids) { id } }", ids=[ids[kind] for kind in NODES])
        assert data["nodes"] == [None] * len(NODES)
        for kind in NODES:
            assert await asking.ask("query($id: ID!) { node(id: $id) { id } }", id=ids[kind]) == {"node": None}


async def test_the_owner_sees_every_node(scene: Any) -> None:
    owner, ids, _ = scene
    data = await owner.ask("query($ids: [ID!]!) { nodes(ids: $ids) { id } }", ids=[ids[kind] for kind in NODES])
    assert [node["id"] for node in data["nodes"]] == [ids[kind] for kind in NODES]


async def test_lists_counts_events_and_files_hold_nothing_foreign(scene: Any) -> None:
    _, ids, others = scene
    for who, (asking, own) in others.items():
        data = await asking.ask(
            """{ entities(first: 100) { totalCount nodes { id } } customers(first: 100) { totalCount nodes { id } }
                 orders(first: 100) { totalCount nodes { id } } invoices(first: 100) { totalCount nodes { id } }
                 webhookEndpoints(first: 100) { totalCount } emails(first: 100) { totalCount } jobs { totalCount }
                 orderChannels(first: 100) { totalCount }
                 items(first: 100) { totalCount nodes { id } }
                 recurringInvoices(first: 100) { totalCount nodes { id } }
                 events(first: 100) { nodes { entity { id } } } }"""
        )
        assert data["entities"] == {"totalCount": 1, "nodes": [{"id": own["own"]}]}, who
        assert data["customers"] == {"totalCount": 1, "nodes": [{"id": own["customer"]}]}, who
        assert data["invoices"] == {"totalCount": 1, "nodes": [{"id": own["draft"]}]}, who
        assert data["orders"] == {"totalCount": 0, "nodes": []}, who
        assert data["webhookEndpoints"] == {"totalCount": 1}, who
        assert data["emails"] == {"totalCount": 0}, who
        assert data["jobs"] == {"totalCount": 0}, who
        assert data["orderChannels"] == {"totalCount": 0}, who
        assert data["items"] == {"totalCount": 1, "nodes": [{"id": own["item"]}]}, who
        assert data["recurringInvoices"] == {"totalCount": 1, "nodes": [{"id": own["recurring"]}]}, who
        assert {event["entity"]["id"] for event in data["events"]["nodes"] if event["entity"]} <= {own["own"]}, who
        assert (await asking.get(f"/invoices/{ids['invoice']}.pdf")).status_code == 404, who


async def test_a_sellers_key_may_not_do_what_is_the_operators(client: Client) -> None:
    seller = await factories.entity(client)
    asking = client.with_key(await factories.key(client, seller))
    for operation in (
        '{ platformReport(from: "2026-03-01", to: "2026-03-31") { invoiceCount } }',
        'mutation { entityCreate(input: { name: "x", currency: "EUR", address: { country: "DE" } })'
        " { entity { id } } }",
        f'mutation {{ entityArchive(input: {{ id: "{seller}" }}) {{ entity {{ id }} }} }}',
    ):
        assert (await asking.error(operation))["extensions"]["code"] == "PERMISSION_DENIED"
    assert (await client.ask("{ entities { nodes { id status } } }"))["entities"]["nodes"] == [
        {"id": seller, "status": "ACTIVE"}
    ]


async def test_a_seller_cannot_tell_how_busy_the_others_are(client: Client) -> None:
    quiet, busy = await factories.entity(client), await factories.entity(client)
    asking = client.with_key(await factories.key(client, quiet))
    query = "{ events(first: 100) { totalCount nodes { id cursor sequence } pageInfo { endCursor } } }"
    for _ in range(3):
        await factories.order(client, busy)
    await factories.order(client, quiet)
    await factories.settled(client.app)

    seen = (await asking.ask(query))["events"]
    operators = (await client.ask(query))["events"]

    assert {event["sequence"] for event in seen["nodes"]} == {None}
    assert all(event["cursor"] == event["id"] for event in seen["nodes"])
    assert [event["sequence"] for event in operators["nodes"]] == list(range(1, operators["totalCount"] + 1))
    mine = {event["id"] for event in seen["nodes"]}
    foreign = next(event["cursor"] for event in operators["nodes"] if event["id"] not in mine)
    after = "query($after: String) { events(after: $after) { nodes { id } } }"
    own = await asking.ask(after, after=seen["nodes"][0]["cursor"])
    assert [event["id"] for event in own["events"]["nodes"]] == [event["id"] for event in seen["nodes"][1:]]
    refused, unknown = [await asking.error(after, after=cursor) for cursor in (foreign, missing(foreign))]
    assert refused == unknown


async def test_a_seller_cannot_try_out_the_external_ids_of_others(client: Client) -> None:
    mine, other = await factories.entity(client), await factories.entity(client, externalId="secret-partner")
    asking = client.with_key(await factories.key(client, mine))
    update = (
        "mutation($i: EntityUpdateInput!) { entityUpdate(input: $i) { entity { externalId } userErrors { code } } }"
    )
    errors = [
        await asking.error(update, i={"id": mine, "externalId": name}) for name in ("secret-partner", "nobody-has-it")
    ]
    assert errors[0] == errors[1]
    assert errors[0]["extensions"]["code"] == "PERMISSION_DENIED"
    assert (await client.ask("query($id: ID!) { entity(id: $id) { externalId } }", id=other))["entity"] == {
        "externalId": "secret-partner"
    }


async def test_a_key_never_gives_more_than_it_has(client: Client) -> None:
    poor = client.with_key(await factories.key(client, permissions=["API_KEYS_WRITE", "ENTITIES_READ"]))
    data = await poor.ask(
        'mutation { apiKeyCreate(input: { name: "more", permissions: [INVOICES_READ] })'
        " { secret userErrors { code field } } }"
    )
    assert data["apiKeyCreate"] == {
        "secret": None,
        "userErrors": [{"code": "INVALID_INPUT", "field": ["permissions"]}],
    }
    assert (await poor.error("{ invoices { totalCount } }"))["extensions"]["code"] == "PERMISSION_DENIED"


async def test_on_postgresql_the_database_itself_keeps_tenants_apart(
    postgres_app: Application, postgres_url: str
) -> None:
    from app.db.transaction import Registry

    made = await keys.create_account(postgres_app.services, "One")
    client = Client(postgres_app, made.live_secret)
    await factories.entity(client)
    create = 'mutation { orderChannelCreate(input: { name: "c" }) { orderChannel { id } } }'
    channel = (await client.ask(create))["orderChannelCreate"]["orderChannel"]["id"]
    await client.http.aclose()
    async with postgres_app.database.read(Registry()) as session:
        for table in (
            "entity",
            "customer",
            "invoice",
            "api_key",
            "event",
            "order_channel",
            "platform",
            "job",
            "audit_entry",
        ):
            assert await session.fetch(f"SELECT 1 AS one FROM {table}") == [], table
    async with postgres_app.database.read(Registry(channel_id=channel)) as session:
        assert [row["id"] for row in await session.fetch("SELECT id FROM order_channel")] == [channel]
    async with postgres_app.database.read(Registry(worker=True)) as session:
        assert await session.fetch("SELECT 1 AS one FROM order_channel") == []
