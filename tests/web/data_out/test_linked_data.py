"""JSON-LD read back as triples: nothing is loaded from anywhere, and what three pages say is what they must say."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest
from lxml import html
from rdflib import RDF, Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS
from starlette.testclient import TestClient

from tests.web.conftest import ADDRESS, app_of

SCHEMA, ELI = Namespace("https://schema.org/"), Namespace("http://data.europa.eu/eli/ontology#")
CPSV, CV, VTX = Namespace("http://purl.org/vocab/cpsv#"), Namespace("http://data.europa.eu/m8g/"), Namespace(f"{ADDRESS}/ns#")
MARRIAGE, ENDED, ENDING = (URIRef(f"{ADDRESS}{path}") for path in ("/tt/1.000894", "/vb/15-2015-tt-btp", "/vb/60-2014-qh13"))
SUCCESSOR = URIRef(f"{ADDRESS}/vb/04-2020-tt-btp")


def day(text: str) -> Literal:
    return Literal(text, datatype=URIRef("http://www.w3.org/2001/XMLSchema#date"))


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def asked(*_: object) -> None:
        raise AssertionError("something was asked for on the network")

    monkeypatch.setattr(socket.socket, "connect", asked)


def triples(client: TestClient, address: str) -> Graph:
    answer = client.get(address)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/ld+json")
    assert answer.headers["access-control-allow-origin"] == "*"
    return Graph().parse(data=answer.content, format="json-ld")


def test_a_procedure_is_a_public_service_on_its_legal_resources(client: TestClient, no_network: None) -> None:
    found = triples(client, "/tt/1.000894.jsonld")
    assert {CPSV.PublicService, SCHEMA.GovernmentService} == set(found.objects(MARRIAGE, RDF.type))
    assert found.value(MARRIAGE, DCTERMS.identifier) == Literal("1.000894")
    title = found.value(MARRIAGE, DCTERMS.title)
    assert isinstance(title, Literal)
    assert title.language == "vi"
    assert (MARRIAGE, SCHEMA.isBasedOn, ENDED) in found
    assert (MARRIAGE, VTX.assessedOn, day("2026-11-22")) in found
    assert set(found.objects(MARRIAGE, CV.hasCompetentAuthority))
    assert set(found.objects(MARRIAGE, CPSV.hasInput))
    bases = set(found.objects(MARRIAGE, CV.hasLegalResource))
    assert ENDED in bases
    assert (ENDED, ELI.in_force, ELI["InForce-notInForce"]) in found
    assert (ENDED, SCHEMA.legislationLegalForce, SCHEMA.NotInForce) in found
    assert (ENDED, ELI.date_no_longer_in_force, day("2020-07-16")) in found
    assert (ENDED, ELI.repealed_by, SUCCESSOR) in found
    [clause] = found.objects(ENDED, VTX.endingClause)
    assert (clause, ELI.is_part_of, SUCCESSOR) in found
    assert "thay thế" in str(found.value(clause, SCHEMA.text))
    assert (ENDING, ELI.in_force, ELI["InForce-inForce"]) in found


def test_a_document_tells_its_days_of_force(client: TestClient, no_network: None) -> None:
    found = triples(client, "/vb/15-2015-tt-btp.jsonld")
    assert {ELI.LegalResource, SCHEMA.Legislation} == set(found.objects(ENDED, RDF.type))
    assert (ENDED, ELI.id_local, Literal("15/2015/TT-BTP")) in found
    assert (ENDED, ELI.type_document, Literal("Thông tư")) in found
    assert (ENDED, ELI.date_no_longer_in_force, day("2020-07-16")) in found
    assert {str(one).partition("/")[2] for one in found.objects(ENDED, SCHEMA.temporalCoverage)} == {"2020-07-16"}
    before = triples(client, "/vb/15-2015-tt-btp.jsonld?ngay=2020-07-15")
    assert (ENDED, ELI.in_force, ELI["InForce-notInForce"]) not in before


def test_an_end_to_come_is_told_as_one(client: TestClient, no_network: None) -> None:
    found = triples(client, "/vb/60-2014-qh13.jsonld")
    assert (ENDING, ELI.in_force, ELI["InForce-inForce"]) in found
    assert (ENDING, ELI.date_no_longer_in_force, day("2027-03-01")) in found
    assert list(found.objects(ENDING, VTX.endingClause)) == []


def test_what_nobody_can_tell_has_no_force_in_any_vocabulary(client: TestClient, no_network: None) -> None:
    silent = client.get("/api/v1/unjudged").json()["items"][0]["document"]
    short = next(one for one in client.get("/api/v1/documents?limit=100").json()["items"] if one["document"] == silent)["document"]
    found = triples(client, f"/vb/{short.replace('/', '%2F')}.jsonld")
    assert set(found.subject_objects(ELI.in_force)) == set()
    assert set(found.objects(None, VTX.cannotTell))


def test_the_context_that_is_served_is_the_one_in_the_answers(client: TestClient) -> None:
    served = client.get("/ns/context.jsonld").json()["@context"]
    assert served == client.get("/tt/1.000894.jsonld").json()["@context"]
    assert served["vtx"] == f"{ADDRESS}/ns#"
    page = client.get("/ns").text
    used = {str(one)[len(VTX) :] for one in triples(client, "/tt/1.000894.jsonld").predicates() if str(one).startswith(VTX)}
    assert used
    assert all(f'id="{name}"' in page for name in used)


def test_own_terms_stand_below_the_setting_s_address(web_home: Path) -> None:
    with TestClient(app_of(web_home, web_address="https://rasoat.example/goc/"), base_url=ADDRESS) as moved:
        told = moved.get("/tt/1.000894.jsonld", headers={"Host": "evil.test", "X-Forwarded-Host": "evil.test"})
    assert told.json()["@id"] == "https://rasoat.example/goc/tt/1.000894"
    assert "evil.test" not in told.text


def test_the_plain_form_of_a_procedure_is_the_api_s(client: TestClient) -> None:
    told = client.get("/tt/1.000894.json")
    assert (told.status_code, told.headers["location"]) == (307, "/api/v1/procedures/1.000894")


@pytest.mark.parametrize(
    ("page", "kind", "leads"),
    [
        ("/tt/1.000894", "ld+json", "/tt/1.000894.jsonld"),
        ("/vb/15-2015-tt-btp", "ld+json", "/vb/15-2015-tt-btp.jsonld"),
        ("/vb/15-2015-tt-btp", "atom+xml", "/atom/vb/15-2015-tt-btp"),
        ("/don-vi/bo-tu-phap", "atom+xml", "/atom/don-vi/bo-tu-phap"),
        ("/tai-ve", "atom+xml", "/atom/moi-het-hieu-luc"),
    ],
)
def test_a_page_names_its_other_forms(client: TestClient, page: str, kind: str, leads: str) -> None:
    head = html.fromstring(client.get(page).content).xpath(f"//head/link[@rel='alternate'][@type='application/{kind}']/@href")
    assert head == [leads]
    assert client.get(leads).status_code == 200
