"""Danish."""

from __future__ import annotations

from typing import Final

from app.rendering.mail.words.model import Words

WORDS: Final = Words(
    language="da",
    greeting="Goddag,",
    attached="Dokumentet er vedhæftet denne besked som PDF.",
    settled="Der er intet at betale.",
    reminder="Betalingspåmindelse",
    overdue="Forfaldsdatoen for dette dokument er overskredet, og vi har endnu ikke modtaget det fulde beløb.",
    please_pay="Betal venligst det skyldige beløb hurtigst muligt.",
    crossed="Hvis du har betalt i mellemtiden, kan du se bort fra denne besked.",
    questions="Har du spørgsmål, kan du blot svare på denne besked.",
    closing="Med venlig hilsen",
)
