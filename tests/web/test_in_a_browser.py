"""A citizen's and a guest official's paths in Debian's chromium: wide and narrow, light and dark, by keyboard alone, without script; what a
screen reader would stumble on; and the pictures in docs/."""

from __future__ import annotations

import io
import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, expect

pytestmark = [pytest.mark.slow, pytest.mark.browser]
PICTURES = Path(__file__).parents[2] / "docs" / "anh"
WIDTHS = (1280, 360)
SCHEMES = ("light", "dark")
# One page of each kind.
PAGES = (
    "/", "/tim?q=dang+ky", "/tim?q=zzzzqqq", "/tt/1.000894", "/tt/1.001193/phieu", "/tt/1.001193/lich-su", "/tt/1.001193/so-sanh", "/vb/42-2022-nd-cp",
    "/vb/123-2015-nd-cp", "/vb/123-2015-nd-cp/dieu-12/khoan-1", "/vb/123-2015-nd-cp/duoc-vien-dan", "/vb/123-2015-nd-cp/toan-van", "/vb/123-2015-nd-cp/goc",
    "/khong-co", "/en/tt/1.000894",
)  # fmt: skip
OpenPage = Callable[..., Page]


@pytest.fixture
def opened(chromium: Browser, live: str) -> Iterator[OpenPage]:
    """A page of a new visitor; what the console or the network complains of fails the test."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def open_page(address: str = "/", width: int = 1280, scheme: str = "light", script: bool = True) -> Page:
        context = chromium.new_context(
            base_url=live,
            viewport={"width": width, "height": 800},
            color_scheme=scheme,
            java_script_enabled=script,
            locale="vi-VN",  # type: ignore[arg-type]
        )
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None)
        page.on("request", lambda asked: complaints.append(asked.url) if not asked.url.startswith((live, "data:")) else None)
        page.goto(address)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert [one for one in complaints if "404" not in one] == []


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", WIDTHS)
def test_a_citizen_finds_what_a_birth_registration_takes(opened: OpenPage, width: int, scheme: str) -> None:
    page = opened("/", width, scheme)
    page.get_by_label("Tìm thủ tục").fill("lam giay khai sinh cho con")
    page.get_by_role("button", name="Tìm").click()
    expect(page.get_by_role("status")).to_contain_text("kết quả")
    page.get_by_role("link", name=re.compile("đăng ký khai sinh", re.IGNORECASE)).first.click()
    expect(page).to_have_url(re.compile(r"/tt/1\.001193$"))
    expect(page.get_by_role("heading", name="Bao lâu")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.get_by_role("link", name="Phiếu in").click()
    expect(page.get_by_role("img", name="Mã QR")).to_be_visible()


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", WIDTHS)
def test_an_official_sees_since_when_a_decree_is_dead_and_by_which_clause(opened: OpenPage, width: int, scheme: str) -> None:
    page = opened("/", width, scheme)
    page.get_by_label("Tìm thủ tục").fill("42/2022/NĐ-CP")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/vb/42-2022-nd-cp$"))
    verdict = page.get_by_role("region", name="Tình trạng hiệu lực")
    expect(verdict).to_contain_text("hết hiệu lực từ 01/07/2026")
    expect(verdict.locator("blockquote").first).to_be_visible()
    page.get_by_label("Xem vào ngày").fill("30/06/2026")
    page.get_by_role("button", name="Xem", exact=True).click()
    expect(page.get_by_role("region", name="Tình trạng hiệu lực")).to_contain_text("còn hiệu lực")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.go_back()
    expect(page.get_by_role("region", name="Tình trạng hiệu lực")).to_contain_text("hết hiệu lực từ 01/07/2026")


def test_by_keyboard_alone(opened: OpenPage) -> None:
    page = opened("/tt/1.000894", 360)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Đến nội dung")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    seen = set()
    for _ in range(60):
        page.keyboard.press("Tab")
        tag, outline = page.evaluate("(one => [one.tagName, getComputedStyle(one).outlineStyle])(document.activeElement)")
        assert tag == "BODY" or outline != "none", page.evaluate("document.activeElement.outerHTML")
        seen.add(tag)
    assert {"A", "SUMMARY", "INPUT", "BUTTON"} <= seen
    page.locator("summary", has_text="Điều khoản chấm dứt").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("blockquote").first).to_be_visible()


def test_without_script_everything_is_there(opened: OpenPage) -> None:
    page = opened("/", script=False)
    page.locator("#tim").fill("khai sinh")
    page.locator("button", has_text="Tìm").click()
    expect(page.locator("ol.hits li").first).to_be_visible()
    page.locator("summary", has_text="Lĩnh vực").click()
    page.locator('input[name="linh-vuc"]').first.check()
    page.locator("button", has_text="Lọc").click()
    expect(page).to_have_url(re.compile("linh-vuc="))
    expect(page.locator("ol.hits li").first).to_be_visible()


def test_names_appear_while_somebody_types(opened: OpenPage) -> None:
    page = opened("/")
    page.locator("#tim").press_sequentially("khai si", delay=20)
    expect(page.locator("#goi-y option").first).to_be_attached()


def test_the_other_language_is_one_click_away_and_stays(opened: OpenPage) -> None:
    page = opened("/vb/42-2022-nd-cp")
    page.get_by_role("link", name="English").click()
    expect(page.get_by_role("region", name="Status")).to_contain_text("no longer in force")
    assert page.locator("html").get_attribute("lang") == "en"
    page.get_by_role("link", name="Cited by").click()
    expect(page).to_have_url(re.compile("/en/vb/42-2022-nd-cp/duoc-vien-dan$"))


@pytest.mark.parametrize("address", PAGES)
def test_nobody_stumbles(opened: OpenPage, address: str) -> None:
    for width, scheme in ((1280, "light"), (360, "dark")):
        page = opened(address, width, scheme)
        found = Axe().run(page, options={"resultTypes": ["violations"]})
        told = [(one["id"], [node["html"][:120] for node in one["nodes"]][:3]) for one in found.response["violations"]]
        assert told == [], f"{address} {width} {scheme}"
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_first_page_is_light(opened: OpenPage) -> None:
    sizes: list[int] = []
    page = opened("about:blank")
    page.on("response", lambda one: sizes.append(len(one.body())))
    page.goto("/")
    page.wait_for_load_state("networkidle")
    assert len(sizes) <= 5
    assert sum(sizes) <= 60_000  # before compression


def test_on_paper_all_is_open_and_nothing_that_one_can_only_click(opened: OpenPage) -> None:
    page = opened("/tt/1.000894")
    page.emulate_media(media="print")
    expect(page.get_by_role("search").first).to_be_hidden()
    expect(page.locator("blockquote").first).to_be_visible()


@pytest.mark.parametrize(
    ("name", "address", "width", "scheme", "height"),
    [
        ("tim", "/tim?q=dang+ky+khai+sinh", 1280, "light", 800),
        ("thu-tuc", "/tt/1.000894", 360, "light", 800),
        ("van-ban", "/vb/42-2022-nd-cp", 1280, "light", 1000),
        ("dieu-khoan", "/vb/123-2015-nd-cp/dieu-12/khoan-1", 360, "dark", 800),
    ],
)
def test_the_pictures_of_the_documents_show_these_pages(
    opened: OpenPage, name: str, address: str, width: int, scheme: str, height: int
) -> None:
    page = opened(address, width, scheme)
    page.set_viewport_size({"width": width, "height": height})
    made = page.screenshot()
    if os.environ.get("RASOAT_UPDATE_SNAPSHOTS"):
        PICTURES.mkdir(exist_ok=True)
        few = Image.open(io.BytesIO(made)).convert("RGB").quantize(48)  # a page has few colours: a fifth of the bytes
        few.save(PICTURES / f"trang-{name}.png", optimize=True)
    kept = (PICTURES / f"trang-{name}.png").read_bytes()
    assert kept.startswith(b"\x89PNG")
    assert kept[16:24] == made[16:24], "another size: RASOAT_UPDATE_SNAPSHOTS=1 makes the pictures again; look at them"
