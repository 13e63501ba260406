"""Lithuanian."""

from __future__ import annotations

from typing import Final

from app.rendering.mail.words.model import Words

WORDS: Final = Words(
    language="lt",
    greeting="Sveiki,",
    attached="Dokumentas pridėtas prie šio laiško PDF formatu.",
    settled="Nieko mokėti nereikia.",
    reminder="Priminimas apie mokėjimą",
    overdue="Šio dokumento mokėjimo terminas baigėsi, o visos sumos dar negavome.",
    please_pay="Prašome kuo greičiau sumokėti mokėtiną sumą.",
    crossed="Jei jau sumokėjote, į šį laišką nekreipkite dėmesio.",
    questions="Jei turite klausimų, tiesiog atsakykite į šį laišką.",
    closing="Pagarbiai",
)
