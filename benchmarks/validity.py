"""How fast and how large the validity engine is on a synthetic country; prints one JSON line.

    python benchmarks/validity.py --documents 173000 --effects 1000000 --procedures 10000

`status_ms_median` and `_p99` are over questions on documents nobody asked about before; `recheck_s` is the run of all rules
over the procedures, `recheck_again_s` the same once the lives of the cited documents are known.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import time
from collections.abc import Iterator
from datetime import date, timedelta
from statistics import median, quantiles

from rasoat.records import (
    Citation,
    DateBasis,
    Effect,
    KnownFrom,
    LegalDocument,
    Mention,
    MentionKind,
    Observation,
    Origin,
    Part,
    Procedure,
    Resolution,
    Role,
    SourceRank,
    Tier,
    Verb,
)
from validators.rules import World, check_procedure
from validators.validity import Edition, ValidityGraph

TODAY, FIRST = date(2026, 6, 10), date(1995, 1, 1)
SPAN = (TODAY - FIRST).days
CLAUSE = "Nghị định này thay thế Nghị định số {number} ngày {day} của Chính phủ quy định chi tiết thi hành một số điều của Luật về lĩnh vực quản lý {n}."
VERBS = [Verb.REPLACES] * 2 + [Verb.REPEALS] * 2 + [Verb.AMENDS] * 4 + [Verb.DETAILS, Verb.CORRECTS]


def papers(count: int) -> list[LegalDocument]:
    """Documents in the order of their issue, spread evenly over thirty years."""
    made = []
    for n in range(count):
        issued = FIRST + timedelta(days=n * SPAN // count)
        number = f"{n}/{issued.year}/NĐ-CP"
        made.append(LegalDocument(f"nghi-dinh|{number}", number, number, "Nghị định", "Chính phủ", None, issued, None, KnownFrom.TEXT))
    return made


def clauses(documents: list[LegalDocument], count: int, dice: random.Random) -> Iterator[Effect]:
    """Effects of later documents on earlier ones, a third of the endings whole, with one hub of ten thousand edges."""
    size, capture = len(documents), [f"{n:064x}" for n in range(100)]
    for n in range(count):
        later = dice.randrange(1, size)
        source, target = documents[later], documents[0 if n % 100 == 0 else dice.randrange(0, later)]
        verb = VERBS[n % len(VERBS)]
        whole = verb is Verb.REPLACES and n % 3 == 0 and target is not documents[0]
        part = None if whole or verb is Verb.DETAILS else f"dieu-{dice.randrange(1, 60)}/khoan-{dice.randrange(1, 9)}"
        quote = CLAUSE.format(number=target.number, day=target.issued_on, n=n % 977)
        origin = Origin(capture[n % 100], f"demuc/{n % 300}.html#{n}")
        yield Effect(
            verb, source.key, "dieu-60/khoan-2", quote, 0, len(quote), Tier.A, TODAY, origin, target.key, part, basis=DateBasis.OWN_ENTRY
        )


def observations(documents: list[LegalDocument]) -> Iterator[Observation]:
    for n, one in enumerate(documents):
        entry = one.issued_on + timedelta(days=45) if one.issued_on else None
        yield Observation(one.key, one.number, one.type, "gateway", TODAY, Origin("0", str(n)), KnownFrom.OFFICIAL, effective_on=entry)


def procedures(documents: list[LegalDocument], count: int, dice: random.Random) -> Iterator[tuple[Procedure, list[Citation]]]:
    """Procedures that cite ten documents each out of the newest eighth, the newest most, as procedures do."""
    for n in range(count):
        code, text, cited = f"1.{n:06}", "", list[Citation]()
        for _ in range(10):
            one = documents[-1 - int(len(documents) / 8 * dice.random() ** 2)]
            mention = Mention(
                len(text), len(text) + len(one.number), one.number, MentionKind.NUMBERED, number=one.number, role=Role.LEGAL_BASIS
            )
            cited.append(Citation(code, Part.LEGAL_BASIS, mention, Resolution(one.key)))
            text += one.number + "\n"
        yield Procedure(code, "Thủ tục", "portal", SourceRank.NATIONAL_API, TODAY, Origin("0"), {Part.LEGAL_BASIS: text}), cited


def main() -> None:
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("--documents", type=int, default=173_000)
    cli.add_argument("--effects", type=int, default=1_000_000)
    cli.add_argument("--procedures", type=int, default=10_000)
    cli.add_argument("--seed", type=int, default=1)
    asked = cli.parse_args()
    dice = random.Random(asked.seed)  # noqa: S311 - a synthetic country, not a secret
    documents = papers(asked.documents)
    began = time.perf_counter()
    recent = {one.key: ("t",) for one in documents[-len(documents) // 4 :]}
    edition = Edition(date(2026, 2, 23), recent, frozenset({"t"}))
    graph = ValidityGraph(documents, observations(documents), clauses(documents, asked.effects, dice), [edition])
    built = time.perf_counter() - began
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    times = []
    for one in dice.sample(documents[1:], min(20_000, len(documents) - 1)):
        start = time.perf_counter()
        graph.status(one.key, None, TODAY)
        times.append((time.perf_counter() - start) * 1000)
    start = time.perf_counter()
    graph.status(documents[0].key, None, TODAY)
    hub = (time.perf_counter() - start) * 1000
    start = time.perf_counter()
    graph.status(documents[0].key, None, TODAY)
    hub_again = (time.perf_counter() - start) * 1000
    world, work = World(graph), list(procedures(documents, asked.procedures, dice))
    runs = []
    for _ in range(2):
        start = time.perf_counter()
        found = sum(len(check_procedure(procedure, cited, world, TODAY)) for procedure, cited in work)
        runs.append(time.perf_counter() - start)
    print(
        json.dumps(
            {
                "documents": asked.documents,
                "effects": asked.effects,
                "build_s": round(built, 1),
                "memory_mb": round(memory),
                "status_ms_median": round(median(times), 3),
                "status_ms_p99": round(quantiles(times, n=100)[98], 3),
                "hub_ms": round(hub, 1),
                "hub_again_ms": round(hub_again, 3),
                "procedures": asked.procedures,
                "findings": found,
                "recheck_s": round(runs[0], 1),
                "recheck_again_s": round(runs[1], 1),
            }
        )
    )


if __name__ == "__main__":
    main()
