"""Decided VAT cases: each names the article it rests on."""

from __future__ import annotations

import json
import os
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from app.domain.errors import TaxUndetermined
from app.domain.parties import CustomerKind, TaxIdStatus
from app.domain.tax.determine import determine
from app.domain.tax.model import (
    GivenTax,
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
    value, given = case.get("consignment_value"), case.get("given")
    return TaxQuestion(
        seller=TaxSeller(
            country=case["seller"],
            region=case.get("seller_region"),
            vat_registered=case.get("vat_registered", True),
            small_business=case.get("small_business", False),
            oss=case.get("oss", False),
            ioss=case.get("ioss", False),
            other_registrations=tuple(case.get("registrations", ())),
            destination_taxation=case.get("destination_taxation", False),
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
            given=None if given is None else GivenTax(name="Sales tax", percent=Decimal(given)),
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
    assert (decision.mention is not None) == (category not in ("S", "Z") or treatment == "GIVEN")


def test_cases_are_many_each_with_its_article_and_a_name_of_its_own() -> None:
    assert len({case["id"] for case in CASES}) == len(CASES) >= 205
    assert all(case["article"] for case in CASES)
    assert all("refused" in case or "expect" in case for case in CASES)


def test_the_page_of_cases() -> None:
    lines = [
        "# Decided VAT cases",
        "",
        "Written by `make golden` from `tests/unit/tax/cases.json`: each is asserted. Sellers are registered at home,",
        "buyers are consumers, and goods go from the seller to the buyer, unless told.",
        "",
        "| case | on | seller | buyer | supply | told besides | decided | law |",
        "|---|---|---|---|---|---|---|---|",
    ]
    lines += [f"| {' | '.join(cells(case))} |" for case in CASES]
    page = Path(__file__).parents[3] / "docs" / "tax-cases.md"
    text = "\n".join(lines) + "\n"
    if os.environ.get("UPDATE_GOLDEN") == "1":
        page.write_text(text, encoding="utf-8")
    assert page.read_text(encoding="utf-8") == text, "docs/tax-cases.md is stale; run `make golden`"


def cells(case: dict[str, Any]) -> list[str]:
    kind = "" if case["kind"] == "CONSUMER" else f" {case['kind'].lower().replace('_', ' ')}"
    number = f", number {case['number'][0].lower()} in {case['number'][1]}" if "number" in case else ""
    nature = "" if "nature" not in case else f" {case['nature'].lower().replace('_', ' ')}"
    told = [f"{name.replace('_', ' ')}: {case[name]}" for name in TOLD if name in case]
    if "refused" in case:
        outcome = f"refused: {case['refused']}"
    else:
        treatment, category, percent, vatex = case["expect"]
        outcome = " ".join(
            [treatment.lower().replace("_", " "), category, *filter(None, [percent and f"{percent} %", vatex])]
        )
    return [
        case["id"],
        case["date"],
        case.get("seller_region", case["seller"]),
        f"{case.get('buyer_region', case['buyer'])}{kind}{number}",
        case["supply"].lower() + nature,
        "; ".join(told),
        outcome,
        case["article"],
    ]


TOLD = (
    "oss", "ioss", "registrations", "above", "small_business", "vat_registered", "tax_class", "dispatch_from", "place",
    "facilitated", "given", "consignment_value", "destination_taxation",
)  # fmt: skip
