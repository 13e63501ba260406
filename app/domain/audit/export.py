"""Verifies an audit export of invoices offline: signature, file hash, chains, seals, totals, numbers, PDFs.

An export holds `documents.jsonl` (each finalized document's canonical text, its hash and its predecessor's, and the
frozen columns of its rows), `certificate.json` (whose they are, every series with its last number and hash), and the
certificate's Ed25519 signature.
"""

from __future__ import annotations

import hashlib
import json
import sys
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from app.domain.audit.ed25519 import ed25519_verify, key_from_pem, key_id
from app.domain.audit.records import Chain, Finding, Record, check_record

# One document may have 10,000 lines; a line of the file beyond this is not read.
MAX_LINE: Final = 64_000_000


class Unreadable(Exception):
    """The file is no export, or a damaged one."""


@dataclass
class Verified:
    """What was verified: the certificate, how many documents, and the findings."""

    certificate: Mapping[str, Any]
    documents: int = 0
    findings: list[Finding] = field(default_factory=list)


def verify_export(path: Path, public_key: bytes | None = None) -> Verified:
    """Verifies an export from itself alone; with `public_key` (32 bytes) only that key's signature counts.

    Raises Unreadable.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            return _verify(archive, public_key)
    except (OSError, KeyError, ValueError, TypeError, zipfile.BadZipFile) as error:
        raise Unreadable(f"{path}: {type(error).__name__} {error}") from None


def _verify(archive: zipfile.ZipFile, public_key: bytes | None) -> Verified:
    certificate_text, signature = archive.read("certificate.json"), archive.read("certificate.sig")
    key = key_from_pem(archive.read("public_key.pem").decode())
    verified = Verified(json.loads(certificate_text))
    found, certificate = verified.findings, verified.certificate
    if public_key is not None and key != public_key:
        found.append(Finding("KEY", "it was signed with another key", expected=key_id(public_key), found=key_id(key)))
    if not ed25519_verify(key, certificate_text, signature):
        found.append(Finding("SIGNATURE", "the certificate is not what was signed"))
    chains = {
        item["id"]: Chain(item["id"], item["pattern"], item.get("start_number", 0)) for item in certificate["series"]
    }
    digest = hashlib.sha256()
    pdfs = {name for name in archive.namelist() if name.startswith("pdfs/")}
    with archive.open("documents.jsonl") as lines:
        while line := lines.readline(MAX_LINE):
            digest.update(line)
            verified.documents += 1
            found += _verify_line(json.loads(line), chains, archive, pdfs)
    if digest.hexdigest() != certificate["documents"]["sha256"]:
        message = "the documents are not those that were certified"
        found.append(Finding("FILE_HASH", message, None, None, certificate["documents"]["sha256"], digest.hexdigest()))
    if verified.documents != certificate["documents"]["count"]:
        counts = (str(certificate["documents"]["count"]), str(verified.documents))
        found.append(Finding("COUNT", "documents are missing or added", None, None, *counts))
    if len(pdfs) != certificate["documents"]["pdfs"]:
        counts = (str(certificate["documents"]["pdfs"]), str(len(pdfs)))
        found.append(Finding("COUNT", "PDFs are missing or added", None, None, *counts))
    for item in certificate["series"]:
        chain = chains[item["id"]]
        found += chain.close(last=item["last"], head=item["head"], last_date=item["last_issue_date"])
        if chain.count != item["count"]:
            message = "the series has another number of documents"
            found.append(Finding("COUNT", message, chain.series, None, str(item["count"]), str(chain.count)))
    return verified


def _verify_line(
    line: Mapping[str, Any], chains: Mapping[str, Chain], archive: zipfile.ZipFile, pdfs: set[str]
) -> Iterator[Finding]:
    names = ("id", "series", "sequence", "text", "hash", "previous", "sealed", "status", "voided")
    record = Record(**{name: line[name] for name in names})
    chain = chains.get(record.series or "")
    if chain is None:
        yield Finding("NO_SERIES", "its series is not in the certificate", record.series, record.id)
        yield from check_record(record)
    else:
        yield from chain.follow(record)
    name = f"pdfs/{line.get('pdf_sha256')}.pdf"
    if name in pdfs and (digest := hashlib.sha256(archive.read(name)).hexdigest()) != line["pdf_sha256"]:
        message = "the PDF is not the one that was archived"
        yield Finding("PDF_CHANGED", message, record.series, record.id, line["pdf_sha256"], digest)


def main(arguments: Sequence[str]) -> int:
    """`verify.py EXPORT.zip [PUBLIC_KEY.pem]`; the exit code."""
    if len(arguments) not in (1, 2):
        sys.stderr.write("usage: verify.py EXPORT.zip [PUBLIC_KEY.pem]\n")
        return 2
    try:
        key = key_from_pem(Path(arguments[1]).read_text(encoding="ascii")) if len(arguments) == 2 else None
        verified = verify_export(Path(arguments[0]), key)
    except (Unreadable, OSError, ValueError) as error:
        sys.stderr.write(f"{error}\n")
        return 2
    for finding in verified.findings:
        sys.stdout.write(f"{finding.severity} {finding.code} {finding.document or finding.series or ''}: ")
        sys.stdout.write(f"{finding.message} (expected {finding.expected}, found {finding.found})\n")
    errors = sum(finding.severity == "ERROR" for finding in verified.findings)
    signed = verified.certificate.get("key_id")
    sys.stdout.write(f"{verified.documents} documents, {errors} errors, signed with key {signed}\n")
    return 1 if errors else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
