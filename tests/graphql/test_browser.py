"""GraphiQL in a real browser: from this server's files alone, queries and subscriptions with the key in its headers."""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser, async_playwright

from tests import factories
from tests.factories import Client

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed: GraphiQL is not tried in a browser")


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        started = await playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"],
        )
        yield started
        await started.close()


async def test_graphiql_runs_a_query_and_a_subscription(
    sqlite_client: Client, sqlite_server: str, browser: Browser
) -> None:
    page = await browser.new_page(viewport={"width": 1280, "height": 800})
    requests: list[str] = []
    problems: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.on("pageerror", lambda error: problems.append(str(error)))
    headers = f'{{"Authorization": "Bearer {sqlite_client.secret}"}}'
    seller = await factories.entity(sqlite_client)

    await page.goto(f"{sqlite_server}?query=ignored".split("?")[0])
    await page.wait_for_selector(".graphiql-container")
    editors = page.locator(".graphiql-editor .CodeMirror")
    await page.evaluate(
        """([headers, query]) => {
            const editors = [...document.querySelectorAll('.CodeMirror')].map((node) => node.CodeMirror);
            editors[0].setValue(query);
            for (const editor of editors) if (editor.getValue().includes('Bearer')) editor.setValue(headers);
        }""",
        [headers, "{ viewer { mode } entities { totalCount } }"],
    )
    await page.click(".graphiql-execute-button")
    # CodeMirror shows only the lines in sight; the result is short.
    await page.locator(".result-window", has_text="SANDBOX").wait_for(timeout=10_000)

    await page.evaluate(
        "(query) => document.querySelectorAll('.CodeMirror')[0].CodeMirror.setValue(query)",
        "subscription { invoiceEvents(types: [INVOICE_FINALIZED]) { invoice { number } } }",
    )
    await page.click(".graphiql-execute-button")
    await asyncio.sleep(0.7)
    await factories.order(sqlite_client, seller)
    await page.locator(".result-window", has_text="INV-001").wait_for(timeout=10_000)

    assert await editors.count() >= 1
    assert problems == []
    origin = sqlite_server.removesuffix("/graphql")
    assert {url for url in requests if not url.startswith((origin, "data:", "blob:"))} == set()
    if screenshot := os.environ.get("SCREENSHOT"):
        await page.screenshot(path=screenshot)
    await page.close()
