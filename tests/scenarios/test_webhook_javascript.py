"""Receivers in JavaScript verify what is sent with the package that the standard's authors publish."""

from __future__ import annotations

import asyncio
import json
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests import endpoints
from tests.conftest import Clock
from tests.endpoints import receiving
from tests.factories import Client

PACKAGE = "standardwebhooks@1.0.0"
# Told on standard input: what arrived, and the secrets to try. Says for each whether it verifies.
SCRIPT = """
import { Webhook } from "standardwebhooks";
import { readFileSync } from "node:fs";
const { body, headers, secrets } = JSON.parse(readFileSync(0, "utf8"));
const verified = (secret, text) => {
  try { return new Webhook(secret).verify(text, headers).type; } catch (error) { return error.message; }
};
console.log(JSON.stringify([...secrets.map((one) => verified(one, body)), verified(secrets[0], body + " ")]));
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the package and the script."""
    if shutil.which("node") is None or shutil.which("npm") is None:
        pytest.skip("node and npm are needed to verify with the JavaScript package")
    made = tmp_path_factory.mktemp("javascript")
    (made / "package.json").write_text('{"type": "module", "private": true}')
    command = ["npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", PACKAGE]
    try:
        done = subprocess.run(command, cwd=made, capture_output=True, text=True, timeout=60)
    except subprocess.TimeoutExpired:
        pytest.skip(f"npm did not bring {PACKAGE} within a minute")
    if done.returncode != 0:
        pytest.skip(f"npm could not bring {PACKAGE}: {done.stderr[-200:]}")
    (made / "verify.js").write_text(SCRIPT)
    return made


async def test_the_javascript_package_verifies_what_arrives_during_a_rotation(
    sqlite_client: Client, clock: Clock, folder: Path
) -> None:
    """Given a secret that is being replaced, then both verify, and neither does for other words or another secret."""
    rotate = "mutation($i: WebhookSecretRotateInput!) { webhookSecretRotate(input: $i) { signingSecret } }"
    client = sqlite_client
    # The package knows the machine's time only.
    clock.now = datetime.now(UTC)
    async with receiving() as receiver:
        endpoint, old = await endpoints.make(client, receiver.url)
        new = (await client.ask(rotate, i={"id": endpoint, "overlapHours": 1}))["webhookSecretRotate"]["signingSecret"]
        await endpoints.emit(client, 1)
        await endpoints.deliver(client.app)

    (received,) = receiver.received
    other = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    told = {"body": received.body.decode(), "headers": received.headers, "secrets": [new, old, other]}
    done = await asyncio.to_thread(
        subprocess.run,
        ["node", "verify.js"],
        cwd=folder,
        input=json.dumps(told),
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert (done.returncode, done.stderr) == (0, "")
    refused = "No matching signature found"
    assert json.loads(done.stdout) == ["api_key.created", "api_key.created", refused, refused]
