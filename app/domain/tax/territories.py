"""Where a place belongs for VAT: by country, region and postcode, on a day.

The country code alone does not say: the Canaries are ES and Heligoland is DE, and both lie outside the VAT area
(Directive 2006/112/EC, art. 5-7); Northern Ireland is inside for goods and outside for services.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from app.domain.errors import TaxUndetermined
from app.domain.tax.model import TaxClass
from app.domain.tax.rates import Rate, Region, rate_of
from app.domain.tax.registry import has_regime, regime_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Territory:
    """A place as the VAT sees it.

    `code` names it in decisions; `country` is the member state or country whose law applies; `eu_goods` and
    `eu_services` say whether it lies inside the EU's VAT area for them; `special` that it is a part of a state where
    the state's VAT does not apply.
    """

    code: str
    name: str
    country: str
    eu_goods: bool
    eu_services: bool
    region: Region | None = None
    special: bool = False

    @property
    def taxable(self) -> bool:
        """Whether the country's rates apply here."""
        return not self.special and has_regime(self.country)

    def rate(self, tax_class: TaxClass, day: date) -> Rate:
        """The rate of a class here on a day. Raises TaxUndetermined."""
        if self.special:
            # Another tax, or none, applies there: IGIC, IPSI, Swiss VAT in Büsingen, …
            raise TaxUndetermined(f"the local tax of {self.name} is not known")
        if self.region is not None:
            return rate_of(self.region.name, self.region.periods, tax_class, day)
        regime = regime_of(self.country)
        return rate_of(regime.name, regime.periods, tax_class, day)


_OLD: Final = date(1995, 1, 1)
_2004: Final = date(2004, 5, 1)
_2007: Final = date(2007, 1, 1)
# First and last day of membership, as far as VAT goes: the United Kingdom's transition ended with 2020.
_MEMBERS: Final[dict[str, tuple[date, date | None]]] = {
    **dict.fromkeys("AT BE DE DK ES FI FR GR IE IT LU NL PT SE".split(), (_OLD, None)),
    **dict.fromkeys("CY CZ EE HU LT LV MT PL SI SK".split(), (_2004, None)),
    **dict.fromkeys("BG RO".split(), (_2007, None)),
    "HR": (date(2013, 7, 1), None),
    "GB": (_OLD, date(2020, 12, 31)),
}
# Northern Ireland stays in the VAT area for goods (Windsor Framework, annex 3).
_XI_SINCE: Final = date(2021, 1, 1)


@dataclass(frozen=True, slots=True)
class _Special:
    """A part of a state's territory outside its VAT, as the directive's art. 6 has them for member states."""

    code: str
    name: str
    country: str
    regions: tuple[str, ...]
    postcodes: str | None


