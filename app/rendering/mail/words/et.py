"""Estonian."""

from __future__ import annotations

from typing import Final

from app.rendering.mail.words.model import Words

WORDS: Final = Words(
    language="et",
    greeting="Tere!",
    attached="Dokument on sellele kirjale lisatud PDF-failina.",
    settled="Midagi ei ole vaja maksta.",
    reminder="Maksemeeldetuletus",
    overdue="Selle dokumendi maksetähtaeg on möödunud ja me ei ole kogu summat veel kätte saanud.",
    please_pay="Palume tasuda võlgnetav summa esimesel võimalusel.",
    crossed="Kui olete vahepeal tasunud, jätke see kiri palun tähelepanuta.",
    questions="Küsimuste korral vastake lihtsalt sellele kirjale.",
    closing="Lugupidamisega",
)
