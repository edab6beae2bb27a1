"""`/chay-thu`: the demo told in pages, on a demo's home alone; each of its links leads to a page that says what the story promises."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from rasoat.demo_mark import DEMO_MARK
from tests.web.conftest import ADDRESS, app_of

pytestmark = pytest.mark.slow


def test_there_is_no_story_of_a_home_that_no_demo_made(client: TestClient) -> None:
    assert client.get("/chay-thu").status_code == 404


def test_each_link_of_the_story_leads_where_it_says(web_home: Path, tmp_path: Path) -> None:
    home = tmp_path / "demo"
    shutil.copytree(web_home, home)
    (home / DEMO_MARK).write_text("", "utf-8")
    with TestClient(app_of(home), base_url=ADDRESS, follow_redirects=False) as client:
        page = client.get("/chay-thu").text
        before, after = page.split("<h2>3.")
        assert "còn hiệu lực" in before
        assert "hết hiệu lực" in after.split("<ul>")[0]
        assert "224/2026/NĐ-CP" in before
        assert "1.004873" in after
        links = {link.replace("&amp;", "&") for link in re.findall(r'href="(/[^"]*)"', page.split("<main")[1].split("</main>")[0])}
        assert len(links) > 8
        assert {link: found.status_code for link in links if (found := client.get(link)).status_code != 200} == {}
