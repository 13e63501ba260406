"""French."""

from __future__ import annotations

from typing import Final

from app.rendering.mail.words.model import Words

WORDS: Final = Words(
    language="fr",
    greeting="Bonjour,",
    attached="Vous trouverez le document au format PDF en pièce jointe de ce message.",
    settled="Il ne reste rien à payer.",
    reminder="Rappel de paiement",
    overdue="Le délai de paiement de ce document est dépassé et nous n’avons pas encore reçu la totalité du montant.",
    please_pay="Nous vous remercions de régler le montant dû dès que possible.",
    crossed="Si vous avez payé entre-temps, veuillez ne pas tenir compte de ce message.",
    questions="Pour toute question, il vous suffit de répondre à ce message.",
    closing="Cordialement",
)
