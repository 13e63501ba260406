"""Polish."""

from __future__ import annotations

from typing import Final

from app.rendering.mail.words.model import Words

WORDS: Final = Words(
    language="pl",
    greeting="Dzień dobry,",
    attached="w załączniku do tej wiadomości znajduje się dokument w formacie PDF.",
    settled="Nie ma nic do zapłaty.",
    reminder="Przypomnienie o płatności",
    overdue="Termin płatności tego dokumentu minął, a pełna kwota jeszcze do nas nie wpłynęła.",
    please_pay="Prosimy o jak najszybsze uregulowanie należnej kwoty.",
    crossed="Jeśli płatność została już dokonana, prosimy zignorować tę wiadomość.",
    questions="W razie pytań wystarczy odpowiedzieć na tę wiadomość.",
    closing="Z poważaniem",
)
