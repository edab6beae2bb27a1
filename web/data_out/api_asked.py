"""What every address of `/api/v1` shares: where it stands, how it refuses, the day it is asked about, and its next page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Response
from fastapi.routing import APIRoute

from web.asked_page import AskedPage, base_address
from web.data_out.api_shapes import ApiRefusal, DocumentChoices

ROOT = "/api/v1"
REFUSALS: dict[int | str, dict[str, Any]] = {
    400: {"model": ApiRefusal, "description": "Câu hỏi không trả lời được như đã hỏi / not a question as it stands"},
    404: {"model": ApiRefusal, "description": "Không có điều được hỏi / nothing of this name is published"},
    422: {"model": ApiRefusal, "description": "Câu hỏi không đọc được / the question cannot be read"},
    429: {"model": ApiRefusal, "description": "Hỏi quá nhiều, xem Retry-After / too many requests"},
    503: {"model": ApiRefusal, "description": "Chưa có gì để trả lời / nothing is published yet, or a service does not answer"},
}
SEVERAL: dict[int | str, dict[str, Any]] = {
    300: {"model": DocumentChoices, "description": "Nhiều văn bản cùng số / several documents bear this number"},
}


def leads_to(**operations: str) -> dict[int | str, dict[str, Any]]:
    """Where a line of a list leads: operation → which field of the line names the thing it asks about, as "parameter=field"."""
    links = {}
    for operation, told in operations.items():
        parameter, _, field = told.partition("=")
        links[operation] = {"operationId": operation, "parameters": {parameter: f"$response.body#/items/0/{field}"}}
    return {200: {"links": links}}


def _named_so(route: APIRoute) -> str:
    return route.name


def api_router() -> APIRouter:
    """Addresses of the API, each named as its function is."""
    return APIRouter(prefix=ROOT, responses=REFUSALS, generate_unique_id_function=_named_so)


@dataclass(frozen=True, slots=True)
class ApiAsked:
    """One question: the request's moment, the day it is about, and how the page after this one is addressed."""

    asked: AskedPage
    day: date

    @property
    def held_back(self) -> str | None:
        return self.asked.moment.publication.held_back

    def next(self, **changed: object) -> str:
        """The same question with what makes it the next page: a whole address."""
        request = self.asked.request
        kept = {name: value for name, value in request.query_params.multi_items() if name not in changed and name != "ngay"}
        query = {"as_of": self.day.isoformat(), **kept, **{name: str(value) for name, value in changed.items()}}
        return f"{base_address(request)}{quote(request.scope['path'])}?{urlencode(query)}"


def asked_of(asked: AskedPage, response: Response, as_of: date | None, ngay: date | None) -> ApiAsked:
    """The day asked about; a program that holds the answer already is told so before it is made."""
    if asked.etag:
        response.headers["ETag"] = asked.etag
        response.headers["Cache-Control"] = "public, max-age=0, must-revalidate"
    else:
        response.headers["Cache-Control"] = "no-store"
    return ApiAsked(asked, as_of or ngay or asked.day)
