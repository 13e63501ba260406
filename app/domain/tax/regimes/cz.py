"""VAT of Czechia."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Final

from app.domain.tax.rates import RatePeriod, Regime

REGIME: Final = Regime(
    country="CZ",
    name="Czechia",
    periods=(
        RatePeriod(
            start=date(2010, 1, 1),
            end=date(2011, 12, 31),
            standard=Decimal("20"),
            reduced=Decimal("10"),
            sources=("European Commission, VAT Rates Applied in the Member States, situation at 1 July 2011",),
        ),
        RatePeriod(
            start=date(2012, 1, 1),
            end=date(2012, 12, 31),
            standard=Decimal("20"),
            reduced=Decimal("14"),
            sources=("European Commission, VAT Rates Applied in the Member States, situation at 1 July 2012",),
        ),
        RatePeriod(
            start=date(2013, 1, 1),
            end=date(2014, 12, 31),
            standard=Decimal("21"),
            reduced=Decimal("15"),
            sources=("European Commission, VAT Rates Applied in the Member States, situation at 1 July 2013",),
        ),
        RatePeriod(
            start=date(2015, 1, 1),
            end=date(2023, 12, 31),
            standard=Decimal("21"),
            reduced=Decimal("15"),
            second_reduced=Decimal("10"),
            sources=(
                "ibericode/vat-rates, 2025-08-12",
                "kdeldycke/vat-rates, 2025-09-25",
            ),
        ),
        RatePeriod(
            start=date(2024, 1, 1),
            standard=Decimal("21"),
            reduced=Decimal("12"),
            zero=True,
            sources=(
                "European Commission, Taxes in Europe Database (TEDB), September 2026",
                "ibericode/vat-rates, 2025-08-12",
            ),
        ),
    ),
    small_business_mention="Osvobozeno od DPH podle § 6 zákona o DPH (osoba není plátcem)",
)
