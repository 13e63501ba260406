"""A machine of random operations by several clients: whatever they do, and at whatever time, the books hold.

`DOCUMENT_MACHINE_EXAMPLES` says how many sequences are driven against each database.
"""

from __future__ import annotations

import asyncio
import os
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from decimal import Decimal
from typing import Any, ClassVar

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from app import bootstrap
from app import settings as app_settings
from app.bootstrap import Application
from tests.conftest import Clock
from tests.machine import invariants
from tests.machine.facts import Facts, Row, read_facts
from tests.machine.world import MUTATIONS, World

EXAMPLES = int(os.environ.get("DOCUMENT_MACHINE_EXAMPLES", "8"))
STEPS = 60

pick = st.integers(0, 10**6)
lines = st.lists(
    st.fixed_dictionaries(
        {
            "description": st.sampled_from(["Tea", "Kettle", "Delivery"]),
            "quantity": st.sampled_from(["1", "2", "3", "0.5", "7"]),
            "unitPrice": st.sampled_from(["11.90", "0.01", "19.95", "100", "3.333333", "16000"]),
            "taxClass": st.sampled_from(["STANDARD", "REDUCED"]),
        },
        optional={"allowances": st.just([{"percent": "10", "reason": "Sale"}])},
    ),
    min_size=1,
    max_size=3,
)
document_allowances = st.sampled_from([[], [], [{"percent": "5", "reason": "Loyalty"}]])
types = st.sampled_from(["STANDARD", "STANDARD", "PROFORMA", "ADVANCE", "SELF_BILLED"])


class Stage:
    """A running product and the loop that it lives in; one for all sequences of a test."""

    def __init__(self, url: str) -> None:
        self.clock = Clock()
        self.runner = asyncio.Runner()
        self._opened = self._open(url)
        self.app: Application = self.runner.run(self._opened.__aenter__())

    def close(self) -> None:
        self.runner.run(self._opened.__aexit__(None, None, None))
        self.runner.close()

    @asynccontextmanager
    async def _open(self, url: str) -> AsyncIterator[Application]:
        chosen = app_settings.load({"INVOICING_DATABASE_URL": url})
        async with bootstrap.application(chosen, clock=self.clock) as app, bootstrap.background(app, worker=False):
            yield app


