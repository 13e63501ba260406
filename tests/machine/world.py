"""Sellers, buyers and clients of one marketplace, and what they can ask of documents."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from app.bootstrap import Application
from app.services import keys
from tests import factories
from tests.conftest import Clock
from tests.factories import Client

Data = dict[str, Any]
# Sellers whose prices, rounding and currencies differ.
SELLERS: tuple[Data, ...] = (
    {"currency": "EUR", "settings": {"autoInvoice": "ON_ORDER", "tax": {"pricesIncludeTax": True}}},
    {"currency": "EUR", "settings": {"autoInvoice": "NEVER", "tax": {"whenUnverified": "HOLD"}}},
    {"currency": "JPY", "settings": {"autoInvoice": "ON_PAYMENT", "tax": {"pricesIncludeTax": False}}},
)
UNVERIFIED: Data = {
    "name": "Atelier SARL",
    "kind": "BUSINESS",
    "address": {"country": "FR"},
    "taxId": {"value": "FR40303265045"},
}
ERRORS = "userErrors { code message field }"
# What each mutation takes, and the object of its payload whose id is kept.
MUTATIONS: dict[str, tuple[str, str]] = {
    "invoiceCreate": ("InvoiceCreateInput", "invoice"),
    "invoiceUpdate": ("InvoiceUpdateInput", "invoice"),
    "invoiceDelete": ("InvoiceDeleteInput", ""),
    "invoiceFinalize": ("InvoiceFinalizeInput", "invoice"),
    "invoiceVoid": ("InvoiceVoidInput", "invoice"),
    "invoiceDuplicate": ("InvoiceDuplicateInput", "invoice"),
    "proformaConvert": ("ProformaConvertInput", "invoice"),
    "invoiceCredit": ("InvoiceCreditInput", "creditNote"),
    "customerUpdate": ("CustomerUpdateInput", "customer"),
    "orderCreate": ("OrderCreateInput", "order"),
    "orderUpdate": ("OrderUpdateInput", "order"),
    "orderRefund": ("OrderRefundInput", "order"),
    "orderCancel": ("OrderCancelInput", "order"),
    "paymentRecord": ("PaymentRecordInput", "payment"),
    "paymentReverse": ("PaymentReverseInput", "payment"),
    "balanceApply": ("BalanceApplyInput", ""),
    "balanceRefund": ("BalanceRefundInput", ""),
}


@dataclass
class World:
    """One platform: its operator's client, a client per seller, buyers by seller, and what was made so far."""

    operator: Client
    clock: Clock
    sellers: list[str]
    buyers: dict[str, list[str]]
    waiting: list[str]
    theirs: dict[str, Client]
    orders: list[str] = field(default_factory=list)
    payments: list[str] = field(default_factory=list)
    outcomes: Counter[tuple[str, str]] = field(default_factory=Counter)

    @classmethod
    async def create(cls, app: Application, clock: Clock) -> World:
        """A new marketplace on a running product."""
        account = await keys.create_account(app.services, "Machine")
        operator = Client(app, account.sandbox_secret)
        sellers = [await factories.entity(operator, **given) for given in SELLERS]
        buyers = {
            seller: [
                await factories.customer(operator, seller),
                await factories.customer(operator, seller, kind="BUSINESS"),
            ]
            for seller in sellers
        }
        # The first two sellers wait for VIES, or charge VAT until it has answered.
        waiting = [await factories.customer(operator, seller, **UNVERIFIED) for seller in sellers[:2]]
        for seller, buyer in zip(sellers, waiting, strict=False):
            buyers[seller].append(buyer)
        theirs = {seller: operator.with_key(await factories.key(operator, seller)) for seller in sellers}
        return cls(operator, clock, sellers, buyers, waiting, theirs)

    async def furnish(self) -> None:
        """Documents of several kinds to begin with, some of them finalized, and a payment: something for every rule."""
        for number, seller in enumerate(self.sellers):
            buyer, line = self.buyers[seller][0], factories.line("100")
            made = []
            for type_ in ("STANDARD", "STANDARD", "STANDARD", "ADVANCE", "PROFORMA"):
                given = {"customerId": buyer, "type": type_, "lines": [line]}
                made.append((await self.mutate(self.operator, "invoiceCreate", given))["invoice"]["id"])
            for invoice_id in (made[0], made[1], made[3]):
                await self.mutate(self.operator, "invoiceFinalize", {"id": invoice_id})
            paid = {"invoiceId": made[0], "method": "transfer", "amount": "200", "overpayment": "TO_BALANCE"}
            await self.mutate(self.operator, "paymentRecord", paid)
            order = factories.order_input(seller, externalId=f"first-{number}", lines=[{**line, "externalId": "0"}])
            await self.mutate(self.operator, "orderCreate", order)

    def client_of(self, seller: str, who: int) -> Client:
        """The operator or the seller itself, as the dice say."""
        return self.operator if who % 2 else self.theirs[seller]

    async def mutate(self, client: Client, name: str, given: Data) -> Data:
        """The payload; an error of the input is an outcome, one at the top is a defect."""
        kind, made = MUTATIONS[name]
        selection = f"{made} {{ id }} {ERRORS}" if made else ERRORS
        text = f"mutation($i: {kind}!) {{ {name}(input: $i) {{ {selection} }} }}"
        payload: Data = (await client.ask(text, i=given))[name]
        errors = payload["userErrors"]
        self.outcomes[name, errors[0]["code"] if errors else "done"] += 1
        if not errors and made == "order":
            self._remember(self.orders, payload["order"]["id"])
        if not errors and made == "payment":
            self._remember(self.payments, payload["payment"]["id"])
        return payload

    async def at_once(self, *asked: tuple[Client, str, Data]) -> Sequence[Data]:
        """Several mutations of several clients at the same time."""
        return await asyncio.gather(*(self.mutate(client, name, given) for client, name, given in asked))

    @staticmethod
    def _remember(known: list[str], new: str) -> None:
        if new not in known:
            known.append(new)
