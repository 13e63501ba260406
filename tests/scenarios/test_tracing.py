"""Traces of a worker's jobs, and of real processes that send them to a collector on loopback."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.trace import SpanKind, StatusCode

from app import bootstrap, settings
from app.domain.jobs import JobStatus
from app.domain.scope import ALL_PERMISSIONS, Mode, system_scope
from app.services import keys
from app.services.jobs import JobKind, JobRun, Retryable
from tests.chaos.processes import Replica, free_port, wait_until_ready
from tests.scenarios.test_jobs import ended, make
from tests.tracing import id_of, keeping, parent_of, said_of

ROOT = Path(__file__).resolve().parents[2]


@dataclass
class Collector:
    """Takes spans by OTLP over HTTP, and remembers them; answers nothing until it hears."""

    hears: asyncio.Event = field(default_factory=asyncio.Event)
    url: str = ""
    requests: list[ExportTraceServiceRequest] = field(default_factory=list)

    async def take(self, request: web.Request) -> web.Response:
        """One export."""
        assert request.headers["content-type"] == "application/x-protobuf"
        body = await request.read()
        await self.hears.wait()
        self.requests.append(ExportTraceServiceRequest.FromString(body))
        return web.Response(body=b"", content_type="application/x-protobuf")

    @property
    def names(self) -> list[str]:
        """Of all spans."""
        return [
            span.name
            for request in self.requests
            for resource in request.resource_spans
            for scope in resource.scope_spans
            for span in scope.spans
        ]

    @property
    def resource(self) -> dict[str, str]:
        """What the process says of itself."""
        attributes = self.requests[0].resource_spans[0].resource.attributes
        return {attribute.key: attribute.value.string_value for attribute in attributes}


@asynccontextmanager
async def collecting(*, deaf: bool = False) -> AsyncIterator[Collector]:
    """A collector on a free port of 127.0.0.1."""
    collector = Collector()
    if not deaf:
        collector.hears.set()
    app = web.Application()
    app.router.add_post("/v1/traces", collector.take)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        collector.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        yield collector
    finally:
        collector.hears.set()
        await runner.cleanup()


@asynccontextmanager
async def serving(folder: Path, url: str, **given: str) -> AsyncIterator[Replica]:
    """A server on SQLite that traces; its spans go out when it ends and not before."""
    port = free_port()
    environment = {
        "INVOICING_DATABASE_URL": url,
        "INVOICING_PORT": str(port),
        "INVOICING_TRACING": "true",
        "INVOICING_LOG_FORMAT": "json",
        "OTEL_BSP_SCHEDULE_DELAY": "600000",
        "NO_PROXY": "127.0.0.1",
        **given,
    }
    replica = Replica("web", ("serve",), environment, folder, port=port)
    replica.start()
    try:
        await asyncio.to_thread(wait_until_ready, replica)
        yield replica
    finally:
        await asyncio.to_thread(replica.kill)


async def ask_and_end(replica: Replica) -> tuple[int, float]:
    """Asks one thing; the exit code of the process, and how many seconds it took to end."""
    body = {"query": "{ viewer { mode } }"}
    async with aiohttp.ClientSession() as http, http.post(f"{replica.url}/graphql", json=body) as response:
        assert response.status == 401
    replica.tell()
    began = time.monotonic()
    code = await asyncio.to_thread(replica.wait)
    return code, time.monotonic() - began


@pytest.mark.slow
async def test_a_process_sends_its_last_spans_before_it_ends(sqlite_url: str, tmp_path: Path) -> None:
    async with collecting() as collector:
        told = {"OTEL_EXPORTER_OTLP_ENDPOINT": collector.url, "OTEL_SERVICE_NAME": "billing"}
        async with serving(tmp_path, sqlite_url, **told) as replica:
            assert collector.requests == []
            code, _ = await ask_and_end(replica)
            said = replica.log.read_text(encoding="utf-8")
    assert code == 0
    assert collector.names.count("POST /graphql") == 1
    assert (collector.resource["service.name"], collector.resource["service.version"]) == ("billing", "0.1.0")
    (line,) = [line for line in said.splitlines() if '"event":"request"' in line and "/graphql" in line]
    assert '"trace_id":"' in line


@pytest.mark.slow
async def test_a_collector_that_answers_nothing_holds_no_process_up(sqlite_url: str, tmp_path: Path) -> None:
    async with collecting(deaf=True) as collector:
        told = {"OTEL_EXPORTER_OTLP_ENDPOINT": collector.url, "INVOICING_SHUTDOWN_S": "2"}
        async with serving(tmp_path, sqlite_url, **told) as replica:
            code, seconds = await ask_and_end(replica)
            said = replica.log.read_text(encoding="utf-8")
    assert code == 0
    assert seconds < 5
    assert "spans_lost" in said


def run(url: str, code: str, **environment: str) -> subprocess.CompletedProcess[str]:
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("INVOICING_", "OTEL_"))}
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={**inherited, "INVOICING_DATABASE_URL": url, **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


async def test_a_process_that_traces_nothing_loads_nothing(sqlite_url: str) -> None:
    code = """
