"""Sales tax of the United States: decided by thousands of jurisdictions, and stated by the marketplace.

Marketplace facilitators collect it themselves in every state that levies one (after South Dakota v. Wayfair, 2018).
"""

from __future__ import annotations

from typing import Final

from app.domain.tax.rates import Regime

REGIME: Final = Regime(country="US", name="the United States", periods=(), given=True)
