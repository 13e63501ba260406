"""VAT of Portugal."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Final

from app.domain.tax.rates import RatePeriod, Regime, Region

REGIME: Final = Regime(
    country="PT",
    name="Portugal",
    periods=(
        RatePeriod(
            start=date(2011, 1, 1),
            standard=Decimal("23"),
            reduced=Decimal("13"),
            second_reduced=Decimal("6"),
            parking=Decimal("13"),
            sources=(
                "European Commission, Taxes in Europe Database (TEDB), September 2026",
                "ibericode/vat-rates, 2025-08-12",
                "kdeldycke/vat-rates, 2025-09-25",
                "invopop/gobl 0.502.1, data/regimes",
            ),
        ),
    ),
    regions=(
        Region(
            code="PT-20",
            name="the Azores",
            postcodes=r"9[5-9]\d{2}(-?\d{3})?",
            legal_basis="Directive 2006/112/EC, art. 105 (2)",
            periods=(
                RatePeriod(
                    start=date(2014, 1, 1),
                    end=date(2021, 6, 30),
                    standard=Decimal("18"),
                    reduced=Decimal("9"),
                    second_reduced=Decimal("4"),
                    sources=("CIVA art. 18.º n.º 3 and the regional decrees",),
                ),
                RatePeriod(
                    start=date(2021, 7, 1),
                    standard=Decimal("16"),
                    reduced=Decimal("9"),
                    second_reduced=Decimal("4"),
                    sources=(
                        "CIVA art. 18.º n.º 3 and the regional decrees",
                        "European Commission, Taxes in Europe Database (TEDB), September 2026",
                        "invopop/gobl 0.502.1, data/regimes",
                    ),
                ),
            ),
        ),
        Region(
            code="PT-30",
            name="Madeira",
            postcodes=r"9[0-4]\d{2}(-?\d{3})?",
            legal_basis="Directive 2006/112/EC, art. 105 (2)",
            periods=(
                RatePeriod(
                    start=date(2012, 4, 1),
                    end=date(2024, 9, 30),
                    standard=Decimal("22"),
                    reduced=Decimal("12"),
                    second_reduced=Decimal("5"),
                    sources=("CIVA art. 18.º n.º 3 and the regional decrees",),
                ),
                RatePeriod(
                    start=date(2024, 10, 1),
                    standard=Decimal("22"),
                    reduced=Decimal("12"),
                    second_reduced=Decimal("4"),
                    sources=(
                        "CIVA art. 18.º n.º 3 and the regional decrees",
                        "invopop/gobl 0.502.1, data/regimes",
                    ),
                ),
            ),
        ),
    ),
    small_business_mention="IVA - regime de isenção (art. 53.º do CIVA)",
)
