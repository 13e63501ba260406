"""Items and recurring invoices that tests need, made through the API."""

from __future__ import annotations

from app.domain.scope import ALL_PERMISSIONS, Scope, system_scope
from app.services import keys
from app.services.recurring_runs import make_due
from tests import factories
from tests.factories import Client, Data

ERRORS = factories.ERRORS
CREATE_ITEM = f"mutation($i: ItemCreateInput!) {{ itemCreate(input: $i) {{ item {{ id version }} {ERRORS} }} }}"
RECURRING = "recurringInvoice { id status action nextRunAt nextDates lastOn occurrenceCount version }"
CREATE_RECURRING = (
    f"mutation($i: RecurringInvoiceCreateInput!) {{ recurringInvoiceCreate(input: $i) {{ {RECURRING} {ERRORS} }} }}"
)
UPDATE_RECURRING = (
    f"mutation($i: RecurringInvoiceUpdateInput!) {{ recurringInvoiceUpdate(input: $i) {{ {RECURRING} {ERRORS} }} }}"
)
SHOW = (
    "query($id: ID!) { recurringInvoice(id: $id) { status nextRunAt nextDates lastOn occurrenceCount version"
    " occurrences(first: 100) { nodes { occursOn status attempts reason"
    " invoice { status number issueDate supplyDate note lines { description unitPrice } grossTotal { amount } } } } } }"
)


async def item(client: Client, entity_id: str, **given: object) -> str:
    """An item's id; an hour of advice for 100 gross unless told."""
    value: Data = {"entityId": entity_id, "name": "Advice", "unit": "h", "unitPrice": "100", **given}
    payload = (await client.ask(CREATE_ITEM, i=value))["itemCreate"]
    assert payload["userErrors"] == []
    return str(payload["item"]["id"])


def monthly(starts_on: str, **given: object) -> Data:
    """A schedule by months."""
    return {"unit": "MONTH", "startsOn": starts_on, **given}


async def recurring(client: Client, entity_id: str, schedule: Data, **given: object) -> Data:
    """A recurring invoice as it was made, for 11.90 gross unless told."""
    buyer = given.pop("customerId", None) or await factories.customer(client, entity_id)
    value: Data = {"customerId": buyer, "schedule": schedule, "lines": [factories.line()], **given}
    payload = (await client.ask(CREATE_RECURRING, i=value))["recurringInvoiceCreate"]
    assert payload["userErrors"] == []
    found: Data = payload["recurringInvoice"]
    return found


async def act(client: Client, action: str, recurring_id: str) -> Data:
    """The payload of `pause`, `resume` or `end`."""
    name = f"recurringInvoice{action.capitalize()}"
    query = f"mutation($i: RecurringInvoiceIdInput!) {{ {name}(input: $i) {{ {RECURRING} {ERRORS} }} }}"
    found: Data = (await client.ask(query, i={"id": recurring_id}))[name]
    return found


async def shown(client: Client, recurring_id: str) -> Data:
    """A recurring invoice with its occurrences, the oldest first."""
    found: Data = (await client.ask(SHOW, id=recurring_id))["recurringInvoice"]
    found["occurrences"] = sorted(found["occurrences"]["nodes"], key=lambda one: one["occursOn"])
    return found


async def worker_scope(client: Client) -> Scope:
    """The scope in which the schedule works on a client's platform."""
    scope = (await keys.authenticate(client.app.services, f"Bearer {client.secret}")).scope
    return system_scope(scope.platform_id, scope.mode, "test", ALL_PERMISSIONS)


async def run_due(client: Client) -> int:
    """Runs the schedule until nothing is due; how many occurrences it dealt with."""
    scope, done = await worker_scope(client), 0
    while more := await make_due(client.app.services, scope):
        done += more
    return done
