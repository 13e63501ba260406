"""A question to a register of VAT numbers, its answer, and the interface that each register has."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final, Protocol

from app.domain.parties import TaxIdStatus

MAX_RAW: Final = 4_096


# Codes of answers that no register gave: it was left alone, or too many others of ours were asking it.
NOT_ASKED: Final = frozenset({"CIRCUIT_OPEN", "BUSY"})


class AnswerKind(StrEnum):
    """VALID and INVALID are what a register says of a number; the others are no answer.

    UNAVAILABLE: asking again later may help. REFUSED: the question itself was not accepted, and would not be again.
    """

    VALID = "VALID"
    INVALID = "INVALID"
    UNAVAILABLE = "UNAVAILABLE"
    REFUSED = "REFUSED"


@dataclass(frozen=True, slots=True)
class VatNumber:
    """A VAT number as VIES writes it: the two letters of its state (EL for Greece, XI), and the rest."""

    state: str
    number: str

    @classmethod
    def of(cls, value: str) -> VatNumber:
        """The number of its compact form with the state's letters first. Raises ValueError for anything else."""
        if len(value) < 3 or not value[:2].isalpha():
            raise ValueError(f"{value!r} does not begin with its state's letters")
        return cls(value[:2], value[2:])

    def __str__(self) -> str:
        return self.state + self.number


@dataclass(frozen=True, slots=True, kw_only=True)
class VatAnswer:
    """What a register said: `code` is its own word for why there is no answer, `raw` its answer as it came.

    `consultation_number` is the legal proof of having asked; a register gives it only to a requester that names its own
    number. `name` and `address` are as registered, where the state tells them.
    """

    kind: AnswerKind
    answered_at: datetime
    source: str
    code: str | None = None
    consultation_number: str | None = None
    name: str | None = None
    address: str | None = None
    raw: str = ""

    @property
    def status(self) -> TaxIdStatus:
        """What is known of the number after this answer: only a register's own INVALID makes it invalid."""
        return _STATUS.get(self.kind, TaxIdStatus.UNVERIFIED)


_STATUS: Final = {AnswerKind.VALID: TaxIdStatus.VALID, AnswerKind.INVALID: TaxIdStatus.INVALID}


class VatRegister(Protocol):
    """A register of VAT numbers. It answers UNAVAILABLE where it cannot be reached, and raises nothing."""

    async def check(self, number: VatNumber, requester: VatNumber | None) -> VatAnswer:
        """What the register says of `number`, asked by `requester`."""
        ...
