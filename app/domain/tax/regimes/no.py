"""VAT of Norway."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Final

from app.domain.tax.rates import ConsumerAbroad, NationalRules, RatePeriod, Regime

REGIME: Final = Regime(
    country="NO",
    name="Norway",
    periods=(
        RatePeriod(
            start=date(2018, 1, 1),
            standard=Decimal("25"),
            reduced=Decimal("15"),
            second_reduced=Decimal("12"),
            zero=True,
            sources=(
                "European Commission, Taxes in Europe Database (TEDB), September 2026",
                "invopop/gobl 0.502.1, data/regimes",
            ),
        ),
    ),
    national=NationalRules(
        domestic="merverdiavgiftsloven § 3-1",
        exports="merverdiavgiftsloven § 6-21",
        services_to_businesses="merverdiavgiftsloven § 6-22",
        # Free of tax abroad only where it can be delivered from a distance, which a general one may or may not be.
        general=(ConsumerAbroad.DEPENDS, "merverdiavgiftsloven § 6-22"),
        listed=(ConsumerAbroad.OUTSIDE, "merverdiavgiftsloven § 6-22"),
        digital="merverdiavgiftsloven § 6-22",
    ),
)
