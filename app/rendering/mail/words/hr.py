"""Croatian."""

from __future__ import annotations

from typing import Final

from app.rendering.mail.words.model import Words

WORDS: Final = Words(
    language="hr",
    greeting="Poštovani,",
    attached="dokument je u privitku ove poruke u obliku PDF-a.",
    settled="Nije potrebno ništa platiti.",
    reminder="Podsjetnik za plaćanje",
    overdue="Rok plaćanja ovog dokumenta je istekao, a puni iznos još nismo primili.",
    please_pay="Molimo vas da dospjeli iznos platite što prije.",
    crossed="Ako ste u međuvremenu platili, zanemarite ovu poruku.",
    questions="Ako imate pitanja, jednostavno odgovorite na ovu poruku.",
    closing="S poštovanjem",
)
