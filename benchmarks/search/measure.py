"""How fast search is, and beside it a plain `multi_match` on the same Elasticsearch.

`python -m benchmarks.search [--url http://127.0.0.1:9200] [--procedures 10000] [--documents 173000] [--questions 400]`

Without --url (or RASOAT_ELASTICSEARCH_URL) only the embedded engine is measured. Every client is a process that asks the next question
when it has its answer; facets, highlights and all are part of an answer. The first questions warm up and are not counted. On a machine with
other work the processor's time of an answer tells more than the clock: `cpu_ms`, all threads of the client, and `server_cpu_ms` of the server.
"""

from __future__ import annotations

import argparse
import gc
import json
import multiprocessing
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from elasticsearch import Elasticsearch

from rasoat.settings import Settings
from search.answering import answer
from search.engines import Query, open_engine
from search.entries import Entry

from .catalogue import corpus
from .plain import Plain
from .questions import questions

_WARM = 40
Ask = Callable[[str], object]


def _opened(what: str, home: str, url: str, index: str) -> Ask:
    if what == "plain":
        return Plain(url, index).ask
    engine = open_engine(Settings(home=Path(home), elasticsearch_url=url), what)
    return lambda text: answer(engine, Query(text))


def _client(what: str, home: str, url: str, index: str, asked: Sequence[str]) -> list[tuple[float, float]]:
    """Milliseconds of every answer, by the clock and of this process's processor time."""
    ask, times = _opened(what, home, url, index), []
    for text in asked[:_WARM]:
        ask(text)
    for text in asked[_WARM:]:
        begun, worked = time.perf_counter(), time.process_time()
        ask(text)
        times.append(((time.perf_counter() - begun) * 1000, (time.process_time() - worked) * 1000))
    return times


def _server_worked(what: str, url: str) -> int:
    """Milliseconds of processor time that the server's nodes took since their start; warming up included."""
    if what == "embedded":
        return 0
    nodes = Elasticsearch(url).nodes.stats(metric="process")["nodes"].values()
    return sum(int(node["process"]["cpu"]["total_in_millis"]) for node in nodes)


def measured(what: str, home: str, url: str, index: str, asked: Sequence[str]) -> dict[str, dict[str, float]]:
    """p50 and p95 of an answer at 1 and at 8 clients, in milliseconds, and what the processors spent on it."""
    found = {}
    for clients in (1, 8):
        share = [[*asked[:_WARM], *asked[_WARM + number :: clients]] for number in range(clients)]
        begun, worked = time.perf_counter(), _server_worked(what, url)
        with multiprocessing.get_context("spawn").Pool(clients) as pool:
            told = [one for some in pool.starmap(_client, [(what, home, url, index, part) for part in share]) for one in some]
        lasted, server = time.perf_counter() - begun, _server_worked(what, url) - worked
        times, processor = sorted(clock for clock, _ in told), sorted(spent for _, spent in told)
        found[f"{clients} client(s)"] = {
            "p50_ms": round(statistics.median(times), 1),
            "p95_ms": round(times[int(len(times) * 0.95)], 1),
            "cpu_ms": round(statistics.mean(processor), 1),
            "cpu_p95_ms": round(processor[int(len(processor) * 0.95)], 1),
            "server_cpu_ms": round(server / sum(map(len, share)), 1),
            "answers": len(times),
            "s_with_start": round(lasted, 1),
        }
    return found


def _report(what: str, entries: Sequence[Entry], asked: Sequence[str], home: str, url: str) -> dict[str, object]:
    begun, worked, served = time.perf_counter(), time.process_time(), _server_worked(what, url)

    def building() -> dict[str, object]:
        built, spent, server = time.perf_counter() - begun, time.process_time() - worked, _server_worked(what, url) - served
        seconds = {"build_s": built, "build_cpu_s": spent, "build_server_cpu_s": server / 1000}
        return {"entries": count, "entries_per_s": round(count / built)} | {name: round(value, 1) for name, value in seconds.items()}

    index = ""
    if what == "plain":
        plain = Plain(url)
        index, count = plain.index, plain.build(entries)
        told = building()
    else:
        engine = open_engine(Settings(home=Path(home), elasticsearch_url=url), what)
        count = engine.build(entries)
        told = building()
        updating = time.perf_counter()
        engine.update(entries[:100], expected=count)
        told["update_100_s"] = round(time.perf_counter() - updating, 2)
        engine.close()
    told |= measured(what, home, url, index, asked)
    if what == "plain":
        plain.drop()
    return told


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--url", default=os.environ.get("RASOAT_ELASTICSEARCH_URL", ""), help="the Elasticsearch server")
    arguments.add_argument("--only", action="append", choices=("embedded", "elasticsearch", "plain"), help="instead of all")
    arguments.add_argument("--procedures", type=int, default=10_000)
    arguments.add_argument("--documents", type=int, default=173_000)
    arguments.add_argument("--questions", type=int, default=400)
    given = arguments.parse_args()
    begun = time.perf_counter()
    entries = list(corpus(given.procedures, given.documents))
    print(f"{len(entries):,} entries drawn in {time.perf_counter() - begun:.1f} s", file=sys.stderr)
    gc.collect()
    gc.freeze()  # the corpus in memory is the benchmark's: an index is built from a stream
    asked = questions(entries, given.questions + _WARM)
    with tempfile.TemporaryDirectory() as home:
        for what in given.only or (("embedded", "elasticsearch", "plain") if given.url else ("embedded",)):
            print(json.dumps({"engine": what, **_report(what, entries, asked, home, given.url)}), flush=True)
    return 0
