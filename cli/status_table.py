"""The status of a document or provision for people at a terminal."""

from __future__ import annotations

from datetime import date
from typing import Any

from cli.frame import out
from cli.printing import TextTable, lines
from rasoat import words
from rasoat.records import Confidence, Interval, Verdict


def status_table(reply: dict[str, Any], verdict: Verdict) -> None:
    """What was asked, the verdict, what it rests on, and the clauses in their own words."""
    table = TextTable(show_header=False, pad_edge=False)
    table.add_column(style="bold", no_wrap=True)
    table.add_column()
    subject = reply["number"] + (f" · {words.provision(reply['provision'])}" if reply.get("provision") else "")
    rows = [
        ("Văn bản", subject),
        ("Ngày xét", _vi(reply["as_of"])),
        ("Tình trạng", f"{words.STATUS[verdict.status]} ({reply['status']})"),
        ("Vì", _why(verdict)),
        ("Dựa vào", words.basis(verdict.basis)),
        ("Khoảng hiệu lực", "; ".join(map(_interval, verdict.intervals))),
        ("Bị chấm dứt bởi", ", ".join(reply.get("ended_by") or [])),
        ("Văn bản kế tiếp", " → ".join(reply.get("successors") or [])),
        ("Có thể là", ", ".join(reply.get("candidates") or [])),
        ("Chưa công bố", reply.get("held_back") or ""),
    ]
    for name, value in rows:
        if value:
            table.add_row(name, value)
    if confidence := _confidence(reply):
        table.add_row("Độ tin cậy", lines(confidence))
    for shown in _clauses(reply.get("evidence") or []):
        table.add_row("Điều khoản", lines(shown))
    out.print(table)


def _why(verdict: Verdict) -> str:
    """The reason in words; of a text that lives but for some parts, or ended but for some, which they are."""
    if verdict.ended_parts and (parts := words.provisions(verdict.ended_parts)):
        return f"còn hiệu lực, trừ {parts}"
    if verdict.survivors and (parts := words.provisions(verdict.survivors)):
        return f"đã chấm dứt, chỉ còn {parts}"
    return words.REASON.get(verdict.reason, verdict.reason)


def _clauses(evidence: list[dict[str, Any]]) -> list[list[str]]:
    """Each clause once, as lines: its words, where they stand, the provisions it acts on and since when."""
    parts: dict[tuple[str, str], list[str]] = {}
    for one in evidence:
        clause = (
            f"“{words.quoted(one['lead'], one['quote'])}”",
            f"{words.provision(one['provision'])} {one['document']} (nguồn {one['tier']})",
        )
        said = parts.setdefault(clause, [])
        if one["part"]:
            said.append(words.provision(one["part"]) + (f" (từ {_vi(one['on'])})" if one["on"] else ""))
    return [[*clause, *([f"→ {'; '.join(dict.fromkeys(said))}"] if said else [])] for clause, said in parts.items()]


def _confidence(reply: dict[str, Any]) -> list[str]:
    """Nothing where the answer is sure; else how sure it is, and what speaks against it."""
    confidence = Confidence(reply.get("confidence") or "high")
    if confidence is Confidence.HIGH or not (reply.get("evidence") or reply.get("doubts")):
        return []
    reasons = [
        words.doubt(one["kind"], one.get("document", ""), date.fromisoformat(one["on"]), date.fromisoformat(one["end"]))
        for one in reply.get("doubts") or []
    ]
    return [f"{words.CONFIDENCE[confidence]}, cần đối chiếu bản gốc", *(f"- {reason}" for reason in reasons)]


def _interval(one: Interval) -> str:
    start = f"từ {words.day(one.start)}" if one.start else "chưa rõ ngày bắt đầu"
    end = f"đến trước {words.day(one.end)}" if one.end else "đến nay"
    return f"{start} {end} ({words.basis(one.basis)})"


def _vi(iso: str) -> str:
    return words.day(date.fromisoformat(iso))
