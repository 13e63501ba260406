"""Romanian."""

from __future__ import annotations

from typing import Final

from app.rendering.mail.words.model import Words

WORDS: Final = Words(
    language="ro",
    greeting="Bună ziua,",
    attached="Documentul este atașat acestui mesaj în format PDF.",
    settled="Nu mai este nimic de plătit.",
    reminder="Memento de plată",
    overdue="Termenul de plată al acestui document a trecut, iar noi nu am primit încă întreaga sumă.",
    please_pay="Vă rugăm să achitați suma datorată cât mai curând posibil.",
    crossed="Dacă ați plătit între timp, vă rugăm să nu țineți cont de acest mesaj.",
    questions="Dacă aveți întrebări, este suficient să răspundeți la acest mesaj.",
    closing="Cu stimă",
)
