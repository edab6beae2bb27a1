"""The text of a decree that ends one document, as an office would hand it over: what changes in the benchmarks of changes and of nights."""

from __future__ import annotations

from datetime import date

_TEXT = """CHÍNH PHỦ
-------
Số: {number}
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
---------------
Hà Nội, ngày {issued.day:02} tháng {issued.month:02} năm {issued.year}

NGHỊ ĐỊNH
Quy định về việc thử {about}

Căn cứ Luật Tổ chức Chính phủ;
Chính phủ ban hành Nghị định quy định về việc thử {about}.

Điều 1. Phạm vi điều chỉnh
Nghị định này quy định về việc thử {about}.

Điều 2. Hiệu lực thi hành
1. Nghị định này có hiệu lực thi hành từ ngày {begins.day:02} tháng {begins.month:02} năm {begins.year}.
2. {ended} hết hiệu lực kể từ ngày Nghị định này có hiệu lực thi hành.

Nơi nhận:
- Các bộ, cơ quan ngang bộ;
- Lưu: VT.
TM. CHÍNH PHỦ
THỦ TƯỚNG
"""


def ending_decree(serial: int, ended: str, issued: date, begins: date) -> tuple[str, str]:
    """The number and the text of a decree; `ended` is the document as a clause names it ("Nghị định số 1/2020/NĐ-CP")."""
    number = f"{serial}/{issued.year}/NĐ-CP"
    return number, _TEXT.format(number=number, about=serial, ended=ended, issued=issued, begins=begins)
