"""`/api/v1`: the contract of the queries, walked page by page; what guests may not read stays unread; refusals are one object."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from cli.demo_command import DEMO_DAY
from queries.contract import ProcedureCard, StatusAnswer
from queries.procedure_card import procedure_card
from rasoat.settings import Settings
from rasoat.workspace import Workspace
from tests.web.conftest import ADDRESS, app_of

MARRIAGE = "1.000894"
ENDED = "15/2015/TT-BTP"


def walked(client: TestClient, address: str) -> list[dict[str, Any]]:
    """All lines of a list, by its own `next`."""
    found: list[dict[str, Any]] = []
    seen: set[str] = set()
    while address:
        assert address not in seen
        seen.add(address)
        page = client.get(address).json()
        found += page["items"]
        address = page["next"]
    return found


def test_a_procedure_is_what_the_query_says(client: TestClient, web_home: Path) -> None:
    answer = client.get(f"/api/v1/procedures/{MARRIAGE}")
    work = Workspace(Settings(home=web_home))
    assert ProcedureCard.model_validate(answer.json()) == procedure_card(work, MARRIAGE, DEMO_DAY)
    work.engine.dispose()


@pytest.mark.parametrize("name", [ENDED, "15-2015-tt-btp", "15%2F2015%2FTT-BTP"])
def test_a_document_goes_by_its_number_and_by_its_short_form(client: TestClient, name: str) -> None:
    told = client.get(f"/api/v1/documents/{name}").json()
    assert (told["document"]["document"], told["document"]["verdict"], told["document"]["since"]) == (ENDED, "dead", "2020-07-16")
    assert told["document"]["clause"]["document"] == "04/2020/TT-BTP"
    assert StatusAnswer.model_validate(told["answer"]).status == "expired"
    assert told["cited_by"] >= 1


def test_the_day_asked_about_is_as_of_or_ngay(client: TestClient) -> None:
    for name in ("as_of", "ngay"):
        assert client.get(f"/api/v1/documents/{ENDED}?{name}=2020-07-15").json()["document"]["status"] != "expired"


def test_a_provision_and_the_whole_line_of_days(client: TestClient) -> None:
    part = client.get("/api/v1/documents/60-2014-qh13/provisions/dieu-1?as_of=2027-03-01").json()
    assert (part["provision"], part["status"]) == ("dieu-1", "expired")
    line = client.get("/api/v1/documents/60-2014-qh13/timeline").json()["stretches"]
    assert [one["to"] for one in line[:-1]] == [one["from"] for one in line[1:]]
    assert line[-1]["status"] == "expired"


def test_lists_are_walked_to_their_end_by_their_own_addresses(client: TestClient) -> None:
    codes = [one["code"] for one in walked(client, "/api/v1/procedures?limit=3")]
    documents = [one["document"] for one in walked(client, "/api/v1/documents?limit=7")]
    assert codes == sorted(set(codes))
    assert documents == sorted(set(documents))
    assert {MARRIAGE} <= set(codes)
    assert {ENDED} <= set(documents)
    citing = walked(client, "/api/v1/documents/60-2014-qh13/cited-by?limit=1")
    assert citing == client.get("/api/v1/documents/60-2014-qh13/cited-by").json()["items"]
    dead = walked(client, "/api/v1/legal-bases?verdict=dead&procedures=2")
    assert (MARRIAGE, ENDED) in {(one["procedure"], one["document"]) for one in dead}
    assert {one["as_of"] for one in dead} == {str(DEMO_DAY)}


def test_what_cannot_be_told_is_an_answer_with_a_name(client: TestClient) -> None:
    told = client.get("/api/v1/status?number=99/1999/N%C4%90-CP")
    assert (told.status_code, told.json()["status"]) == (200, "unknown_document")
    assert walked(client, "/api/v1/unjudged")[0]["settles"]


def test_findings_are_facts_until_somebody_confirmed_them(web_home: Path, client: TestClient) -> None:
    facts = client.get("/api/v1/findings").json()
    assert facts["items"]
    assert {one["finding"] for one in facts["items"]} == {None}
    assert {"severity", "responsible", "action", "rule", "confidence"}.isdisjoint(facts["items"][0])
    assert all(one["clause"] or one["interval"] for one in facts["items"])
    with TestClient(app_of(web_home, web_public_findings="all"), base_url=ADDRESS) as office:
        everything = walked(office, "/api/v1/findings?limit=5")
    assert all(one["finding"]["severity"] for one in everything)
    assert len(everything) >= len(facts["items"])


def test_what_units_show_is_told_without_the_rule_that_judges_it(client: TestClient) -> None:
    told = client.get("/api/v1/units/bo-tu-phap/postings").json()
    assert told["head"]["name"] == "Bộ Tư pháp"
    assert all(cell["finding"] is None and cell["rule"] is None for one in told["procedures"] for cell in one["postings"])
    assert client.get("/api/v1/coverage").json()["head"]["whole"]["channel"] == ""


def test_endings_behind_and_ahead_and_where_the_data_come_from(client: TestClient) -> None:
    ahead = client.get("/api/v1/expiring").json()
    assert "60/2014/QH13" in {one["document"] for one in ahead["items"]}
    assert all(one["on"] <= str(DEMO_DAY) for one in client.get("/api/v1/ended?days=366").json()["items"])
    assert {one["source"] for one in client.get("/api/v1/sources").json()["sources"]} >= {"phapdien", "dichvucong"}
    assert client.get("/api/v1").json()["public_findings"] == "confirmed"


def test_search_finds_and_goes_on(client: TestClient) -> None:
    first = client.get("/api/v1/search?q=dang+ky&limit=1").json()
    second = client.get(first["next"]).json()
    assert first["hits"][0]["key"] != second["hits"][0]["key"]


def test_an_answer_that_did_not_change_is_not_sent_again(client: TestClient) -> None:
    first = client.get(f"/api/v1/procedures/{MARRIAGE}")
    again = client.get(f"/api/v1/procedures/{MARRIAGE}", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(
    ("address", "status", "code"),
    [
        ("/api/v1/procedures/9.999998", 404, "procedure.unknown"),
        ("/api/v1/procedures/63%2F2010", 404, "http.404"),
        ("/api/v1/documents/1-1-1", 404, "document.unknown"),
        ("/api/v1/units/atlantis/postings", 404, "unit.unknown"),
        ("/api/v1/procedures?limit=101", 422, "http.422"),
        ("/api/v1/search?q=a&page=101", 422, "http.422"),
        ("/api/v1/procedures?as_of=1", 422, "http.422"),
        ("/api/v1/procedures?as_of=10/06/2026", 422, "http.422"),
        ("/api/v1/documents/60-2014-qh13/provisions/..%2F..", 422, "http.422"),
        ("/api/v1/nothing", 404, "http.404"),
    ],
)
def test_a_refusal_is_one_object_with_a_code(client: TestClient, address: str, status: int, code: str) -> None:
    told = client.get(address)
    assert (told.status_code, told.json()["code"]) == (status, code)
    assert set(told.json()) == {"error", "code"}


def test_who_asks_too_often_is_told_when_to_come_back(web_home: Path) -> None:
    with TestClient(app_of(web_home, web_api_rate=2), base_url=ADDRESS) as hurried:
        told = [hurried.get("/api/v1") for _ in range(3)]
    assert [one.status_code for one in told] == [200, 200, 429]
    assert int(told[-1].headers["retry-after"]) >= 1
    assert told[-1].json()["code"] == "http.429"


def test_the_page_on_the_api_names_every_address_of_its_description(client: TestClient) -> None:
    paths = client.get("/api/openapi.json").json()["paths"]
    page = client.get("/api").text
    assert all(path.startswith("/api/v1") and path in page for path in paths)
    declared = {status for told in paths.values() for status in told["get"]["responses"]}
    assert {"200", "300", "400", "404", "422", "429", "503"} == declared
