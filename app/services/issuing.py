"""The finalizing primitive: numbers, hashes and freezes any number of drafts of one platform, in one transaction.

Lock order, which is also the order of this file: drafts (by the caller, in id order), the counts of cross-border sales
(by the caller too), then series in id order. A draft that cannot be finalized falls out with its reason before anything
is allocated, so that it leaves no gap.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Final

from app.db import sequences
from app.db.aggregates import TAX_ENTRIES
from app.db.records import changed
from app.db.rows import EntityRow, InvoiceRow, SeriesRow
from app.db.seal import seal_of
from app.db.sequences import SeriesKey
from app.domain import numbering, numbering_law
from app.domain.compliance.model import IssueFacts
from app.domain.compliance.refusals import check_refusals
from app.domain.documents.canonical import content_hash, to_canonical
from app.domain.documents.model import InvoiceType
from app.domain.errors import InvalidInput, InvalidState, InvoicingError
from app.domain.exchange import Rates
from app.domain.lifecycle import InvoiceStatus, payment_status
from app.domain.money import from_minor
from app.rendering.text import check_glyphs
from app.services import tax_currency
from app.services.document_content import document_of
from app.services.eu_sales import Sales
from app.services.invoice_rows import Draft
from app.services.once import Work
from app.services.tax_entries import of_issued
from app.services.vat_standing import waits


@dataclass(frozen=True, slots=True)
class Heads:
    """The last document of each series, as it is and as it becomes.

    `places` names, by a document's id, the series in which it is to be numbered and the date it is to bear; `rates`
    are those that its documents in foreign currencies need; `sales` the counts that they are added to.
    """

    rows: dict[SeriesKey, SeriesRow]
    places: Mapping[str, tuple[SeriesKey, date]]
    rates: Rates = tax_currency.NO_RATES
    sales: Sales = field(default_factory=Sales)


@dataclass(frozen=True, slots=True, kw_only=True)
class Issued:
    """What became of a draft: the finalized row (not stored yet), or the error that kept it a draft.

    `pending` marks a draft that waits for the answer on the buyer's VAT number.
    """

    draft: Draft
    invoice: InvoiceRow | None = None
    error: InvoicingError | None = None
    pending: bool = False


def check_issuable(draft: Draft, on: date, expected_total: Decimal | None = None) -> None:
    """Raises the error that keeps this draft from being finalized on that day, if any; HOLD is not an error."""
    check_refusals(issue_facts(draft, on))
    if expected_total is not None and expected_total != (
        total := from_minor(draft.invoice.gross_minor, draft.invoice.currency)
    ):
        raise InvalidInput(f"the total is {total}, not {expected_total}", field=("expectedTotal",))


def issue_facts(draft: Draft, on: date) -> IssueFacts:
    """What the rules of refusal look at."""
    entity, invoice = draft.entity, draft.invoice
    return IssueFacts(
        on=on,
        status=entity.status,
        country=entity.country,
        type=invoice.type,
        number_formats=tuple(entity.number_formats.items()),
        agreement_reference=invoice.agreement_reference,
        decisions=draft.decisions,
        groups=[(tax["base_minor"], tax["tax_minor"]) for tax in invoice.taxes],
        net_minor=invoice.net_minor,
        tax_minor=invoice.tax_minor,
        gross_minor=invoice.gross_minor,
    )


def issuable(draft: Draft, on: date, expected_total: Decimal | None = None) -> Draft:
    """The draft, if it passes `check_issuable`; priced above the threshold of Art. 59c it must pass as well."""
    check_issuable(draft, on, expected_total)
    above = draft.above
    return draft if above is None else replace(draft, above=lambda: issuable(above(), on, expected_total))


def check_printable(draft: Draft, today: date) -> None:
    """Raises InvalidInput for the first character of the document that no font can show."""
    check_glyphs(document_of(draft, number=None, issue_date=None, today=today), footer=draft.entity.footer)


def check_issue_date(issue_date: date, entity: EntityRow, now: datetime) -> None:
    """Raises InvalidInput for a date that has not come yet where the seller is."""
    if issue_date > (today := numbering.local_issue_date(now, entity.time_zone)):
        message = f"{issue_date} lies in the future: it is {today} in {entity.time_zone}"
        raise InvalidInput(message, field=("issueDate",))


_NO_DATES: Final[Mapping[str, date]] = {}


async def lock_heads(
    work: Work,
    documents: Sequence[tuple[EntityRow, InvoiceRow]],
    sales: Sales,
    dates: Mapping[str, date] = _NO_DATES,
) -> Heads:
    """The series in which these documents of these sellers would be numbered, locked: at the dates that are named by
    the documents' ids, or today. `sales` were locked before.
    """
    places = {}
    for entity, invoice in documents:
        issue_date = dates.get(invoice.id) or numbering.local_issue_date(work.now, entity.time_zone)
        places[invoice.id] = series_key(entity, invoice.type, issue_date), issue_date
    rates = await tax_currency.read_rates(
        work, ((entity, invoice, places[invoice.id][1]) for entity, invoice in documents)
    )
    keys = [key for key, _ in places.values()]
    rows = dict(await sequences.lock_series(work.scope, work.session, keys, work.now)) if keys else {}
    return Heads(rows, places, rates, sales)


def issue(work: Work, drafts: Sequence[Draft], heads: Heads, actors: Sequence[str], *, stored: bool) -> list[Issued]:
    """Finalizes drafts that `check_issuable` let pass, in the order given; the rows are the caller's to store.

    Their series and counts, locked before, move on in `heads`; storing that, and what the documents declare, is
    deferred. A draft whose date lies behind its series' last falls out alone, as does one that passes the threshold of
    Art. 59c and has no VAT number for what is due then. `actors` says for each draft who finalizes it; drafts
    that are `stored` get their next version.
    """
    before = dict(heads.rows)
    outcomes = []
    for index, draft in enumerate(drafts):
        if waits(work, draft):
            outcomes.append(Issued(draft=draft, pending=True))
            continue
        outcomes.append(_issue_counted(work, draft, heads, actors[index], version=draft.invoice.version + stored))
    entries = [entry for one in outcomes if one.invoice is not None for entry in of_issued(one.draft, one.invoice)]
    work.defer(
        sequences.advancing([head for key, head in heads.rows.items() if head is not before[key]]),
        TAX_ENTRIES.inserting(entries),
        *heads.sales.writes(),
    )
    return outcomes


def _issue_counted(work: Work, draft: Draft, heads: Heads, actor: str, *, version: int) -> Issued:
    """The draft issued and counted, priced anew if those before it have passed the threshold, or it does."""
    try:
        settled = heads.sales.settled(draft, heads.places[draft.invoice.id][1])
    except InvoicingError as error:
        return Issued(draft=draft, error=error)
    issued = _issue_one(work, settled, heads, actor, version=version)
    if issued.invoice is not None:
        heads.sales.count(work, issued.invoice, settled.lines)
    return issued


def series_key(entity: EntityRow, type_: InvoiceType, issue_date: date) -> SeriesKey:
    """The series that numbers a seller's documents of a type on that day."""
    kind, types = _numbered_as(entity.country, type_)
    pattern = entity.number_formats.get(kind) or numbering_law.default_pattern(entity.country, kind)
    return SeriesKey(entity.id, kind, pattern, numbering.period_of(pattern, issue_date), types)


