"""Findings for people at a terminal: the table of a day, and one finding with its proof."""

from __future__ import annotations

from pathlib import Path

from rich.text import Text

from cli.as_typed import advised
from cli.frame import out
from cli.printing import TextTable
from queries.finding_list import FindingList, grouped
from rasoat import words
from rasoat.records import Finding, Origin, Severity
from rasoat.store.published_findings import GRAVITY
from rasoat.trouble import Trouble
from rasoat.workspace import Workspace

_COLOUR = {Severity.HIGH: "bold red", Severity.MEDIUM: "yellow", Severity.LOW: "cyan", Severity.INFO: "dim"}


def finding_table(found: FindingList) -> None:
    """A line for each procedure and document, with the clause and how to see the proof."""
    as_of, chosen = found.as_of, found.kept
    table = TextTable(title=f"Phát hiện rà soát đến ngày {as_of:%d/%m/%Y}", pad_edge=False)
    for heading, ratio in (
        ("Quy tắc", 0),
        ("Mức", 0),
        ("Thủ tục, đơn vị", 0),
        ("Văn bản, thủ tục", 0),
        ("Hết hiệu lực từ", 0),
        ("Ở phần", 1),
        ("Căn cứ", 3),
        ("Vân tay", 0),
    ):
        table.add_column(heading, ratio=ratio or None, no_wrap=not ratio, overflow="fold")
    for several in grouped(chosen):
        one = min(several, key=lambda finding: GRAVITY[finding.severity])
        since = f"{one.interval.end:%d/%m/%Y}" if one.interval and one.interval.end and one.clause else ""
        proof = (
            f"{words.provision(one.clause.provision)} {one.clause.document}: “{words.quoted(one.clause.lead, one.clause.quote)}”"
            if one.clause
            else one.message
        )
        parts = ", ".join(dict.fromkeys(words.part(finding.where.part) for finding in several if finding.where))
        level = Text(words.SEVERITY[one.severity].lower(), _COLOUR[one.severity])
        table.add_row(one.rule, level, one.subject, one.object or "–", since, parts, _short(proof), one.fingerprint[:10])
    out.print(table)
    total = ", ".join(f"{name} {number}" for name, number in found.counts.by_rule(suppressed=found.page.suppressed).items())
    out.say(f"Tổng: {total}" if total else "Không có phát hiện.")
    if found.counts.suppressed and not found.page.suppressed:
        out.say(f"{found.counts.suppressed} trường hợp đã được gạt bỏ có lý do; xem bằng --all.")
    if chosen:
        out.say(f"Xem chứng cứ: {advised(f'findings --as-of {as_of} --show {chosen[0].fingerprint[:10]}')}")


def _short(text: str, length: int = 150) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= length else plain[: length - 1] + "…"


def show_finding(work: Workspace, one: Finding, save: Path | None) -> None:
    """One finding with its proof, down to the archived bytes; `save` is a folder for these."""
    table = TextTable(title=f"{one.rule} · {one.subject}", show_header=False, pad_edge=False)
    table.add_column(style="bold", no_wrap=True)
    table.add_column()
    for name, value in _facts(one):
        table.add_row(name, value)
    out.print(table)
    for origin in one.proofs:
        _proof(work, origin, save)


def _facts(one: Finding) -> list[tuple[str, str]]:
    where, clause, interval = one.where, one.clause, one.interval
    facts = [
        ("Kết luận", one.message),
        (
            "Thủ tục",
            f"{one.subject}, ghi nhận {one.observed_on:%d/%m/%Y}" + (f", quyết định {one.decision_number}" if one.decision_number else ""),
        ),
        ("Trích nguyên văn", f"“{one.quote}”" + (f" ({words.part(where.part)}, ký tự {where.start}–{where.end})" if where else "")),
        ("Văn bản", (one.object or "–") + (f" · {words.provision(one.provision)}" if one.provision else "")),
        (
            "Hiệu lực",
            f"từ {words.day(interval.start) if interval.start else 'ngày chưa rõ'} đến trước {words.day(interval.end) if interval.end else '…'}"
            if interval
            else "",
        ),
        (
            "Điều khoản chấm dứt",
            f"{words.provision(clause.provision)} {clause.document} (nguồn {clause.tier}): “{words.quoted(clause.lead, clause.quote)}”"
            if clause
            else "",
        ),
        ("Văn bản kế tiếp", " → ".join(one.successors)),
        ("Cơ quan", one.responsible),
        ("Kiến nghị", one.action),
        ("Gạt bỏ vì", ", ".join(one.suppressed)),
        (
            "Mức độ",
            f"{words.SEVERITY[one.severity].lower()}, tin cậy {words.CONFIDENCE[one.confidence]}, trạng thái {words.STATE.get(one.state, one.state)}",
        ),
        ("Vân tay", one.fingerprint),
    ]
    return [(name, value) for name, value in facts if value]


def _proof(work: Workspace, origin: Origin, save: Path | None) -> None:
    from queries.archived_proof import proof_of  # with what reaches archives: only who asks for a proof waits for it

    proof = proof_of(work, origin)
    out.print()
    out.say(origin.place, head="Chứng cứ")
    for answer in proof.answers:
        out.say(f"  {answer.source} · {answer.request} · ghi nhận {answer.observed_on:%d/%m/%Y} · {answer.url}")
    stored = proof.stored
    out.say(f"  sha256 {stored.sha256}, {len(proof.body)} byte, {stored.warc} tại {stored.offset}")
    if save:
        kept = save / stored.sha256
        try:
            save.mkdir(parents=True, exist_ok=True)
            kept.write_bytes(proof.body)
        except OSError as error:
            raise Trouble("file.unwritten", path=str(kept), reason=error.strerror or str(error)) from error
        out.say(f"  đã ghi nguyên văn vào {kept}")
