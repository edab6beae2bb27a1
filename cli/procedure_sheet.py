"""One procedure for people at a terminal: what it needs, and each legal basis as it stands on the day."""

from __future__ import annotations

from rich.text import Text

from cli.frame import out
from cli.printing import TextTable, lines
from queries.contract import BasisOfProcedure, DurationLine, FeeLine, ProcedureCard
from rasoat import words
from rasoat.odd_characters import one_line

_LONGEST = 1200  # letters of a part on a terminal; --json has all


def procedure_sheet(card: ProcedureCard) -> None:
    """What a person needs first, then the legal basis."""
    table = TextTable(title=f"{card.code} · {card.name}", show_header=False, pad_edge=False)
    table.add_column(style="bold", no_wrap=True)
    table.add_column()
    for name, value in _facts(card):
        table.add_row(name, value)
    out.print(table)
    if not card.legal_basis:
        out.say("Không thấy căn cứ pháp lý nào trong bản đã ghi nhận.")
    else:
        out.print(_verdicts(f"Căn cứ pháp lý, xét ngày {words.day(card.as_of)}", card.legal_basis))
    if card.held_back:
        out.say(card.held_back, head="Chưa công bố:")
    if card.cited_elsewhere:
        out.print(_verdicts(f"Viện dẫn ở các phần khác, xét ngày {words.day(card.as_of)}", card.cited_elsewhere))


def _verdicts(title: str, cited: list[BasisOfProcedure]) -> TextTable:
    table = TextTable(title=title, pad_edge=False)
    for heading, ratio in (("Văn bản", 2), ("Tình trạng", 1), ("Điều khoản chấm dứt, văn bản kế tiếp", 3)):
        table.add_column(heading, ratio=ratio, overflow="fold")
    for one in cited:
        table.add_row(_document(one), _status(one), _ended(one))
    return table


def _facts(card: ProcedureCard) -> list[tuple[str, str | Text]]:
    decision = f"{card.decision}" + (f" ngày {words.day(card.decision_date)}" if card.decision_date else "") if card.decision else ""
    facts: list[tuple[str, str | Text]] = [
        ("Lĩnh vực, cấp", " · ".join(filter(None, (", ".join(card.fields), ", ".join(card.levels))))),
        ("Cơ quan công bố", " · ".join(filter(None, (card.publisher, decision)))),
        ("Nơi thực hiện", ", ".join(card.place) or _part(card, "authority")),
        ("Đối tượng", ", ".join(card.audience) or _part(card, "audience")),
        ("Thời hạn", lines(map(_duration, card.durations)) if card.durations else _part(card, "duration")),
        ("Phí, lệ phí", lines(map(_fee, card.fees)) if card.fees else _part(card, "fees")),
        ("Hồ sơ", _part(card, "dossier") or lines(form.name for form in card.forms)),
        ("Cách nộp", _part(card, "methods")),
        ("Trình tự", _part(card, "steps")),
        ("Yêu cầu", _part(card, "requirements")),
        ("Kết quả", _part(card, "result")),
        ("Ghi nhận", f"{words.source(card.source)}, ngày {words.day(card.observed_on)}"),
        ("Đường dẫn", f"{card.link.url} (máy chủ {card.link.host})" if card.link else ""),
        ("Còn thiếu", ", ".join(card.missing)),
    ]
    return [(name, value) for name, value in facts if str(value)]


def _part(card: ProcedureCard, name: str) -> str | Text:
    text = card.parts.get(name, "").strip()
    if not text:
        return ""
    shown = text if len(text) <= _LONGEST else text[:_LONGEST].rstrip() + f"… (còn {len(text) - _LONGEST} ký tự, xem bằng --json)"
    return lines(line for line in shown.split("\n") if line.strip())


def _duration(one: DurationLine) -> str:
    unit = words.DURATION_UNIT.get(one.unit, one.unit).lower() or words.NO_UNIT
    quantity = f"{one.quantity:g}".replace(".", ",") + f" {unit}" if one.quantity is not None else ""
    return ": ".join(filter(None, (one.method, " · ".join(filter(None, (quantity, one_line(one.description)))))))


def _fee(one: FeeLine) -> str:
    amount = f"{words.number(int(one.amount))} {one.currency or ''}".strip() if one.amount is not None else ""
    return ": ".join(filter(None, (one.method, " · ".join(filter(None, (one.kind, amount, one_line(one.description)))))))


def _document(one: BasisOfProcedure) -> Text:
    provision = words.provision(one.provision)
    number = f"{one.type or ''} {one.document}" if one.document else one.quote
    head = f"{provision} {number}".strip()
    return lines([head, *([one.title] if one.title else [])])


def _status(one: BasisOfProcedure) -> Text:
    head = words.of_cited(one.status, one.verdict)
    return lines([head, *_when(one), *(more for more in one.says if more != head)])


def _when(one: BasisOfProcedure) -> list[str]:
    since = [f"từ {words.day(one.since)}"] if one.since else []
    return [*since, *([f"đến trước {words.day(one.until)}"] if one.until else [])]


def _ended(one: BasisOfProcedure) -> Text:
    clause = one.clause
    said = [f"{words.provision(clause.provision)} {clause.document}: “{words.quoted(clause.lead, clause.quote)}”"] if clause else []
    return lines([*said, *([f"→ {' → '.join(one.successors)}"] if one.successors else [])])