class DocumentMachine(RuleBasedStateMachine):
    """All operations on documents, alone and two at once, of an operator and of its sellers."""

    stage: ClassVar[Stage]
    outcomes: ClassVar[Counter[tuple[str, str]]]

    @initialize()
    def begin(self) -> None:
        self.world: World = self.run(World.create(self.stage.app, self.stage.clock))
        self.run(self.world.furnish())
        self.frozen: dict[str, tuple[object, ...]] = {}
        self.facts: Facts = self.run(read_facts(self.world.operator))

    def teardown(self) -> None:
        if hasattr(self, "world"):
            type(self).outcomes.update(self.world.outcomes)
            self.run(self.world.operator.http.aclose())

    def run(self, work: Any) -> Any:
        return self.stage.runner.run(work)

    @invariant()
    def the_books_hold(self) -> None:
        if not hasattr(self, "world"):
            return
        self.facts = self.run(read_facts(self.world.operator))
        invariants.check(self.facts)
        now = self.facts.frozen()
        for id_, before in self.frozen.items():
            assert now.get(id_) == before, f"{id_} changed after it was finalized"
        self.frozen = now

    # What there is to choose from.

    def document(self, which: int, *statuses: str) -> Row | None:
        """One of the documents, of one of these states if there is any."""
        rows = list(self.facts.invoices.values())
        found: Row | None = self.one([row for row in rows if not statuses or row["status"] in statuses] or rows, which)
        return found

    @staticmethod
    def one(items: list[Any], which: int) -> Any:
        return items[which % len(items)] if items else None

    def ask(self, row: Row | None, name: str, given: dict[str, Any], *, who: int, times: int = 1) -> None:
        """Asks something of a document, by one client or by several at the same time."""
        if row is None:
            return
        clients = [self.world.client_of(row["entity_id"], who + n) for n in range(times)]
        self.run(self.world.at_once(*((client, name, given) for client in clients)))

    # Drafts.

    @rule(type_=types, lines=lines, allowances=document_allowances, seller=pick, buyer=pick, who=pick, advance=pick)
    def draft(self, type_: str, lines: Any, allowances: Any, seller: int, buyer: int, who: int, advance: int) -> None:
        owner = self.one(self.world.sellers, seller)
        given = {
            "customerId": self.one(self.world.buyers[owner], buyer),
            "type": type_,
            "lines": lines,
            "allowances": allowances,
        }
        if type_ == "SELF_BILLED" and advance % 3:
            given["agreementReference"] = "Agreement 7"
        advances = [row for row in self.facts.finalized if row["type"] == "ADVANCE" and row["entity_id"] == owner]
        if type_ == "STANDARD" and advances and advance % 2:
            chosen = self.one(advances, advance)
            given |= {"advanceIds": [chosen["id"]], "customerId": chosen["customer_id"]}
        self.run(self.world.mutate(self.world.client_of(owner, who), "invoiceCreate", given))

    @rule(which=pick, lines=lines, who=pick, times=st.integers(1, 2))
    def update(self, which: int, lines: Any, who: int, times: int) -> None:
        row = self.document(which, "DRAFT")
        if row is not None:
            given = {"id": row["id"], "lines": lines, "expectedVersion": row["version"]}
            self.ask(row, "invoiceUpdate", given, who=who, times=times)

    @rule(which=pick, who=pick)
    def delete(self, which: int, who: int) -> None:
        row = self.document(which, "DRAFT", "PENDING") if which % 3 else self.document(which)
        self.ask(row, "invoiceDelete", {"id": row["id"]} if row else {}, who=who)

    @rule(which=pick, who=pick)
    def duplicate(self, which: int, who: int) -> None:
        row = self.document(which)
        self.ask(row, "invoiceDuplicate", {"id": row["id"]} if row else {}, who=who)

    @rule(which=pick, who=pick, times=st.integers(1, 2))
    def convert(self, which: int, who: int, times: int) -> None:
        rows = [row for row in self.facts.invoices.values() if row["type"] == "PROFORMA"]
        row = self.one(rows, which)
        self.ask(row, "proformaConvert", {"id": row["id"]} if row else {}, who=who, times=times)

    @rule(which=pick, valid=st.booleans())
    def answer(self, which: int, valid: bool) -> None:
        """VIES answers on the VAT number of a buyer whose documents may wait for it."""
        buyer = self.one(self.world.waiting, which)
        status = "VALID" if valid else "INVALID"
        given = {
            "id": buyer,
            "taxId": {"value": "FR40303265045", "status": status, "checkedAt": "2026-03-10T09:00:00Z"},
        }
        self.run(self.world.mutate(self.world.operator, "customerUpdate", given))

    # Finalized documents.

    @rule(which=pick, who=pick, times=st.integers(1, 3))
    def finalize(self, which: int, who: int, times: int) -> None:
        row = self.document(which, "DRAFT", "PENDING")
        self.ask(row, "invoiceFinalize", {"id": row["id"]} if row else {}, who=who, times=times)

    @rule(who=pick)
    def finalize_everything(self, who: int) -> None:
        rows = [row for row in self.facts.invoices.values() if row["status"] == "DRAFT"][:6]
        asked = [
            (self.world.client_of(row["entity_id"], who + n), "invoiceFinalize", {"id": row["id"]})
            for n, row in enumerate(rows)
        ]
        self.run(self.world.at_once(*asked))

    @rule(which=pick, how=pick, share=st.integers(1, 4), who=pick, times=st.integers(1, 2), to=pick)
    def credit(self, which: int, how: int, share: int, who: int, times: int, to: int) -> None:
        row = self.document(which, "FINALIZED")
        if row is not None:
            given = self.what_to_credit(row, how, share) | {
                "id": row["id"],
                "reason": "Returned",
                "settlement": self.one(["BALANCE", "REFUND", "ELSEWHERE"], to),
            }
            self.ask(row, "invoiceCredit", given, who=who, times=times)

    def what_to_credit(self, row: Row, how: int, share: int) -> dict[str, Any]:
        """All that is left, a part of one line, or an amount."""
        rows = self.facts.lines[row["id"]]
        if how % 3 == 0 or not rows:
            return {}
        if how % 3 == 1:
            line = self.one(rows, how // 3)
            quantity = (abs(Decimal(line["quantity"])) / share).quantize(Decimal("0.001"))
            return {"lines": [{"lineId": line["id"], "quantity": str(quantity)}]}
        return {"amount": self.amount(row["gross_minor"] // share, row["currency"])}

    @staticmethod
    def amount(minor: int, currency: str) -> str:
        if currency == "JPY":
            return str(minor)
        return f"{minor // 100}.{minor % 100:02d}"

    @rule(which=pick, who=pick, share=st.integers(1, 3), over=st.booleans(), times=st.integers(1, 2))
    def pay(self, which: int, who: int, share: int, over: bool, times: int) -> None:
        row = self.document(which, "FINALIZED")
        if row is not None:
            due = max(row["due_minor"] // share, 1) + (500 if over else 0)
            given = {"invoiceId": row["id"], "method": "transfer", "amount": self.amount(due, row["currency"])}
            if over:
                given["overpayment"] = "TO_BALANCE"
            self.ask(row, "paymentRecord", given, who=who, times=times)

    @rule(which=pick, seller=pick, who=pick, times=st.integers(1, 2))
    def reverse(self, which: int, seller: int, who: int, times: int) -> None:
        payment = self.one(self.world.payments, which)
        if payment is not None:
            asked = (self.world.operator, "paymentReverse", {"id": payment, "reason": "Charged back"})
            self.run(self.world.at_once(*[asked] * times))

    @rule(which=pick, who=pick)
    def void(self, which: int, who: int) -> None:
        row = self.document(which, "FINALIZED")
        self.ask(row, "invoiceVoid", {"id": row["id"], "reason": "Mistake"} if row else {}, who=who)

    @rule(which=pick, who=pick, times=st.integers(1, 2))
    def apply_balance(self, which: int, who: int, times: int) -> None:
        row = self.document(which, "FINALIZED")
        given = {"customerId": row["customer_id"], "invoiceId": row["id"]} if row else {}
        self.ask(row, "balanceApply", given, who=who, times=times)

    @rule(which=pick, who=pick, minor=st.sampled_from([1, 100, 500, 1000]), times=st.integers(1, 2))
    def refund_balance(self, which: int, who: int, minor: int, times: int) -> None:
        row = self.document(which, "FINALIZED")
        if row is not None:
            given = {
                "customerId": row["customer_id"],
                "currency": row["currency"],
                "amount": self.amount(minor, row["currency"]),
                "method": "transfer",
            }
            self.ask(row, "balanceRefund", given, who=who, times=times)

    # Orders.

    @rule(lines=lines, seller=pick, who=pick, number=st.integers(1, 10**9), paid=st.booleans())
    def order(self, lines: Any, seller: int, who: int, number: int, paid: bool) -> None:
        owner = self.one(self.world.sellers, seller)
        given = {
            "entityId": owner,
            "externalId": f"order-{number}",
            "placedAt": self.world.clock.now.isoformat(),
            "customer": {"name": "Erika Mustermann", "externalId": "erika", "address": {"country": "DE"}},
            "lines": [{**line, "externalId": str(n)} for n, line in enumerate(lines)],
        }
        if paid:
            given |= {"paidAt": self.world.clock.now.isoformat(), "paymentMethod": "card"}
        self.run(self.world.mutate(self.world.client_of(owner, who), "orderCreate", given))

    @rule(which=pick, how=pick, to=pick, times=st.integers(1, 2))
    def refund_order(self, which: int, how: int, to: int, times: int) -> None:
        order = self.one(self.world.orders, which)
        if order is not None:
            given: dict[str, Any] = {
                "id": order,
                "reference": f"refund-{how % 7}",
                "reason": "Returned",
                "settlement": self.one(["BALANCE", "REFUND", "ELSEWHERE"], to),
            }
            if how % 3:
                given["lines"] = [{"externalId": "0", "quantity": "0.5"}]
            else:
                given["full"] = True
            self.run(self.world.at_once(*[(self.world.operator, "orderRefund", given)] * times))

    @rule(which=pick)
    def cancel_order(self, which: int) -> None:
        order = self.one(self.world.orders, which)
        if order is not None:
            given = {"id": order, "cancelledAt": self.world.clock.now.isoformat(), "reason": "Changed their mind"}
            self.run(self.world.mutate(self.world.operator, "orderCancel", given))

    @rule(which=pick)
    def pay_order(self, which: int) -> None:
        order = self.one(self.world.orders, which)
        if order is not None:
            given = {"id": order, "paidAt": self.world.clock.now.isoformat()}
            self.run(self.world.mutate(self.world.operator, "orderUpdate", given))

    # At once.

    @rule(which=pick, first=pick, second=pick, who=pick)
    def two_things_at_once(self, which: int, first: int, second: int, who: int) -> None:
        row = self.document(which)
        if row is None:
            return
        things = [
            ("invoiceFinalize", {"id": row["id"]}),
            ("invoiceDelete", {"id": row["id"]}),
            ("invoiceVoid", {"id": row["id"], "reason": "Mistake"}),
            ("invoiceCredit", {"id": row["id"], "reason": "Returned"}),
            ("paymentRecord", {"invoiceId": row["id"], "method": "card"}),
            ("balanceApply", {"customerId": row["customer_id"], "invoiceId": row["id"]}),
        ]
        asked = [
            (self.world.client_of(row["entity_id"], who + n), *self.one(things, number))
            for n, number in enumerate((first, second))
        ]
        self.run(self.world.at_once(*asked))

    @rule(days=st.integers(1, 40))
    def time_passes(self, days: int) -> None:
        self.world.clock.advance(days=days)


@pytest.fixture
def stage(database_url: str) -> Iterator[Stage]:
    made = Stage(database_url)
    yield made
    made.close()


@pytest.mark.slow
def test_whatever_clients_do_the_books_hold(stage: Stage) -> None:
    """Given random sequences by several clients, then states, numbers, hashes, the ledger and credits hold after each
    step, and every operation was done some time: the machine does not run idle.
    """

    class Machine(DocumentMachine):
        pass

    Machine.stage, Machine.outcomes = stage, Counter()
    run_state_machine_as_test(
        Machine,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=STEPS,
            deadline=None,
            derandomize="DOCUMENT_MACHINE_EXAMPLES" not in os.environ,
            suppress_health_check=list(HealthCheck),
            phases=(Phase.generate, Phase.shrink) if "DOCUMENT_MACHINE_EXAMPLES" in os.environ else (Phase.generate,),
            print_blob=True,
        ),
    )
    asked = {name for name, _ in Machine.outcomes}
    done = {name for (name, outcome), count in Machine.outcomes.items() if outcome == "done" and count}
    assert asked == set(MUTATIONS)
    # What two clients do at once on PostgreSQL has no fixed outcome, so that not every last one succeeds in every run.
    assert len(done) >= len(MUTATIONS) - 3, sorted(Machine.outcomes.items())
