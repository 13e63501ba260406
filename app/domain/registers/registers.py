"""Which register is asked about which number, and for how long its answers count."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final

from app.domain.parties import TaxIdStatus, UnverifiedPolicy
from app.domain.registers.model import VatNumber, VatRegister
from app.domain.registers.sandbox import TEST_NUMBERS
from app.domain.scope import Mode

# Countries whose VAT numbers VIES knows, by ISO 3166-1; VIES itself writes EL for GR.
VIES_COUNTRIES: Final = frozenset(
    "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK".split()
)
_BRITISH: Final = frozenset({"GB", "XI"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Registers:
    """The registers there are: of a sandbox its own and no other, of live sellers VIES, and HMRC for British numbers.

    A valid answer counts for `fresh_for`, and is then asked for again before a document rests on it; where the seller's
    policy is LAST_VALID and no answer comes, the last one counts up to `last_valid_for` from the tax point.
    """

    vies: VatRegister | None = None
    hmrc: VatRegister | None = None
    sandbox: VatRegister | None = None
    fresh_for: timedelta = timedelta(hours=24)
    last_valid_for: timedelta = timedelta(days=30)

    def of(self, mode: Mode, number: VatNumber) -> VatRegister | None:
        """The register of a number; None where nobody is asked."""
        if mode is Mode.SANDBOX:
            return self.sandbox
        # XI numbers are Northern Ireland's, which VIES knows (Windsor Framework, art. 8).
        return self.hmrc if number.state == "GB" else self.vies

    def counts(self, checked_at: datetime | None, now: datetime) -> bool:
        """Whether a valid answer of that instant needs no other yet."""
        return checked_at is not None and now - checked_at < self.fresh_for

    def last_valid_on(
        self, status: TaxIdStatus, checked_at: datetime | None, policy: UnverifiedPolicy, tax_point: date
    ) -> date | None:
        """The day (UTC) of the valid answer that counts in the place of the one that does not come; None without one.

        A number that is UNVERIFIED keeps the instant of its last valid answer.
        """
        if policy is not UnverifiedPolicy.LAST_VALID or status is not TaxIdStatus.UNVERIFIED or checked_at is None:
            return None
        day = checked_at.astimezone(UTC).date()
        return day if abs(tax_point - day) <= self.last_valid_for else None


def number_of(value: str | None, country: str | None) -> VatNumber | None:
    """A tax number in compact form as its register knows it; None for one that no register knows."""
    if value is None or country is None:
        return None
    if country in VIES_COUNTRIES:
        prefix = "EL" if country == "GR" else country
        return VatNumber(prefix, value.removeprefix(prefix))
    if country not in _BRITISH:
        return None
    state = "XI" if country == "XI" or value.startswith("XI") else "GB"
    return VatNumber(state, value.removeprefix(state))


def is_test_number(number: VatNumber) -> bool:
    """Whether the sandbox answers to it by the test service's rules, whatever its check digits."""
    return number.number in TEST_NUMBERS
