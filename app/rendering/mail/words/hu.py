"""Hungarian."""

from __future__ import annotations

from typing import Final

from app.rendering.mail.words.model import Words

WORDS: Final = Words(
    language="hu",
    greeting="Tisztelt Ügyfelünk!",
    attached="A bizonylatot PDF formátumban az üzenethez csatoltuk.",
    settled="Nincs fizetendő összeg.",
    reminder="Fizetési emlékeztető",
    overdue="A bizonylat fizetési határideje lejárt, és a teljes összeg még nem érkezett meg hozzánk.",
    please_pay="Kérjük, a fizetendő összeget mielőbb egyenlítse ki.",
    crossed="Ha időközben fizetett, kérjük, tekintse tárgytalannak ezt az üzenetet.",
    questions="Kérdés esetén egyszerűen válaszoljon erre az üzenetre.",
    closing="Üdvözlettel",
)
