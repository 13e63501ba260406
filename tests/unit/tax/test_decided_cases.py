"""Decided VAT cases: each names the article it rests on."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from app.domain.errors import TaxUndetermined
from app.domain.parties import CustomerKind, TaxIdStatus
from app.domain.tax.determine import determine
from app.domain.tax.model import (
    SupplyKind,
    SupplyNature,
    TaxBuyer,
    TaxClass,
    TaxQuestion,
    TaxSeller,
    TaxSupply,
)

CASES: list[dict[str, Any]] = json.loads((Path(__file__).parent / "cases.json").read_text(encoding="utf-8"))


def question_of(case: dict[str, Any]) -> TaxQuestion:
    status, country = case.get("number", ("NONE", None))
    value = case.get("consignment_value")
    return TaxQuestion(
        seller=TaxSeller(
            country=case["seller"],
            region=case.get("seller_region"),
            vat_registered=case.get("vat_registered", True),
            small_business=case.get("small_business", False),
            oss=case.get("oss", False),
            ioss=case.get("ioss", False),
            other_registrations=tuple(case.get("registrations", ())),
        ),
        buyer=TaxBuyer(
            country=case["buyer"],
            region=case.get("buyer_region"),
            kind=CustomerKind(case["kind"]),
            tax_id_status=TaxIdStatus(status),
            tax_id_country=country,
        ),
        supply=TaxSupply(
            kind=SupplyKind(case["supply"]),
            nature=SupplyNature(case.get("nature", "GENERAL")),
            dispatch_from=case.get("dispatch_from"),
            place_of_supply=case.get("place"),
            facilitated_by_marketplace=case.get("facilitated", False),
            consignment_value=None if value is None else Decimal(value),
        ),
        tax_class=TaxClass(case.get("tax_class", "STANDARD")),
        tax_point=date.fromisoformat(case["date"]),
        threshold_exceeded=case.get("above"),
    )


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['id']}")
def test_case_is_decided_as_the_law_says(case: dict[str, Any]) -> None:
    if "refused" in case:
        with pytest.raises(TaxUndetermined):
            determine(question_of(case))
        return

    decision = determine(question_of(case))

    treatment, category, percent, vatex = case["expect"]
    assert (decision.treatment.value, decision.category, decision.vatex_code) == (treatment, category, vatex)
    if percent is not None:
        assert decision.percent == Decimal(percent)
    assert decision.rule
    assert decision.legal_basis
    assert decision.explanation.endswith(".")
    assert (decision.mention is not None) == (category not in ("S", "Z"))


def test_refused_cases_are_few_and_named() -> None:
    assert {case["id"]: case["refused"] for case in CASES if "refused" in case} == {
        "vat-106": "needs a registration in AT",
    }
