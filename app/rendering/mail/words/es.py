"""Spanish."""

from __future__ import annotations

from typing import Final

from app.rendering.mail.words.model import Words

WORDS: Final = Words(
    language="es",
    greeting="Hola:",
    attached="Adjuntamos el documento en PDF a este mensaje.",
    settled="No queda nada por pagar.",
    reminder="Recordatorio de pago",
    overdue="El plazo de pago de este documento ha vencido y todavía no hemos recibido el importe completo.",
    please_pay="Le rogamos que pague el importe pendiente lo antes posible.",
    crossed="Si ya ha realizado el pago, no tenga en cuenta este mensaje.",
    questions="Si tiene alguna pregunta, responda simplemente a este mensaje.",
    closing="Un cordial saludo",
)
