"""Italian."""

from __future__ import annotations

from typing import Final

from app.rendering.mail.words.model import Words

WORDS: Final = Words(
    language="it",
    greeting="Buongiorno,",
    attached="in allegato a questo messaggio trova il documento in formato PDF.",
    settled="Non resta nulla da pagare.",
    reminder="Sollecito di pagamento",
    overdue="Il termine di pagamento di questo documento è scaduto e non abbiamo ancora ricevuto l’intero importo.",
    please_pay="La preghiamo di pagare l’importo dovuto al più presto.",
    crossed="Se nel frattempo ha già pagato, La preghiamo di ignorare questo messaggio.",
    questions="Per qualsiasi domanda, risponda semplicemente a questo messaggio.",
    closing="Cordiali saluti",
)
