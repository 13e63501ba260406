"""Double-entry bookkeeping of what buyers owe: the accounts, what may be posted between them, and what always holds.

Every entry moves one amount from an account to another, so that the sum over all accounts is zero whatever happens.
Amounts are positive integer minor units of one currency; entries are never changed or removed, only compensated.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class LedgerAccount(StrEnum):
    """What an amount stands on; a debit adds to it, a credit takes from it.

    RECEIVABLE: what is due of one document. SALES: net and tax of what was issued, less what was credited.
    CUSTOMER_BALANCE: what the seller holds for one buyer. CASH: money that came in and went out. ELSEWHERE: what was
    settled outside.
    """

    RECEIVABLE = "RECEIVABLE"
    SALES = "SALES"
    CUSTOMER_BALANCE = "CUSTOMER_BALANCE"
    CASH = "CASH"
    ELSEWHERE = "ELSEWHERE"


class EntryKind(StrEnum):
    """Why an amount moved.

    INVOICE: a document was finalized. CREDIT: a credit note reduced it. EXCESS: what was credited beyond what was due.
    PAYMENT: money for a document. ON_ACCOUNT: money for none. BALANCE: a document paid out of the buyer's balance.
    REFUND, ELSEWHERE: the balance was paid out, or settled outside. REVERSAL, VOID: an earlier entry was undone.
    """

    INVOICE = "INVOICE"
    CREDIT = "CREDIT"
    EXCESS = "EXCESS"
    PAYMENT = "PAYMENT"
    ON_ACCOUNT = "ON_ACCOUNT"
    BALANCE = "BALANCE"
    REFUND = "REFUND"
    ELSEWHERE = "ELSEWHERE"
    REVERSAL = "REVERSAL"
    VOID = "VOID"


class CreditSettlement(StrEnum):
    """Where that part of a credit note goes which was paid already."""

    REFUND = "REFUND"
    BALANCE = "BALANCE"
    ELSEWHERE = "ELSEWHERE"


class PaymentDirection(StrEnum):
    """Whether money came from the buyer or went back."""

    RECEIVED = "RECEIVED"
    REFUNDED = "REFUNDED"


class Overpayment(StrEnum):
    """What becomes of money beyond what is due: it is refused, or kept for the buyer."""

    REFUSE = "REFUSE"
    TO_BALANCE = "TO_BALANCE"


# Kind → (account debited, account credited). What undoes an entry swaps that entry's own.
POSTINGS: Final[Mapping[EntryKind, tuple[LedgerAccount, LedgerAccount]]] = MappingProxyType(
    {
        EntryKind.INVOICE: (LedgerAccount.RECEIVABLE, LedgerAccount.SALES),
        EntryKind.CREDIT: (LedgerAccount.SALES, LedgerAccount.RECEIVABLE),
        EntryKind.EXCESS: (LedgerAccount.RECEIVABLE, LedgerAccount.CUSTOMER_BALANCE),
        EntryKind.PAYMENT: (LedgerAccount.CASH, LedgerAccount.RECEIVABLE),
        EntryKind.ON_ACCOUNT: (LedgerAccount.CASH, LedgerAccount.CUSTOMER_BALANCE),
        EntryKind.BALANCE: (LedgerAccount.CUSTOMER_BALANCE, LedgerAccount.RECEIVABLE),
        EntryKind.REFUND: (LedgerAccount.CUSTOMER_BALANCE, LedgerAccount.CASH),
        EntryKind.ELSEWHERE: (LedgerAccount.CUSTOMER_BALANCE, LedgerAccount.ELSEWHERE),
    }
)
MIRRORS: Final = frozenset({EntryKind.REVERSAL, EntryKind.VOID})
# The accounts that a buyer's statement shows: what it owes, and what is held for it.
BUYERS_ACCOUNTS: Final = (LedgerAccount.RECEIVABLE, LedgerAccount.CUSTOMER_BALANCE)


@dataclass(frozen=True, slots=True)
class Transfer:
    """An amount in minor units that moves from the account credited to the account debited."""

    kind: EntryKind
    debit: LedgerAccount
    credit: LedgerAccount
    amount_minor: int

    def mirrored(self, kind: EntryKind) -> Transfer:
        """What undoes it. Raises ValueError for a kind that undoes nothing."""
        if kind not in MIRRORS:
            raise ValueError(f"{kind} undoes nothing")
        return Transfer(kind, self.credit, self.debit, self.amount_minor)


def transfer(kind: EntryKind, amount_minor: int) -> Transfer:
    """The transfer that the table says of that kind. Raises ValueError for an amount that is not positive."""
    if amount_minor <= 0:
        raise ValueError(f"an entry of {amount_minor}")
    debit, credit = POSTINGS[kind]
    return Transfer(kind, debit, credit, amount_minor)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What is paid, credited and due of a document, in minor units: together always its gross total."""

    gross_minor: int
    paid_minor: int = 0
    credited_minor: int = 0

    @property
    def due_minor(self) -> int:
        """What is still due, never less than zero."""
        return self.gross_minor - self.paid_minor - self.credited_minor

    def settled(self, amount_minor: int) -> Standing:
        """With that much more paid, by money or out of the balance; less for a negative amount. Raises ValueError."""
        return self._with(self.paid_minor + amount_minor, self.credited_minor)

    def credit(self, amount_minor: int) -> tuple[Standing, int]:
        """With that much credited, and the excess: what of it is not due any more and so comes off what was paid."""
        excess = max(0, amount_minor - self.due_minor)
        return self._with(self.paid_minor - excess, self.credited_minor + amount_minor), excess

    def _with(self, paid_minor: int, credited_minor: int) -> Standing:
        after = Standing(gross_minor=self.gross_minor, paid_minor=paid_minor, credited_minor=credited_minor)
        if min(paid_minor, credited_minor, after.due_minor) < 0:
            raise ValueError(f"{paid_minor} paid and {credited_minor} credited of {self.gross_minor}")
        return after
