import http.client
import io
import json
import urllib.error
import urllib.request
import zipfile

import pytest

from cli.demo import codified, gateway, national
from cli.demo.demo_content import EDITIONS, LATEST_EDITION, load
from cli.demo.publisher import Publisher

LIST = "/api/v1/submitting/formality/list-all-public-formality-by-citizen"
DETAIL = "/api/v1/configuring/formality/get-formality-by-citizen"


def ask(url, body=None):
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data, {"Content-Type": "application/json"})
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.status, answer.read(), answer.headers
    except urllib.error.HTTPError as error:
        return error.code, error.read(), error.headers


@pytest.fixture(scope="module")
def url():
    with Publisher() as publisher:
        yield publisher.url


def everything_listed(url, limit):
    items, last = [], ""
    while True:
        status, body, _ = ask(url + LIST, {"limit": limit, "lastId": last})
        answer = json.loads(body)
        assert (status, answer["code"]) == (201, "OK")
        items += answer["data"]["items"]
        last = answer["data"]["lastId"]
        if not last:
            return items, answer["data"]["total"]


def test_it_holds_enough_to_be_worth_crawling():
    assert len(load().procedures) >= 30
    assert len(load().documents) >= 60


@pytest.mark.parametrize("limit", [1, 7, 50, 200])
def test_the_cursor_reaches_every_procedure_once(url, limit):
    items, total = everything_listed(url, limit)
    assert len({item["id"] for item in items}) == len(items) == total == len(load().procedures)


def test_a_page_larger_than_the_portal_allows_is_refused(url):
    assert ask(url + LIST, {"limit": 201})[0] == 400


def test_every_listed_procedure_has_its_detail_but_the_one_that_is_missing(url):
    items, _ = everything_listed(url, 200)
    missing = []
    for item in items:
        status, body, _ = ask(url + DETAIL, {"id": item["id"]})
        if status == 404:
            missing.append(item["code"])
            continue
        assert json.loads(body)["data"]["code"] == item["code"]
    assert missing == ["3.000333"]


def test_dates_are_milliseconds_at_midnight_of_vietnam():
    birth = next(row for row in national.list_page({"limit": 200})[1]["data"]["items"] if row["code"] == "1.001193")
    proposal = national.detail({"id": birth["id"]})[1]["data"]["procedureProposal"]
    assert proposal["proposalNumber"] == "163/QĐ-BTP"
    assert proposal["decisionDate"] == 1768496400000  # what the real portal sends for 16/01/2026


def test_there_are_thirty_four_provinces(url):
    status, body, _ = ask(url + "/api/v1/configuring/province-vn/list-by-citizen", {})
    rows = json.loads(body)["data"]["rows"]
    assert status == 201
    assert {row["code"]: row["name"] for row in rows}["12"] == "Tỉnh Lai Châu"
    assert len(rows) == 34


@pytest.mark.parametrize("edition", sorted(EDITIONS))
def test_the_codified_law_is_a_zip_of_titles_in_the_publishers_frame(url, edition):
    status, body, headers = ask(f"{url}/phapdien/{edition}/BoPhapDienDienTu.zip")
    assert (status, headers["Content-Type"]) == (200, "application/zip")
    archive = zipfile.ZipFile(io.BytesIO(body))
    assert len(archive.namelist()) == len(load().titles)
    articles = 0
    for name in archive.namelist():
        raw = archive.read(name)
        assert raw.startswith(b"\xef\xbb\xbf")
        page = raw.decode("utf-8-sig")
        assert "<html" not in page
        assert page.count("class='pDieu'") == page.count("class='pNoiDung'")
        assert page.count("class='pDieu'") - page.count("class='pGhiChu'") == (1 if "Đề mục 15.1" in page else 0)
        articles += page.count("class='pDieu'")
    assert articles == sum(len(one.articles) for one in load().documents if one.codified and edition in one.editions)


def test_without_an_edition_the_latest_is_served(url):
    assert ask(url + "/phapdien/BoPhapDienDienTu.zip")[1] == codified.codified_zip(LATEST_EDITION)
    assert ask(url + "/phapdien/1999-01/BoPhapDienDienTu.zip")[0] == 404


def test_one_title_can_be_asked_alone(url):
    title = load().titles[0]
    status, body, _ = ask(f"{url}/phapdien/2026-02/demuc/{title.id}.html")
    assert (status, body) == (200, codified.title_page(title, "2026-02"))
    assert ask(f"{url}/phapdien/2026-02/demuc/none.html")[0] == 404


