"""What an audit found."""

from __future__ import annotations

from datetime import date

import strawberry

from app.domain.audit.certificate import CertifiedSeries
from app.domain.audit.records import Finding
from app.domain.documents.model import InvoiceType
from app.domain.numbering_law import Severity
from app.services.audit import AuditReport


@strawberry.type(description="Something that does not hold of a finalized document or a series.")
class AuditFinding:
    code: str = strawberry.field(description="What does not hold, such as GAP, BROKEN_CHAIN, ROW_CHANGED, PDF_CHANGED.")
    severity: Severity = strawberry.field(description="ERROR, or WARNING for what cannot be proved.")
    message: str = strawberry.field(description="What it is, in a few words.")
    series_id: strawberry.ID | None = strawberry.field(description="The series.")
    document_id: strawberry.ID | None = strawberry.field(description="The document.")
    expected: str | None = strawberry.field(description="What should be there.")
    found: str | None = strawberry.field(description="What is there.")


@strawberry.type(description="One numbering sequence, followed from its first document to its last.")
class AuditedSeries:
    id: strawberry.ID = strawberry.field(description="The series.")
    type: InvoiceType = strawberry.field(description="The kind of documents.")
    pattern: str = strawberry.field(description="The format of its numbers.")
    period: str = strawberry.field(description="The year or month that it counts in; empty when it never starts anew.")
    first_number: int | None = strawberry.field(description="The counter of its first document.")
    last_number: int = strawberry.field(description="The counter of its last document.")
    document_count: int = strawberry.field(description="How many documents it has.")
    void_count: int = strawberry.field(description="How many of them are void.")
    head_hash: str | None = strawberry.field(description="The hash of its last document, which vouches for all before.")
    last_issue_date: date | None = strawberry.field(description="The date of its last document.")


@strawberry.type(description="An audit of the finalized documents of a seller: numbers, hashes, rows, totals, files.")
class SequenceAudit:
    clean: bool = strawberry.field(description="Whether everything holds.")
    document_count: int = strawberry.field(description="How many documents were looked at.")
    file_count: int = strawberry.field(description="How many archived files were looked at, byte by byte.")
    error_count: int = strawberry.field(description="How many errors there are.")
    warning_count: int = strawberry.field(description="How many warnings there are.")
    series: list[AuditedSeries] = strawberry.field(description="Its series.")
    findings: list[AuditFinding] = strawberry.field(description="What does not hold, the first thousand.")


def sequence_audit(report: AuditReport) -> SequenceAudit:
    """An audit as the API shows it."""
    return SequenceAudit(
        clean=report.clean,
        document_count=report.documents,
        file_count=report.files,
        error_count=report.errors,
        warning_count=report.warnings,
        series=[_series(one) for one in report.series],
        findings=[_finding(one) for one in report.findings],
    )


def _series(one: CertifiedSeries) -> AuditedSeries:
    return AuditedSeries(
        id=strawberry.ID(one.id),
        type=InvoiceType(one.type),
        pattern=one.pattern,
        period=one.period,
        first_number=one.first,
        last_number=one.last,
        document_count=one.count,
        void_count=one.voided,
        head_hash=one.head,
        last_issue_date=None if one.last_issue_date is None else date.fromisoformat(one.last_issue_date),
    )


def _finding(one: Finding) -> AuditFinding:
    return AuditFinding(
        code=one.code,
        severity=Severity(one.severity),
        message=one.message,
        series_id=None if one.series is None else strawberry.ID(one.series),
        document_id=None if one.document is None else strawberry.ID(one.document),
        expected=one.expected,
        found=one.found,
    )
