"""Dutch."""

from __future__ import annotations

from typing import Final

from app.rendering.mail.words.model import Words

WORDS: Final = Words(
    language="nl",
    greeting="Goedendag,",
    attached="Het document vindt u als pdf in de bijlage bij dit bericht.",
    settled="Er hoeft niets meer te worden betaald.",
    reminder="Betalingsherinnering",
    overdue="De betalingstermijn van dit document is verstreken en wij hebben het volledige bedrag nog niet ontvangen.",
    please_pay="Wij verzoeken u het openstaande bedrag zo spoedig mogelijk te betalen.",
    crossed="Hebt u inmiddels betaald, dan kunt u dit bericht als niet verzonden beschouwen.",
    questions="Hebt u vragen, beantwoord dan gewoon dit bericht.",
    closing="Met vriendelijke groet",
)
