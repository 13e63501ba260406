"""Keeps spans with OpenTelemetry and sends them by OTLP over HTTP. The only importer of its packages, an extra.

What is said of a span follows the semantic conventions; never the values of statements or variables, bodies, headers,
paths, or the messages of errors.
"""

from __future__ import annotations

import asyncio
import os
import threading
import uuid
from collections.abc import Iterable, Mapping, Sequence
from contextvars import Token
from types import TracebackType
from typing import Any, Final, Self

import structlog
from opentelemetry import context as contexts
from opentelemetry import propagate, trace
from opentelemetry.context import Context
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.propagators.textmap import Getter
from opentelemetry.sdk.resources import OTELResourceDetector, Resource
from opentelemetry.sdk.trace import SpanProcessor, TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.trace import Link, SpanKind, Status, StatusCode

from app.running import named
from app.running.spans import NOTHING, Role, Span, Value

log = structlog.get_logger(__name__)

# What is kept of a statement's text: enough to know it by.
MAX_STATEMENT: Final = 4_096
# What is bound to lines of the log is said of spans too.
_BOUND: Final = ("request_id", "platform", "entity", "operation_id", "job", "kind")
_KINDS: Final = {
    Role.INTERNAL: SpanKind.INTERNAL,
    Role.SERVER: SpanKind.SERVER,
    Role.CLIENT: SpanKind.CLIENT,
    Role.CONSUMER: SpanKind.CONSUMER,
}
_SYSTEMS: Final = {"postgres": "postgresql", "sqlite": "sqlite"}
_OPEN: Final = contexts.create_key("open")
# What this sends by and how; another choice must not pass unnoticed.
_ONLY: Final = {
    "OTEL_TRACES_EXPORTER": "otlp",
    "OTEL_EXPORTER_OTLP_PROTOCOL": "http/protobuf",
    "OTEL_EXPORTER_OTLP_TRACES_PROTOCOL": "http/protobuf",
}


def processor(environment: Mapping[str, str] = os.environ) -> BatchSpanProcessor:
    """Sends spans in batches, within the limits of the `OTEL_BSP_*` variables, to where `OTEL_EXPORTER_OTLP_*` say.

    Raises ValueError for a way of sending that is not supported.
    """
    for name, only in _ONLY.items():
        if environment.get(name, only) not in ("", only):
            raise ValueError(f"{name} must be {only}")
    return BatchSpanProcessor(OTLPSpanExporter())


def resource(service: str, version: str) -> Resource:
    """What this process is; `OTEL_SERVICE_NAME` and `OTEL_RESOURCE_ATTRIBUTES` say it better."""
    ours = {"service.name": service, "service.version": version, "service.instance.id": str(uuid.uuid4())}
    return Resource.create(ours).merge(OTELResourceDetector().detect())


class OpenTelemetry:
    """The tracer of a process. Sampling is as the `OTEL_TRACES_SAMPLER` variables have it, all by default."""

    def __init__(self, processor: SpanProcessor, resource: Resource) -> None:
        self._processor = processor
        # Ended by `stop`, which has a limit.
        provider = TracerProvider(resource=resource, shutdown_on_exit=False)
        provider.add_span_processor(processor)
        self._tracer = provider.get_tracer("app")

    def span(
        self,
        name: str,
        *,
        role: Role,
        headers: Sequence[tuple[bytes, bytes]],
        origins: Sequence[object | None],
        apart: bool,
    ) -> Span:
        """See `spans.span`."""
        around = contexts.get_current()
        links: list[Link] = []
        outer = around.get(_OPEN)
        if role is Role.SERVER:
            # As OTEL_PROPAGATORS says; `none` begins a trace here whatever the client says.
            around = propagate.extract(headers, Context(), _HEADERS)
        elif isinstance(outer, _Open) and (apart or outer.lasting):
            around, links = Context(), [Link(outer.context)]
        elif origins:
            around, links = _joined(around, origins)
        made = self._tracer.start_span(name, around, _KINDS[role], links=links)
        return _Open(made, around, bound=True)

    def statement(self, dialect: str, sql: str) -> Span:
        """See `spans.statement`."""
        around = contexts.get_current()
        outer = around.get(_OPEN)
        # The loops of a worker look for work all the time: their statements would bury everything else.
        if not isinstance(outer, _Open) or outer.lasting or not outer.recorded:
            return NOTHING
        verb = sql.split(None, 1)[0].strip(";").upper() if sql else ""
        attributes = {
            "db.system.name": _SYSTEMS[dialect],
            "db.operation.name": verb,
            "db.query.text": sql[:MAX_STATEMENT],
        }
        return _Open(self._tracer.start_span(verb, around, SpanKind.CLIENT, attributes), around, bound=False)

    def here(self) -> object | None:
        """See `spans.here`."""
        outer = contexts.get_current().get(_OPEN)
        return outer if isinstance(outer, _Open) and not outer.lasting else None

    def ids(self) -> dict[str, str]:
        """See `spans.Tracer`."""
        found = trace.get_current_span().get_span_context()
        if not found.is_valid:
            return {}
        return {"trace_id": trace.format_trace_id(found.trace_id), "span_id": trace.format_span_id(found.span_id)}

    async def stop(self, timeout_s: float) -> None:
        """Sends what is left, for so long at most; what nobody takes by then is lost."""
        done, loop = asyncio.Event(), asyncio.get_running_loop()

        def shut_down() -> None:
            self._processor.shutdown()
            # The loop may be closed when it was too late.
            if not loop.is_closed():
                loop.call_soon_threadsafe(done.set)

        # Not of the loop's pool, which a process waits for when it ends.
        threading.Thread(target=shut_down, name="flush-spans", daemon=True).start()
        try:
            await asyncio.wait_for(done.wait(), timeout_s)
        except TimeoutError:
            log.warning("spans_lost", seconds=timeout_s)


