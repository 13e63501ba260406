"""The audit of finalized documents: every series followed from its first document to its head, in bounded chunks.

What must hold of documents and of their order stands in `app.domain.audit.records`, which an export's own verifier
runs as well; here are the rows, the heads of series, the amounts that may change, and the archive. Nothing is locked:
what is finalized meanwhile lies beyond the head that was read, and is not looked at.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from app.db import audit as stored
from app.db import ledger
from app.db.aggregates import ENTITIES, SERIES, STORED_FILES
from app.db.archive_rows import StoredFileRow
from app.db.audit import StoredDocument
from app.db.rows import EntityRow, SeriesRow
from app.db.where import After, Eq, OneOf
from app.domain.archive import file_key
from app.domain.audit.certificate import CertifiedSeries
from app.domain.audit.records import Chain, Finding, Record, shown
from app.domain.errors import LimitExceeded, NotFound
from app.domain.scope import Permission, Scope
from app.services.archive import digest
from app.services.context import ServiceContext

# Findings that a report holds; beyond, they are counted.
MAX_FINDINGS: Final = 1_000
# Documents that are audited within a request.
MAX_AT_ONCE: Final = 2_000
_FILES_AT_ONCE: Final = 8
_ENTITIES: Final = 500
_BEFORE_ALL: Final = (-(2**62), "")
_MAX_SERIES: Final = 100_000

# What looks at all else of one seller that must add up, such as a ledger against its invoices: a line each.
EntityCheck = Callable[[ServiceContext, Scope, str], Awaitable[Sequence[Finding]]]


async def _ledger(ctx: ServiceContext, scope: Scope, entity_id: str) -> Sequence[Finding]:
    async with ctx.database.read(scope) as session:
        return [Finding("LEDGER", sentence) for sentence in await ledger.check(scope, session, entity_id)]


ENTITY_CHECKS: Final[tuple[EntityCheck, ...]] = (_ledger,)


@dataclass(slots=True)
class AuditReport:
    """What was looked at, and what does not hold: the first `MAX_FINDINGS` findings, and how many there are."""

    entities: int = 0
    documents: int = 0
    files: int = 0
    series: list[CertifiedSeries] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    errors: int = 0
    warnings: int = 0

    @property
    def clean(self) -> bool:
        """Whether everything holds."""
        return self.errors == 0

    def add(self, finding: Finding) -> None:
        """Notes a finding."""
        self.errors += finding.severity == "ERROR"
        self.warnings += finding.severity != "ERROR"
        if len(self.findings) < MAX_FINDINGS:
            self.findings.append(finding)


# What is told of each document that was looked at, such as to write it into an export.
Sink = Callable[[Record, StoredDocument], Awaitable[None]]
Progress = Callable[[int], Awaitable[None]]


async def at_once(ctx: ServiceContext, scope: Scope, entity_id: str) -> AuditReport:
    """The audit of one seller within a request. Raises NotFound, and LimitExceeded where it is a job's work."""
    scope.require(Permission.INVOICES_READ)
    narrow = await require_entity(ctx, scope, entity_id)
    async with ctx.database.read(narrow) as session:
        count = await stored.count_numbered(narrow, session, entity_id)
    if count > MAX_AT_ONCE:
        message = f"this entity has {count} numbered documents, and a request looks at {MAX_AT_ONCE}; use auditStart"
        raise LimitExceeded(message, field=("entityId",))
    return await run_audit(ctx, narrow, entity_id)


async def require_entity(ctx: ServiceContext, scope: Scope, entity_id: str) -> Scope:
    """The scope narrowed to that seller. Raises NotFound."""
    narrow = scope.narrowed(entity_id)
    async with ctx.database.read(narrow) as session:
        if await ENTITIES.get(narrow, session, entity_id) is None:
            raise NotFound("no such entity", field=("entityId",))
    return narrow


async def count(ctx: ServiceContext, scope: Scope, entity_id: str | None) -> int:
    """How many documents there are to look at."""
    async with ctx.database.read(scope) as session:
        return await stored.count_numbered(scope, session, entity_id)


async def run_audit(
    ctx: ServiceContext,
    scope: Scope,
    entity_id: str | None = None,
    *,
    files: bool = True,
    sink: Sink | None = None,
    progress: Progress | None = None,
) -> AuditReport:
    """Audits one seller, or all that the scope sees; with `files`, the archived PDFs byte by byte too.

    Memory does not grow with the documents. Raises NotFound.
    """
    report = AuditReport()
    async for entity in _entities(ctx, scope, entity_id):
        report.entities += 1
        await _Seller(ctx, scope, entity, report, files=files, sink=sink, progress=progress).look()
    if entity_id is not None and not report.entities:
        raise NotFound("no such entity", field=("entityId",))
    return report


async def _entities(ctx: ServiceContext, scope: Scope, entity_id: str | None) -> AsyncIterator[EntityRow]:
    after: str | None = None
    while True:
        where: Any = None if after is None else After(("id",), (after,), descending=False)
        if entity_id is not None:
            where = Eq("id", entity_id)
        async with ctx.database.read(scope) as session:
            found = await ENTITIES.list(scope, session, where, order=(("id", False),), limit=_ENTITIES)
        for entity in found:
            yield entity
        if entity_id is not None or len(found) < _ENTITIES:
            return
        after = found[-1].id


