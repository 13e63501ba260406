"""Latvian."""

from __future__ import annotations

from typing import Final

from app.rendering.mail.words.model import Words

WORDS: Final = Words(
    language="lv",
    greeting="Labdien!",
    attached="Dokuments PDF formātā ir pievienots šim ziņojumam.",
    settled="Nekas nav jāmaksā.",
    reminder="Atgādinājums par maksājumu",
    overdue="Šī dokumenta apmaksas termiņš ir beidzies, un mēs vēl neesam saņēmuši visu summu.",
    please_pay="Lūdzam samaksāt nesamaksāto summu pēc iespējas drīzāk.",
    crossed="Ja jau esat samaksājuši, lūdzam šo ziņojumu neņemt vērā.",
    questions="Ja jums ir jautājumi, vienkārši atbildiet uz šo ziņojumu.",
    closing="Ar cieņu",
)
