"""The figures of a process in Prometheus' text format, read from where its parts keep them when somebody asks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from prometheus_client import CollectorRegistry, GCCollector, PlatformCollector, ProcessCollector, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

from app import __version__
from app.db.transaction import Database
from app.monitoring.health import Health
from app.running.measures import (
    DeliveryMeasures,
    Histogram,
    OperationMeasures,
    RelayMeasures,
    RequestMeasures,
)

CONTENT_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """Where the figures are. `requests`, `operations` and `connections` are None in a process that serves no API."""

    health: Health
    database: Database
    batches: Histogram
    deliveries: DeliveryMeasures
    relay: RelayMeasures
    requests: RequestMeasures | None = None
    operations: OperationMeasures | None = None
    connections: Callable[[], dict[str, int]] | None = None


class Exposition:
    """A registry of our own, with the process's own figures beside ours."""

    def __init__(self, sources: Sources) -> None:
        self._health = sources.health
        self._registry = CollectorRegistry()
        ProcessCollector(registry=self._registry)
        PlatformCollector(registry=self._registry)
        GCCollector(registry=self._registry)
        self._registry.register(_Figures(sources))

    async def text(self) -> bytes:
        """All figures. What only the database knows is missing while it is away."""
        await self._health.parts()
        return generate_latest(self._registry)


class _Figures(Collector):
    def __init__(self, sources: Sources) -> None:
        self._sources = sources

    def describe(self) -> Iterable[Metric]:
        """Nothing ahead of time: the registry would ask all parts for it."""
        return ()

    def collect(self) -> Iterator[Metric]:
        """The families, as the parts stand now."""
        sources = self._sources
        info = GaugeMetricFamily("invoicing_info", "The release that runs.", labels=["version", "database"])
        info.add_metric([__version__, sources.database.dialect], 1)
        yield info
        if sources.requests is not None:
            yield from _requests(sources.requests)
        if sources.operations is not None:
            yield from _operations(sources.operations)
        if sources.connections is not None:
            yield from _by_label("invoicing_subscriptions", "What is open now.", "what", sources.connections())
        yield _histogram("invoicing_batch_items", "Items that shared a transaction.", sources.batches)
        yield from _pool(sources.database)
        yield from _deliveries(sources.deliveries)
        yield from _relay(sources)


def _requests(measures: RequestMeasures) -> Iterator[Metric]:
    total = CounterMetricFamily(
        "invoicing_http_requests", "HTTP requests that were answered.", labels=["method", "route", "status"]
    )
    for (method, route, status), count in list(measures.counts.items()):
        total.add_metric([method, route, str(status)], count)
    yield total
    seconds = HistogramMetricFamily("invoicing_http_request_seconds", "How long they took.", labels=["route"])
    for route, histogram in list(measures.seconds.items()):
        seconds.add_metric([route], *_buckets(histogram))
    yield seconds
    yield GaugeMetricFamily("invoicing_http_requests_under_way", "Requests and sockets.", measures.under_way)


def _operations(measures: OperationMeasures) -> Iterator[Metric]:
    seconds = HistogramMetricFamily(
        "invoicing_graphql_operation_seconds",
        "How long GraphQL operations took, by kind and root field.",
        labels=["kind", "field", "outcome"],
    )
    for (kind, field), timed in list(measures.by_field.items()):
        for outcome, histogram in (("ok", timed.ok), ("errors", timed.failed)):
            if any(histogram.counts):
                seconds.add_metric([kind, field, outcome], *_buckets(histogram))
    yield seconds
    yield from _by_label("invoicing_graphql_errors", "Top-level errors by code.", "code", measures.errors, total=True)
    ways = {"planned": measures.planned, "executed": measures.executed}
    yield from _by_label("invoicing_graphql_queries", "Queries by how they were answered.", "way", ways, total=True)


def _pool(database: Database) -> Iterator[Metric]:
    pool = database.pool()
    if pool is not None:
        yield from _by_label("invoicing_database_connections", "Connections of the pool.", "state", pool)


def _deliveries(measures: DeliveryMeasures) -> Iterator[Metric]:
    what = "Attempts to deliver a webhook, by outcome."
    yield from _by_label("invoicing_webhook_attempts", what, "outcome", measures.outcomes, total=True)
    yield _histogram("invoicing_webhook_attempt_seconds", "How long attempts took.", measures.seconds)
    yield _histogram(
        "invoicing_webhook_lag_seconds", "How old an event was when an endpoint accepted it.", measures.lag_s
    )


def _relay(sources: Sources) -> Iterator[Metric]:
    yield CounterMetricFamily(
        "invoicing_relay_events", "Events that this process gave their place.", sources.relay.numbered
    )
    yield CounterMetricFamily("invoicing_relay_failures", "Passes that failed.", sources.relay.failures)
    found, health = sources.health.backlog, sources.health
    yield GaugeMetricFamily("invoicing_database_up", "Whether the database answers.", 0 if found is None else 1)
    if found is None:
        return
    yield GaugeMetricFamily("invoicing_log_position", "Events in all logs.", found.log_position)
    yield GaugeMetricFamily("invoicing_relay_waiting_events", "Events without a place.", found.events_waiting)
    yield GaugeMetricFamily(
        "invoicing_relay_lag_seconds", "Age of the oldest of them.", health.age_s(found.oldest_event_at)
    )
    yield GaugeMetricFamily("invoicing_webhook_due_deliveries", "Deliveries that are due.", found.deliveries_due)
    yield GaugeMetricFamily(
        "invoicing_webhook_due_seconds", "How long the oldest has been due.", health.age_s(found.oldest_delivery_at)
    )
    yield GaugeMetricFamily("invoicing_jobs_due", "Background jobs that are due.", found.jobs_due)
    yield GaugeMetricFamily(
        "invoicing_jobs_due_seconds", "How long the oldest has been due.", health.age_s(found.oldest_job_at)
    )


def _by_label(
    name: str, what: str, label: str, values: dict[str, int], *, total: bool = False
) -> Iterator[CounterMetricFamily | GaugeMetricFamily]:
    family = (CounterMetricFamily if total else GaugeMetricFamily)(name, what, labels=[label])
    for value, count in list(values.items()):
        family.add_metric([value], count)
    yield family


def _histogram(name: str, what: str, histogram: Histogram) -> HistogramMetricFamily:
    buckets, total = _buckets(histogram)
    return HistogramMetricFamily(name, what, buckets=buckets, sum_value=total)


def _buckets(histogram: Histogram) -> tuple[list[tuple[str, float]], float]:
    """Cumulative counts by upper bound, and the sum of the values."""
    found, seen = [], 0
    for bound, count in zip((*(f"{bound:g}" for bound in histogram.bounds), "+Inf"), histogram.counts, strict=True):
        seen += count
        found.append((bound, float(seen)))
    return found, histogram.total
