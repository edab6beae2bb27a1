"""What a run did again and why, for people: Vietnamese first, English beside it."""

from __future__ import annotations

from cli.frame import out
from rasoat.run_report import Published, Redone
from rasoat.words import number

_KINDS = {
    "read": ("văn bản đọc lại", "documents read anew"),
    "placed": ("tệp, câu trả lời có điều khoản đặt lại chỗ", "pieces whose clauses were placed anew"),
    "resolved": ("viện dẫn xác định lại khác trước", "citations resolved otherwise"),
    "documents_derived": ("văn bản trong sổ khác trước", "documents of the register that are others"),
    "effects_derived": ("tác động khác trước", "effects that are others"),
    "citations_derived": ("viện dẫn xác định khác trước", "citations resolved otherwise"),
    "documents": ("văn bản tính lại hiệu lực", "documents whose validity was computed anew"),
    "procedures": ("thủ tục có phiên bản hoặc viện dẫn khác", "procedures with other versions or citations"),
    "judged": ("thủ tục xét lại", "procedures re-judged"),
    "reviewed": ("văn bản xem lại", "documents re-judged"),
    "lists": ("dòng danh mục phải công khai", "rows of lists of duties"),
    "audited": ("đơn vị, thủ tục được rà soát lại việc công khai", "units and procedures whose publicity was audited anew"),
    "units": ("dòng công khai, niêm yết", "rows of coverage"),
}
_WHY = {
    "read": ("mới đọc", "newly read"),
    "looked_up": ("vì nêu số hiệu, tên của", "because they name"),
    "whole": ("suy ra lại toàn bộ vì có mẩu mới đọc", "everything is derived anew, as something was read"),
    "reached": ("vì dựa vào", "because they rest on"),
    "differs": ("vì dữ kiện đã khác", "because the facts are others"),
    "facts": ("vì viện dẫn, liên quan", "because they cite or rest on"),
    "first": ("vì chưa từng công bố", "because nothing was published before"),
    "rules": ("vì quy tắc hoặc thiết lập đã khác", "because rules or settings are others"),
    "announcements": ("vì quyết định công bố đã khác", "because decisions are others"),
    "untouched": ("không có gì phải làm lại", "nothing had to be done again"),
}


def show_explained(published: Published) -> None:
    """Print what the publication of a run did again."""
    out.print("Đã làm lại / done again")
    if not published.redone:
        out.print("  không có gì: chưa đọc thêm gì từ lần công bố trước / nothing: nothing was read since the last publication")
    for one in published.redone:
        out.print(f"  {explained(one)}")
    written = ", ".join(f"{table} {number(count)}" for table, count in sorted(published.rows.items()))
    out.print(f"  dòng đã ghi / rows written: {written or 0}")


def explained(one: Redone) -> str:
    """One line: how many of what, and why."""
    (what, said), (why, because) = _KINDS[one.kind], _WHY[one.why]
    if not one.count:
        return f"0 {what} / 0 {said}"
    named = ", ".join(one.because)
    return f"{number(one.count)} {what}: {f'{why} {named}'.strip()} / {one.count} {said}: {f'{because} {named}'.strip()}"
