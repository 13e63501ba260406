"""Bulgarian."""

from __future__ import annotations

from typing import Final

from app.rendering.mail.words.model import Words

WORDS: Final = Words(
    language="bg",
    greeting="Здравейте,",
    attached="Прилагаме документа като PDF файл към това съобщение.",
    settled="Не е необходимо плащане.",
    reminder="Напомняне за плащане",
    overdue="Срокът за плащане на този документ е изтекъл, а все още не сме получили пълната сума.",
    please_pay="Моля, платете дължимата сума възможно най-скоро.",
    crossed="Ако вече сте платили, моля, не обръщайте внимание на това съобщение.",
    questions="Ако имате въпроси, просто отговорете на това съобщение.",
    closing="С уважение",
)
