"""Swedish."""

from __future__ import annotations

from typing import Final

from app.rendering.mail.words.model import Words

WORDS: Final = Words(
    language="sv",
    greeting="Hej,",
    attached="Dokumentet är bifogat till det här meddelandet som PDF.",
    settled="Det finns inget att betala.",
    reminder="Betalningspåminnelse",
    overdue="Förfallodagen för det här dokumentet har passerat och vi har ännu inte fått hela beloppet.",
    please_pay="Vänligen betala det förfallna beloppet så snart som möjligt.",
    crossed="Om du har betalat under tiden kan du bortse från det här meddelandet.",
    questions="Om du har frågor är det bara att svara på det här meddelandet.",
    closing="Med vänliga hälsningar",
)
