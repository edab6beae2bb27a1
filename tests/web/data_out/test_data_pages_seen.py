"""The pages on data in Debian's chromium, as axe sees them; and a journalist who takes every ended basis along, without scripts."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from pipeline.open_data.open_manifest import OpenManifest
from tests.web.pages_at_fault import nothing_is_wrong

pytestmark = [pytest.mark.slow, pytest.mark.browser]
PAGES = ("/tai-ve", "/api", "/ns")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 360])
def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(
    live: str, open_data: tuple[Path, OpenManifest], chromium: Browser, width: int, scheme: str
) -> None:
    page = chromium.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme).new_page()  # type: ignore[arg-type]
    nothing_is_wrong(page, live, PAGES, width, scheme)


def test_a_journalist_takes_every_ended_basis_along(live: str, open_data: tuple[Path, OpenManifest], chromium: Browser) -> None:
    """From the first page to the file, on a phone, by links alone; what was saved is what the manifest says."""
    page = chromium.new_context(viewport={"width": 360, "height": 740}, java_script_enabled=False, accept_downloads=True).new_page()
    page.goto(live)
    page.get_by_role("link", name="Tải dữ liệu về").click()
    assert page.locator("h2").first.inner_text().startswith("Căn cứ đã hết")
    with page.expect_download() as saved:
        page.get_by_role("link", name="XLSX", exact=True).click()
    assert saved.value.suggested_filename == "can-cu-het-hieu-luc-2026-11-22.xlsx"
    told = open_data[1].file("can-cu-het-hieu-luc.xlsx")
    assert told is not None
    assert hashlib.sha256(Path(saved.value.path()).read_bytes()).hexdigest() == told.sha256
    page.context.close()