@dataclass(slots=True)
class _Seller:
    """The audit of one seller."""

    ctx: ServiceContext
    scope: Scope
    entity: EntityRow
    report: AuditReport
    files: bool
    sink: Sink | None
    progress: Progress | None

    async def look(self) -> None:
        entity_id = self.entity.id
        async with self.ctx.database.read(self.scope) as session:
            rows = await SERIES.list(
                self.scope, session, Eq("entity_id", entity_id), order=(("id", False),), limit=_MAX_SERIES
            )
        for series in rows:
            await self._follow(series)
        async with self.ctx.database.read(self.scope) as session:
            heads = await stored.series_heads(self.scope, session, entity_id)
            strays = await stored.strays(self.scope, session, entity_id)
            repeated = await stored.repeated_numbers(self.scope, session, entity_id)
        for series_id, (last, _, greatest) in heads.items():
            if greatest is not None and greatest > last:
                message = "the series has documents beyond its last number"
                self.report.add(Finding("HEAD_NUMBER", message, series_id, None, str(last), str(greatest)))
        for document_id in strays:
            self.report.add(Finding("NO_SERIES", "a finalized document is in no series", None, document_id))
        for document_type, number in repeated:
            message = f"several documents of type {document_type} bear one number"
            self.report.add(Finding("DUPLICATE_NUMBER", message, found=number))
        for check in ENTITY_CHECKS:
            for finding in await check(self.ctx, self.scope, entity_id):
                self.report.add(finding)

    async def _follow(self, series: SeriesRow) -> None:
        chain = Chain(series.id, series.pattern, start_of(series))
        after = _BEFORE_ALL
        while True:
            async with self.ctx.database.read(self.scope) as session:
                found = await stored.documents_after(self.scope, session, series, after)
                kept = await self._kept([document.id for document in found], session)
            hashes = await self._hashes([row for row in kept.values() if row.deleted_at is None])
            for document in found:
                await self._document(document, series, chain, kept.get(document.id), hashes)
            self.report.documents += len(found)
            if self.progress is not None:
                await self.progress(self.report.documents)
            if len(found) < stored.CHUNK:
                break
            after = (found[-1].sequence_number or 0, found[-1].id)
        last_date = stored.date_text(series.last_issue_date)
        for finding in chain.close(last=series.last_number, head=series.last_hash, last_date=last_date):
            self.report.add(finding)
        certified = CertifiedSeries.of(chain, entity_id=self.entity.id, document_type=series.type, period=series.period)
        self.report.series.append(certified)

    async def _kept(self, ids: Sequence[str], session: Any) -> dict[str, StoredFileRow]:
        where = OneOf("subject_id", list(ids))
        rows = await STORED_FILES.list(self.scope, session, where, limit=len(ids)) if ids else []
        return {row.subject_id: row for row in rows}

    async def _document(
        self,
        document: StoredDocument,
        series: SeriesRow,
        chain: Chain,
        kept: StoredFileRow | None,
        hashes: Mapping[str, str | None],
    ) -> None:
        record = record_of(document, series.id)

        def wrong(code: str, message: str, expected: object = None, found: object = None) -> None:
            self.report.add(Finding(code, message, series.id, document.id, shown(expected), shown(found)))

        for finding in chain.follow(record):
            self.report.add(finding)
        for column in document.flaws:
            wrong("ROW_FORM", f"{column} is not in the form in which it is written")
        for column, expected, found in document.contradictions():
            wrong("AMOUNTS" if column.endswith("_minor") else "STATUS", f"{column} contradicts", expected, found)
        self._file(document, kept, hashes, wrong)
        if self.sink is not None:
            await self.sink(record, document)

    async def _hashes(self, kept: Sequence[StoredFileRow]) -> dict[str, str | None]:
        """What the archived files' hashes are, by what they should be; None for a file that is missing."""
        places = asyncio.Semaphore(_FILES_AT_ONCE)

        async def found(sha256: str) -> str | None:
            async with places:
                content = await self.ctx.files.get(file_key(self.scope.platform_id, sha256))
                return None if content is None else digest(content)

        wanted = [row.sha256 for row in kept] if self.files else []
        return dict(zip(wanted, await asyncio.gather(*map(found, wanted)), strict=True))

    def _file(
        self,
        document: StoredDocument,
        kept: StoredFileRow | None,
        hashes: Mapping[str, str | None],
        wrong: Callable[..., None],
    ) -> None:
        recorded = document.raw["pdf_sha256"]
        if kept is not None and kept.sha256 != recorded:
            wrong("PDF_HASH", "the recorded hash is not the archived file's", kept.sha256, recorded)
        if recorded is None and kept is None:
            return
        if kept is None:
            wrong("PDF_MISSING", "a PDF is recorded that is not in the archive", recorded)
            return
        if kept.sha256 not in hashes:
            return
        self.report.files += 1
        found = hashes[kept.sha256]
        if found is None:
            wrong("PDF_MISSING", "the archived PDF is missing", kept.sha256)
        elif found != kept.sha256:
            wrong("PDF_CHANGED", "the archived PDF is not the one that was archived", kept.sha256, found)


def start_of(series: SeriesRow) -> int:
    """The number after which a series begins: 0, unless it goes on from another system's."""
    return series.start_number


def record_of(document: StoredDocument, series_id: str) -> Record:
    """A stored document as it is verified."""
    raw = document.raw
    return Record(
        id=document.id,
        series=series_id,
        sequence=document.sequence_number,
        text=raw["snapshot"],
        hash=raw["content_hash"],
        previous=raw["previous_hash"],
        sealed=document.sealed,
        status=str(raw["status"]),
        voided=raw["voided_at"] is not None,
    )
