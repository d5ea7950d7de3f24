"""Real Chromium in front of the running product; an error on the page fails its test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.browser.window import Window
from tests.stack import Stack

ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SIZES: dict[str, dict[str, Any]] = {
    "desktop": {"viewport": {"width": 1280, "height": 800}},
    "phone": {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True},
}
BROKEN_NETWORK = "Failed to load resource"  # how Chromium reports what a test breaks on purpose
Visit = Callable[..., Window]

expect.set_options(timeout=15_000)


# Not for the whole session: Playwright keeps an event loop running, which other tests trip over.
@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium, args=ARGS)
        yield running
        running.close()


@pytest.fixture
def visit(browser: Browser, stack: Stack) -> Iterator[Visit]:
    """Opens the clinic's page as somebody new, as often as called."""
    contexts, problems = [], []

    def go(size: str = "desktop", scheme: str = "light", lossy: bool = False) -> Window:
        context = browser.new_context(
            **SIZES[size], color_scheme=scheme, reduced_motion="reduce", locale="en-US"
        )
        contexts.append(context)

        def note(level: str, text: str) -> None:
            if level in ("error", "warning") and not (lossy and BROKEN_NETWORK in text):
                problems.append(text)

        context.on("console", lambda message: note(message.type, message.text))
        context.on("weberror", lambda error: note("error", str(error.error)))
        window = Window(context.new_page(), stack.site)
        window.visit()
        return window

    yield go
    for context in contexts:
        context.close()
    assert not problems


@pytest.fixture
def desktop(visit: Visit) -> Window:
    """The clinic's page on a desktop."""
    return visit("desktop")


@pytest.fixture(params=SIZES)
def window(request: pytest.FixtureRequest, visit: Visit) -> Window:
    """The clinic's page, on a desktop and on a phone."""
    return visit(request.param)
