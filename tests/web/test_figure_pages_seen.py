"""The pages of figures, units, endings and sources in Debian's chromium: two widths, two schemes, with and without scripts, as axe sees them; and
the pictures of them in docs/anh/."""

from __future__ import annotations

import os
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser, Page
from starlette.testclient import TestClient

from tests.web.conftest import app_of
from tests.web.inspected_home import COMMUNE, inspected
from tests.web.pages_at_fault import nothing_is_wrong

pytestmark = [pytest.mark.slow, pytest.mark.browser]
PICTURES = Path(__file__).parents[2] / "docs" / "anh"
PAGES = (
    "/cong-khai",
    "/cong-khai/lai-chau",
    f"/don-vi/{COMMUNE}",
    "/so-lieu",
    "/so-lieu/can-cu-het-hieu-luc",
    "/sap-het-hieu-luc",
    "/nguon",
)
WIDTHS, SCHEMES = (1280, 360), ("light", "dark")


@pytest.fixture(scope="module")
def open_pages(client: TestClient, web_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The pages of a home with a unit that was looked at, on loopback."""
    form = client.get(f"/don-vi/{COMMUNE}/phieu-kiem-tra.xlsx").content
    home = inspected(web_home, form, tmp_path_factory.mktemp("seen"))
    listening = socket.create_server(("127.0.0.1", 0))
    address = f"http://127.0.0.1:{listening.getsockname()[1]}"
    server = uvicorn.Server(uvicorn.Config(app_of(home, "https://rasoat.test"), log_level="warning", http="h11", ws="none"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield address
    server.should_exit = True
    thread.join(10)


def opened(chromium: Browser, width: int, scheme: str, *, scripts: bool = True) -> Page:
    context = chromium.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, java_script_enabled=scripts)  # type: ignore[arg-type]
    return context.new_page()


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", WIDTHS)
def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(open_pages: str, chromium: Browser, width: int, scheme: str) -> None:
    nothing_is_wrong(opened(chromium, width, scheme), open_pages, PAGES, width, scheme)


@pytest.mark.parametrize(
    ("name", "address", "width"),
    [
        ("cong-khai", "/cong-khai", 1280),
        ("cong-khai-dien-thoai", "/cong-khai", 360),
        ("don-vi", f"/don-vi/{COMMUNE}", 1280),
        ("so-lieu", "/so-lieu", 360),
        ("sap-het-hieu-luc", "/sap-het-hieu-luc", 1280),
        ("nguon", "/nguon", 1280),
    ],
)
def test_the_pictures_of_the_documents_show_these_pages(open_pages: str, chromium: Browser, name: str, address: str, width: int) -> None:
    page = opened(chromium, width, "light")
    page.goto(open_pages + address)
    made = page.screenshot()
    page.context.close()
    if os.environ.get("RASOAT_UPDATE_SNAPSHOTS"):
        PICTURES.mkdir(exist_ok=True)
        (PICTURES / f"trang-{name}.png").write_bytes(made)
    kept = (PICTURES / f"trang-{name}.png").read_bytes()
    assert kept[:8] == made[:8]
    assert kept[16:24] == made[16:24], "another size: RASOAT_UPDATE_SNAPSHOTS=1 makes the pictures again; look at them"


def test_a_guest_official_finds_the_unit_without_scripts(open_pages: str, chromium: Browser) -> None:
    """The country, the table sorted, the province, the unit, one field of it, its file: links and forms alone."""
    page = opened(chromium, 360, "light", scripts=False)
    page.goto(open_pages)
    page.goto(f"{open_pages}/cong-khai")
    page.get_by_role("link", name="tên", exact=True).click()
    page.locator("tbody").get_by_role("link", name="tỉnh Lai Châu", exact=True).click()
    page.get_by_role("link", name="phường Đoàn Kết", exact=True).click()
    assert page.locator("h1").inner_text() == "Phường Đoàn Kết, tỉnh Lai Châu"
    whole = page.locator("table.cells tbody td:first-child a").count()
    page.get_by_label("Lĩnh vực").select_option(index=1)
    page.get_by_role("button", name="Lọc").click()
    assert 0 < page.locator("table.cells tbody td:first-child a").count() < whole
    with page.expect_download() as saved:
        page.get_by_role("link", name="CSV").click()
    assert saved.value.suggested_filename.startswith("danh-muc-lai-chau-phuong-doan-ket")
    page.context.close()


def test_the_keyboard_reaches_a_province_on_the_map(open_pages: str, chromium: Browser) -> None:
    page = opened(chromium, 1280, "light")
    page.goto(f"{open_pages}/cong-khai")
    page.locator("svg.map a").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/cong-khai/*")
    page.go_back()
    assert page.locator("svg.map a").count() == 34
    page.context.close()
