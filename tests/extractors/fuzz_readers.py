"""Broken inputs for every reader: bytes in, records or a named refusal out, in bounded time and memory.

By hand for as long as one likes: `python -m tests.extractors.fuzz_readers --seconds 3600 --seed 7`. Every input follows from the seed and
its number; one that is answered by anything else than records or a refusal is saved, and printed with what happened.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import json
import random
import re
import sys
import time
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from PIL import Image

from extractors.apart import Errand, ReadingProcess
from extractors.apart.allowance import Allowance
from extractors.formats.extracted_text import UnreadableError
from extractors.imports import inspection_form as form
from extractors.sources.source import Answer, Request
from rasoat.archive import Stored
from rasoat.store.capture_store import AnswerRow
from rasoat.trouble import Trouble
from tests.extractors.formats.sample_files import pdf, word, workbook
from tests.extractors.sources.golden_answers import answer_files, answer_of

SOURCES_FOLDER = Path(__file__).parent / "sources"
DAY = date(2026, 6, 10)
# How the process that reads says that something went wrong which no reader foresaw.
UNFORESEEN = frozenset({"apart.memory", "apart.processor", "apart.slow", "apart.crashed", "apart.failed"})
FAULT = "chưa lường trước"
ALLOWANCE = Allowance(memory=160_000_000, seconds=15, silence=300)
_LISTS = [
    ["STT", "Mã thủ tục", "Tên thủ tục hành chính"],
    ["1", "1.001193", "Đăng ký khai sinh"],
    ["2", "2.000635", "Cấp bản sao trích lục"],
]
_MADE_AT = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d")


@dataclass(frozen=True, slots=True)
class Seed:
    """A sound input, and who reads it."""

    reader: str
    name: str
    data: bytes


def seeds() -> list[Seed]:
    """Small sound inputs of every kind, made here."""
    office = {
        "list.xlsx": _clockless(workbook(_LISTS)),
        "list.docx": _clockless(word("DANH MỤC THỦ TỤC HÀNH CHÍNH NIÊM YẾT", table=_LISTS)),
        "text.pdf": pdf("QUYET DINH So 1/QD-UBND\nDieu 1. Cong bo danh muc thu tuc\n1.001193 Dang ky khai sinh" * 3, ""),
        "page.html": _page(), "list.csv": "\n".join(",".join(row) for row in _LISTS).encode(), "list.txt": _piped(),
        "decision.txt": _decision().encode(), "decision16.txt": _decision().encode("utf-16"), "scan.png": _picture("PNG"),
        "scan.tiff": _picture("TIFF"), "scan.jpg": _picture("JPEG"), "lines.jsonl": _lines(), "form.xlsx": _form(),
        "documents.jsonl": json.dumps({"number": "1/2020/NĐ-CP", "text": _decision()}, ensure_ascii=False).encode(),
        "mail.rtf": b"{\\rtf1\\ansi {\\b Quyet dinh} 1.001193\\par }",
    }  # fmt: skip
    found = [Seed(reader, name, data) for name, data in office.items() for reader in ("bytes", "posted", "import", "form", "lines")]
    found = [one for one in found if not (one.name.endswith(".rtf") and one.reader != "bytes")]
    for folder in sorted(path for path in SOURCES_FOLDER.iterdir() if path.is_dir() and path.name != "__pycache__"):
        for file in answer_files(folder):
            answer = answer_of(file)
            told = f"{folder.name}\n{answer.request.key}\n{answer.status}\n{answer.media_type}"
            found.append(Seed("source", told, answer.body))
    return [*found, Seed("robots", "robots.txt", b"User-agent: *\nDisallow: /a*$\nCrawl-delay: 2\n\nUser-agent: rasoat\nAllow: /\n")]


def _page() -> bytes:
    cells = "".join("<tr>" + "".join(f"<td colspan=1>{cell}</td>" for cell in row) + "</tr>" for row in _LISTS)
    return f"<!doctype html><html><body><p>DANH MỤC NIÊM YẾT<sup>1</sup></p><table>{cells}</table></body></html>".encode()


def _piped() -> bytes:
    return "\n".join("|" + "|".join(row) + "|" for row in _LISTS).encode()


def _decision() -> str:
    return (
        "ỦY BAN NHÂN DÂN\nTỈNH LAI CHÂU\nSố: 12/QĐ-UBND\nLai Châu, ngày 5 tháng 6 năm 2026\nQUYẾT ĐỊNH\nVề việc công bố danh mục thủ tục\n"
        "Điều 1. Công bố danh mục thủ tục hành chính 1.001193.\nĐiều 2. Bãi bỏ khoản 1 Điều 5 Quyết định số 3/2020/QĐ-UBND.\nNơi nhận:\n"
    )


def _lines() -> bytes:
    posting = {"record": "posting", "unit": "lai-chau/xa-than-uyen", "procedure": "1.001193", "channel": "premises", "observed_on": "2026-06-10",
               "state": "posted"}  # fmt: skip
    look = {"record": "look", "unit": "lai-chau/xa-than-uyen", "channel": "premises", "observed_on": "2026-06-10", "complete": True}
    return "\n".join(json.dumps(one) for one in (posting, look)).encode()


def _form() -> bytes:
    rows: list[list[object]] = [[""] * len(form.COLUMNS) for _ in range(form.ROWS_FROM + 3)]
    rows[0][0], rows[form.HEAD["unit"] - 1][2], rows[form.HEAD["observed_on"] - 1][2] = form.MARK, "lai-chau/xa-than-uyen", "10/06/2026"
    rows[form.ROWS_FROM] = ["1", "1.001193", "Đăng ký khai sinh", "Trụ sở", "Có niêm yết", "Bảng", "", "", "", "a.jpg", ""]
    return _clockless(workbook(rows))


def _picture(kind: str) -> bytes:
    out = io.BytesIO()
    Image.new("L", (60, 40), 200).save(out, kind)
    return out.getvalue()


def read_one(reader: str, name: str, data: bytes) -> str:
    """Give one input to one reader, in the process that reads; a word for what came out.

    Raises:
        Trouble: a refusal by name.
    """
    from scrapy.http import Response

    from extractors.crawl.robots import rules_of
    from extractors.formats.read_bytes import read_bytes
    from extractors.imports.filled_form import is_form, read_filled
    from extractors.imports.posting_lines import read_lines
    from extractors.postings import read_file

    match reader:
        case "bytes":
            return _worded(read_bytes(name, data).problems)
        case "posted":
            return _worded(read_file(name, data, None, scans=False).problems)
        case "form":
            return _worded(read_filled(data).problems) if is_form(data) else "no form"
        case "lines":
            return _worded(read_lines(data).problems)
        case "import":
            return _pieces("import", name, 200, "", data)
        case "robots":
            chosen = ("gzip", "deflate", "")[len(data) % 3]
            rules = rules_of(Response("https://a.vn/robots.txt", headers={"Content-Encoding": chosen}, body=data))
            rules.allows("https://a.vn/b")
            return f"rules {rules.delay >= 0}"
        case _:
            source, key, status, media_type = name.split("\n")
            return _pieces(source, key, int(status), media_type, data)


def _pieces(source: str, key: str, status: int, media_type: str, data: bytes) -> str:
    from extractors.sources.registry import SOURCES
    from pipeline.piece_reading import cut_answer, read_piece

    if asked := SOURCES.get(source):
        answer = Answer(Request(key, "/"), status, media_type, data)
        if asked.refusal(answer) is None:
            list(asked.follow(answer))
        asked.missing(answer)
    row = AnswerRow(source, key, DAY, status, "", Stored(hashlib.sha256(data).hexdigest(), "", 0, len(data), len(data), media_type))
    reasons = [reason for piece in cut_answer(row, data) for _, _, reason in read_piece("0" * 64, piece).refusals]
    return _worded(tuple(reasons))


def _worded(problems: tuple[str, ...] | list[str]) -> str:
    return next((problem for problem in problems if FAULT in problem), "refused in part" if problems else "read")


def mutated(data: bytes, chance: random.Random, others: list[bytes]) -> bytes:
    """The input with one to four things done to it."""
    for _ in range(chance.choice((1, 1, 2, 4))):
        data = chance.choice(_CHANGES)(data, chance, others)
    return data[:2_000_000]


def _flip(data: bytes, chance: random.Random, others: list[bytes]) -> bytes:
    out = bytearray(data)
    for _ in range(chance.choice((1, 3, 20))):
        if out:
            out[chance.randrange(len(out))] = chance.choice((0, 255, 10, 34, 60, 123, chance.randrange(256)))
    return bytes(out)


def _cut(data: bytes, chance: random.Random, others: list[bytes]) -> bytes:
    at = chance.randrange(len(data) + 1)
    return data[:at] if chance.random() < 0.7 else data[at:]


def _twice(data: bytes, chance: random.Random, others: list[bytes]) -> bytes:
    start = chance.randrange(len(data) + 1)
    part = data[start : start + chance.choice((1, 8, 100, 2000))]
    return data[:start] + part * chance.choice((2, 30, 300)) + data[start:]


def _splice(data: bytes, chance: random.Random, others: list[bytes]) -> bytes:
    other = chance.choice(others)
    at, start = chance.randrange(len(data) + 1), chance.randrange(len(other) + 1)
    return data[:at] + other[start : start + chance.choice((10, 200, 5000))] + data[at:]


def _number(data: bytes, chance: random.Random, others: list[bytes]) -> bytes:
    places = [at for at, sign in enumerate(data) if 48 <= sign <= 57]
    if not places:
        return _flip(data, chance, others)
    at = chance.choice(places)
    return data[:at] + chance.choice((b"-1", b"0", b"99999999", b"9" * 400, b"1e308", b"0x1", b"4294967296", b"")) + data[at + 1 :]


def _inside_zip(data: bytes, chance: random.Random, others: list[bytes]) -> bytes:
    """One member of a zip changed and packed again, or the whole packed in another way."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
    except Exception:
        return _flip(data, chance, others)
    if parts:
        name = chance.choice(sorted(parts))
        parts[name] = chance.choice(_PLAIN)(parts[name], chance, others)
    return _packed(parts, chance.choice((0, 8, 8, 8, 12, 14)))


