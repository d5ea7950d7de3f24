"""What axe-core finds wrong with a page."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
UNDECIDED = ("elmPartially", "nonBmp")  # scrolled away or under the window; an arrow
STANDS_ALONE = "link-in-text-block"  # the time beside each message is a link, and no sentence


def check(page: Page, state: str) -> None:
    """Nothing is wrong, and nothing undecided that can be seen."""
    told = Axe().run(page, options=RULES).response
    found = [
        (kind, problem["id"], node["html"][:150], [one["message"] for one in node["any"]])
        for kind in ("violations", "incomplete")
        for problem in told[kind]
        for node in problem["nodes"]
        if kind == "violations" or not _is_for_the_eye(problem["id"], node)
    ]
    _keep(page, state)
    assert not found, f"{state}: {found}"


def fits(page: Page) -> bool:
    """Whether nothing stands out to the right of the screen.

    A phone's browser widens the window to what does not fit, so the screen's own width counts.
    """
    width = page.evaluate("() => document.documentElement.scrollWidth")
    assert page.viewport_size
    return bool(width <= page.viewport_size["width"])


def _keep(page: Page, state: str) -> None:
    """A picture to look at, when somebody wants them."""
    folder = os.environ.get("FRONTDESK_TEST_PICTURES")
    if folder:
        width = page.evaluate("() => innerWidth")
        is_dark = page.evaluate("() => matchMedia('(prefers-color-scheme: dark)').matches")
        name = f"{state} {width} {'dark' if is_dark else 'light'}".replace(" ", "-")
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def _is_for_the_eye(rule: str, node: dict[str, Any]) -> bool:
    """Whether axe left this undecided for a reason that is none."""
    keys = [(reason["data"] or {}).get("messageKey", "") for reason in node["any"]]
    return rule == STANDS_ALONE or all(str(key).startswith(UNDECIDED) for key in keys)
