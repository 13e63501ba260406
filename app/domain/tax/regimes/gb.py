"""VAT of United Kingdom."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Final

from app.domain.tax.rates import ConsumerAbroad, NationalRules, RatePeriod, Regime

REGIME: Final = Regime(
    country="GB",
    name="United Kingdom",
    periods=(
        RatePeriod(
            start=date(2011, 1, 4),
            standard=Decimal("20"),
            reduced=Decimal("5"),
            zero=True,
            sources=(
                "European Commission, Taxes in Europe Database (TEDB), September 2026",
                "ibericode/vat-rates, 2025-08-12",
                "kdeldycke/vat-rates, 2025-09-25",
                "invopop/gobl 0.502.1, data/regimes",
            ),
        ),
    ),
    national=NationalRules(
        domestic="VATA 1994, s. 1 and 4",
        exports="VATA 1994, s. 30 (6)",
        services_to_businesses="VATA 1994, s. 7A (2) (a)",
        general=(ConsumerAbroad.HOME, "VATA 1994, s. 7A (2) (b)"),
        listed=(ConsumerAbroad.OUTSIDE, "VATA 1994, Sch. 4A, para. 16"),
        digital="VATA 1994, Sch. 4A, para. 15",
    ),
)
