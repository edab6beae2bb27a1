"""eyecite on its own domain, in an environment of its own: US opinions generated at their usual density of citations.

    python -m benchmarks.citations --beside-eyecite

This file runs INSIDE that environment and imports nothing of this project: `python beside_eyecite.py SEED BYTES CACHE`.
One JSON line per tokenizer: the keys of `benchmarks.citations.measure`, or `unavailable` with the reason.
"""

from __future__ import annotations

import json
import random
import sys
import time
from pathlib import Path

ROUNDS = 3
REPORTERS = ("U.S.", "S. Ct.", "F.2d", "F.3d", "F. Supp. 2d", "P.2d", "N.E.2d", "Cal. 4th")
NAMES = ("Smith", "Johnson", "Baker", "Miranda", "Riley", "Katz", "Terry", "Carpenter", "Jones", "Lopez")
_OPINION = """the court held that a party seeking relief must show by clear evidence that the order below was entered without notice to those whose
rights it affects and that no other remedy is adequate under the statute as the legislature wrote it when the question first arose on appeal"""
PROSE = _OPINION.split()


def opinion(seed: int, size: int) -> str:
    """About `size` bytes of an opinion: a citation in two sentences of five, full, short, "Id." and statutory, as courts cite."""
    draw = random.Random(seed)  # noqa: S311
    parts: list[str] = []
    total = 0
    while total < size:
        sentence = " ".join(draw.choices(PROSE, k=draw.randint(14, 40))).capitalize()
        if draw.random() < 0.4:
            sentence += ". " + _citation(draw)
        parts.append(sentence + ".")
        total += len(parts[-1]) + 1
    return " ".join(parts)


def _citation(draw: random.Random) -> str:
    volume, page, year = draw.randint(1, 600), draw.randint(1, 1400), draw.randint(1950, 2020)
    reporter = draw.choice(REPORTERS)
    kind = draw.random()
    if kind < 0.55:
        return f"See {draw.choice(NAMES)} v. {draw.choice(NAMES)}, {volume} {reporter} {page}, {page + draw.randint(1, 30)} ({year})"
    if kind < 0.75:
        return f"{draw.choice(NAMES)}, {volume} {reporter} at {page}"
    return f"Id. at {page}" if kind < 0.88 else f"{draw.randint(5, 42)} U.S.C. § {draw.randint(100, 2500)}"


def measure(texts: list[str], tokenizer: object) -> dict[str, object]:
    from eyecite import get_citations

    get_citations(texts[0], tokenizer=tokenizer)  # what is compiled once is not counted
    size = sum(len(text.encode()) for text in texts)
    best, found = float("inf"), 0
    for _ in range(ROUNDS):
        begun = time.process_time()
        found = sum(len(get_citations(text, tokenizer=tokenizer)) for text in texts)
        best = min(best, time.process_time() - begun)
    return {
        "mb": round(size / 1e6, 2),
        "seconds": round(best, 2),
        "mb_per_second": round(size / 1e6 / best, 2),
        "mentions_per_kb": round(found / size * 1000, 2),
    }


def main() -> None:
    seed, size, cache = int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3])
    texts = [opinion(seed + part, 20_000) for part in range(max(1, size // 20_000))]
    from eyecite import tokenizers

    for name in ("AhocorasickTokenizer", "HyperscanTokenizer"):
        try:
            made = tokenizers.HyperscanTokenizer(cache_dir=str(cache)) if name.startswith("Hyper") else tokenizers.AhocorasickTokenizer()
            print(json.dumps({"tokenizer": name, **measure(texts, made)}))
        except ImportError as missing:
            print(json.dumps({"tokenizer": name, "unavailable": str(missing)}))


if __name__ == "__main__":
    main()
