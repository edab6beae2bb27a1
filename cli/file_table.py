"""What was seen in a published file, for people at a terminal."""

from __future__ import annotations

from datetime import date
from typing import Any

from cli.frame import out
from cli.printing import TextTable
from rasoat import words


def _day(text: str | None) -> str:
    return words.day(date.fromisoformat(text)) if text else ""


def _head(head: dict[str, Any]) -> str:
    """A publication decision's head in one line; what could not be read is said to be missing."""
    signed, effective = _day(head["issued_on"]), _day(head["effective_on"])
    said = [
        f"Quyết định {head['number'] or 'không đọc được số'}",
        f"ký ngày {signed}" if signed else "không đọc được ngày ký",
        head["issuer"] or "không đọc được cơ quan ban hành (nạp kèm --unit)",
    ]
    return ", ".join([*said, *([f"hiệu lực từ ngày {effective}"] if effective else [])]) + (f": {head['title']}" if head["title"] else "")


def file_table(seen: dict[str, Any]) -> None:
    """Its kind, where its text came from, the decision's head and the rows."""
    pages = f"{seen['pages']} trang, " if seen["pages"] else ""
    told = f"{words.TAKEN_FOR[seen['taken_for']]}, {pages}{words.TEXT_FROM[seen['text_from']]}, {words.number(seen['characters'])} ký tự"
    out.say(f"{words.FILE_KIND[seen['kind']]}; {told}", head=f"{seen['file']}:")
    if head := seen.get("decision"):
        out.say(f"  {_head(head)}")
    if seen["rows"]:
        table = TextTable(pad_edge=False)
        announced = ("Phần", "Cấp, lĩnh vực") if head else ()
        for heading in ("Trang", "Mã in", "Mã", "Tên", *announced, "Tin cậy", "Trong danh mục", "Có thể là"):
            table.add_column(heading)
        for row in seen["rows"]:
            listed = {True: "có", False: "không", None: ""}[row.get("in_catalogue")]
            name = row.get("name") or ""
            cells = (
                str(row.get("page") or ""),
                row.get("code_printed") or "",
                row.get("code") or "–",
                name,
                *(
                    (words.DECISION_PART.get(row.get("part"), ""), ", ".join(row[key] for key in ("level", "field") if row.get(key)))
                    if head
                    else ()
                ),
                str(row.get("confidence") or ""),
                listed,
            )
            table.add_row(*cells, row.get("code_meant") or "")
        out.print(table)
    for problem in seen["problems"]:
        out.say(f"  ! {problem}")
    if seen.get("text"):
        out.print(seen["text"], soft_wrap=True)
