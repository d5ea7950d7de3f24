"""The figures on a screen: read by axe in light and dark, on a desk and on a phone."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.axe import check, fits
from tests.browser.conftest import SIZES, Visit
from tests.browser.desk import employ
from tests.browser.test_staff import Sit, sit
from tests.stack import Stack

__all__ = ["sit"]


@pytest.fixture(scope="module", autouse=True)
def asked(stack: Stack) -> None:
    """Somebody who looks at figures."""
    employ(stack, "fern")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_figures_pass(visit: Visit, sit: Sit, size: str, scheme: str) -> None:
    window = visit()
    window.greet()
    window.ask("how does massage help with back pain?", "Many people find relief")
    window.ask("it's about the thing from before", "")
    desk = sit("fern", size, scheme)
    desk.page.get_by_role("link", name="Figures").click()
    drawing = desk.page.get_by_role("img", name="Conversations from")
    expect(drawing).to_be_visible()
    expect(desk.page.get_by_role("heading", name="Questions not understood")).to_be_visible()
    expect(desk.page.get_by_text("Save as CSV: questions")).to_be_visible()
    for summary in desk.page.locator(".figure summary").all():
        summary.click()
    expect(desk.page.get_by_role("table", name="").first).to_be_visible()
    check(desk.page, "figures")
    assert fits(desk.page)
