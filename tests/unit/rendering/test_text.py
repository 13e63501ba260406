"""What can be printed: the quick look at a whole document must never differ from the look at each of its texts."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.documents.model import DocumentAllowance
from app.domain.errors import InvalidInput
from app.domain.parties import Address, PaymentDetails
from app.domain.tax.model import TaxDecision, TaxTreatment
from app.rendering import text as texts
from app.rendering.labels.model import Labels
from tests.documents import decision, document, line


def test_the_quick_look_sees_every_text_that_the_close_one_names() -> None:
    reasons = tuple(DocumentAllowance(amount_minor=1, reason=f"reason {n}") for n in range(4))
    full = document(
        lines=(line(1, "Tasse", unit="C62", allowances=reasons[:1], charges=reasons[1:2]),),
        allowances=reasons[2:3],
        charges=reasons[3:],
        mentions=("a mention",),
        note="a note",
        payment=PaymentDetails(holder="Holder", iban="DE89370400440532013000", bic="COBADEFFXXX"),
    )
    full = replace(full, taxes=tuple(replace(tax, exemption_reason="a reason") for tax in full.taxes))
    named = sorted(text for _, text in texts._texts(full, "a footer") if text)
    assert sorted(texts._bare_texts(full, "a footer")) == named


# Letters of several scripts, marks that combine, signs that no font has, and what turns a text's direction.
_CHARACTERS = st.sampled_from([*"aé\n\t\u202f\u0301\u0338\u202eΩ≠ж注🙂", "\u1100", "\u1161"]) | st.characters()


@given(st.text(_CHARACTERS, max_size=12))
def test_what_passes_the_quick_look_can_be_printed(text: str) -> None:
    try:
        texts.check_text(text)
    except InvalidInput:
        assert not texts._shown(text)
    else:
        # It may be looked at closely in vain, but not when it is composed and without blanks of its own.
        assert texts._shown(text) or not unicodedata.is_normalized("NFC", text) or "\u202f" in text


@pytest.mark.parametrize(
    ("address", "lines"),
    [
        (Address(country="DE", postcode="10115", city="Berlin", region="DE-BE"), ["10115 Berlin"]),
        (Address(country="US", postcode="98101", city="Seattle", region="US-WA"), ["Seattle, WA 98101"]),
        (Address(country="US", postcode="98101", city="Seattle"), ["Seattle 98101"]),
        (Address(country="US", region="US-WA"), ["WA"]),
        (Address(country="CA", postcode="M5V 1A1", city="Toronto", region="CA-ON"), ["Toronto ON M5V 1A1"]),
        (Address(country="GB", postcode="SW1A 1AA", city="London"), ["London", "SW1A 1AA"]),
        (Address(country="IE", city="Dublin"), ["Dublin"]),
        (Address(country="FR"), []),
    ],
)
def test_towns_are_written_as_their_country_writes_them(address: Address, lines: list[str]) -> None:
    voice = texts.voice_of(document())
    assert texts.address_lines(address, voice, home=address.country) == lines


def test_a_tax_that_is_not_vat_is_not_called_vat() -> None:
    def labels(*decisions: TaxDecision) -> Labels:
        return texts.voice_of(document(tuple(line(i, decision=one) for i, one in enumerate(decisions, 1)))).labels

    stated = replace(decision(), treatment=TaxTreatment.GIVEN)
    igic, ipsi = (replace(decision(), category=category) for category in "LM")
    assert (labels(stated).vat, labels(stated, stated).net_total) == ("Steuer", "Summe vor Steuer")
    assert (labels(igic, igic).vat, labels(ipsi).tax_summary) == ("IGIC", "IPSI")
    # The plain words where it is not one tax alone.
    assert {labels(decision()).vat, labels(stated, decision()).vat, labels(igic, ipsi).vat} == {"USt."}
