"""The tax regimes there are: adding one is a file in `regimes` and a line here."""

from __future__ import annotations

from typing import Final

from app.domain.errors import TaxUndetermined
from app.domain.tax.rates import Regime
from app.domain.tax.regimes import (
    at,
    be,
    bg,
    ch,
    cy,
    cz,
    de,
    dk,
    ee,
    es,
    fi,
    fr,
    gb,
    gr,
    hr,
    hu,
    ie,
    it,
    lt,
    lu,
    lv,
    mt,
    nl,
    no,
    pl,
    pt,
    ro,
    se,
    si,
    sk,
    us,
)

REGIMES: Final[tuple[Regime, ...]] = (
    at.REGIME,
    be.REGIME,
    bg.REGIME,
    ch.REGIME,
    cy.REGIME,
    cz.REGIME,
    de.REGIME,
    dk.REGIME,
    ee.REGIME,
    es.REGIME,
    fi.REGIME,
    fr.REGIME,
    gb.REGIME,
    gr.REGIME,
    hr.REGIME,
    hu.REGIME,
    ie.REGIME,
    it.REGIME,
    lt.REGIME,
    lu.REGIME,
    lv.REGIME,
    mt.REGIME,
    nl.REGIME,
    no.REGIME,
    pl.REGIME,
    pt.REGIME,
    ro.REGIME,
    se.REGIME,
    si.REGIME,
    sk.REGIME,
    us.REGIME,
)
_BY_COUNTRY: Final = {regime.country: regime for regime in REGIMES}


def regime_of(country: str) -> Regime:
    """A country's regime. Raises TaxUndetermined where none is known."""
    regime = _BY_COUNTRY.get(country)
    if regime is None:
        raise TaxUndetermined(f"the tax rules of {country} are not known")
    return regime


def has_regime(country: str) -> bool:
    """Whether the tax rules of a country are known."""
    return country in _BY_COUNTRY
