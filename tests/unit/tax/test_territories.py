"""Where a place belongs for VAT is more than its country code."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from app.domain.errors import TaxUndetermined
from app.domain.tax.model import TaxClass
from app.domain.tax.territories import is_member, territory

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("country", "region", "postcode", "code"),
    [
        ("ES", None, "35001", "ES-CN"),
        ("ES", "ES-TF", None, "ES-CN"),
        ("ES", "ES-CE", None, "ES-CE"),
        ("ES", None, "52001", "ES-ML"),
        ("DE", None, "27498", "DE-HEL"),
        ("DE", None, "78266", "DE-BUS"),
        ("GR", None, "63087", "GR-69"),
        ("IT", None, "23041", "IT-LIV"),
        ("IT", None, "22061", "IT-CAM"),
        ("FI", None, "22100", "FI-01"),
        ("AX", None, None, "FI-01"),
        ("FR", None, "97110", "FR-GP"),
        ("RE", None, None, "FR-RE"),
        ("FO", None, None, "FO"),
        ("GL", None, None, "GL"),
    ],
)
def test_parts_of_member_states_outside_the_vat_area(
    country: str, region: str | None, postcode: str | None, code: str
) -> None:
    place = territory(country, region, postcode, TODAY)
    assert (place.code, place.eu_goods, place.eu_services) == (code, False, False)
    with pytest.raises(TaxUndetermined, match="the local tax of"):
        place.rate(TaxClass.STANDARD, TODAY)


@pytest.mark.parametrize(
    ("country", "region", "postcode", "code", "standard"),
    [
        ("ES", None, "28001", "ES", "21"),
        ("MC", None, "98000", "FR", "20"),
        ("EL", None, None, "GR", "24"),
        ("PT", None, "9500-001", "PT-20", "16"),
        ("PT", "PT-30", None, "PT-30", "22"),
        ("PT", None, "1000-001", "PT", "23"),
        ("AT", None, "6691", "AT-JUN", "19"),
        ("AT", None, "6992", "AT-MIT", "19"),
    ],
)
def test_places_inside_with_their_rates(
    country: str, region: str | None, postcode: str | None, code: str, standard: str
) -> None:
    place = territory(country, region, postcode, TODAY)
    assert (place.code, place.eu_goods, place.eu_services) == (code, True, True)
    assert place.rate(TaxClass.STANDARD, TODAY).percent == Decimal(standard)


def test_a_region_that_is_told_beats_the_postcode() -> None:
    assert territory("ES", "ES-MD", "35001", TODAY).code == "ES"


def test_northern_ireland_is_inside_for_goods_only() -> None:
    for place in (
        territory("GB", "XI", None, TODAY),
        territory("GB", None, "BT1 1AA", TODAY),
        territory("XI", None, None, TODAY),
    ):
        assert (place.code, place.eu_goods, place.eu_services) == ("XI", True, False)
        assert place.rate(TaxClass.STANDARD, TODAY).percent == Decimal(20)
    before = territory("GB", None, "BT1 1AA", date(2020, 12, 31))
    assert (before.code, before.eu_goods, before.eu_services) == ("GB", True, True)


def test_membership_is_dated() -> None:
    assert is_member("GB", date(2020, 12, 31))
    assert not is_member("GB", date(2021, 1, 1))
    assert not is_member("HR", date(2013, 6, 30))
    assert is_member("HR", date(2013, 7, 1))
    assert not is_member("CH", TODAY)


@pytest.mark.parametrize("country", ["JE", "GG", "GI", "AD", "SM", "VA", "LI", "US"])
def test_neighbours_that_are_not_in_the_vat_area(country: str) -> None:
    place = territory(country, None, None, TODAY)
    assert (place.code, place.eu_goods, place.eu_services) == (country, False, False)
