"""What may be wrong with any page in a browser: axe, what the console says, width."""

from __future__ import annotations

from collections.abc import Sequence

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page


def nothing_is_wrong(page: Page, address: str, paths: Sequence[str], width: int, scheme: str) -> None:
    """Visit each page, once in English too; the page's context is closed."""
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    for path in paths:
        for language in ("", "/en") if (width, scheme) == (360, "light") else ("",):
            page.goto(address + language + path)
            found = Axe().run(page)
            assert found.violations_count == 0, f"{language}{path}: {found.generate_report()}"
            assert page.evaluate("document.documentElement.scrollWidth") <= width, path
    page.context.close()
    assert said == []
