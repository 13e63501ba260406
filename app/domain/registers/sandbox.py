"""The sandbox's register: it asks nobody, and answers by the numbers of VIES's test service.

The rest of the number says what happens: 100 is valid, 200 is not, and the others fail as VIES fails. A number with
right check digits is valid, so that a sandbox can be used with numbers that look real.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Final

from app.domain.registers import vies
from app.domain.registers.model import AnswerKind, VatAnswer, VatNumber

SOURCE: Final = "SANDBOX"
# https://ec.europa.eu/taxation_customs/vies/checkVatTestService.wsdl
TEST_NUMBERS: Final = {
    "100": "VALID",
    "200": "INVALID",
    "201": "INVALID_INPUT",
    "202": "INVALID_REQUESTER_INFO",
    "300": "SERVICE_UNAVAILABLE",
    "301": "MS_UNAVAILABLE",
    "302": "TIMEOUT",
    "400": "VAT_BLOCKED",
    "401": "IP_BLOCKED",
    "500": "GLOBAL_MAX_CONCURRENT_REQ",
    "501": "GLOBAL_MAX_CONCURRENT_REQ_TIME",
    "600": "MS_MAX_CONCURRENT_REQ",
    "601": "MS_MAX_CONCURRENT_REQ_TIME",
}


class SandboxRegister:
    """Answers as the test service would."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock

    async def check(self, number: VatNumber, requester: VatNumber | None) -> VatAnswer:
        """The answer that the number stands for."""
        outcome, now = TEST_NUMBERS.get(number.number, "VALID"), self._clock()
        if outcome not in ("VALID", "INVALID"):
            kind = AnswerKind.REFUSED if outcome in vies.REFUSED else AnswerKind.UNAVAILABLE
            return VatAnswer(kind=kind, answered_at=now, source=SOURCE, code=outcome)
        valid = outcome == "VALID"
        return VatAnswer(
            kind=AnswerKind.VALID if valid else AnswerKind.INVALID,
            answered_at=now,
            source=SOURCE,
            # As VIES: the proof is given only to a requester that names itself.
            consultation_number=f"SANDBOX-{number}" if valid and requester is not None else None,
            name="Sandbox business" if valid else None,
        )
