"""What changed between two revisions of the extractors, over a corpus.

    python -m benchmarks.differential REV_A REV_B --corpus FOLDER_OR_FILE [--kind mentions|effects|status] [--json]

REV is anything git knows, or "." for the working tree. The corpus is what `rasoat import` takes, or (not for status) titles of
the codified law.
"""

from __future__ import annotations

import argparse
import json
import signal
import sys
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from benchmarks.differential.compare import Difference, Record, compare
from benchmarks.differential.revisions import NotComparedError, Run, run

REPO = Path(__file__).resolve().parents[2]


def as_json(a: Run, b: Run, found: Difference, examples: int) -> dict[str, object]:
    """The report for programs; `gains`, `losses` and `changed` are counts, the examples stand beside them."""
    runs = [
        {"revision": one.revision, "commit": one.commit, "records": len(one.records), "texts": one.texts, "refused": one.refused,
         "read_seconds": one.read_seconds, "seconds": one.seconds}
        for one in (a, b)
    ]  # fmt: skip
    changed = [{"fields": one.fields, "before": one.before, "after": one.after} for one in found.changed[:examples]]
    return {
        "a": runs[0], "b": runs[1], "same": found.same,
        "gains": len(found.gains), "losses": len(found.losses), "changed": len(found.changed),
        "examples": {"gains": found.gains[:examples], "losses": found.losses[:examples], "changed": changed},
    }  # fmt: skip


def show(a: Run, b: Run, found: Difference, examples: int, console: Console) -> None:
    """The report for people."""
    table = Table("Phiên bản", "Commit", "Văn bản/phần", "Bị giữ lại", "Bản ghi", "Đọc (giây)", "Trích (giây)")
    for name, one in (("A", a), ("B", b)):
        cells = (one.texts, one.refused, len(one.records), one.read_seconds, one.seconds)
        table.add_row(escape(f"{name}: {one.revision}"), one.commit, *map(str, cells))
    console.print(table)
    counts = (f"thêm {len(found.gains)}", f"mất {len(found.losses)}", f"đổi {len(found.changed)}", f"như cũ {found.same}")
    console.print("A → B: " + ", ".join(counts), highlight=False)
    for sign, records in (("+", found.gains), ("-", found.losses)):
        for record in records[:examples]:
            console.print(f"{sign} {_line(record)}", markup=False, highlight=False)
    for change in found.changed[:examples]:
        console.print(f"~ {_line(change.before)}", markup=False, highlight=False)
        for name in change.fields:
            old, new = ((one.get("span") if name == "span" else one["attributes"].get(name)) for one in (change.before, change.after))
            console.print(f"    {name}: {old} → {new}", markup=False, highlight=False)


def _line(record: Record) -> str:
    return f"{record['text']} {record.get('span', '')}: {' '.join(record['label'].split())[:160]}"


def main() -> int:
    cli = argparse.ArgumentParser(prog="benchmarks.differential", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("revisions", nargs=2, metavar="REV")
    cli.add_argument("--corpus", type=Path, required=True)
    cli.add_argument("--kind", choices=("mentions", "effects", "status"), default="mentions")
    cli.add_argument("--examples", type=int, default=10)
    cli.add_argument("--json", action="store_true")
    cli.add_argument("--repo", type=Path, default=REPO, help="the checkout whose revisions are compared")
    asked = cli.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that worktrees are removed then, too
    try:
        if not asked.corpus.exists():
            raise NotComparedError(f"{asked.corpus}: không có tệp hay thư mục này / no such corpus")
        a, b = (run(revision, asked.repo, asked.corpus, asked.kind) for revision in asked.revisions)
    except NotComparedError as error:
        print(error, file=sys.stderr)
        return 2
    found = compare(a.records, b.records)
    if asked.json:
        print(json.dumps(as_json(a, b, found, asked.examples), ensure_ascii=False))
    else:
        show(a, b, found, asked.examples, Console())
    return 0


if __name__ == "__main__":
    sys.exit(main())
