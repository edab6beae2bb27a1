"""How fast citations are found: MB of text a second on one core, mentions in a MB.

    python -m benchmarks.citations                     its own text, generated from a seed
    python -m benchmarks.citations FILE… [--jsonl]     text files, or JSON lines whose string fields are the text

Every text is read as the program reads it: numbers, names, dates, issuers, provisions and roles. The best of three
rounds counts, in processor time, so other programs on the machine do not.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from extractors.citations import find_mentions, render

ROUNDS = 3
WORDS = [
    "hồ",
    "sơ",
    "đề",
    "nghị",
    "cấp",
    "giấy",
    "phép",
    "được",
    "nộp",
    "trực",
    "tiếp",
    "hoặc",
    "qua",
    "dịch",
    "vụ",
    "bưu",
    "chính",
    "công",
    "ích",
    "đến",
    "trung",
    "tâm",
    "phục",
    "vụ",
    "hành",
    "chính",
    "công",
    "cơ",
    "quan",
    "có",
    "thẩm",
    "quyền",
    "kiểm",
    "tra",
    "tính",
    "hợp",
    "lệ",
    "trong",
    "thời",
    "hạn",
    "làm",
    "việc",
    "kể",
    "từ",
    "ngày",
    "nhận",
    "đủ",
    "trường",
    "hợp",
    "không",
    "đáp",
    "ứng",
    "điều",
    "kiện",
    "thì",
    "thông",
    "báo",
    "bằng",
    "văn",
    "bản",
    "và",
    "nêu",
    "rõ",
    "lý",
    "do",
    "tổ",
    "chức",
    "cá",
    "nhân",
    "thực",
    "hiện",
    "theo",
    "hướng",
    "dẫn",
    "bản",
    "sao",
    "chứng",
    "thực",
    "tờ",
    "khai",
    "lệ",
    "phí",
    "kết",
    "quả",
    "giải",
    "quyết",
    "thủ",
    "tục",
]
TYPES = (
    ("Nghị định", "NĐ-CP", "Chính phủ"),
    ("Thông tư", "TT-BTC", "Bộ trưởng Bộ Tài chính"),
    ("Luật", "QH14", None),
    ("Quyết định", "QĐ-UBND", "UBND tỉnh Hà Nam"),
)
LAWS = ("Luật Đất đai", "Luật Doanh nghiệp năm 2020", "Bộ luật Dân sự", "Luật Thi đua, khen thưởng")


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
    year = draw.randint(2016, 2020)
    provisions = [f"dieu-{draw.randint(1, 90)}/khoan-{draw.randint(1, 9)}" for _ in range(draw.choice((0, 0, 1, 1, 2)))]
    day = date(year, draw.randint(1, 12), draw.randint(1, 28)) if draw.random() < 0.6 else None
    return render(type_, f"{draw.randint(1, 300):02d}/{year}/{symbol}", day, issuer if day else None, provisions)


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


def measure(texts: list[str]) -> dict[str, object]:
    """MB (10^6 bytes of UTF-8) a second of processor time, mentions a MB and of each kind."""
    size = sum(len(text.encode()) for text in texts) / 1e6
    best = float("inf")
    kinds: Counter[str] = Counter()
    for _ in range(ROUNDS):
        begun = time.process_time()
        kinds = Counter(mention.kind.value for text in texts for mention in find_mentions(text))
        best = min(best, time.process_time() - begun)
    total = sum(kinds.values())
    return {
        "mb": round(size, 2),
        "seconds": round(best, 2),
        "mb_per_second": round(size / best, 2),
        "mentions_per_mb": round(total / size),
        **kinds,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--jsonl", action="store_true", help="the files are JSON lines")
    parser.add_argument("--seed", type=int, default=20261122)
    options = parser.parse_args()
    texts = texts_of(options.files, options.jsonl) if options.files else [procedure_text(options.seed + part, 40) for part in range(500)]
    print(json.dumps(measure(texts)))


if __name__ == "__main__":
    main()
