"""`/api`: what programs may ask, made from the same description that they read (`/api/openapi.json`)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Response

from web.asked_page import AskedPublication

router = APIRouter(include_in_schema=False)
# What changed for programs, the newest first: day, words.
CHANGES = (("2026-12-01", "Bản đầu: /api/v1. / First version."),)


@dataclass(frozen=True, slots=True)
class AskedField:
    """A field of a question."""

    name: str
    needed: bool
    kind: str
    says: str


@dataclass(frozen=True, slots=True)
class ApiAddress:
    """One address: what it answers, what it takes, and the name of the answer's shape."""

    path: str
    says: str
    more: str
    fields: tuple[AskedField, ...]
    answer: str


@router.get("/api")
def described(asked: AskedPublication) -> Response:
    """The addresses, limits and changes."""
    description = asked.request.app.openapi()
    return asked.page(
        "api.html",
        addresses=list(_addresses(description)),
        rate=asked.settings.web_api_rate,
        changes=CHANGES,
        base=asked.absolute("").rstrip("/"),
    )


def _addresses(description: dict[str, Any]) -> Iterator[ApiAddress]:
    for path, methods in description["paths"].items():
        told = methods["get"]
        schema = told["responses"]["200"]["content"]["application/json"]["schema"]
        yield ApiAddress(
            path=path,
            says=told.get("summary", ""),
            more=told.get("description", ""),
            fields=tuple(_field(one) for one in told.get("parameters", ())),
            answer=schema.get("$ref", "").rpartition("/")[2],
        )


def _field(one: dict[str, Any]) -> AskedField:
    schema = one["schema"]
    known = next((each for each in schema.get("anyOf", [schema]) if each.get("type") != "null"), schema)
    kind = " | ".join(known["enum"]) if "enum" in known else known.get("format") or known.get("type", "")
    return AskedField(one["name"], one.get("required", False), kind, one.get("description", ""))
