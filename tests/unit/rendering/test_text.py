"""What can be printed: the quick look at a whole document must never differ from the look at each of its texts."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from app.domain.documents.model import DocumentAllowance
from app.domain.errors import InvalidInput
from app.domain.parties import PaymentDetails
from app.rendering import text as texts
from tests.documents import document, line


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
