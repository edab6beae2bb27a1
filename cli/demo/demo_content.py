"""The demo's content as reviewed data: `documents.toml` and `procedures.toml` read into typed records.

A lawyer edits the TOML files; the modules beside this one only dress them in the publishers' formats.
"""

from __future__ import annotations

import tomllib
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

EDITIONS = {"2026-02": date(2026, 2, 23), "2026-10": date(2026, 10, 30)}  # edition of the codified law → the day it was made
LATEST_EDITION = max(EDITIONS)
_NAMESPACE = uuid.UUID("6b1f3c52-7a9d-4d43-9d0e-5b6f0a2c9e11")


def stable_id(*parts: str) -> str:
    """The same UUID for the same parts in every run, as publishers' ids are opaque."""
    return str(uuid.uuid5(_NAMESPACE, "|".join(parts)))


@dataclass(frozen=True, slots=True)
class Amendment:
    """What a note of the codified law says changed an article. `verb`: "sửa đổi", "bổ sung" or "bị bãi bỏ"."""

    article: str
    type: str
    number: str
    effective: date
    verb: str


@dataclass(frozen=True, slots=True)
class DemoArticle:
    """One article; each item of `text` is one paragraph (or a whole `<table>`)."""

    no: str
    name: str
    text: tuple[str, ...]
    amended: tuple[Amendment, ...] = ()
    noteless: bool = False  # printed without its source note: such an article must be quarantined


@dataclass(frozen=True, slots=True)
class GatewayClaim:
    """What the gateway's badge claims: `status` code (CHL, HHL, HHL1P, CCHL) and the day of expiry, if it gives one."""

    status: str
    until: date | None


@dataclass(frozen=True, slots=True)
class DemoDocument:
    """One legal document. `codified` is the title's number it is woven into; `relations` are (type of target, number)."""

    number: str
    type: str
    title: str
    issuer: str
    issued: date | None
    effective: date | None
    item: str | None
    codified: str | None
    editions: tuple[str, ...]
    gateway: GatewayClaim | None
    relations: tuple[tuple[int, str], ...]
    articles: tuple[DemoArticle, ...]
    head: str | None = None  # the number its attached text wrongly begins with

    @property
    def gateway_id(self) -> str:
        """The classic site's ItemID where one is known, else an opaque id."""
        return self.item or stable_id("document", self.number, self.issuer)


@dataclass(frozen=True, slots=True)
class DemoTitle:
    """One title (đề mục) of the codified law, one file of the zip."""

    number: str
    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Content:
    """All that the demo publisher holds. Procedures stay mappings: their keys are explained in `procedures.toml`."""

    titles: tuple[DemoTitle, ...]
    documents: tuple[DemoDocument, ...]
    procedures: tuple[Mapping[str, Any], ...]
    publishers: Mapping[str, str]
    provinces: Mapping[str, str]


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(files("cli.demo").joinpath(name).read_text("utf-8"))


def _article(raw: Mapping[str, Any]) -> DemoArticle:
    amended = tuple(Amendment(**one) for one in raw.get("amended", ()))
    return DemoArticle(raw["no"], raw["name"], tuple(raw["text"]), amended, raw.get("noteless", False))


def _document(raw: Mapping[str, Any]) -> DemoDocument:
    claim = raw.get("gateway")
    return DemoDocument(
        number=raw["number"],
        type=raw["type"],
        title=raw["title"],
        issuer=raw["issuer"],
        issued=raw.get("issued"),
        effective=raw.get("effective"),
        item=raw.get("item"),
        codified=raw.get("codified"),
        editions=tuple(raw.get("editions", EDITIONS)),
        gateway=GatewayClaim(claim["status"], claim.get("until")) if claim else None,
        relations=tuple((kind, number) for kind, number in raw.get("relations", ())),
        articles=tuple(_article(one) for one in raw.get("articles", ())),
        head=raw.get("head"),
    )


@cache
def load() -> Content:
    """The content, read once from the package's TOML files."""
    documents, procedures = _read("documents.toml"), _read("procedures.toml")
    return Content(
        titles=tuple(DemoTitle(**one) for one in documents["title"]),
        documents=tuple(_document(one) for one in documents["document"]),
        procedures=tuple(procedures["procedure"]),
        publishers=procedures["publishers"],
        provinces=procedures["provinces"],
    )
