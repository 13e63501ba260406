"""Finnish."""

from __future__ import annotations

from typing import Final

from app.rendering.mail.words.model import Words

WORDS: Final = Words(
    language="fi",
    greeting="Hei,",
    attached="Asiakirja on tämän viestin liitteenä PDF-tiedostona.",
    settled="Maksettavaa ei ole.",
    reminder="Maksumuistutus",
    overdue="Tämän asiakirjan eräpäivä on ohitettu, emmekä ole vielä saaneet koko summaa.",
    please_pay="Pyydämme maksamaan avoimen summan mahdollisimman pian.",
    crossed="Jos olette jo maksaneet, tämä viesti on aiheeton.",
    questions="Jos teillä on kysyttävää, vastatkaa tähän viestiin.",
    closing="Ystävällisin terveisin",
)
