"""Slovenian."""

from __future__ import annotations

from typing import Final

from app.rendering.mail.words.model import Words

WORDS: Final = Words(
    language="sl",
    greeting="Pozdravljeni,",
    attached="dokument je kot PDF priložen temu sporočilu.",
    settled="Ničesar ni treba plačati.",
    reminder="Opomnik za plačilo",
    overdue="Rok plačila tega dokumenta je potekel, celotnega zneska pa še nismo prejeli.",
    please_pay="Prosimo, da dolgovani znesek čim prej poravnate.",
    crossed="Če ste medtem že plačali, to sporočilo prezrite.",
    questions="Če imate vprašanja, preprosto odgovorite na to sporočilo.",
    closing="Lep pozdrav",
)
