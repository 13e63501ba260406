"""The events of taxes; `app.domain.events` has the catalogue."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.event_base import EventData, MoneyPayload


@dataclass(frozen=True, slots=True, kw_only=True)
class TaxThresholdEvent(EventData):
    """What is told of a seller's cross-border sales to consumers in a calendar year (Art. 59c); `id` is the seller's.

    `netTotal` is what was counted, the document `invoiceId` included, without VAT and in euros; `uncountedDocuments`
    are missing in it for want of an exchange rate.
    """

    year: int
    net_total: MoneyPayload
    limit: MoneyPayload
    uncounted_documents: int
    invoice_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TaxThresholdApproaching(TaxThresholdEvent):
    """A seller's cross-border sales of a year came to 80 % of EUR 10,000."""

    type = "tax.threshold_approaching"


@dataclass(frozen=True, slots=True, kw_only=True)
class TaxThresholdExceeded(TaxThresholdEvent):
    """A seller's cross-border sales of a year passed EUR 10,000: from that document on the destination's VAT is due."""

    type = "tax.threshold_exceeded"
