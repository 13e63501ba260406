"""VAT of Germany."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Final

from app.domain.tax.rates import RatePeriod, Regime

REGIME: Final = Regime(
    country="DE",
    name="Germany",
    periods=(
        RatePeriod(
            start=date(2007, 1, 1),
            end=date(2020, 6, 30),
            standard=Decimal("19"),
            reduced=Decimal("7"),
            sources=(
                "ibericode/vat-rates, 2025-08-12",
                "kdeldycke/vat-rates, 2025-09-25",
                "invopop/gobl 0.502.1, data/regimes",
            ),
        ),
        RatePeriod(
            start=date(2020, 7, 1),
            end=date(2020, 12, 31),
            standard=Decimal("16"),
            reduced=Decimal("5"),
            sources=(
                "ibericode/vat-rates, 2025-08-12",
                "kdeldycke/vat-rates, 2025-09-25",
                "invopop/gobl 0.502.1, data/regimes",
            ),
        ),
        RatePeriod(
            start=date(2021, 1, 1),
            end=date(2022, 12, 31),
            standard=Decimal("19"),
            reduced=Decimal("7"),
            sources=(
                "European Commission, Taxes in Europe Database (TEDB), September 2026",
                "ibericode/vat-rates, 2025-08-12",
                "kdeldycke/vat-rates, 2025-09-25",
                "invopop/gobl 0.502.1, data/regimes",
            ),
        ),
        RatePeriod(
            start=date(2023, 1, 1),
            standard=Decimal("19"),
            reduced=Decimal("7"),
            zero=True,
            sources=(
                "European Commission, Taxes in Europe Database (TEDB), September 2026",
                "ibericode/vat-rates, 2025-08-12",
                "kdeldycke/vat-rates, 2025-09-25",
                "invopop/gobl 0.502.1, data/regimes",
                "UStG § 12 (3), photovoltaics, since 2023-01-01",
            ),
        ),
    ),
    small_business_mention="Umsatzsteuerbefreit nach § 19 UStG (Kleinunternehmer)",
)
