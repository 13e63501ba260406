"""Spans that a test's process has kept."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import SpanContext

from app.running import spans
from app.running.open_telemetry import OpenTelemetry


@dataclass
class Kept:
    """What has ended so far."""

    exporter: InMemorySpanExporter

    @property
    def all(self) -> tuple[ReadableSpan, ...]:
        """In the order in which they ended."""
        return self.exporter.get_finished_spans()

    def named(self, name: str) -> list[ReadableSpan]:
        """Those of a name."""
        return [span for span in self.all if span.name == name]

    def one(self, name: str) -> ReadableSpan:
        """The only one of a name."""
        (found,) = self.named(name)
        return found

    def within(self, span: ReadableSpan) -> list[str]:
        """The names of what happened directly within a span, in order."""
        return [other.name for other in self.all if parent_of(other) == id_of(span)]

    def clear(self) -> None:
        """Forgets them."""
        self.exporter.clear()


def id_of(span: ReadableSpan) -> int:
    """A span's own id."""
    return _context(span).span_id


def trace_of(span: ReadableSpan) -> int:
    """The id of its trace."""
    return _context(span).trace_id


def _context(span: ReadableSpan) -> SpanContext:
    found = span.get_span_context()
    assert found is not None
    return found


def parent_of(span: ReadableSpan) -> int | None:
    """The id of the span it is within."""
    return None if span.parent is None else span.parent.span_id


def said_of(span: ReadableSpan) -> dict[str, Any]:
    """Its attributes."""
    return dict(span.attributes or {})


@contextmanager
def keeping() -> Iterator[Kept]:
    """Keeps the spans of the block."""
    kept = Kept(InMemorySpanExporter())
    spans.install(OpenTelemetry(SimpleSpanProcessor(kept.exporter), Resource({})))
    try:
        yield kept
    finally:
        spans.install(None)