def _packed(parts: dict[str, bytes], method: int) -> bytes:
    """A zip that is the same whenever it is made."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, body in parts.items():
            archive.writestr(zipfile.ZipInfo(name), body, compress_type=method)
    return out.getvalue()


def _clockless(office: bytes) -> bytes:
    """An office file without the time at which it was made, so that an input follows from its number alone."""
    with zipfile.ZipFile(io.BytesIO(office)) as archive:
        parts = {name: _MADE_AT.sub(b"2026-01-01T00:00:00", archive.read(name)) for name in archive.namelist()}
    return _packed(parts, zipfile.ZIP_DEFLATED)


def _inside_json(data: bytes, chance: random.Random, others: list[bytes]) -> bytes:
    """One value of a JSON text replaced by something of another type, size or depth."""
    lines = data.split(b"\n")
    at = chance.randrange(len(lines))
    try:
        value = json.loads(lines[at])
    except (ValueError, RecursionError):
        return _flip(data, chance, others)
    odd: list[Any] = [None, True, -1, 10**30, 1.5, "", "x", "\ud800", "\x00", "1" * 5000, [], {}, [[]], {"id": {}}, "2026-13-45", 1e308]
    lines[at] = json.dumps(_replaced(value, chance, chance.choice(odd))).encode("utf-8", "surrogatepass")
    return b"\n".join(lines)


def _replaced(value: Any, chance: random.Random, odd: Any) -> Any:
    if isinstance(value, dict) and value and chance.random() < 0.85:
        key = chance.choice(list(value))
        if chance.random() < 0.1:
            return {name: one for name, one in value.items() if name != key}
        return {**value, key: _replaced(value[key], chance, odd)}
    if isinstance(value, list) and value and chance.random() < 0.85:
        at = chance.randrange(len(value))
        return [*value[:at], _replaced(value[at], chance, odd), *value[at + 1 :]]
    return odd


def _inside_flate(data: bytes, chance: random.Random, others: list[bytes]) -> bytes:
    """The first packed stream of a PDF or PNG unfolded, changed and packed again."""
    at = data.find(b"\x78\x9c")
    try:
        unpacker = zlib.decompressobj()
        inside = unpacker.decompress(data[at:], 1_000_000)
    except zlib.error:
        return _flip(data, chance, others)
    if at < 0:
        return _flip(data, chance, others)
    return data[:at] + zlib.compress(chance.choice(_PLAIN)(inside, chance, others)) + unpacker.unused_data


Change = Callable[[bytes, random.Random, list[bytes]], bytes]
_PLAIN: tuple[Change, ...] = (_flip, _cut, _twice, _splice, _number)
_CHANGES: tuple[Change, ...] = (*_PLAIN, _inside_zip, _inside_zip, _inside_json, _inside_json, _inside_flate)


@dataclass(slots=True)
class Tried:
    """How many inputs each reader was given, what came out, and the failures: (number, reader, what happened, input)."""

    inputs: Counter[str] = field(default_factory=Counter)
    ends: Counter[str] = field(default_factory=Counter)
    failures: list[tuple[int, Seed, str]] = field(default_factory=list)


_READ_ONE = Errand("tests.extractors.fuzz_readers:read_one", "builtins:str")


def inputs(seed: int) -> Iterator[tuple[int, Seed]]:
    """The inputs of a seed, without end."""
    sound = seeds()
    others = [one.data for one in sound]
    for number in range(sys.maxsize):
        chance = random.Random(f"{seed}/{number}")
        one = sound[number % len(sound)] if number < len(sound) else chance.choice(sound)
        if one.name.endswith(".rtf") and chance.random() < 0.97:
            continue  # LibreOffice takes seconds for each
        yield number, Seed(one.reader, one.name, one.data if number < len(sound) else mutated(one.data, chance, others))


def tried(seconds: float, seed: int, process: ReadingProcess) -> Tried:
    """Give inputs to their readers for so many seconds."""
    done, until = Tried(), time.monotonic() + seconds
    for number, one in inputs(seed):
        if time.monotonic() > until:
            return done
        try:
            end = process.ask(_READ_ONE, one.reader, one.name, one.data)
        except UnreadableError as refusal:
            end = str(refusal) if refusal.code in UNFORESEEN else f"refused: {refusal.code}"
            if refusal.code in UNFORESEEN:
                done.failures.append((number, one, end))
        except Trouble as refusal:
            end = f"refused: {refusal.code}"
        if FAULT in end and (not done.failures or done.failures[-1][0] != number):
            done.failures.append((number, one, end))
        done.inputs[one.reader] += 1
        done.ends[end if len(end) < 60 else end[:60]] += 1
    return done


def main() -> None:
    """Try for a while and say what was found; exit 1 where anything was."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--save", type=Path, default=Path("fuzz-found"))
    told = parser.parse_args()
    process = ReadingProcess(ALLOWANCE)
    done = tried(told.seconds, told.seed, process)
    process.close()
    print(
        f"seed {told.seed}: {done.inputs.total()} inputs in {told.seconds:g} s:",
        ", ".join(f"{name} {n}" for name, n in done.inputs.most_common()),
    )
    for number, one, end in done.failures:
        told.save.mkdir(parents=True, exist_ok=True)
        path = told.save / f"{told.seed}-{number}-{one.reader}-{Path(one.name.partition(chr(10))[0]).name}"
        path.write_bytes(one.data)
        print(f"{path}: {one.name!r}: {end}")
    raise SystemExit(bool(done.failures))


if __name__ == "__main__":
    main()
