"""Background jobs in the API: seen, filtered, cancelled, run again, by those who may."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from app.domain.jobs import JobStatus
from app.services.job_runner import JobRunner
from tests import factories
from tests.conftest import Clock
from tests.factories import Client

FIELDS = """id status progress message kind attempts maxAttempts error result cancelRequested
    createdAt startedAt finishedAt runAt requestedBy entity { id }"""
CANCEL = "mutation($i: JobIdInput!) { jobCancel(input: $i) { job { id status } userErrors { code field message } } }"
RETRY = """mutation($i: JobIdInput!) { jobRetry(input: $i) {
    job { id status attempts error finishedAt } userErrors { code field message } } }"""


async def test_a_job_shows_how_far_it_is(client: Client, clock: Clock) -> None:
    # given a dead letter of a seller
    seller = await factories.entity(client)
    job = await factories.job(
        client,
        seller,
        status=JobStatus.FAILED,
        progress=Decimal("0.25"),
        message="a quarter",
        attempts=8,
        error="internal error, reference 1",
        result={"rows": [1, None]},
        started_at=clock.now,
        finished_at=clock.now,
    )

    # when it is read by its id, as what it is and as any job
    data = await client.ask(
        f"""query($id: ID!) {{ node(id: $id) {{ __typename ... on BackgroundJob {{ {FIELDS} }} }}
              any: node(id: $id) {{ id ... on Job {{ status progress }} }} }}""",
        id=job.id,
    )

    # then all of it is told, but neither its input nor who holds it
    assert data["any"] == {"id": job.id, "status": "FAILED", "progress": 0.25}
    assert data["node"] == {
        "__typename": "BackgroundJob",
        "id": job.id,
        "status": "FAILED",
        "progress": 0.25,
        "message": "a quarter",
        "kind": "test.kind",
        "attempts": 8,
        "maxAttempts": 8,
        "error": "internal error, reference 1",
        "result": {"rows": [1, None]},
        "cancelRequested": False,
        "createdAt": "2026-03-10T09:00:00Z",
        "startedAt": "2026-03-10T09:00:00Z",
        "finishedAt": "2026-03-10T09:00:00Z",
        "runAt": "2026-03-10T09:00:00Z",
        "requestedBy": job.requested_by,
        "entity": {"id": seller},
    }


async def test_jobs_are_listed_by_status_kind_and_seller(client: Client, clock: Clock) -> None:
    # given a platform's job, and two of a seller
    seller = await factories.entity(client)
    own = await factories.job(client)
    failed = await factories.job(client, seller, status=JobStatus.FAILED, finished_at=clock.now)
    export = await factories.job(client, seller, kind="test.other")

    async def listed(asking: Client, where: str) -> list[str]:
        data = await asking.ask(f"{{ jobs(where: {where}) {{ nodes {{ id }} totalCount }} }}")
        assert data["jobs"]["totalCount"] == len(data["jobs"]["nodes"])
        return [node["id"] for node in data["jobs"]["nodes"]]

    # then the operator finds each, the newest first, and the seller its own
    assert await listed(client, "{}") == [export.id, failed.id, own.id]
    assert await listed(client, "{ status: { eq: FAILED } }") == [failed.id]
    assert await listed(client, '{ kind: { oneOf: ["test.other"] } }') == [export.id]
    assert await listed(client, f'{{ entityId: {{ eq: "{seller}" }}, status: {{ eq: QUEUED }} }}') == [export.id]
    asking = client.with_key(await factories.key(client, seller))
    assert await listed(asking, "{}") == [export.id, failed.id]


async def test_a_job_is_cancelled_once(client: Client) -> None:
    job = await factories.job(client)
    given = {"id": job.id, "idempotencyKey": "cancel-1"}
    done = {"job": {"id": job.id, "status": "CANCELLED"}, "userErrors": []}
    assert (await client.ask(CANCEL, i=given))["jobCancel"] == done
    assert (await client.ask(CANCEL, i=given))["jobCancel"] == done


async def test_a_dead_letter_is_run_again(client: Client, clock: Clock) -> None:
    # given a dead letter
    job = await factories.job(
        client, status=JobStatus.FAILED, finished_at=clock.now, attempts=8, error="the bank is closed"
    )

    # when it is asked for again, then it waits with all its attempts before it, and a worker is told
    clock.advance(hours=1)
    assert (await client.ask(RETRY, i={"id": job.id}))["jobRetry"] == {
        "job": {"id": job.id, "status": "QUEUED", "attempts": 0, "error": None, "finishedAt": None},
        "userErrors": [],
    }
    await client.app.services.jobs.ring(client.app.database)
    runner = JobRunner(client.app.services, (), concurrency=2, lease=timedelta(seconds=30), grace=timedelta(seconds=1))
    found = await runner.sweep_once()
    assert found == 1

    # when it is asked for once more, then it is refused
    answer = (await client.ask(RETRY, i={"id": job.id}))["jobRetry"]
    message = "only failed and cancelled jobs are run again, this one is QUEUED"
    assert answer == {"job": None, "userErrors": [{"code": "INVALID_STATE", "field": ["id"], "message": message}]}


async def test_who_may_not_touch_jobs_changes_nothing(client: Client) -> None:
    # given a key that may read jobs, and one that may not
    job = await factories.job(client)
    reader = client.with_key(await factories.key(client, permissions=["JOBS_READ"]))
    other = client.with_key(await factories.key(client, permissions=["ORDERS_READ"]))

    # then each is told so, and the job is as it was
    for mutation in (CANCEL, RETRY):
        assert (await reader.error(mutation, i={"id": job.id}))["extensions"]["code"] == "PERMISSION_DENIED"
    assert (await other.error("{ jobs { totalCount } }"))["extensions"]["code"] == "PERMISSION_DENIED"
    assert (await reader.ask("{ jobs { nodes { id status } } }"))["jobs"]["nodes"] == [
        {"id": job.id, "status": "QUEUED"}
    ]
