"""Czech."""

from __future__ import annotations

from typing import Final

from app.rendering.mail.words.model import Words

WORDS: Final = Words(
    language="cs",
    greeting="Dobrý den,",
    attached="v příloze této zprávy najdete doklad ve formátu PDF.",
    settled="Není třeba nic platit.",
    reminder="Upomínka platby",
    overdue="Splatnost tohoto dokladu již uplynula a plnou úhradu jsme zatím neobdrželi.",
    please_pay="Prosíme, uhraďte dlužnou částku co nejdříve.",
    crossed="Pokud jste mezitím zaplatili, považujte tuto zprávu za bezpředmětnou.",
    questions="Máte-li dotazy, stačí odpovědět na tuto zprávu.",
    closing="S pozdravem",
)
