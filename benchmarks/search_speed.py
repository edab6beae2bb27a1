"""How fast search is: `python benchmarks/search_speed.py --engine embedded --procedures 10000 --documents 173000 --queries 500`.

The corpus is generated with the shape of the national catalogue (July 2026): field sizes fall off as a power law (the
largest of 283 fields holds a tenth of all procedures), names have 6 to 40 words (median 15), a third of procedures has
its text (median 6,000 characters), a fifth are provinces' copies of one name. Questions are of the kinds citizens type.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from search.engines import Engine, Query, open_engine
from search.entries import Entry, Kind
from search.places import provinces

DAY = date(2026, 7, 18)
VERBS = [
    "Cấp",
    "Cấp lại",
    "Cấp đổi",
    "Đăng ký",
    "Gia hạn",
    "Thu hồi",
    "Điều chỉnh",
    "Công nhận",
    "Phê duyệt",
    "Thông báo",
    "Hỗ trợ",
    "Giải quyết",
    "Thẩm định",
    "Chấp thuận",
    "Xác nhận",
]
THINGS = [
    "giấy phép",
    "giấy chứng nhận",
    "chứng chỉ hành nghề",
    "giấy xác nhận",
    "thẻ",
    "bản sao",
    "trợ cấp",
    "chế độ",
    "hồ sơ",
    "kế hoạch",
    "đề án",
    "hợp đồng",
    "quyết định",
    "thông tin",
    "kết quả",
]
SYLLABLES = [
    "khai",
    "sinh",
    "kết",
    "hôn",
    "cư",
    "trú",
    "thường",
    "tạm",
    "đất",
    "đai",
    "nhà",
    "ở",
    "xây",
    "dựng",
    "môi",
    "trường",
    "nước",
    "lao",
    "động",
    "bảo",
    "hiểm",
    "xã",
    "hội",
    "y",
    "tế",
    "giáo",
    "dục",
    "trường",
    "học",
    "doanh",
    "nghiệp",
    "hộ",
    "kinh",
    "doanh",
    "thuế",
    "hải",
    "quan",
    "vận",
    "tải",
    "đường",
    "bộ",
    "thủy",
    "sản",
    "chăn",
    "nuôi",
    "thú",
    "trồng",
    "trọt",
    "rừng",
    "khoáng",
    "sản",
    "điện",
    "năng",
    "lượng",
    "an",
    "toàn",
    "thực",
    "phẩm",
    "dược",
    "khám",
    "chữa",
    "bệnh",
    "hành",
    "nghề",
    "công",
    "chứng",
    "luật",
    "sư",
    "đấu",
    "giá",
    "trọng",
    "tài",
    "quốc",
    "tịch",
    "hộ",
    "chiếu",
    "người",
    "nước",
    "ngoài",
    "có",
    "công",
    "liệt",
    "sĩ",
    "thương",
    "binh",
    "khuyết",
    "tật",
    "trẻ",
    "em",
    "văn",
    "hóa",
    "thể",
    "thao",
    "du",
    "lịch",
]
LEVELS = (("Cấp xã",), ("Cấp tỉnh",), ("Cấp bộ",), ("Cấp tỉnh", "Cấp xã"))
ASKED = (
    "làm giấy khai sinh cho con", "gplx hết hạn", "mất sổ đỏ làm lại thế nào", "dang ky thuong tru", "123/2015", "nghi dinh 99 2020",
    "thủ tục theo nghị định 50/2019/NĐ-CP", "1.0012", "đất đai lai châu", "nghĩavụ quânsự", "cấp lại giấy phép hành nghề", "bộ tư pháp hộ tịch",
    "xin giấy xác nhận độc thân", "đổi cccd", "hỗ trợ người khuyết tật", "GPXD nhà ở", "rút bhxh 1 lần", "mở quán ăn",
)  # fmt: skip


def words(chance: random.Random, count: int) -> str:
    return " ".join(chance.choices(SYLLABLES, k=count))


def corpus(procedures: int, documents: int, seed: int = 1) -> Iterator[Entry]:
    """Entries of the catalogue's shape; the same for the same arguments."""
    chance = random.Random(seed)  # noqa: S311 a benchmark, not a secret
    fields = [words(chance, chance.randint(2, 5)).capitalize() for _ in range(283)]
    weights = [1 / (rank + 3) ** 1.1 for rank in range(len(fields))]
    today = sorted(set(provinces().values()))
    names: list[str] = []
    for number in range(procedures):
        copied = bool(names) and chance.random() < 0.2
        length = min(max(int(chance.lognormvariate(2.4, 0.5)), 3), 36)
        name = chance.choice(names) if copied else f"{chance.choice(VERBS)} {chance.choice(THINGS)} {words(chance, length)}"
        names.append(name)
        text = words(chance, min(int(chance.lognormvariate(7.0, 0.8)), 12_000)) if chance.random() < 0.33 else ""
        code = f"{chance.randint(1, 3)}.{number:06d}"
        province = chance.choice(today) if copied else ""
        yield Entry(
            id=f"procedure:{code}", kind=Kind.PROCEDURE, key=code, title=name, body=text, numbers=(code,),
            cites=tuple(f"{chance.randint(1, 180)}/{chance.randint(2010, 2026)}/NĐ-CP" for _ in range(chance.randint(0, 9))),
            publisher=f"UBND tỉnh {province}" if province else "Bộ Tư pháp", agencies=("Ủy ban nhân dân cấp xã",), province=province,
            levels=chance.choice(LEVELS), fields=tuple(chance.choices(fields, weights)), audience=("Công dân Việt Nam",),
            status="published", as_of=DAY, observed_on=DAY,
        )  # fmt: skip
    for number in range(documents):
        issued = date(1990, 1, 1) + timedelta(days=chance.randint(0, 13_000))
        name = f"{number}/{issued.year}/{chance.choice(('NĐ-CP', 'TT-BTC', 'QĐ-UBND', 'NQ-HĐND'))}"
        yield Entry(
            id=f"document:{name}", kind=Kind.DOCUMENT, key=name, title=f"Quy định về {words(chance, chance.randint(6, 30))}", numbers=(name,),
            type="Nghị định", publisher="Chính phủ", status=chance.choice(("in_force", "expired", "unknown")), as_of=DAY, issued_on=issued,
        )  # fmt: skip


