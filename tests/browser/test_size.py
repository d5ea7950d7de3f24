"""The page is light, and so is the chat window."""

from __future__ import annotations

import subprocess

from playwright.sync_api import Browser, expect

from frontdesk import settings
from tests.stack import Stack

WINDOW_LIMIT = 12 * 1024  # bytes, gzipped
PAGE_LIMIT = 60 * 1024  # bytes, before the window opens


def test_window_is_small() -> None:
    files = [*(settings.ROOT / "widget").glob("*.js"), *(settings.ROOT / "widget").glob("*.css")]
    sizes = {
        file.name: len(
            subprocess.run(["gzip", "-9c", file], capture_output=True, check=True).stdout
        )
        for file in files
    }
    assert "style.css" in sizes
    assert sum(sizes.values()) <= WINDOW_LIMIT, sizes


def test_page_is_small_and_asks_nobody_else(browser: Browser, stack: Stack) -> None:
    page = browser.new_page()
    responses = []
    page.on("response", lambda response: responses.append(response))
    page.goto(stack.site, wait_until="networkidle")
    expect(page.locator(".launcher")).to_be_visible()
    sizes = {response.url: len(response.body()) for response in responses}
    page.close()
    assert all(address.startswith(f"{stack.site}/") for address in sizes)
    assert not any("panel.js" in address for address in sizes), "the window came unasked"
    assert sum(sizes.values()) <= PAGE_LIMIT, sizes
