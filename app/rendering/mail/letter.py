"""What a message says: subject, sentences and figures, in the buyer's language, before it is text or HTML."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from app.domain.documents.model import Brand, Document, InvoiceType
from app.domain.documents.registry import document_type
from app.domain.mail.address import header_text
from app.domain.mail.model import EmailKind
from app.rendering.drawing import title_of
from app.rendering.mail.words import words_of
from app.rendering.text import Voice, voice_of

MAX_SUBJECT: Final = 200
Fact = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A message's content. `headline` is the figure that matters, `facts` what identifies it, `payment` how to pay."""

    subject: str
    language: str
    sender: str
    brand: Brand
    title: str
    opening: tuple[str, ...]
    closing: tuple[str, ...]
    facts: tuple[Fact, ...]
    headline: Fact | None = None
    message: str | None = None
    payment_title: str = ""
    payment: tuple[Fact, ...] = ()
    sandbox: bool = False


def invoice_letter(
    document: Document,
    brand: Brand,
    *,
    kind: EmailKind,
    locale: str,
    due_minor: int,
    message: str | None,
    answerable: bool,
    sandbox: bool,
) -> Letter:
    """The message that carries a finalized document, or reminds of it; `due_minor` is what is due at this moment.

    `answerable`: whether a reply reaches the seller. `sandbox`: whether it is marked as a test.
    """
    voice = voice_of(replace(document, locale=locale))
    labels, words = voice.labels, words_of(voice.labels.language)
    reminds = kind is EmailKind.REMINDER
    title = f"{title_of(document.type, labels)} {document.number or ''}".strip()
    asks = document_type(document.type).payable and due_minor > 0
    opening: tuple[str, ...] = (words.overdue, words.please_pay) if reminds else (words.attached,)
    return Letter(
        subject=subject_of(f"{words.reminder} – {title}" if reminds else title, document.seller.name, sandbox=sandbox),
        language=labels.language,
        sender=document.seller.name,
        brand=brand,
        title=title if not reminds else words.reminder,
        opening=(words.greeting, " ".join(opening)),
        message=message,
        headline=_headline(document, voice, due_minor, asks=asks),
        facts=_facts(document, voice, asks=asks),
        payment_title=labels.payment,
        payment=_payment(document, voice, asks=asks),
        closing=tuple(
            text
            for text, wanted in ((words.crossed, reminds), (words.questions, answerable), (words.closing, True))
            if wanted
        ),
        sandbox=sandbox,
    )


def subject_of(title: str, sender: str, *, sandbox: bool) -> str:
    """A subject in one line: what it is and whose, marked when it is a test."""
    return header_text(f"{'[TEST] ' if sandbox else ''}{title} · {sender}", MAX_SUBJECT)


def notice_letter(*, url: str, reason: str, since: str, sandbox: bool) -> Letter:
    """The message to the operator about a webhook endpoint that was disabled; in English."""
    return Letter(
        subject=subject_of("Webhook endpoint disabled", "Marketplace invoicing", sandbox=sandbox),
        language="en",
        sender="Marketplace invoicing",
        brand=Brand(),
        title="Webhook endpoint disabled",
        opening=(
            "Hello,",
            "a webhook endpoint does not accept deliveries any more and was disabled. Nothing is lost: events stay in"
            " the log, and what the endpoint missed can be sent again after it is enabled.",
        ),
        facts=(("Endpoint", url), ("Reason", reason), ("Failing since", since)),
        closing=("Repair the endpoint, then enable it with the mutation webhookEndpointUpdate.",),
        sandbox=sandbox,
    )


def _headline(document: Document, voice: Voice, due_minor: int, *, asks: bool) -> Fact:
    labels = voice.labels
    if asks:
        return labels.amount_due, voice.money(due_minor)
    if document.type is InvoiceType.CREDIT_NOTE:
        return labels.credited, voice.money(document.gross_minor)
    return labels.gross_total, voice.money(document.gross_minor)


def _facts(document: Document, voice: Voice, *, asks: bool) -> tuple[Fact, ...]:
    labels = voice.labels
    facts = (
        (labels.number, document.number),
        (labels.issue_date, None if document.issue_date is None else voice.day(document.issue_date)),
        (labels.due_date, voice.day(document.due_date) if asks and document.due_date is not None else None),
        (labels.order, document.order_reference),
    )
    return _present(facts) if asks else (*_present(facts), *_settled(document, voice))


def _settled(document: Document, voice: Voice) -> tuple[Fact, ...]:
    if document.type is InvoiceType.CREDIT_NOTE or not document_type(document.type).payable:
        return ()
    return ((voice.labels.amount_due, words_of(voice.labels.language).settled),)


def _payment(document: Document, voice: Voice, *, asks: bool) -> tuple[Fact, ...]:
    payment, labels = document.payment, voice.labels
    if payment is None or not asks:
        return ()
    iban = None if payment.iban is None else " ".join(payment.iban[i : i + 4] for i in range(0, len(payment.iban), 4))
    return _present(
        (
            (labels.account_holder, payment.holder),
            ("IBAN", iban),
            ("BIC", payment.bic),
            (labels.reference, document.number),
        )
    )


def _present(facts: Sequence[tuple[str, str | None]]) -> tuple[Fact, ...]:
    return tuple((label, value) for label, value in facts if value)
