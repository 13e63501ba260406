"""VAT of Austria."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Final

from app.domain.tax.rates import RatePeriod, Regime, Region

REGIME: Final = Regime(
    country="AT",
    name="Austria",
    periods=(
        RatePeriod(
            start=date(1995, 1, 1),
            end=date(2015, 12, 31),
            standard=Decimal("20"),
            reduced=Decimal("10"),
            parking=Decimal("12"),
            sources=("European Commission, VAT Rates Applied in the Member States, situation at 1 July 2011",),
        ),
        RatePeriod(
            start=date(2016, 1, 1),
            end=date(2026, 6, 30),
            standard=Decimal("20"),
            reduced=Decimal("13"),
            second_reduced=Decimal("10"),
            parking=Decimal("13"),
            sources=(
                "kdeldycke/vat-rates, 2025-09-25",
                "ibericode/vat-rates, 2025-08-12",
                "invopop/gobl 0.502.1, data/regimes",
            ),
        ),
        RatePeriod(
            start=date(2026, 7, 1),
            standard=Decimal("20"),
            reduced=Decimal("13"),
            second_reduced=Decimal("10"),
            super_reduced=Decimal("4.9"),
            parking=Decimal("13"),
            sources=(
                "European Commission, Taxes in Europe Database (TEDB), September 2026",
                "announcement of the national tax administration",
            ),
        ),
    ),
    regions=(
        Region(
            code="AT-JUN",
            name="Jungholz",
            postcodes=r"6691",
            legal_basis="Directive 2006/112/EC, art. 104",
            periods=(
                RatePeriod(
                    start=date(2016, 1, 1),
                    standard=Decimal("19"),
                    reduced=Decimal("13"),
                    second_reduced=Decimal("10"),
                    sources=(
                        "UStG 1994 § 10 (4)",
                        "Directive 2006/112/EC, art. 104",
                    ),
                ),
            ),
        ),
        Region(
            code="AT-MIT",
            name="Mittelberg",
            postcodes=r"699[1-3]",
            legal_basis="Directive 2006/112/EC, art. 104",
            periods=(
                RatePeriod(
                    start=date(2016, 1, 1),
                    standard=Decimal("19"),
                    reduced=Decimal("13"),
                    second_reduced=Decimal("10"),
                    sources=(
                        "UStG 1994 § 10 (4)",
                        "Directive 2006/112/EC, art. 104",
                    ),
                ),
            ),
        ),
    ),
    small_business_mention="Umsatzsteuerfrei aufgrund der Kleinunternehmerregelung (§ 6 Abs. 1 Z 27 UStG)",
)