def measured(engine: Engine, queries: int) -> dict[str, float]:
    """Milliseconds a question, facets included, after a warm-up of one of each kind."""
    for text in ASKED:
        engine.search(Query(text))
    times = []
    for number in range(queries):
        begun = time.perf_counter()
        engine.search(Query(ASKED[number % len(ASKED)], page=1 + number % 3))
        times.append((time.perf_counter() - begun) * 1000)
    times.sort()
    return {"p50_ms": statistics.median(times), "p95_ms": times[int(len(times) * 0.95)], "p99_ms": times[int(len(times) * 0.99)]}


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--engine", choices=("embedded", "elasticsearch"), default="embedded")
    arguments.add_argument("--url", help="the Elasticsearch server")
    arguments.add_argument("--procedures", type=int, default=10_000)
    arguments.add_argument("--documents", type=int, default=173_000)
    arguments.add_argument("--queries", type=int, default=500)
    asked = arguments.parse_args()
    with tempfile.TemporaryDirectory() as home:
        engine = open_engine(asked.engine, Path(home), asked.url)
        begun = time.perf_counter()
        count = engine.build(corpus(asked.procedures, asked.documents))
        built = time.perf_counter() - begun
        begun = time.perf_counter()
        engine.update(corpus(100, 0), expected=None)
        updated = time.perf_counter() - begun
        found: dict[str, object] = {
            "engine": asked.engine,
            "entries": count,
            "build_s": built,
            "entries_per_s": count / built,
            "update_100_s": updated,
        }
        found |= measured(engine, asked.queries)
        found["peak_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        if asked.engine == "embedded":
            found["disk_mb"] = sum(path.stat().st_size for path in Path(home).rglob("*") if path.is_file()) / 1e6
        engine.close()
    json.dump({name: round(value, 2) if isinstance(value, float) else value for name, value in found.items()}, sys.stdout, indent=1)
    print()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