class _Open(Span):
    """A span that OpenTelemetry keeps, or has decided not to."""

    __slots__ = ("_around", "_bound", "_made", "_token", "lasting", "recorded")

    def __init__(self, made: trace.Span, around: Context, *, bound: bool) -> None:
        self._made = made
        self._around = around
        self._bound = bound
        self._token: Token[Context] | None = None
        self.recorded = made.is_recording()
        self.lasting = False

    @property
    def context(self) -> trace.SpanContext:
        """What names it in links."""
        return self._made.get_span_context()

    def as_parent(self, around: Context) -> Context:
        """The context of what happens within it."""
        return contexts.set_value(_OPEN, self, trace.set_span_in_context(self._made, around))

    def __enter__(self) -> Self:
        self._token = contexts.attach(self.as_parent(self._around))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._token is not None:
            contexts.detach(self._token)
        if self.recorded:
            if kind is not None:
                self.failed("cancelled" if kind is asyncio.CancelledError else kind.__qualname__)
            if self._bound:
                # At its end: whose request it is is known once its key has been looked up.
                self._say_what_is_bound()
        # What copied this context and goes on belongs to it no longer.
        self.recorded = False
        self._made.end()

    def rename(self, name: str) -> None:
        """See `Span`."""
        self._made.update_name(name)

    def note(self, name: str, value: Value) -> None:
        """See `Span`."""
        self._made.set_attribute(name, value)

    def failed(self, error_type: str) -> None:
        """See `Span`."""
        self._made.set_attribute("error.type", error_type)
        self._made.set_status(Status(StatusCode.ERROR))

    def lasts(self) -> None:
        """See `Span`."""
        self.lasting = True

    def _say_what_is_bound(self) -> None:
        bound = structlog.contextvars.get_contextvars() | named.here()
        for name in _BOUND:
            if (value := bound.get(name)) is not None:
                self._made.set_attribute(f"invoicing.{name}", value)


class _Headers(Getter[Sequence[tuple[bytes, bytes]]]):
    """Reads the headers of an ASGI request, whose names are in lower case."""

    def get(self, carrier: Sequence[tuple[bytes, bytes]], key: str) -> list[str] | None:
        """All values of a header."""
        wanted = key.lower().encode()
        return [value.decode("latin-1") for name, value in carrier if name == wanted] or None

    def keys(self, carrier: Sequence[tuple[bytes, bytes]]) -> list[str]:
        """The names."""
        return [name.decode("latin-1") for name, _ in carrier]


_HEADERS: Final = _Headers()


def _joined(around: Context, origins: Iterable[Any]) -> tuple[Context, list[Link]]:
    """Within the first origin that is recorded, with links to the others."""
    known = [origin for origin in origins if isinstance(origin, _Open)]
    if not known:
        return around, []
    first = next((origin for origin in known if origin.recorded), known[0])
    return first.as_parent(around), [Link(origin.context) for origin in known if origin is not first]
