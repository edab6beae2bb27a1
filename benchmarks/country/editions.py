"""Two editions of the codified law as its publisher packs them: titles of articles, each with the note that says whose it is."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Iterator
from datetime import date
from random import Random

from .fates import Fates, alive_on
from .papers import Library, Paper
from .wording import Worded

EDITIONS = (date(2024, 3, 1), date(2026, 2, 23))
FILE = "BoPhapDienDienTu.zip"
_TITLES = 240
_TAKEN_IN = 0.8  # of the central documents in force stand in the codified law
_SYMBOLS = {"Luật": "LQ", "Nghị định": "NĐ", "Quyết định": "QĐ", "Thông tư": "TT", "Pháp lệnh": "PL", "Nghị quyết": "NQ"}


def standing(library: Library, told: Fates, scale: float, dice: Random) -> dict[date, dict[str, list[Paper]]]:
    """By edition and title, the documents that stand there; a title is there in both, though it be empty."""
    titles = [f"demuc/{n:08d}.html" for n in range(max(2, round(_TITLES * scale)))]
    home = {paper.at: dice.choice(titles) for paper in library.papers if not paper.local and dice.random() < _TAKEN_IN}
    found: dict[date, dict[str, list[Paper]]] = {day: {title: [] for title in titles} for day in EDITIONS}
    for line in library.lineages:
        for day in EDITIONS:
            for paper in alive_on(told, line, day):
                if paper.at in home:
                    found[day][home[paper.at]].append(paper)
    return found


def packed(titles: dict[str, list[Paper]], texts: dict[int, Worded], day: date) -> bytes:
    """An edition as one zip; the same titles give the same bytes."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as edition:
        for title, papers in titles.items():
            articles = "".join(article for paper in papers for article in _articles(paper, texts[paper.at]))
            edition.writestr(zipfile.ZipInfo(title, (*day.timetuple()[:3], 0, 0, 0)), f"<html><body><div>{articles}</div></body></html>")
    return held.getvalue()


def _articles(paper: Paper, worded: Worded) -> Iterator[str]:
    symbol, code = _SYMBOLS[paper.type], hashlib.sha256(paper.key.encode()).hexdigest()[:24].upper()
    since = f"có hiệu lực thi hành kể từ ngày {paper.effective_on:%d/%m/%Y}"
    for n, (heading, text) in enumerate(worded.articles[:-1], 1):  # its entry into force is no matter of a title
        full = f" {worded.title} ngày {paper.issued_on:%d/%m/%Y} của {paper.issuer}" if n == 1 else ""
        note = f"(Điều {n} {paper.type} số {paper.number}{full}, {since})"
        lines = "".join(f"<p>{line}</p>" for line in text.split("\n"))
        yield (
            f"<p class='pDieu'><a name='{code}{n:04}'></a>Điều 1.1.{symbol}.{paper.at}.{n}. {heading}</p>"
            f"<p class='pGhiChu'>{note}</p><p class='pNoiDung'>{lines}</p>"
        )
