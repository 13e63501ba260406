"""English."""

from __future__ import annotations

from typing import Final

from app.rendering.mail.words.model import Words

WORDS: Final = Words(
    language="en",
    greeting="Hello,",
    attached="Your document is attached to this message as a PDF.",
    settled="Nothing is left to pay.",
    reminder="Payment reminder",
    overdue="The due date of this document has passed, and we have not yet received the full amount.",
    please_pay="Please pay the amount due as soon as possible.",
    crossed="If you have paid in the meantime, please disregard this message.",
    questions="If you have any questions, simply reply to this message.",
    closing="Kind regards",
)
