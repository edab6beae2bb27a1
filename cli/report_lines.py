"""A run's report in words, for people at a terminal."""

from __future__ import annotations

from collections import Counter
from datetime import date

from cli.as_typed import advised
from cli.frame import err, out
from cli.mending import reason_with_mend
from cli.printing import TextTable
from rasoat.run_report import Guarded, Published, Read, ReviewedLists, RunReport
from rasoat.words import COUNTED, day, number, share


def report_lines(report: RunReport) -> list[tuple[str, str]]:
    """The report in words: (step, what it did)."""
    lines: list[tuple[str, str]] = []
    if report.read:
        lines.append(
            ("Đọc", f"{number(report.read.pieces)} mẩu, {number(report.read.unchanged)} không đổi; nạp {_counts(report.read.loaded) or 0}")
        )
        refused = sum(report.read.quarantined.values()) + len(report.read.doubts)
        lines.append(("", f"cách ly {number(refused)}, khai rỗng {number(report.read.declared_empty)}"))
        lines += _doubts(report.read.doubts)
        lines += [("", f"  {_refusal(report.read, reason, count)}") for reason, count in report.read.quarantined.most_common(12)]
        lines += [("", f"  lạ nhưng vẫn nạp: {number(count)} × {reason}") for reason, count in report.read.odd.most_common(6)]
        lines += _unread(report.read)
    if report.reviewed:
        lines.append(("Kết luận", _reviewed(report.reviewed)))
    if report.checked:
        checked = report.checked
        lines.append(
            (
                "Văn bản",
                f"{number(checked.documents)} trong sổ, {number(checked.cited_only)} chỉ được viện dẫn; {number(checked.effects)} tác động",
            )
        )
        lines.append(("Viện dẫn", _shares(checked.resolved)))
        lines.append(
            (
                f"Phát hiện {day(date.fromisoformat(checked.as_of))}",
                f"{number(checked.procedures)} thủ tục: {_counts(checked.findings) or 'không có'}",
            )
        )
        if checked.suppressed:
            lines.append(("Gạt bỏ có lý do", _counts(checked.suppressed)))
    if report.guarded:
        lines += _guarded(report.guarded)
    if report.published:
        lines.append(("Công bố", _published(report.published)))
    if report.indexed:
        indexed = report.indexed
        lines.append(
            (
                "Chỉ mục",
                f"{indexed.engine}: {number(indexed.index)} = {number(indexed.database)}, đổi {number(indexed.changed)}, bỏ {number(indexed.removed)}",
            )
        )
        if indexed.mended:
            lines.append(("", f"  đã dựng lại chỉ mục từ đầu, bên cạnh bản đang phục vụ, vì: {indexed.mended}"))
    return lines


_DOUBTS = 60  # lines on a terminal
_DAMAGED = 20


def _guarded(guarded: Guarded) -> list[tuple[str, str]]:
    said = "CHẶN công bố, chỉ mục tốt gần nhất vẫn phục vụ" if guarded.blocks else "cho phép công bố"
    again = " (không có gì đổi)" if guarded.reused else " (các dòng vừa đổi)" if guarded.touched else ""
    told = f"{number(guarded.evaluated)}/{number(guarded.expected)} kỳ vọng{again}, {len(guarded.failed)} hỏng, {len(guarded.warned)} cần xem lại: {said}"
    lines = [("Chất lượng", told)]
    lines += [("", f"  hỏng: {name}, {number(count)} dòng") for name, count in guarded.failed.items()]
    lines += [("", f"  cần xem lại: {name}, {number(count)} dòng") for name, count in guarded.warned.items()]
    return [*lines, ("", f"  {guarded.page}")] if guarded.page else lines


def _reviewed(told: ReviewedLists) -> str:
    plain = f"{number(told.rows)} dòng: ghi {number(told.recorded)}, đã ghi từ trước {number(told.again)}, không ghi {number(len(told.refused))}"
    return plain + (f"; {number(told.reopened)} dòng có dữ kiện đã khác từ khi xuất, cần xem lại" if told.reopened else "")


def _published(published: Published) -> str:
    if published.refused:
        return f"lần {number(published.number)} vẫn đứng; thay đổi sau đó chưa công bố vì cổng chất lượng chặn"
    changed = f"thêm {number(published.came)} dòng, bỏ {number(published.went)}" if published.came or published.went else "không có gì đổi"
    looked = f"tính lại {number(published.documents)} văn bản, {number(published.procedures)} thủ tục"
    return f"lần {number(published.number)}: {looked}, {changed}"


def _refusal(read: Read, reason: str, count: int) -> str:
    """One reason with how many it holds for, and the first files where people handed files over."""
    files = read.first_files.get(reason, [])
    return f"{number(count)} × {reason_with_mend(reason)}" + (f": {', '.join(files)}{' …' if count > len(files) else ''}" if files else "")


def _doubts(doubts: list[str]) -> list[tuple[str, str]]:
    rest = [("", f"  … và {number(len(doubts) - _DOUBTS)} dòng nữa; tất cả: --json")] if len(doubts) > _DOUBTS else []
    return [("", f"  {reason_with_mend(line)}") for line in doubts[:_DOUBTS]] + rest


def _unread(read: Read) -> list[tuple[str, str]]:
    """What lies in the archive and was not read, and where it is damaged."""
    lines = [("Chưa đọc", f"{number(read.unread)} câu trả lời trong kho lưu, lượt sau đọc lại / answers not read")] if read.unread else []
    if read.set_aside:
        lines.append(("Để riêng", f"{number(read.set_aside)} câu trả lời, do người vận hành; {advised('extract --list-set-aside')}"))
    lines += [("", f"  HỎNG trong kho lưu: {one.source} {one.request}: {one.reason}") for one in read.damaged[:_DAMAGED]]
    rest = len(read.damaged) - _DAMAGED
    return lines + ([("", f"  … và {number(rest)} bản lưu hỏng nữa; tất cả: --json")] if rest > 0 else [])


def _counts(counter: Counter[str]) -> str:
    return ", ".join(f"{COUNTED.get(name, name)} {number(count)}" for name, count in sorted(counter.items()) if count)


def _shares(counter: Counter[str]) -> str:
    total = sum(counter.values())
    return (
        ", ".join(f"{COUNTED.get(name, name)} {number(count)} ({share(count, total)})" for name, count in counter.most_common())
        if total
        else "không có"
    )


def report_tables(report: RunReport) -> None:
    """What was asked of each source, then each step in words."""
    if report.received:
        table = TextTable(title="Thu nhận", pad_edge=False)
        for heading in ("Nguồn", "Hỏi", "Mới", "Không đổi", "Vắng", "Hỏng"):
            table.add_column(heading, justify="left" if heading == "Nguồn" else "right")
        for name, got in report.received.items():
            numbers = (got.asked, got.changed, got.unchanged, got.missing, sum(got.failed.values()))
            table.add_row(name, *(number(count) for count in numbers))
        out.print(table)
        for name, got in report.received.items():
            for reason, count in sorted(got.failed.items()):
                err.say(f"  {name}: {count} × {reason_with_mend(reason)}")
            for doubt in got.doubts:
                err.say(f"  {name}: {reason_with_mend(doubt)}")
    if report.reviewed:
        for reason in report.reviewed.refused:
            err.say(f"  {reason_with_mend(reason)}")
    _show_lines(report_lines(report))


def _show_lines(lines: list[tuple[str, str]]) -> None:
    table = TextTable(show_header=False, pad_edge=False, box=None)
    table.add_column(style="bold", no_wrap=True)
    table.add_column()
    for name, value in lines:
        table.add_row(name, value)
    out.print(table)
