"""One valid call of every mutation, and another one that the same idempotency key must refuse."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Final

from app.domain.jobs import JobStatus
from tests import factories
from tests.factories import Client
from tests.scenarios import mutation_cases_documents
from tests.scenarios import mutation_cases_numbering as numbering
from tests.scenarios.mutation_cases_items import ITEM_CASES

Data = dict[str, Any]
Prepare = Callable[[Client], Awaitable[Any]]


@dataclass(frozen=True, slots=True)
class Case:
    """`prepare` makes what the mutation needs and gives its input; `change` gives another valid input; `select` is what
    the payload is asked for, `again` what a repetition asks for: less, more or other. `once` names secrets that the
    first answer alone shows.
    """

    prepare: Prepare
    change: Callable[[Any], Any]
    select: str
    again: str
    once: tuple[str, ...] = ()


def _with(**news: Any) -> Callable[[Any], Any]:
    return lambda given: {**given, **news}


async def _new_seller(client: Client) -> Data:
    name = f"Shop {next(factories._count)}"
    return {"name": name, "externalId": name, "currency": "EUR", "address": {"country": "DE"}}


async def _seller(client: Client) -> Data:
    return {"id": await factories.entity(client)}


async def _suspended(client: Client) -> Data:
    given = await _seller(client)
    await client.ask("mutation($i: EntityIdInput!) { entitySuspend(input: $i) { entity { id } } }", i=given)
    return given


async def _new_buyer(client: Client) -> Data:
    return {"entityId": await factories.entity(client), "name": "Erika", "address": {"country": "DE"}}


async def _buyer(client: Client) -> Data:
    return {"id": await factories.customer(client, await factories.entity(client)), "name": "Max"}


async def _new_order(client: Client) -> Data:
    return factories.order_input(await factories.entity(client))


async def _new_orders(client: Client) -> list[Data]:
    seller = await factories.entity(client)
    return [factories.order_input(seller) for _ in range(3)]


async def _new_cart(client: Client) -> Data:
    lines = [{"entityId": await factories.entity(client), "line": factories.line()} for _ in range(2)]
    order = factories.order_input("")
    return {name: order[name] for name in ("externalId", "placedAt", "customer")} | {"lines": lines}


async def _open_order(client: Client) -> Data:
    seller = await factories.entity(client, settings={"autoInvoice": "ON_PAYMENT"})
    return {"id": (await factories.order(client, seller))["id"], "paidAt": "2026-03-09T12:00:00Z"}


async def _new_draft(client: Client) -> Data:
    buyer = await factories.customer(client, await factories.entity(client))
    return {"customerId": buyer, "lines": [factories.line()]}


async def _draft(client: Client) -> Data:
    return {"id": await factories.draft(client, await factories.entity(client))}


async def _drafts(client: Client) -> Data:
    seller = await factories.entity(client)
    return {"ids": [await factories.draft(client, seller) for _ in range(3)]}


async def _invoice(client: Client) -> Data:
    order = await factories.order(client, await factories.entity(client))
    return {"invoiceId": order["invoices"][0]["id"], "amount": "1.00"}


async def _new_endpoint(client: Client) -> Data:
    return {"url": f"https://example.com/{next(factories._count)}"}


async def _endpoint(client: Client) -> Data:
    made = await client.ask(
        "mutation($i: WebhookEndpointCreateInput!) { webhookEndpointCreate(input: $i) { webhookEndpoint { id } } }",
        i=await _new_endpoint(client),
    )
    return {"id": made["webhookEndpointCreate"]["webhookEndpoint"]["id"]}


async def _new_key(client: Client) -> Data:
    return {"name": "a key"}


async def _key(client: Client) -> Data:
    made = await client.ask('mutation { apiKeyCreate(input: { name: "k" }) { apiKey { id } } }')
    return {"id": made["apiKeyCreate"]["apiKey"]["id"]}


async def _new_channel(client: Client) -> Data:
    return {"name": "the shop's orders"}


async def _channel(client: Client) -> Data:
    made = await client.ask('mutation { orderChannelCreate(input: { name: "c" }) { orderChannel { id } } }')
    return {"id": made["orderChannelCreate"]["orderChannel"]["id"]}


async def _job(client: Client) -> Data:
    return {"id": (await factories.job(client)).id}


async def _given_up_job(client: Client) -> Data:
    now = client.app.services.clock()
    return {"id": (await factories.job(client, status=JobStatus.FAILED, finished_at=now, error="it failed")).id}


async def _document(client: Client) -> Data:
    buyer = {"name": "Erika", "externalId": "erika", "email": "erika@example.com", "address": {"country": "DE"}}
    order = await factories.order(client, await factories.entity(client), customer=buyer)
    return {"id": order["invoices"][0]["id"]}


async def _deaf_endpoint(client: Client) -> Data:
    # Nobody listens there.
    made = await client.ask(
        "mutation($i: WebhookEndpointCreateInput!) { webhookEndpointCreate(input: $i) { webhookEndpoint { id } } }",
        i={"url": "http://127.0.0.1:9009/"},
    )
    return {"endpointId": made["webhookEndpointCreate"]["webhookEndpoint"]["id"]}


async def _tried(client: Client) -> Data:
    given = await _deaf_endpoint(client)
    made = await client.ask(
        "mutation($i: WebhookTestInput!) { webhookTest(input: $i) { delivery { id status } } }", i=given
    )
    return {**given, "what": {"delivery": made["webhookTest"]["delivery"]["id"]}}


def _other_id(prepared: Data) -> Data:
    """Another object of the kind, which need not exist: the key is refused first."""
    return {**prepared, "id": prepared["id"][:-1] + ("0" if prepared["id"][-1] != "0" else "1")}


def _and(prepare: Prepare, **further: Any) -> Prepare:
    async def both(client: Client) -> Data:
        return {**await prepare(client), **further}

    return both


_ORDER: Final = "order { id externalId status }"
_RESULTS: Final = "results { index order { id } userErrors { code } }"

CASES: Final[dict[str, Case]] = {
    "entityCreate": Case(_new_seller, _with(name="Other"), "entity { id name }", "entity { id legalName version }"),
    "entityUpdate": Case(
        _and(_seller, name="Renamed"), _with(name="Other"), "entity { id name version }", "entity { id version }"
    ),
    "entitySuspend": Case(_seller, _other_id, "entity { id status }", "entity { id name status }"),
    "entityActivate": Case(_suspended, _other_id, "entity { id status }", "entity { id name status }"),
    "entityArchive": Case(_seller, _other_id, "entity { id status }", "entity { id name status }"),
    "customerCreate": Case(_new_buyer, _with(name="Max"), "customer { id name }", "customer { id entity { id } }"),
    "customerUpdate": Case(_buyer, _with(name="Moritz"), "customer { id name version }", "customer { id version }"),
    "orderCreate": Case(_new_order, _with(cartId="other"), _ORDER, "order { id invoices { number } lines { sku } }"),
    "cartCreate": Case(_new_cart, _with(currency="USD"), "results { order { id } }", "results { order { id status } }"),
    "ordersCreate": Case(
        _new_orders, lambda given: given[:2], _RESULTS, "results { order { id externalId } repeated }"
    ),
    "orderUpdate": Case(_open_order, _with(paidAt="2026-03-09T13:00:00Z"), _ORDER, "order { id invoices { number } }"),
    "invoiceCreate": Case(
        _new_draft, _with(note="other"), "invoice { id status }", "invoice { id grossTotal { amount } lines { id } }"
    ),
    "invoiceUpdate": Case(
        _and(_draft, note="more"), _with(note="other"), "invoice { id version }", "invoice { id version status }"
    ),
    "invoiceDelete": Case(_draft, _other_id, "deletedId", "deletedId"),
    "invoiceFinalize": Case(
        _draft, _with(expectedTotal="1.00"), "invoice { id number }", "invoice { id number status }"
    ),
    "invoicesFinalize": Case(
        _drafts,
        lambda given: {"ids": given["ids"][:2]},
        "results { index invoice { id } }",
        "results { invoice { id } }",
    ),
    "paymentRecord": Case(
        _invoice, _with(amount="2.00"), "payment { id amount { amount } }", "payment { id invoice { id } }"
    ),
    "webhookEndpointCreate": Case(
        _new_endpoint,
        _with(description="other"),
        "webhookEndpoint { id url } signingSecret",
        "webhookEndpoint { id version } signingSecret",
        once=("signingSecret",),
    ),
    "webhookEndpointUpdate": Case(
        _and(_endpoint, description="it"),
        _with(description="other"),
        "webhookEndpoint { id }",
        "webhookEndpoint { id }",
    ),
    "webhookEndpointDelete": Case(_endpoint, _other_id, "deletedId", "deletedId"),
    "webhookSecretRotate": Case(
        _endpoint,
        _with(overlapHours=1),
        "webhookEndpoint { id } signingSecret",
        "webhookEndpoint { id version } signingSecret",
        once=("signingSecret",),
    ),
    "webhookReplay": Case(
        _tried, _with(what={"allFailed": True}), "webhookEndpoint { id } replayed", "webhookEndpoint { id url }"
    ),
    "webhookTest": Case(
        _deaf_endpoint,
        lambda given: {"endpointId": _other_id({"id": given["endpointId"]})["id"]},
        "delivery { id }",
        "delivery { id eventType }",
    ),
    "invoiceSend": Case(
        _document, _with(message="other"), "email { id status } invoice { id }", "email { id to } invoice { id }"
    ),
    "jobCancel": Case(_job, _other_id, "job { id status }", "job { id kind }"),
    "jobRetry": Case(_given_up_job, _other_id, "job { id status }", "job { id kind }"),
    "orderChannelCreate": Case(
        _new_channel,
        _with(name="other"),
        "orderChannel { id name } signingSecret",
        "orderChannel { id url } signingSecret",
        once=("signingSecret",),
    ),
    "orderChannelUpdate": Case(
        _and(_channel, enabled=False), _with(name="other"), "orderChannel { id }", "orderChannel { id enabled }"
    ),
    "orderChannelRotate": Case(
        _channel,
        _with(overlapHours=1),
        "orderChannel { id } signingSecret",
        "orderChannel { id previousSecretsUntil } signingSecret",
        once=("signingSecret",),
    ),
    "orderChannelDelete": Case(_channel, _other_id, "deletedId", "deletedId"),
    "apiKeyCreate": Case(
        _new_key, _with(name="other"), "apiKey { id name } secret", "apiKey { id lastFour } secret", once=("secret",)
    ),
    "apiKeyRevoke": Case(_key, _other_id, "apiKey { id revokedAt }", "apiKey { id revokedAt }"),
    **{
        name: Case(prepare, _with(**news), select, again)
        for name, (prepare, news, select, again) in mutation_cases_documents.CASES.items()
    },
    **{name: Case(make, _with(**other), *asked) for name, (make, other, asked) in numbering.CASES.items()},
    **{name: Case(*case) for name, case in ITEM_CASES.items()},
}

# The cases of the parts, which are of the same kind.
from tests.scenarios import mutation_cases_credits, mutation_cases_ledger  # noqa: E402

CASES.update(mutation_cases_credits.CASES)
CASES.update(mutation_cases_ledger.CASES)
# The parts with files of their own, which need `Case`.
from tests.scenarios.mutation_cases_audit import AUDIT_CASES  # noqa: E402

CASES.update(AUDIT_CASES)
from tests.scenarios import mutation_cases_vat  # noqa: E402

CASES.update(mutation_cases_vat.CASES)
