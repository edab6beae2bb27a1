"""How fast citations are found and resolved: MB of text a second on one core, with the density of mentions beside it.

    python -m benchmarks.citations                          its own text, generated from a seed, and a register that holds what it cites
    python -m benchmarks.citations --home FOLDER            the texts of the procedures of a store (RASOAT_HOME), with its own register
    python -m benchmarks.citations FILE… [--jsonl]          text files, or JSON lines whose string fields are the text
    python -m benchmarks.citations --beside-eyecite PYTHON  eyecite beside it, in the environment of that interpreter

Every text is read as the program reads it: numbers, names, dates, issuers, provisions and roles; then each mention is
resolved in the context of its text. The best of three rounds counts, in processor time, so other programs on the machine
do not. `plain_*` is what one regular expression for modern numbers does on the same text: no names, no provisions, no roles.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import subprocess
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from extractors.citations import find_mentions, render
from extractors.citations.resolution.document_register import Context, DocumentRegister
from rasoat.identity import document_key
from rasoat.records import KnownFrom, LegalDocument, Mention, MentionKind

ROUNDS = 3
HERE = Path(__file__).parent
PLAIN = re.compile(r"\d+[A-Za-z]?/(?:19|20)\d\d/(?:[A-ZĐ]+-)*[A-ZĐ]+\d*")
_PROSE = """hồ sơ đề nghị cấp giấy phép được nộp trực tiếp hoặc qua dịch vụ bưu chính công ích đến trung tâm phục vụ hành chính công cơ quan
có thẩm quyền kiểm tra tính hợp lệ trong thời hạn làm việc kể từ ngày nhận đủ trường hợp không đáp ứng điều kiện thì thông báo bằng văn bản
và nêu rõ lý do tổ chức cá nhân thực hiện theo hướng dẫn bản sao chứng thực tờ khai lệ phí kết quả giải quyết thủ tục"""
WORDS = _PROSE.split()
TYPES = (
    ("Nghị định", "NĐ-CP", "Chính phủ"),
    ("Thông tư", "TT-BTC", "Bộ trưởng Bộ Tài chính"),
    ("Luật", "QH14", None),
    ("Quyết định", "QĐ-UBND", "UBND tỉnh Hà Nam"),
)
SERIALS, YEARS = range(1, 301), range(2016, 2021)
LAWS = ("Luật Đất đai", "Luật Doanh nghiệp năm 2020", "Bộ luật Dân sự", "Luật Thi đua, khen thưởng")
Placed = tuple[str, Context]


def procedure_text(seed: int, sentences: int) -> str:
    """Sentences like those of a procedure, about one in three with a citation."""
    draw = random.Random(seed)  # noqa: S311
    lines = []
    for _ in range(sentences):
        words = " ".join(draw.choices(WORDS, k=draw.randint(18, 55)))
        if draw.random() < 0.35:
            words += " theo quy định tại " + (draw.choice(LAWS) if draw.random() < 0.25 else _citation(draw))
        lines.append(f"- {words[0].upper()}{words[1:]};")
    return "\n".join(lines)


def _citation(draw: random.Random) -> str:
    type_, symbol, issuer = draw.choice(TYPES)
    year = draw.choice(YEARS)
    provisions = [f"dieu-{draw.randint(1, 90)}/khoan-{draw.randint(1, 9)}" for _ in range(draw.choice((0, 0, 1, 1, 2)))]
    day = date(year, draw.randint(1, 12), draw.randint(1, 28)) if draw.random() < 0.6 else None
    return render(type_, f"{draw.choice(SERIALS):02d}/{year}/{symbol}", day, issuer if day else None, provisions)


def generated_register() -> DocumentRegister:
    """Every document that the generated text can cite by number, and more laws of the same years."""
    made = []
    for type_, symbol, issuer in TYPES:
        for year in YEARS:
            for serial in SERIALS:
                number = f"{serial:02d}/{year}/{symbol}"
                key = document_key(type_, number, issuer, None) or number
                made.append(LegalDocument(key, number, number, type_, issuer, None, None, None, KnownFrom.TEXT))
    return DocumentRegister(made)


def strings(value: object) -> Iterator[str]:
    """All strings of a JSON value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from strings(item)
    elif isinstance(value, list):
        for item in value:
            yield from strings(item)


