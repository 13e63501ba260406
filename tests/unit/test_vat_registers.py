"""Which register is asked about which number, how long an answer counts, and what is known without asking."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from app.commands.diagnosis import check_registers
from app.domain.parties import TaxIdStatus, UnverifiedPolicy
from app.domain.registers.model import VatNumber
from app.domain.registers.registers import Registers, number_of
from app.domain.registers.sandbox import SandboxRegister
from app.domain.scope import Mode
from app.settings import Settings

NOW = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)
VIES, HMRC, SANDBOX = (SandboxRegister(lambda: NOW) for _ in range(3))
REGISTERS = Registers(vies=VIES, hmrc=HMRC, sandbox=SANDBOX)


@pytest.mark.parametrize(
    ("value", "country", "expected"),
    [
        ("FR40303265045", "FR", VatNumber("FR", "40303265045")),
        ("EL023456780", "GR", VatNumber("EL", "023456780")),
        ("DE100", "DE", VatNumber("DE", "100")),
        ("GB553557881", "GB", VatNumber("GB", "553557881")),
        ("553557881", "GB", VatNumber("GB", "553557881")),
        ("XI553557881", "XI", VatNumber("XI", "553557881")),
        ("XI553557881", "GB", VatNumber("XI", "553557881")),
        ("CHE123456788", "CH", None),
        (None, None, None),
    ],
)
def test_a_number_is_known_by_its_state(value: str | None, country: str | None, expected: VatNumber | None) -> None:
    assert number_of(value, country) == expected


def test_a_live_number_is_its_states_and_a_sandboxs_never_leaves_it() -> None:
    british, french, irish = VatNumber("GB", "1"), VatNumber("FR", "1"), VatNumber("XI", "1")
    assert [REGISTERS.of(Mode.LIVE, number) for number in (british, french, irish)] == [HMRC, VIES, VIES]
    assert {id(REGISTERS.of(Mode.SANDBOX, number)) for number in (british, french, irish)} == {id(SANDBOX)}
    assert Registers(sandbox=SANDBOX).of(Mode.LIVE, french) is None
    assert Registers(vies=VIES, hmrc=HMRC).of(Mode.SANDBOX, french) is None


def test_an_answer_counts_for_its_hours() -> None:
    assert REGISTERS.counts(NOW - timedelta(hours=23, minutes=59), NOW)
    assert not REGISTERS.counts(NOW - timedelta(hours=24), NOW)
    assert not REGISTERS.counts(None, NOW)


@pytest.mark.parametrize(
    ("status", "policy", "tax_point", "expected"),
    [
        (TaxIdStatus.UNVERIFIED, UnverifiedPolicy.LAST_VALID, date(2026, 4, 9), date(2026, 3, 10)),
        (TaxIdStatus.UNVERIFIED, UnverifiedPolicy.LAST_VALID, date(2026, 4, 10), None),
        (TaxIdStatus.UNVERIFIED, UnverifiedPolicy.LAST_VALID, date(2026, 2, 8), date(2026, 3, 10)),
        (TaxIdStatus.UNVERIFIED, UnverifiedPolicy.LAST_VALID, date(2026, 2, 7), None),
        (TaxIdStatus.UNVERIFIED, UnverifiedPolicy.CHARGE, date(2026, 3, 10), None),
        (TaxIdStatus.UNVERIFIED, UnverifiedPolicy.HOLD, date(2026, 3, 10), None),
        (TaxIdStatus.INVALID, UnverifiedPolicy.LAST_VALID, date(2026, 3, 10), None),
    ],
)
def test_the_last_valid_answer_counts_within_days_of_the_tax_point(
    status: TaxIdStatus, policy: UnverifiedPolicy, tax_point: date, expected: date | None
) -> None:
    assert REGISTERS.last_valid_on(status, NOW, policy, tax_point) == expected
    assert REGISTERS.last_valid_on(status, None, policy, tax_point) is None


def test_the_doctor_says_who_is_asked() -> None:
    vies, hmrc = "https://vies.example/rest-api", "https://hmrc.example"
    assert "none is asked" in check_registers(Settings()).detail
    named = check_registers(Settings(vies_url=vies, hmrc_url=hmrc, hmrc_client_id="id", hmrc_client_secret="s3cret"))
    assert (named.ok, named.detail) == (
        True,
        f"VIES at {vies} and HMRC at {hmrc}; a valid answer counts 24 hours",
    )
    unnamed = check_registers(Settings(hmrc_url=hmrc))
    assert (unnamed.ok, "INVOICING_HMRC_CLIENT_ID" in unnamed.detail) == (False, True)
