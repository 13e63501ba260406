"""The events of VAT numbers."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.event_base import EventData


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerTaxIdChecked(EventData):
    """A register answered about a buyer's VAT number, or refused the question, or a valid answer grew too old.

    `answer` is what was answered this time and `status` what is known of the number now; `code` is the register's own
    word for why it gave no answer. Questions without an answer are not told each.
    """

    type = "customer.tax_id_checked"

    entity_id: str
    external_id: str | None
    tax_id: str
    answer: str
    code: str | None
    source: str
    status: str
    previous_status: str
    consultation_number: str | None
