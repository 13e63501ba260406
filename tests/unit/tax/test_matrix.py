"""Every seller's country with every buyer's: a decision or a reasoned refusal, as reviewed in `matrix.txt`.

The member states with Great Britain, Switzerland, Norway and the United States. A cell is the treatment, its category
and rate; `!n` is a refusal, whose reasons stand at the end.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import product
from pathlib import Path
from typing import Final

from app.domain.errors import TaxUndetermined
from app.domain.parties import CustomerKind, TaxIdStatus
from app.domain.tax.determine import determine
from app.domain.tax.model import (
    GivenTax,
    SupplyKind,
    TaxBuyer,
    TaxClass,
    TaxDecision,
    TaxQuestion,
    TaxSeller,
    TaxSupply,
)

GOLDEN: Final = Path(__file__).parent / "matrix.txt"
_STATES: Final = "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK"
COUNTRIES: Final = (*_STATES.split(), "GB", "CH", "NO", "US")
MEMBERS: Final = frozenset(COUNTRIES[:27])
BUYERS: Final = (
    (CustomerKind.CONSUMER, TaxIdStatus.NONE),
    (CustomerKind.BUSINESS, TaxIdStatus.VALID),
    (CustomerKind.BUSINESS, TaxIdStatus.INVALID),
    (CustomerKind.BUSINESS, TaxIdStatus.UNVERIFIED),
)
# The marketplace states the tax of sellers in the United States.
GIVEN: Final = GivenTax(name="Sales tax", percent=Decimal("8.875"), jurisdiction="US-NY")
DAY: Final = date(2026, 11, 24)


def question(
    seller: str, buyer: str, who: tuple[CustomerKind, TaxIdStatus], kind: SupplyKind, *, oss: bool
) -> TaxQuestion:
    has_number = who[1] is not TaxIdStatus.NONE
    return TaxQuestion(
        seller=TaxSeller(country=seller, oss=oss),
        buyer=TaxBuyer(country=buyer, kind=who[0], tax_id_status=who[1], tax_id_country=buyer if has_number else None),
        supply=TaxSupply(kind=kind, given=GIVEN if seller == "US" else None),
        tax_class=TaxClass.STANDARD,
        tax_point=DAY,
    )


def decided(asked: TaxQuestion) -> TaxDecision | TaxUndetermined:
    try:
        return determine(asked)
    except TaxUndetermined as error:
        return error


def everything() -> Iterator[tuple[str, str, bool, list[TaxDecision | TaxUndetermined]]]:
    for seller, buyer, oss in product(COUNTRIES, COUNTRIES, (False, True)):
        cells = [decided(question(seller, buyer, who, kind, oss=oss)) for kind, who in product(SupplyKind, BUYERS)]
        yield seller, buyer, oss, cells


def written() -> str:
    reasons: dict[str, int] = {}
    before: list[str] = []
    head = " ".join(
        f"{kind.value.lower()}/{who[0].value.lower()}/{who[1].value.lower()}"
        for kind, who in product(SupplyKind, BUYERS)
    )
    lines = [f"# seller buyer oss: {head}"]
    for seller, buyer, oss, cells in everything():
        texts = []
        for cell in cells:
            if isinstance(cell, TaxUndetermined):
                # The same reason of many pairs is one reason.
                text = cell.message
                texts.append(f"!{reasons.setdefault(text, len(reasons) + 1)}")
            else:
                percent = "" if cell.percent is None else format(cell.percent.normalize(), "f")
                texts.append(
                    f"{cell.treatment.value}:{cell.category}{percent}"
                    + ("" if cell.country is None else f"@{cell.country}")
                )
        if oss and texts == before:
            continue  # the One-Stop-Shop makes no difference here
        before = texts
        lines.append(f"{seller} {buyer} {'oss' if oss else '-'}: {' '.join(texts)}")
    lines += [f"!{number} {reason}" for reason, number in reasons.items()]
    return "\n".join(lines) + "\n"


def test_the_whole_matrix_is_as_it_was_reviewed() -> None:
    found = written()
    if os.environ.get("UPDATE_GOLDEN"):
        GOLDEN.write_text(found, encoding="utf-8")
    assert found == GOLDEN.read_text(encoding="utf-8")


def test_nothing_is_silently_zero() -> None:
    """A supply without tax says why, by a category, a mention and a legal basis; one with tax has a rate above zero."""
    for _, _, _, cells in everything():
        for cell in cells:
            if isinstance(cell, TaxUndetermined):
                assert len(cell.message) > 20
            elif cell.category == "S":
                assert cell.percent
                assert cell.evidence.get("sources") or cell.evidence["stated_by"] == "marketplace"
            else:
                assert cell.mention
                assert cell.legal_basis
                assert cell.category in ("K", "AE", "G", "O")


def test_what_holds_of_every_pair() -> None:
    for seller, buyer, oss, cells in everything():
        found = dict(zip(product(SupplyKind, BUYERS), cells, strict=True))
        both_members = seller in MEMBERS and buyer in MEMBERS
        goods = found[SupplyKind.GOODS, BUYERS[1]]
        service = found[SupplyKind.SERVICES, BUYERS[1]]
        if both_members and seller != buyer:
            # Art. 138 and 196: the valid number moves the tax to the buyer, whatever scheme the seller uses.
            assert isinstance(goods, TaxDecision)
            assert isinstance(service, TaxDecision)
            assert (goods.category, service.category) == ("K", "AE")
            for who, kind in product((BUYERS[0], BUYERS[2], BUYERS[3]), SupplyKind):
                cell = found[kind, who]
                assert isinstance(cell, TaxDecision)
                # Without a valid number nobody is spared the tax.
                assert cell.category == "S"
                general = kind is SupplyKind.SERVICES
                assert cell.country == (seller if general or not oss else buyer)
        if seller == "US":
            assert all(isinstance(cell, TaxDecision) and cell.treatment.value == "GIVEN" for cell in cells)
        elif seller == buyer:
            assert all(isinstance(cell, TaxDecision) and cell.treatment.value == "DOMESTIC" for cell in cells)
        if seller in MEMBERS and buyer not in MEMBERS:
            for who in BUYERS:
                export = found[SupplyKind.GOODS, who]
                assert isinstance(export, TaxDecision)
                assert export.category == "G"