import asyncio, sys
from app import asgi, bootstrap, cli, settings

async def main():
    chosen = settings.load()
    async with bootstrap.application(chosen) as app, bootstrap.background(app, worker=True):
        asgi.create_app(chosen, running=app)
        await asyncio.sleep(0.1)

asyncio.run(main())
print([name for name in sys.modules if name.split(".")[0] == "opentelemetry"])
"""
    # Even where a collector is named, as whole clusters do.
    done = await asyncio.to_thread(run, sqlite_url, code, OTEL_EXPORTER_OTLP_ENDPOINT="http://127.0.0.1:9")
    assert (done.returncode, done.stdout.splitlines()[-1:]) == (0, ["[]"]), done.stderr


@pytest.mark.parametrize(
    ("before", "environment", "message"),
    [
        ("sys.modules['opentelemetry'] = None", {}, "INVOICING_TRACING needs the extra `otel`"),
        ("", {"OTEL_EXPORTER_OTLP_PROTOCOL": "grpc"}, "OTEL_EXPORTER_OTLP_PROTOCOL must be http/protobuf"),
    ],
)
async def test_what_cannot_be_traced_stops_the_start(
    sqlite_url: str, before: str, environment: dict[str, str], message: str
) -> None:
    code = f"import sys\n{before}\nfrom app.cli import main\nsys.argv = ['invoicing', 'serve']\nmain()"
    done = await asyncio.to_thread(run, sqlite_url, code, INVOICING_TRACING="true", **environment)
    assert done.returncode == 78, done.stderr
    assert message in done.stderr.replace("\n", " ")


async def test_each_attempt_of_a_job_is_a_trace(database_url: str) -> None:
    async def flaky(run: JobRun) -> dict[str, Any]:
        if run.job.attempts == 1:
            raise Retryable("the bank is closed", after=timedelta(milliseconds=10))
        async with run.ctx.database.read(run.scope) as session:
            await session.fetch("SELECT 42 AS x")
        return {}

    chosen = settings.load({"INVOICING_DATABASE_URL": database_url})
    kinds = [JobKind(name="flaky", handler=flaky)]
    with keeping() as kept:
        async with bootstrap.application(chosen, kinds=kinds, schedules=()) as app:
            account = await keys.create_account(app.services, "Test marketplace")
            scope = system_scope(account.sandbox.id, Mode.SANDBOX, "test", ALL_PERMISSIONS)
            async with bootstrap.background(app, worker=True):
                job = await make(app, scope, "flaky")
                assert (await ended(app, scope, job)).status is JobStatus.SUCCEEDED
    first, second = kept.named("job flaky")
    for number, attempt in enumerate((first, second), start=1):
        assert (attempt.kind, attempt.parent) == (SpanKind.CONSUMER, None)
        said = said_of(attempt)
        assert (said["invoicing.job"], said["invoicing.platform"]) == (job.id, scope.platform_id)
        assert (said["invoicing.kind"], said["invoicing.attempt"]) == ("flaky", number)
    assert (first.status.status_code, said_of(first)["error.type"]) == (StatusCode.ERROR, "put_off")
    assert second.status.status_code is StatusCode.UNSET
    texts = [said_of(span)["db.query.text"] for span in kept.all if parent_of(span) == id_of(second)]
    assert "SELECT 42 AS x" in texts
    assert texts[-1] == "COMMIT"
    # Looking for jobs, and claiming them, is part of no trace.
    assert {span.name for span in kept.all if span.parent is None} == {"job flaky"}
