"""How a trouble is mended at the command line: code → the flag or command that helps. The sentence itself is the ground's."""

from __future__ import annotations

from string import Formatter

from cli.as_typed import advised
from rasoat.trouble import Trouble
from rasoat.trouble_words import SENTENCES

# `{rasoat}` is the program as it was started; the other names are the trouble's fields.
MENDS = {
    "answer.unknown": "xem `{rasoat} doctor`",
    "answer.which": "xem `{rasoat} doctor`",
    "archive.mismatch": "chạy lại; nếu còn lỗi, xem `{rasoat} doctor`",
    "archive.unreadable": "chạy lại; nếu còn lỗi, xem `{rasoat} doctor`",
    "demo.folder": "chọn thư mục khác bằng --home / choose another one",
    "demo.folder_taken": "chọn thư mục khác bằng --home / choose another one",
    "disk.refused": "giải phóng đĩa hoặc ghi vào nơi khác",
    "document.several": "thêm --issuer hoặc --type",
    "engine.unanswered": "xem `{rasoat} doctor`, hoặc dùng --engine embedded",
    "engine.unknown": "xem --engine",
    "finding.several": "ghi thêm ký tự sau --show, hoặc chọn ngày khác bằng --as-of",
    "finding.unknown": "ghi đúng vân tay sau --show, hoặc chọn ngày khác bằng --as-of",
    "form.unit": "viết lại phiếu bằng `{rasoat} coverage --form`",
    "gate.stops": "xem `{rasoat} quality`",
    "gate.stops_day": "xem `{rasoat} quality --as-of {as_of}`",
    "import.no_issuer": "nạp lại kèm --unit, ví dụ --unit 'tỉnh Lai Châu'",
    "import.no_place": "thêm --unit và --channel",
    "import.scanned_document": "nạp lại với --scans / import again with --scans",
    "import.scanned_list": "thêm --scans",
    "index.damaged": "chạy `{rasoat} index --rebuild`",
    "index.no_folder": "chạy `{rasoat} index --rebuild` để cất thứ đang ở đó sang bên và lập lại chỉ mục",
    "index.lost": "chạy `{rasoat} index --rebuild`",
    "index.missing": "hãy chạy `{rasoat} index`",
    "index.read_only": "rồi chạy lại `{rasoat} index`",
    "procedure.is_document": "chạy `{rasoat} status '{code}'`",
    "document.is_procedure": "chạy `{rasoat} show {number}`",
    "question.number": "ví dụ: {rasoat} status 63/2010/NĐ-CP --as-of 2026-06-10",
    "index.held_back": "xem `{rasoat} quality`, sửa rồi chạy lại, hoặc `{rasoat} check --publish-because LÝ_DO`",
    "findings.together": "bỏ bớt một trong hai",
    "question.period": "xem --since, --until và --as-of",
    "question.source_number": "thêm --number, ví dụ: {rasoat} effects --number 224/2026/NĐ-CP < dieu.txt",
    "question.text": 'ví dụ: {rasoat} search "dang ky khai sinh"',
    "search.filter": "xem --only",
    "search.sort": "xem --sort",
    "search.target": "xem --target",
    "source.address": "viết --source {name}=http://…",
    "source.secret": "viết --source {name}=http://…",
    "source.undated": "bỏ khoảng ngày ở --window",
    "source.unknown": "xem --source",
    "source.window": "xem --window",
    "store.held": "đợi lệnh ấy xong rồi chạy lại, hoặc chờ lâu hơn bằng RASOAT_STORE_WAIT",
    "store.old_unwritable": "cho quyền ghi rồi chạy lại một lần",
    "signature.no_manifest": "thêm --manifest",
    "signature.nothing_to_check": "thêm --against",
    "verify.differs": "xem từng chỗ ở trên; kho lưu đúng thì khôi phục cơ sở dữ liệu, cơ sở dữ liệu đúng thì khôi phục kho lưu",
    "verify.older": "chạy `{rasoat} extract` rồi `{rasoat} check`",
    "verify.space": "chọn nơi khác bằng --scratch",
    "verify.unmade": "làm mới từng phần ở trên, hoặc bỏ qua ngày cũ bằng --latest",
    "store.failed": "chạy lại; nếu còn lỗi, xem `{rasoat} doctor`",
    "serve.port": "chọn cổng khác bằng --port / choose another port",
    "store.none": "chạy `{rasoat} run` để có dữ liệu",
    "store.foreign": "chọn thư mục khác bằng RASOAT_HOME hoặc kho khác bằng RASOAT_DATABASE_URL",
    "store.old": "chạy `{rasoat} check` một lần để nâng kho lên phiên bản này",
    "store.newer": "cập nhật chương trình rồi chạy lại; phiên bản đang dùng: `{rasoat} --version`",
    "store.unopened": "xem `{rasoat} doctor`",
    "system.refused": "xem `{rasoat} doctor`",
}
# Reports count reasons by their sentence; these are the ones a person mends by importing again.
_IN_REPORTS = ("form.unit", "import.no_issuer", "import.no_place", "import.scanned_document", "import.scanned_list")


def with_mend(trouble: Trouble) -> str:
    """The trouble in one line, with how to mend it at the command line where there is a way."""
    codes = [trouble.code, *trouble.fields.get("codes", ())]
    return _joined(str(trouble), [_mend(code, trouble) for code in codes if code in MENDS])


def reason_with_mend(reason: str) -> str:
    """The same for a reason that a report counted."""
    return _joined(reason, [MENDS[code].format(rasoat=advised("").rstrip()) for code in _IN_REPORTS if _longest(code) in reason])


def _mend(code: str, trouble: Trouble) -> str:
    return MENDS[code].format(**{**trouble.fields, "rasoat": advised("").rstrip()})


def _joined(said: str, mends: list[str]) -> str:
    return "; ".join([said.rstrip("."), *mends]) + "." if mends else said


def _longest(code: str) -> str:
    """The longest piece of a sentence that no field changes."""
    return max((text for text, *_ in Formatter().parse(SENTENCES[code])), key=len)
