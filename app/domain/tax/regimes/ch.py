"""VAT of Switzerland."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Final

from app.domain.tax.rates import ConsumerAbroad, NationalRules, RatePeriod, Regime

REGIME: Final = Regime(
    country="CH",
    name="Switzerland",
    periods=(
        RatePeriod(
            start=date(2011, 1, 1),
            end=date(2017, 12, 31),
            standard=Decimal("8.0"),
            reduced=Decimal("3.8"),
            second_reduced=Decimal("2.5"),
            sources=("Swiss Federal Tax Administration, rates since 2011-01-01",),
        ),
        RatePeriod(
            start=date(2018, 1, 1),
            end=date(2023, 12, 31),
            standard=Decimal("7.7"),
            reduced=Decimal("3.7"),
            second_reduced=Decimal("2.5"),
            sources=(
                "kdeldycke/vat-rates, 2025-09-25",
                "the national VAT act",
            ),
        ),
        RatePeriod(
            start=date(2024, 1, 1),
            standard=Decimal("8.1"),
            reduced=Decimal("3.8"),
            second_reduced=Decimal("2.6"),
            sources=(
                "European Commission, Taxes in Europe Database (TEDB), September 2026",
                "invopop/gobl 0.502.1, data/regimes",
            ),
        ),
    ),
    national=NationalRules(
        domestic="MWSTG art. 18 (1)",
        exports="MWSTG art. 23 (2) (1)",
        services_to_businesses="MWSTG art. 8 (1)",
        # Swiss law taxes services where the recipient is, consumers too; art. 8 (2) has the exceptions, done in person.
        general=(ConsumerAbroad.OUTSIDE, "MWSTG art. 8 (1)"),
        listed=(ConsumerAbroad.OUTSIDE, "MWSTG art. 8 (1)"),
        digital="MWSTG art. 8 (1)",
        # Treaty of 23 November 1964 on Büsingen.
        beyond=("DE-BUS",),
        platform=(date(2025, 1, 1), "MWSTG art. 20a (1)"),
    ),
)
