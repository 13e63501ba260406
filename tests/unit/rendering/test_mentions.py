"""What the law wants on a document is said in the document's language."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from app.domain.tax import case, cash, goods, natures, services, stated
from app.rendering.labels import LANGUAGES, labels_for
from app.rendering.labels.model import Labels
from app.rendering.mentions import localized
from app.rendering.text import check_text
from tests.documents import document
from tests.unit.rendering.reading import pages

# As the language versions of Directive 2006/112/EC, art. 226 (11a), word it.
REVERSE_CHARGE = {
    "bg": "Обратно начисляване",
    "cs": "Daň odvede zákazník",
    "da": "Omvendt betalingspligt",
    "de": "Steuerschuldnerschaft des Leistungsempfängers",
    "el": "Αντίστροφη επιβάρυνση",
    "en": "Reverse charge",
    "es": "Inversión del sujeto pasivo",
    "fr": "Autoliquidation",
    "it": "Inversione contabile",
    "nl": "Btw verlegd",
    "pl": "Odwrotne obciążenie",
    "sv": "Omvänd betalningsskyldighet",
}
# What no language version of the Directive words: amounts paid for others, and texts of single countries.
ENGLISH_EVERYWHERE = {"Disbursement: Art. 79(c) Directive 2006/112/EC"}


def mentions() -> set[str]:
    """The texts that the rules give, as they stand in their source."""
    found: set[str] = set()
    for module in (goods, natures, services, stated, cash, case):
        text = Path(str(module.__file__)).read_text(encoding="utf-8")
        found |= set(re.findall(r'mention="([^"{]+)"', text))
        found |= set(re.findall(r'"VATEX-EU-[A-Z]", "([^"]+)"', text))
        found |= set(re.findall(r'_?(?:OUTSIDE|MENTION): Final = "([^"]+)"', text))
    return found - ENGLISH_EVERYWHERE


@pytest.mark.parametrize("labels", LANGUAGES, ids=lambda labels: labels.language)
def test_every_text_of_the_rules_has_its_words_and_can_be_printed(labels: Labels) -> None:
    texts = sorted(mentions())
    assert len(texts) >= 10
    assert {"Tax as stated by the marketplace", "Cash accounting"} <= set(texts)
    for text, said in zip(texts, localized(texts, labels), strict=True):
        check_text(said)
        assert (said == text) == (labels.language == "en"), text


def test_the_reverse_charge_is_worded_as_the_directive_does() -> None:
    found = {language: localized(["Reverse charge"], labels_for(language))[0] for language in REVERSE_CHARGE}
    assert found == REVERSE_CHARGE


def test_exemptions_name_their_article() -> None:
    text = "VAT exempt: Art. 132 (1) (i) Directive 2006/112/EC"
    assert localized([text], labels_for("de")) == ["Steuerfrei (Art. 132 (1) (i) der Richtlinie 2006/112/EG)"]


def test_what_national_law_words_stays_as_it_is() -> None:
    text = "TVA non applicable, art. 293 B du CGI"
    assert localized([text], labels_for("de")) == [text]


def test_a_document_says_it_in_its_language() -> None:
    content = document(locale="fr", mentions=("Reverse charge",))
    assert "Autoliquidation" in " ".join(pages(content))
