"""While nobody listens, spans are one object that does nothing."""

from __future__ import annotations

import contextvars
import tracemalloc

import pytest

from app.running import open_telemetry, spans
from tests.tracing import keeping


def test_without_a_tracer_every_span_is_the_same_one() -> None:
    with spans.span("job", role=spans.Role.CONSUMER, apart=True) as span:
        span.rename("job x")
        span.note("a", 1)
        span.failed("ZeroDivisionError")
        span.lasts()
    assert span is spans.NOTHING
    assert spans.statement("sqlite", "SELECT 1") is spans.NOTHING
    assert (span.recorded, spans.here(), spans.ids(), spans.listening()) == (False, None, None, False)


def test_it_hides_no_error() -> None:
    with pytest.raises(ZeroDivisionError), spans.span("x"):
        raise ZeroDivisionError


def test_it_allocates_nothing() -> None:
    def work() -> None:
        with spans.statement("sqlite", "SELECT 1") as span:
            if span.recorded:
                span.note("a", 1)
        with spans.span("operation", role=spans.Role.CLIENT, apart=True):
            spans.here()

    for _ in range(10):
        work()
    tracemalloc.start()
    try:
        tracemalloc.clear_traces()
        before, _ = tracemalloc.get_traced_memory()
        tracemalloc.reset_peak()
        for _ in range(1_000):
            work()
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    # One object for each of 1,000 rounds would be 16,000 bytes and more; range() and frames are a few hundred.
    assert peak - before < 1_000


@pytest.mark.parametrize(
    ("name", "value", "only"),
    [
        ("OTEL_TRACES_EXPORTER", "zipkin", "otlp"),
        ("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc", "http/protobuf"),
        ("OTEL_EXPORTER_OTLP_TRACES_PROTOCOL", "http/json", "http/protobuf"),
    ],
)
def test_a_way_of_sending_that_is_not_supported_is_refused(name: str, value: str, only: str) -> None:
    with pytest.raises(ValueError, match=f"^{name} must be {only}$"):
        open_telemetry.processor({name: value})


def test_the_environment_says_best_what_a_process_is(monkeypatch: pytest.MonkeyPatch) -> None:
    assert open_telemetry.resource("shop", "1.0").attributes["service.name"] == "shop"
    monkeypatch.setenv("OTEL_SERVICE_NAME", "billing")
    monkeypatch.setenv("OTEL_RESOURCE_ATTRIBUTES", "deployment.environment.name=staging")
    found = open_telemetry.resource("shop", "1.0").attributes
    assert (found["service.name"], found["service.version"]) == ("billing", "1.0")
    assert found["deployment.environment.name"] == "staging"


def test_sampling_is_as_the_standard_variables_have_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OTEL_TRACES_SAMPLER", "always_off")
    with keeping() as kept, spans.span("job") as span:
        assert (span.recorded, spans.statement("sqlite", "SELECT 1")) == (False, spans.NOTHING)
    assert kept.all == ()


def test_a_long_statement_is_cut() -> None:
    with keeping() as kept, spans.span("job"), spans.statement("sqlite", "SELECT " + "x" * 10_000):
        pass
    text = (kept.one("SELECT").attributes or {})["db.query.text"]
    assert isinstance(text, str)
    assert len(text) == open_telemetry.MAX_STATEMENT


def test_an_error_is_told_by_its_type_and_never_by_its_message() -> None:
    with keeping() as kept, pytest.raises(ValueError, match="hunter2"), spans.span("job"):
        raise ValueError("hunter2")
    found = kept.one("job")
    assert (found.attributes or {})["error.type"] == "ValueError"
    assert "hunter2" not in found.to_json()


def test_what_goes_on_after_a_span_is_not_part_of_it() -> None:
    with keeping() as kept:
        with spans.span("request"):
            left = contextvars.copy_context()
        left.run(lambda: spans.statement("sqlite", "SELECT 1").__enter__())
    assert [span.name for span in kept.all] == ["request"]