@lru_cache(maxsize=4_096)
def _numbered_as(country: str, type_: InvoiceType) -> tuple[InvoiceType, tuple[InvoiceType, ...]]:
    return numbering_law.series_type(country, type_), numbering_law.types_of_series(country, type_)


def series_refusal(draft: Draft, key: SeriesKey, head: SeriesRow | None, issue_date: date) -> InvoicingError | None:
    """Why no document of that date can be the next of its series, or the first where it has none; None when it can."""
    if head is not None and head.last_issue_date is not None and issue_date < head.last_issue_date:
        # Chronology: dates never go back within a series (e.g. CGI ann. II art. 242 nonies A).
        last = last_number_of(head)
        message = f"the last document of the series, {last}, is of {head.last_issue_date}; {issue_date} lies before it"
        return InvalidState(message, field=("issueDate",))
    if (head is None or head.validation_code is None) and draft.entity.country in numbering_law.REGISTERING:
        if draft.invoice.type not in numbering_law.TAX_DOCUMENTS:
            return None
        # Portaria 195/2020: without the authority's code there is no ATCUD, and without it no document.
        series = f"{key.pattern} of {key.period}" if key.period else key.pattern
        message = f"the series {series} has no validation code of the tax authority; state it with seriesRegister"
        return InvalidState(message)
    return None


def last_number_of(head: SeriesRow) -> str | None:
    """The last number that was used in a series, here or before it began here; None when none was."""
    if head.last_number == 0:
        return None
    return numbering.parse(head.pattern).render(head.last_number, numbering.day_of(head.period))


def _issue_one(work: Work, draft: Draft, heads: Heads, actor: str, *, version: int) -> Issued:
    key, issue_date = heads.places[draft.invoice.id]
    head = heads.rows[key]
    if (refused := series_refusal(draft, key, head, issue_date)) is not None:
        return Issued(draft=draft, error=refused)
    sequence_number = head.last_number + 1
    number = numbering.parse(key.pattern).render(sequence_number, issue_date)
    code = None if head.validation_code is None else f"{head.validation_code}-{sequence_number}"
    try:
        stated = tax_currency.with_tax_currency(draft.entity, draft.invoice, issue_date, heads.rates)
    except InvoicingError as error:
        return Issued(draft=draft, error=error)
    if stated is not draft.invoice:
        draft = replace(draft, invoice=stated)
    gross = draft.invoice.gross_minor
    # Whole but for the text: what is sealed are the values that are stored.
    numbered = changed(
        draft.invoice,
        version=version,
        status=InvoiceStatus.FINALIZED,
        payment_status=payment_status(gross_minor=gross, paid_minor=0, credited_minor=0),
        series_id=head.id,
        sequence_number=sequence_number,
        number=number,
        issue_date=issue_date,
        supply_date=draft.invoice.supply_date or issue_date,
        due_date=issue_date + timedelta(days=draft.invoice.payment_term_days),
        previous_hash=head.last_hash,
        finalized_at=work.now,
        finalized_by=actor,
        updated_at=work.now,
    )
    seal = seal_of(numbered, draft.lines)
    document = document_of(
        draft, number=number, issue_date=issue_date, today=issue_date, registration_code=code, seal=seal
    )
    try:
        # What is finalized must be printable for ever.
        check_glyphs(document, footer=draft.entity.footer)
        canonical = to_canonical(document)
    except InvoicingError as error:
        return Issued(draft=draft, error=error)
    digest = content_hash(canonical, head.last_hash)
    heads.rows[key] = changed(head, last_number=sequence_number, last_issue_date=issue_date, last_hash=digest)
    invoice = changed(numbered, snapshot=canonical, content_hash=digest)
    return Issued(draft=draft, invoice=invoice)
