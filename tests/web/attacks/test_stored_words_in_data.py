"""Words that somebody stored to be acted upon: in a feed, a sheet, linked data and JSON they are words."""

from __future__ import annotations

import csv
import io
import json

import pytest
from lxml import etree
from rdflib import Graph, URIRef
from rdflib.namespace import DCTERMS
from starlette.testclient import TestClient

from tests.web.conftest import ADDRESS
from tests.web.data_out.conftest import HOSTILE, HOSTILE_CODE, SCRIPT

pytestmark = pytest.mark.slow
ATOM = "{http://www.w3.org/2005/Atom}"
BEGINS_A_FORMULA = "=+-@\t\r\uff1d\uff0b\uff0d\uff20"


def test_the_api_sends_them_as_json_and_nothing_guesses_otherwise(hostile: TestClient) -> None:
    told = hostile.get(f"/api/v1/procedures/{HOSTILE_CODE}")
    assert told.headers["content-type"] == "application/json"
    assert told.headers["x-content-type-options"] == "nosniff"
    assert "default-src 'none'" in told.headers["content-security-policy"]
    assert SCRIPT in told.json()["name"]
    assert told.json()["link"] is None  # javascript: leads nowhere
    assert "x-evil" not in told.headers


def test_linked_data_hold_them_as_literals_and_no_context_of_theirs(hostile: TestClient) -> None:
    told = hostile.get(f"/tt/{HOSTILE_CODE}.jsonld")
    found = Graph().parse(data=told.content, format="json-ld")
    subject = URIRef(f"{ADDRESS}/tt/{HOSTILE_CODE}")
    assert SCRIPT in str(found.value(subject, DCTERMS.title))
    assert SCRIPT in str(found.value(subject, DCTERMS.description))
    assert json.loads(told.content)["@context"] == hostile.get("/ns/context.jsonld").json()["@context"]
    assert not [one for one in found.all_nodes() if isinstance(one, URIRef) and str(one).startswith("javascript:")]


@pytest.mark.parametrize("address", ["/atom/moi-het-hieu-luc", "/atom/vb/15-2015-tt-btp"])
def test_a_feed_stays_one_document_of_text(hostile: TestClient, address: str) -> None:
    told = hostile.get(address)
    feed = etree.fromstring(told.content, etree.XMLParser(resolve_entities=False))
    assert {one.tag for one in feed.iter()} <= {
        ATOM + name for name in ("feed", "id", "title", "updated", "author", "name", "link", "entry", "content")
    }


def test_no_cell_of_a_sheet_begins_a_formula(hostile: TestClient) -> None:
    for name in ("can-cu.csv", "thu-tuc.csv", "can-cu-het-hieu-luc.csv", "van-ban.csv"):
        told = hostile.get(f"/tai-ve/{name}")
        assert told.status_code == 200
        assert told.headers["content-disposition"].startswith("attachment")
        for row in csv.reader(io.StringIO(told.content.decode("utf-8-sig"))):
            assert not [cell for cell in row if cell[:1] in BEGINS_A_FORMULA and cell], name
    cells = [cell for row in csv.reader(io.StringIO(hostile.get("/tai-ve/thu-tuc.csv").content.decode("utf-8-sig"))) for cell in row]
    assert any(cell.startswith("'=HYPERLINK") for cell in cells)
    assert any(cell.startswith("'@SUM") for cell in cells)


def test_a_row_of_json_lines_is_one_line(hostile: TestClient) -> None:
    lines = hostile.get("/tai-ve/thu-tuc.jsonl").content.split(b"\n")
    assert [json.loads(line)["code"] for line in lines if line] == [HOSTILE["code"]]


def test_pages_on_data_show_them_escaped(hostile: TestClient) -> None:
    for address in ("/tai-ve", "/api", "/ns"):
        assert SCRIPT not in hostile.get(address).text
