"""`invoicing tax …` as people at a terminal use it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.command_line import invoicing


def test_a_decision_is_explained(tmp_path: Path) -> None:
    done = invoicing(tmp_path, "tax", "explain", "DE", "FR", "--oss", "--on", "2026-10-15")
    assert done.returncode == 0
    for said in ("OSS", "20 %", "eu.goods.distance_sale.oss", "art. 33 (a)", "declared in the One-Stop-Shop"):
        assert said in done.stdout


def test_a_region_and_a_number_make_the_difference(tmp_path: Path) -> None:
    islands = invoicing(tmp_path, "tax", "explain", "ES", "ES-CN", "--on", "2026-10-15")
    business = invoicing(
        tmp_path, "tax", "explain", "DE", "GB-NIR", "--buyer-kind", "BUSINESS", "--number", "VALID",
        "--number-country", "XI", "--on", "2026-10-15",
    )  # fmt: skip
    assert "VATEX-EU-G" in islands.stdout
    assert "VATEX-EU-IC" in business.stdout


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("NO", "SE", "--kind", "SERVICES"), 1, "not decided (supply.nature)"),
        (("DE", "FR", "--above"), 1, "threshold of EUR 10,000"),
        (("DE", "XX"), 65, "XX"),
        (("DE", "FR", "--kind", "MAGIC"), 2, "MAGIC"),
    ],
)
def test_what_cannot_be_decided_says_why(tmp_path: Path, arguments: tuple[str, ...], code: int, said: str) -> None:
    done = invoicing(tmp_path, "tax", "explain", *arguments)
    assert (done.returncode, said in done.stdout + done.stderr) == (code, True)


def test_rates_are_listed_by_period(tmp_path: Path) -> None:
    done = invoicing(tmp_path, "tax", "rates", "FI", "--on", "2024-09-01")
    assert (done.returncode, "25.5" in done.stdout) == (0, True)
    assert invoicing(tmp_path, "tax", "rates", "JP").returncode == 1