def texts_of(files: list[Path], jsonl: bool) -> list[str]:
    found: list[str] = []
    for file in files:
        content = file.read_text(encoding="utf-8")
        if jsonl:
            found.extend(text for line in content.splitlines() if line.strip() for text in strings(json.loads(line)))
        else:
            found.append(content)
    return found


def stored(home: Path) -> tuple[list[Placed], DocumentRegister]:
    """The texts of all procedures of a store, each once, and the register of its documents."""
    from rasoat.settings import Settings
    from rasoat.store.database import open_database
    from rasoat.store.derived import load_documents
    from rasoat.store.extracted import load_versions, sightings

    with open_database(Settings(home=home, database_url="").database).connect() as connection:
        register = DocumentRegister(load_documents(connection))
        texts: dict[str, Context] = {}
        for version in load_versions(connection, sightings(connection)):
            one = version.procedure
            context = Context(issuer=one.publisher, province=one.publisher, on=one.observed_on)
            for text in one.parts.values():
                texts.setdefault(text, context)
    return list(texts.items()), register


def best(work: Callable[[], object]) -> float:
    """Processor seconds of the fastest of three rounds."""
    fastest = float("inf")
    for _ in range(ROUNDS):
        begun = time.process_time()
        work()
        fastest = min(fastest, time.process_time() - begun)
    return fastest


def measure(texts: list[Placed], register: DocumentRegister) -> dict[str, object]:
    """MB (10^6 bytes of UTF-8) a second of processor time, mentions a MB, of each kind, and how many were resolved."""
    size = sum(len(text.encode()) for text, _ in texts) / 1e6
    found: list[tuple[Context, Mention]] = []

    def find() -> None:
        found[:] = [(context, mention) for text, context in texts for mention in find_mentions(text)]

    finding = best(find)
    asked = [(context, mention) for context, mention in found if mention.kind is not MentionKind.SELF]
    resolving = best(lambda: [register.resolve(mention, context) for context, mention in asked])
    keys = sum(register.resolve(mention, context).key is not None for context, mention in asked)
    plain = best(lambda: [PLAIN.findall(text) for text, _ in texts])
    return {
        "mb": round(size, 2),
        "mb_per_second": round(size / (finding + resolving), 2),
        "finding_mb_per_second": round(size / finding, 2),
        "resolutions_per_second": round(len(asked) / resolving) if resolving else None,
        "mentions_per_mb": round(len(found) / size),
        "resolved_share": round(keys / len(asked), 3) if asked else None,
        "with_provisions": sum(bool(mention.provisions) for _, mention in found),
        **Counter(mention.kind.value for _, mention in found),
        "plain_mb_per_second": round(size / plain, 2),
        "plain_found": sum(len(PLAIN.findall(text)) for text, _ in texts),
    }


def beside_eyecite(python: str, seed: int, cache: Path) -> Iterator[dict[str, object]]:
    """What eyecite does on its own domain in an environment of its own, one row for each of its tokenizers."""
    command = [python, str(HERE / "beside_eyecite.py"), str(seed), "5000000", str(cache)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - the interpreter the user names
    if done.returncode:
        raise SystemExit(f"{python}: không chạy được eyecite / eyecite cannot run: {done.stderr.strip().splitlines()[-1:]}")
    yield from (json.loads(line) for line in done.stdout.splitlines())


def main() -> None:
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("files", nargs="*", type=Path)
    cli.add_argument("--jsonl", action="store_true", help="the files are JSON lines")
    cli.add_argument("--home", type=Path, help="measure on the procedures of this store")
    cli.add_argument("--seed", type=int, default=20261122)
    cli.add_argument("--beside-eyecite", metavar="PYTHON", help="an interpreter whose environment holds eyecite and hyperscan")
    cli.add_argument("--cache", type=Path, default=Path("/tmp/eyecite-cache"), help="where eyecite keeps its compiled patterns")  # noqa: S108
    asked = cli.parse_args()
    if asked.home:
        texts, register = stored(asked.home)
    else:
        plain = texts_of(asked.files, asked.jsonl) or [procedure_text(asked.seed + part, 40) for part in range(500)]
        texts, register = [(text, Context()) for text in plain], generated_register()
    print(json.dumps(measure(texts, register)))
    if asked.beside_eyecite:
        for row in beside_eyecite(asked.beside_eyecite, asked.seed, asked.cache):
            print(json.dumps(row))


if __name__ == "__main__":
    main()
