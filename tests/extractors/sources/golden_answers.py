"""A publisher's answers as we wrote them in its own shape, what is read from them, and what every source owes.

A folder a source, a file an answer: `NAME.answer.json` {"request", "status", "media_type", "body"}; the body is an object (sent as
JSON), a text, or {"zip": {name: text}}. What is read from it stands beside it, in `NAME.golden.json`, for a person to check.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from extractors.formats.extracted_text import UnreadableError
from extractors.readers import Reader
from extractors.sources.source import Answer, Parsed, Piece, Request, Source, Window
from rasoat.codec import to_json
from rasoat.records import Origin

DAY = date(2099, 6, 10)
HERE = Path(__file__).parent
_LOADED = ("procedures", "observations", "articles", "listings")
_CADENCES = ("daily", "monthly")  # those that the DAGs' timetables and the gate's staleness know


def answer_files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.answer.json"))


def answer_of(file: Path) -> Answer:
    """The answer a file stands for, as bytes."""
    told = json.loads(file.read_text("utf-8"))
    return Answer(Request(told["request"], "/"), told["status"], told["media_type"], _bytes(told["body"]))


def _bytes(body: Any) -> bytes:
    if isinstance(body, str):
        return body.encode()
    if set(body) != {"zip"}:
        return json.dumps(body, ensure_ascii=False).encode()
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as out:
        for name, text in body["zip"].items():
            out.writestr(zipfile.ZipInfo(name), text)
    return packed.getvalue()


def cut(reader: Reader, answer: Answer, source: Source | None = None) -> list[Piece]:
    """An answer's pieces; one that cannot be cut has none, and what is no answer is never cut."""
    if source and source.refusal(answer) and not source.missing(answer):
        return []
    try:
        return list(reader.pieces(answer))
    except UnreadableError:
        return []


def golden_of(reader: Reader, answer: Answer, source: Source | None = None) -> dict[str, Any]:
    """All that is read from an answer, as JSON; of a publisher's also whether it is one, and what is asked after it."""
    told: dict[str, Any] = {}
    if source:
        told = {"refusal": source.refusal(answer), "missing": source.missing(answer)}
        if told["refusal"]:
            return {**told, "pieces": len(cut(reader, answer, source))}
        told["follow"] = [step.key if isinstance(step, Request) else step.reason for step in source.follow(answer)]
    try:
        pieces = list(reader.pieces(answer))
    except UnreadableError as error:
        return {**told, "unreadable": str(error)}
    return {**told, "pieces": [{"kind": one.kind, "place": one.place, **as_json(read(reader, one))} for one in pieces]}


def read(reader: Reader, piece: Piece) -> Parsed:
    return reader.parse(piece, Origin("sha256", piece.place), DAY)


def as_json(parsed: Parsed) -> dict[str, Any]:
    """The records of a piece; what is empty is left out."""
    return to_json(Parsed, parsed)


def outcome(parsed: Parsed) -> str:
    """How a piece ended. What is quarantined has a reason; "silent" is what must never be."""
    if any(not refused.reason.strip() or not refused.place for refused in parsed.refused):
        return "silent"
    if any(getattr(parsed, kind) for kind in _LOADED):
        return "loaded"
    return "quarantined" if parsed.refused else "declared_empty" if parsed.declared_empty else "silent"


def owed(source: Source, tests: Path = HERE) -> Iterator[str]:
    """What a publisher's declaration, its module or its samples lack, in words."""
    yield from _declared(source)
    yield from _windows(source)
    if type(source).__module__.rpartition(".")[2] != source.name:
        yield f"{source.name}: its module is called {type(source).__module__}"
    if not (tests / f"test_{source.name}.py").is_file():
        yield f"{source.name}: no tests/extractors/sources/test_{source.name}.py"
    answers = [answer_of(file) for file in answer_files(tests / source.name)]
    if not any(source.refusal(answer) is None for answer in answers):
        yield f"{source.name}: no sample answer in {source.name}/"
    if not any(source.refusal(answer) and not source.missing(answer) for answer in answers):
        yield f"{source.name}: no sample of what is no answer (a firewall's page, a broken envelope)"


def _declared(source: Source) -> Iterator[str]:
    if not source.title.strip() or not source.licence.strip():
        yield f"{source.name}: title and licence are for people to read"
    if not source.base_url.startswith("https://") or source.base_url.count("/") != 2:
        yield f"{source.name}: base_url {source.base_url!r} is no https:// host"
    if not 0 < source.rate <= 1:
        yield f"{source.name}: rate {source.rate} is not above 0 and at most one request a second"
    if source.cadence not in _CADENCES:
        yield f"{source.name}: cadence {source.cadence!r} is none of {', '.join(_CADENCES)}"
    if not source.promises or min(source.promises.values()) < 1:
        yield f"{source.name}: promises {source.promises} say of no kind that it must come"
    if any(name.lower() == "user-agent" for name in source.headers):
        yield f"{source.name}: the crawler alone says who we are"


def _windows(source: Source) -> Iterator[str]:
    windows = source.windows(DAY)
    if not windows or len({one.name for one in windows}) != len(windows):
        yield f"{source.name}: windows without a name of their own"
    if any(Window.named(one.name) != one for one in windows):
        yield f"{source.name}: a window that its name does not give back"
    whole = {request.key for request in source.requests(DAY)}
    if {request.key for one in windows for request in source.requests(DAY, one)} != whole or not whole:
        yield f"{source.name}: its windows together do not ask what the whole asks"
    if any(not request.path.startswith("/") for request in source.requests(DAY)):
        yield f"{source.name}: a request's path begins at the base address"
    if not all(any(one.holds(key) for one in windows) for key in ("a", "b", "c", "1", "2")):
        yield f"{source.name}: an item that no share holds"
