"""The procedures as an office captured them: one line each, with the documents that it relies on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import orjson

from rasoat.units import UnitKind, country

from .drawn import PROCEDURE_TITLE, Drawn
from .fates import Fates
from .papers import TODAY, Library, Paper, day_in_words
from .wording import printed

_CITES = 10
_FIELDS = 60
_STEPS = "Bước 1: Người nộp gửi hồ sơ về {}. Bước 2: Cơ quan tiếp nhận xem hồ sơ theo {}. Bước 3: Người nộp nhận kết quả."
_NAMESAKES, _UNHELD = 0.01, 0.005
_DEAD = 0.07  # of the citations are of documents that have ended, as nobody has looked since


def codes(count: int) -> list[str]:
    """The codes of the national catalogue."""
    return [f"{1 + n // 1_000_000}.{n % 1_000_000:06d}" for n in range(count)]


def dossiers(count: int, library: Library, told: Fates, drawn: Drawn) -> Iterator[bytes]:
    """A line of JSON for each procedure."""
    ministries = [unit.name for unit in country().of_kind(UnitKind.MINISTRY)]
    alive = [paper for paper in library.papers if not paper.local and told.ended.get(paper.at, date.max) > TODAY] or list(library.papers)
    dead = [paper for paper in library.papers if not paper.local and told.ended.get(paper.at, date.max) <= TODAY] or alive
    chance = drawn.chance
    for n, code in enumerate(codes(count)):
        cited = [_relied_on(alive, dead, drawn) for _ in range(chance.choice((8, 9, 10, 10, 11, 12)))]
        commune = n % 2 == 1
        yield orjson.dumps(
            {
                "code": code,
                "name": drawn.text(max(drawn.size(PROCEDURE_TITLE), 2)).capitalize(),
                "decision_number": f"{n}/QĐ-B",
                "decision_date": (TODAY - timedelta(days=chance.randrange(30, 900))).isoformat(),
                "publisher": ministries[n % len(ministries)],
                "levels": "Cấp xã" if commune else "Cấp tỉnh",
                "field": f"Lĩnh vực {n % _FIELDS}",
                "executing_agency": "Ủy ban nhân dân cấp xã" if commune else "Sở Tư pháp",
                "steps": _STEPS.format(drawn.text(3), cited[0].cited),
                "dossier": f"Đơn theo mẫu; bản sao giấy tờ về {drawn.text(3)}",
                "result": f"Giấy xác nhận về {drawn.text(2)}",
                "legal_basis": "\n".join(_basis(paper, drawn) for paper in cited),
            }
        )


def _relied_on(alive: list[Paper], dead: list[Paper], drawn: Drawn) -> Paper:
    """A document of the newest ones mostly; a few are cited by very many."""
    shelf = dead if drawn.chance.random() < _DEAD else alive
    return shelf[-1 - int(len(shelf) / 3 * drawn.chance.random() ** 3)]


def _basis(paper: Paper, drawn: Drawn) -> str:
    """One line, as offices type it: a few leave out whose decision it is, or give a number that nobody holds."""
    chance = drawn.chance
    drawn_at = chance.random()
    if drawn_at < _NAMESAKES:
        return f"Quyết định số {chance.randint(1, 40):02}/{chance.randint(2010, 2025)}/QĐ-UBND"
    if drawn_at < _NAMESAKES + _UNHELD:
        return f"Thông tư số {chance.randint(700, 990)}/{chance.randint(2010, 2025)}/TT-BYT"
    named = f"{printed(paper.provision(chance))} " if chance.random() < 0.3 else ""
    return f"{named}{paper.type} số {paper.number} ngày {day_in_words(paper.issued_on)} của {paper.issuer}"