_SPECIALS: Final = (
    _Special("ES-CN", "the Canary Islands", "ES", ("ES-CN", "ES-GC", "ES-TF"), r"(35|38)\d{3}"),
    _Special("ES-CE", "Ceuta", "ES", ("ES-CE",), r"51\d{3}"),
    _Special("ES-ML", "Melilla", "ES", ("ES-ML",), r"52\d{3}"),
    _Special("DE-HEL", "Heligoland", "DE", ("DE-HEL",), r"27498"),
    _Special("DE-BUS", "Büsingen", "DE", ("DE-BUS",), r"78266"),
    _Special("GR-69", "Mount Athos", "GR", ("GR-69",), r"6308[67]"),
    # 23030 is shared with villages outside Livigno, so only 23041 decides; the region code decides where it is given.
    _Special("IT-LIV", "Livigno", "IT", ("IT-LIV",), r"23041"),
    _Special("IT-CAM", "Campione d'Italia", "IT", ("IT-CAM",), r"22061"),
    _Special("FI-01", "Åland", "FI", ("FI-01", "AX"), r"22\d{3}"),
    _Special("FR-GP", "Guadeloupe", "FR", ("FR-GP", "FR-971", "GP"), r"971\d{2}"),
    _Special("FR-MQ", "Martinique", "FR", ("FR-MQ", "FR-972", "MQ"), r"972\d{2}"),
    _Special("FR-GF", "French Guiana", "FR", ("FR-GF", "FR-973", "GF"), r"973\d{2}"),
    _Special("FR-RE", "Réunion", "FR", ("FR-RE", "FR-974", "RE"), r"974\d{2}"),
    _Special("FR-YT", "Mayotte", "FR", ("FR-YT", "FR-976", "YT"), r"976\d{2}"),
    _Special("FR-PM", "Saint-Pierre-et-Miquelon", "FR", ("FR-PM", "PM"), r"97500"),
    _Special("FR-MF", "Saint-Martin", "FR", ("FR-MF", "MF"), None),
    _Special("FR-BL", "Saint-Barthélemy", "FR", ("FR-BL", "BL"), None),
    _Special("FR-PF", "French Polynesia", "FR", ("FR-PF", "PF"), r"987\d{2}"),
    _Special("FR-NC", "New Caledonia", "FR", ("FR-NC", "NC"), r"988\d{2}"),
    _Special("FR-WF", "Wallis and Futuna", "FR", ("FR-WF", "WF"), r"986\d{2}"),
    _Special("FO", "the Faroe Islands", "DK", ("FO",), None),
    _Special("GL", "Greenland", "DK", ("GL",), None),
    # merverdiavgiftsloven § 1-2 (2)
    _Special("SJ", "Svalbard", "NO", ("NO-21", "NO-22", "SJ"), r"917\d"),
)
# By the codes that may lead to each: its state's, and its own where those are used as a country's.
_SPECIALS_OF: Final[dict[str, tuple[_Special, ...]]] = {
    code: tuple(special for special in _SPECIALS if code == special.country or code in special.regions)
    for code in {code for special in _SPECIALS for code in (special.country, *special.regions)}
}
# Treated as part of another country: by art. 7, and Liechtenstein by its treaty with Switzerland of 28 October 1994.
_SAME_AS: Final = {"MC": "FR", "IM": "GB", "EL": "GR", "LI": "CH"}
# Those of them that go by their own names nevertheless.
_NAMES: Final = {"LI": "Liechtenstein"}
_NORTHERN_IRELAND: Final = frozenset({"XI", "GB-NIR"})
_BELFAST: Final = re.compile(r"BT\d.*", re.IGNORECASE)


def territory(country: str, region: str | None, postcode: str | None, day: date) -> Territory:
    """Where a place belongs for VAT on a day. A region code decides; without one the postcode does."""
    if country == "XI":
        country, region = "GB", "XI"
    given, country = country, _SAME_AS.get(country, country)
    compact = (postcode or "").replace(" ", "")
    for special in _SPECIALS_OF.get(country, ()):
        if country in special.regions or (country == special.country and _within(special, region, compact)):
            return Territory(
                code=special.code,
                name=special.name,
                country=special.country,
                eu_goods=False,
                eu_services=False,
                special=True,
            )
    if country == "GB" and (region in _NORTHERN_IRELAND or (region is None and _BELFAST.fullmatch(compact))):
        return _northern_ireland(day)
    member = is_member(country, day)
    name = regime_of(country).name if has_regime(country) else country
    found = _region(country, region, compact)
    code = country if found is None else found.code
    if given in _NAMES:
        code, name = given, _NAMES[given]
    return Territory(code=code, name=name, country=country, eu_goods=member, eu_services=member, region=found)


def is_member(country: str, day: date) -> bool:
    """Whether a country belongs to the EU's VAT area on a day."""
    since, until = _MEMBERS.get(country, (date.max, None))
    return since <= day and (until is None or day <= until)


def _within(special: _Special, region: str | None, postcode: str) -> bool:
    if region is not None:
        return region in special.regions
    return special.postcodes is not None and re.fullmatch(special.postcodes, postcode) is not None


def _northern_ireland(day: date) -> Territory:
    goods, services = day >= _XI_SINCE or is_member("GB", day), is_member("GB", day)
    code = "GB" if services else "XI"
    return Territory(code=code, name="Northern Ireland", country="GB", eu_goods=goods, eu_services=services)


def _region(country: str, region: str | None, postcode: str) -> Region | None:
    if not has_regime(country):
        return None
    for candidate in regime_of(country).regions:
        if region == candidate.code:
            return candidate
        if region is None and candidate.postcodes is not None and re.fullmatch(candidate.postcodes, postcode):
            return candidate
    return None
