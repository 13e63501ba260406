"""The ledger's rules: whatever is posted in whatever order, the accounts add up and no document is over-settled."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.ledger import (
    MIRRORS,
    POSTINGS,
    EntryKind,
    LedgerAccount,
    Standing,
    Transfer,
    transfer,
)


def sums(transfers: Iterable[Transfer]) -> dict[LedgerAccount, int]:
    """The balance of every account in minor units: debits less credits."""
    totals = dict.fromkeys(LedgerAccount, 0)
    for one in transfers:
        totals[one.debit] += one.amount_minor
        totals[one.credit] -= one.amount_minor
    return totals


def test_every_kind_is_posted_by_the_table_or_mirrors_another() -> None:
    assert set(POSTINGS) | MIRRORS == set(EntryKind)
    assert not set(POSTINGS) & MIRRORS
    assert all(debit is not credit for debit, credit in POSTINGS.values())


def test_an_entry_moves_a_positive_amount() -> None:
    for amount in (0, -1):
        with pytest.raises(ValueError, match="an entry of"):
            transfer(EntryKind.PAYMENT, amount)
    with pytest.raises(ValueError, match="undoes nothing"):
        transfer(EntryKind.PAYMENT, 1).mirrored(EntryKind.CREDIT)


@given(st.lists(st.tuples(st.sampled_from(sorted(POSTINGS)), st.integers(1, 10**14)), max_size=60))
def test_what_is_undone_leaves_nothing(posted: list[tuple[EntryKind, int]]) -> None:
    entries = [transfer(kind, amount) for kind, amount in posted]
    undone = entries + [entry.mirrored(EntryKind.REVERSAL) for entry in entries]
    assert sum(sums(entries).values()) == 0
    assert set(sums(undone).values()) == {0}


STEPS = st.tuples(
    st.sampled_from(["pay", "credit", "apply", "refund", "elsewhere", "undo"]),
    st.integers(0, 2),
    st.integers(1, 500),
)


@given(st.lists(st.integers(1, 1_000), min_size=3, max_size=3), st.lists(STEPS, max_size=40))
def test_random_sequences_keep_every_promise(totals: list[int], steps: list[tuple[str, int, int]]) -> None:
    # given three invoices of one buyer
    book = Book(totals)

    # when money comes and goes in any order, as far as it is allowed
    for what, which, amount in steps:
        book.do(what, which, amount)
        # then all that the ledger promises holds after every step
        book.check()


class Book:
    """One buyer's invoices as the services keep them, with the entries beside them."""

    def __init__(self, totals: list[int]) -> None:
        self.entries: list[tuple[int | None, Transfer]] = []
        self.standing = [Standing(gross_minor=total) for total in totals]
        self.payments: list[tuple[int, int]] = []
        for which, total in enumerate(totals):
            self._post(which, EntryKind.INVOICE, total)

    def _post(self, which: int | None, kind: EntryKind, amount: int) -> None:
        if amount:
            self.entries.append((which, transfer(kind, amount)))

    def held(self) -> int:
        return -sums(entry for _, entry in self.entries)[LedgerAccount.CUSTOMER_BALANCE]

    def do(self, what: str, which: int, amount: int) -> None:
        before = self.standing[which]
        match what:
            case "pay":
                paid = min(amount, before.due_minor)
                self.standing[which] = before.settled(paid)
                self._post(which, EntryKind.PAYMENT, paid)
                self._post(None, EntryKind.ON_ACCOUNT, amount - paid)
                if paid:
                    self.payments.append((which, paid))
            case "credit":
                left = min(amount, before.gross_minor - before.credited_minor)
                self.standing[which], excess = before.credit(left)
                self._post(which, EntryKind.CREDIT, left)
                self._post(which, EntryKind.EXCESS, excess)
            case "apply":
                applied = min(amount, before.due_minor, self.held())
                self.standing[which] = before.settled(applied)
                self._post(which, EntryKind.BALANCE, applied)
            case "refund" | "elsewhere":
                kind = EntryKind.REFUND if what == "refund" else EntryKind.ELSEWHERE
                self._post(None, kind, min(amount, self.held()))
            case "undo" if self.payments:
                self._undo(*self.payments[-1])

    def _undo(self, which: int, paid: int) -> None:
        before = self.standing[which]
        moved = max(0, paid - before.paid_minor)
        if moved > self.held():
            return
        self.payments.pop()
        self.entries.append((which, transfer(EntryKind.PAYMENT, paid).mirrored(EntryKind.REVERSAL)))
        self._post(which, EntryKind.BALANCE, moved)
        self.standing[which] = before.settled(moved - paid)

    def check(self) -> None:
        assert sum(sums(entry for _, entry in self.entries).values()) == 0
        assert self.held() >= 0
        for which, one in enumerate(self.standing):
            own = sums(entry for invoice, entry in self.entries if invoice == which)
            assert own[LedgerAccount.RECEIVABLE] == one.due_minor >= 0
            assert one.paid_minor + one.credited_minor + one.due_minor == one.gross_minor


def test_a_document_is_never_settled_beyond_its_total() -> None:
    with pytest.raises(ValueError, match="11 paid"):
        Standing(gross_minor=10).settled(11)
    with pytest.raises(ValueError, match="credited of 10"):
        Standing(gross_minor=10).credit(11)
    assert Standing(gross_minor=10, paid_minor=8).credit(5) == (
        Standing(gross_minor=10, paid_minor=5, credited_minor=5),
        3,
    )
