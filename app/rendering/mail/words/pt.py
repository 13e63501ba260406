"""Portuguese."""

from __future__ import annotations

from typing import Final

from app.rendering.mail.words.model import Words

WORDS: Final = Words(
    language="pt",
    greeting="Bom dia,",
    attached="Enviamos o documento em PDF em anexo a esta mensagem.",
    settled="Não há nada a pagar.",
    reminder="Lembrete de pagamento",
    overdue="O prazo de pagamento deste documento terminou e ainda não recebemos o valor total.",
    please_pay="Pedimos que pague o valor em dívida assim que possível.",
    crossed="Se entretanto já pagou, ignore por favor esta mensagem.",
    questions="Se tiver alguma dúvida, basta responder a esta mensagem.",
    closing="Com os melhores cumprimentos",
)