def test_shells_notes_in_full_and_short_and_notes_with_several_amendments():
    pages = {one.number: codified.title_page(one, LATEST_EDITION).decode("utf-8-sig") for one in load().titles}
    assert [number for number, page in pages.items() if "<div class='_content'></div>" in page] == ["3.3", "18.3"]
    assert (
        "(Điều 1 Luật số 60/2014/QH13 Hộ tịch ngày 20/11/2014 của Quốc hội, có hiệu lực thi hành kể từ ngày 01/01/2016 )" in pages["15.3"]
    )
    assert "(Điều 13 Luật số 60/2014/QH13, có hiệu lực thi hành kể từ ngày 01/01/2016)" in pages["15.3"]
    assert "có nội dung được sửa đổi, có nội dung được bổ sung bởi <a " in pages["44.5"]
    assert "ItemID=' target" in pages["44.5"]  # a link without an id, as over a thousand real ones


def test_the_gateway_lists_by_window_of_issue_dates(url):
    asked = {"pageSize": 500, "pageNumber": 1, "sortBy": "issueDate", "issueDateFrom": "2026-06-01", "issueDateTo": "2026-06-30"}
    _, body, _ = ask(url + "/api/qtdc/public/doc/all", asked)
    data = json.loads(body)["data"]
    assert data["total"] == len(data["items"]) > 5
    assert (data["current"], data["pageNumber"]) == (1, 0)
    assert all(row["issueDate"].startswith("2026-06") for row in data["items"])


def test_gateway_pages_hold_each_document_once(url):
    seen, number = [], 1
    while True:
        _, body, _ = ask(url + "/api/qtdc/public/doc/all", {"pageSize": 7, "pageNumber": number, "sortBy": "issueDate"})
        items = json.loads(body)["data"]["items"]
        if not items:
            break
        seen += [row["id"] for row in items]
        number += 1
    assert len(set(seen)) == len(seen) == len(gateway.documents())


def test_gateway_detail_and_tree_agree_and_an_unknown_id_is_named(url):
    for key, document in gateway.documents().items():
        detail = json.loads(ask(f"{url}/api/qtdc/public/doc/{key}")[1])["data"]
        tree = json.loads(ask(f"{url}/api/qtdc/public/doc/provision/tree/{key}")[1])["data"]
        assert detail["docNum"] == document.number
        assert detail["hasContent"] == bool(tree) == bool(document.articles)
        if tree and detail["documentContent"]:
            assert (document.head or document.number) in detail["documentContent"]["content"]
    status, body, _ = ask(url + "/api/qtdc/public/doc/0")
    assert (status, json.loads(body)["messageCode"]) == (400, "invalid.document.entity.not.found")
    assert ask(url + "/api/qtdc/public/doc/all", {"sortBy": "updatedDate"})[0] == 500


def test_no_person_is_named_anywhere():
    for document in gateway.documents().values():
        assert all(issue["personName"] is None for issue in gateway.detail(document)["data"]["documentIssues"])


def test_the_same_bytes_come_every_time(url):
    for edition in EDITIONS:
        first = codified.codified_zip(edition)
        codified.codified_zip.cache_clear()
        assert codified.codified_zip(edition) == first
    assert ask(url + LIST, {"limit": 200})[1] == ask(url + LIST, {"limit": 200})[1]


def test_robots_allow_what_is_crawled(url):
    status, body, _ = ask(url + "/robots.txt")
    assert status == 200
    assert b"Allow: /\n" in body


def sound(url, body):
    """Whether one request got the list's whole answer, whatever way it failed otherwise."""
    try:
        status, raw, _ = ask(url + LIST, body)
        return status == 201 and json.loads(raw)["code"] == "OK"
    except (OSError, ValueError, http.client.HTTPException):
        return False


def test_every_request_fails_once_and_succeeds_when_repeated():
    with Publisher(faults=1.0, stall=0.01) as publisher:
        tries = [[sound(publisher.url, {"limit": limit}) for _ in range(2)] for limit in range(1, 41)]
    assert all(any(two) for two in tries)
    assert sum(two[0] for two in tries) < 20  # only a stall still answers


def test_the_seed_repeats_a_run_and_a_wrong_rate_is_refused():
    runs = []
    for _ in range(2):
        with Publisher(faults=0.5, seed=3, stall=0.01) as publisher:
            runs.append([sound(publisher.url, {"limit": limit}) for limit in range(1, 31)])
    assert runs[0] == runs[1]
    with pytest.raises(ValueError, match="0 and 1"):
        Publisher(faults=1.5)
