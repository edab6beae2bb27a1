"""Runs INSIDE one revision: reads a corpus with that revision's own code and writes what it found as JSON lines.

    PYTHONPATH=ROOT python -P collect.py ROOT CORPUS KIND OUTPUT

Each line is a record: `text` (whose text), `identity` (what makes it the same record), `label` (for people), `attributes`.
Mentions also hold `span`, [start, end] in characters of the text. The last line is {"texts", "refused", "seconds"}: processor
time of reading the corpus and of extracting. Nothing of this project's other folders is imported, so any revision can run it. KIND status goes through the revision's own
command line (`import`, then `status --jsonl` for every document it knows on some days), so all its steps take part.
"""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

# Before and after the laws on legal documents of 2015 and 2025, years between them, and the end of many fixed terms.
STATUS_DAYS = ("2010-01-01", "2016-07-01", "2020-01-01", "2024-01-01", "2025-04-01", "2026-06-10", "2027-03-01")
DAY = date(2000, 1, 1)  # the day of observation where a text does not say; the same for both revisions
_TITLE = b"class='pDieu'"  # the frame of a codified-law title

Record = dict[str, Any]


def files_of(corpus: Path) -> Iterator[tuple[str, bytes]]:
    """Every file under the corpus with its name inside it, in a stable order."""
    if corpus.is_file():
        yield corpus.name, corpus.read_bytes()
        return
    for file in sorted(one for one in corpus.rglob("*") if one.is_file() and not one.name.startswith(".")):
        yield str(file.relative_to(corpus)), file.read_bytes()


def parsed_of(name: str, data: bytes) -> Iterator[tuple[str, Any]]:
    """Each piece of a file as this revision reads it: (its stable place, extractors.sources.source.Parsed)."""
    from extractors.imports import recognition
    from extractors.sources.phapdien import SOURCE
    from extractors.sources.source import Piece
    from rasoat.records import Origin

    if _TITLE in data:
        piece = Piece("phapdien", "title", name, data)
        yield name, SOURCE.parse(piece, Origin("", name), DAY)
        return
    for piece in recognition.pieces(name, data):
        yield f"{name}:{piece.place}", recognition.parse(piece, Origin("", piece.place), DAY)


def mentions(place: str, parsed: Any) -> Iterator[Record]:
    """The mentions of every part of every procedure and of every article."""
    from extractors.citations import find_mentions

    texts = [(f"{one.code} {part.value}", text, part) for one in parsed.procedures for part, text in one.parts.items()]
    texts += [(f"{one.key} {one.path}", one.text, None) for one in parsed.articles]
    for name, text, part in texts:
        for found in find_mentions(text, part):
            attributes = {key: value for key, value in plain(found).items() if key not in ("start", "end", "quote")}
            span = [found.start, found.end]
            yield {"text": f"{place} {name}", "identity": span, "span": span, "label": found.quote, "attributes": attributes}


def effects(place: str, parsed: Any) -> Iterator[Record]:
    """The clauses of every article, each with its provisions, its day and the basis of its day."""
    from extractors.effects import SourceHead, read_clauses
    from rasoat.identity import key_parts

    heads = {one.key: SourceHead(one.number, one.type, one.issued_on, one.effective_on, one.title) for one in parsed.observations}
    for article in parsed.articles:
        head = heads.get(article.key)
        if head is None:
            type_, number = key_parts(article.key)
            head = SourceHead(number, type_)
        for clause in read_clauses(article.text, head):
            attributes = plain(clause)
            target = attributes.pop("target")
            named = (target["number"] or target["name"] or target["quote"]) if target else "chính văn bản"
            verb = attributes.pop("verb")
            quote = attributes.pop("quote")
            for offset in ("start", "end"):
                attributes.pop(offset)
            for path in attributes.pop("provisions") or [None]:
                yield {
                    "text": f"{place} {article.key} {article.path}",
                    "identity": [verb, named],
                    "label": f"{verb} {named} | {quote}",
                    "attributes": {"provision": path, **attributes},
                }


def statuses(corpus: Path) -> Iterator[Record]:
    """The status of every document that this revision knows from the corpus, on each of some days."""
    with tempfile.TemporaryDirectory(prefix="rasoat-khac-biet-") as home:
        rasoat(home, "import", str(corpus), "--observed-on", STATUS_DAYS[-2])
        rasoat(home, "status", "--jsonl")  # what is derived is brought up to date
        with sqlite3.connect(Path(home) / "rasoat.db") as store:
            numbers = [number for (number,) in store.execute("SELECT id FROM documents ORDER BY id")]
        questions = [{"number": number, "as_of": day} for number in numbers for day in STATUS_DAYS]
        answers = rasoat(home, "status", "--jsonl", given="".join(json.dumps(one) + "\n" for one in questions))
    for line in answers.splitlines():
        said = json.loads(line)
        number, day = said.pop("number"), said.pop("as_of")
        proofs = [[one["document"], one["provision"], one["tier"]] for one in said.pop("evidence")]
        yield {
            "text": number,
            "identity": [day],
            "label": f"{day} {said['status']} ({said['reason']})",
            "attributes": {**said, "evidence": proofs},
        }


def rasoat(home: str, *words: str, given: str = "") -> str:
    """One command of this revision on a store of its own."""
    command = [sys.executable, "-P", "-c", "from cli import app; app()", *words]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("RASOAT_")} | {"RASOAT_HOME": home}
    done = subprocess.run(command, env=environment, input=given, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        sys.exit((done.stderr.strip().splitlines() or ["?"])[-1])
    return done.stdout


def plain(value: Any) -> dict[str, Any]:
    """A record of dataclasses, enums and dates as plain JSON values."""
    from dataclasses import asdict

    found: dict[str, Any] = json.loads(json.dumps(asdict(value), default=str))
    return found


def main() -> None:
    root, corpus, kind, output = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], Path(sys.argv[4])
    import extractors

    if not Path(extractors.__file__ or "").resolve().is_relative_to(root.resolve()):
        sys.exit(f"{root}: không có gói extractors của chính phiên bản này / this revision has no extractors of its own")
    if kind == "status":
        _write_statuses(corpus, output)
        return
    reader = {"mentions": mentions, "effects": effects}[kind]
    texts, refused, begun = 0, 0, time.process_time()
    parsed = [one for name, data in files_of(corpus) for one in parsed_of(name, data)]
    read = time.process_time()
    with output.open("w", encoding="utf-8") as lines:
        for place, one in parsed:
            texts += len(one.articles) + sum(len(procedure.parts) for procedure in one.procedures)
            refused += len(one.refused)
            lines.writelines(json.dumps(record, ensure_ascii=False) + "\n" for record in reader(place, one))
        done = time.process_time()
        lines.write(
            json.dumps({"texts": texts, "refused": refused, "read_seconds": round(read - begun, 2), "seconds": round(done - read, 2)})
            + "\n"
        )


def _write_statuses(corpus: Path, output: Path) -> None:
    begun = time.perf_counter()
    records = list(statuses(corpus))
    with output.open("w", encoding="utf-8") as lines:
        lines.writelines(json.dumps(record, ensure_ascii=False) + "\n" for record in records)
        documents = len({record["text"] for record in records})
        seconds = round(time.perf_counter() - begun, 2)  # of other processes too: wall time
        lines.write(json.dumps({"texts": documents, "refused": 0, "read_seconds": 0.0, "seconds": seconds}) + "\n")


if __name__ == "__main__":
    main()
