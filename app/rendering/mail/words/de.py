"""German."""

from __future__ import annotations

from typing import Final

from app.rendering.mail.words.model import Words

WORDS: Final = Words(
    language="de",
    greeting="Guten Tag,",
    attached="im Anhang dieser Nachricht finden Sie das Dokument als PDF.",
    settled="Es ist nichts mehr zu zahlen.",
    reminder="Zahlungserinnerung",
    overdue="die Zahlungsfrist für dieses Dokument ist verstrichen, und der volle Betrag ist noch nicht eingegangen.",
    please_pay="Bitte begleichen Sie den offenen Betrag so bald wie möglich.",
    crossed="Falls Sie inzwischen gezahlt haben, betrachten Sie diese Nachricht bitte als gegenstandslos.",
    questions="Bei Fragen antworten Sie einfach auf diese Nachricht.",
    closing="Mit freundlichen Grüßen",
)
