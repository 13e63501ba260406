"""Documents of every type and status, made as callers make them, and what is asked of them."""

from __future__ import annotations

from typing import Any, Final

from tests import factories
from tests.factories import Client, Data

# Net prices, nothing invoiced by itself, and unverified VAT numbers are waited for.
SETTINGS: Final[Data] = {"autoInvoice": "NEVER", "tax": {"whenUnverified": "HOLD", "pricesIncludeTax": False}}
BUSINESS: Final[Data] = {
    "name": "Atelier SARL",
    "kind": "BUSINESS",
    "address": {"country": "FR"},
    "taxId": {"value": "FR40303265045"},
}
FIELDS: Final = (
    "id type status number version paymentStatus mentions agreementReference autoFinalizeAt voidReason voidedAt"
    " netTotal { amount } taxTotal { amount } grossTotal { amount } amountDue { amount } paidTotal { amount }"
    " taxes { category percent base { amount } tax { amount } }"
    " lines { position description quantity unitPrice net { amount } tax { amount } taxDecision { rule percent } }"
    " sourceInvoice { id } convertedInto { id } deductedIn { id } deductedAdvances { id } order { id status }"
)
ERRORS: Final = "userErrors { code message field }"


async def seller(client: Client, **given: Any) -> str:
    return await factories.entity(client, settings=SETTINGS, **given)


async def do(client: Client, name: str, /, **given: Any) -> Data:
    """The payload of a mutation that answers with an invoice."""
    kind = f"{name[0].upper()}{name[1:]}Input"
    query = f"mutation($i: {kind}!) {{ {name}(input: $i) {{ invoice {{ {FIELDS} }} {ERRORS} }} }}"
    found: Data = (await client.ask(query, i=given))[name]
    return found


async def done(client: Client, name: str, /, **given: Any) -> Data:
    """The invoice that a mutation without errors answers with."""
    payload = await do(client, name, **given)
    assert payload["userErrors"] == []
    found: Data = payload["invoice"]
    return found


async def refused(client: Client, name: str, /, **given: Any) -> Data:
    """The one error of a mutation that does nothing."""
    payload = await do(client, name, **given)
    assert payload["invoice"] is None
    (error,) = payload["userErrors"]
    found: Data = error
    return found


async def finalized(client: Client, buyer: str, *lines: Data, **given: Any) -> Data:
    """A finalized document of that buyer."""
    made = await done(client, "invoiceCreate", customerId=buyer, lines=list(lines) or [factories.line("100")], **given)
    return await done(client, "invoiceFinalize", id=made["id"])


async def read(client: Client, invoice_id: str) -> Data:
    """The document as it is now."""
    found: Data = (await client.ask(f"query($id: ID!) {{ invoice(id: $id) {{ {FIELDS} }} }}", id=invoice_id))["invoice"]
    return found


def amounts(invoice: Data) -> tuple[str, str, str]:
    """Net, tax and gross."""
    net, tax, gross = (invoice[name]["amount"] for name in ("netTotal", "taxTotal", "grossTotal"))
    return net, tax, gross
