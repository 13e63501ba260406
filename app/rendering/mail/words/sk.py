"""Slovak."""

from __future__ import annotations

from typing import Final

from app.rendering.mail.words.model import Words

WORDS: Final = Words(
    language="sk",
    greeting="Dobrý deň,",
    attached="v prílohe tejto správy nájdete doklad vo formáte PDF.",
    settled="Nie je potrebné nič platiť.",
    reminder="Upomienka platby",
    overdue="Lehota splatnosti tohto dokladu už uplynula a plnú úhradu sme zatiaľ nedostali.",
    please_pay="Prosíme, uhraďte dlžnú sumu čo najskôr.",
    crossed="Ak ste medzičasom zaplatili, považujte túto správu za bezpredmetnú.",
    questions="Ak máte otázky, stačí odpovedať na túto správu.",
    closing="S pozdravom",
)
