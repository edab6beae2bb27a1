"""What a crawl says of a publisher: why an item was not taken, why nothing more was asked, and where its own numbers do not agree."""

from __future__ import annotations

from rasoat.words.written import number

ROW_WITHOUT_ID = "dòng danh sách không có mã để hỏi chi tiết / a row of the list without an id to ask its detail by"
ANOTHER_ANSWER = "câu trả lời là của mục khác, không phải mục đã hỏi / an answer to another question"
NOT_WRITTEN = "không ghi được / cannot be written: {what}"
IN_A_ROW = "{count} câu hỏi liền nhau hỏng / requests failed in a row: {reason}"
NO_ITEM = "nguồn không cho mục nào / the source gave nothing: {reason}"
NO_DETAIL = "không câu hỏi chi tiết nào được trả lời / no detail was answered: {reason}"
NO_REASON = "không có mục nào / no item"
UNANSWERED = "{count} câu hỏi không có hồi âm / questions never came back"
DIED = "tiến trình thu thập dừng giữa chừng, mã {code} / the crawling process ended early"
OTHER_HOST = "chuyển hướng sang máy chủ khác / redirected to another host"
NO_WAY = "chuyển hướng không theo được / a redirect that cannot be followed"
PRIVATE_HOST = "chuyển hướng vào mạng nội bộ hoặc tới thứ không phải trang mạng / redirected to a private address, or to no web page"
ROBOTS_FORBID = "robots.txt không cho phép / disallowed by robots.txt"
ROBOTS_SILENT = "robots.txt: không trả lời / no answer"
ROBOTS_UNREADABLE = "robots.txt: không giải mã được, coi như cấm tất cả / cannot be decoded, taken as forbidding everything"
WAIT_UNTIL = "nguồn xin đợi đến {until}, lâu hơn một lượt đợi được; lượt sau hỏi tiếp / asks to wait until {until}"
LIST_CUT = "danh sách {name} đứt tại đây, không biết trang sau: {reason} / the list breaks off here"
LIST_CIRCLE = "con trỏ trang quay vòng hoặc đứng yên / its cursor turns in circles or stands still"
LIST_CURSOR = "con trỏ trang không đọc được / its cursor cannot be read"
LIST_ENDLESS = "dài quá {most} {what}, mức nguồn đã khai báo / longer than declared"
LIST_PAGES, LIST_ITEMS = "trang / pages", "mục / items"
LIST_TOTAL = "danh sách {name} nêu {total} mục, quá mức {most} nguồn đã khai báo / more items stated than declared possible"
LIST_SHORT = "danh sách {name}: chỉ nhận {got} trong {total} mục mà nguồn nêu / only {got} of {total}"
LIST_LONG = "danh sách {name}: nhận {got} mục, nguồn chỉ nêu {total} / {got} received, only {total} stated"
LIST_UNSTATED = "danh sách {name}: nhận {got} mục, nguồn không nêu tổng số nên không biết đã đủ / no total stated"
REPEATED = "{count} dòng lặp lại / repeated"
SHRUNK = "danh sách {name}: còn {now}, lần đủ trước ({day}) {before}: bớt quá {share} / smaller than the last whole one by more"
GROWN = "danh sách {name}: thành {now}, lần đủ trước ({day}) {before}: thêm quá {share} / larger than the last whole one by more"
ITEMS, BYTES = "{count} mục / items", "{count} byte / bytes"


def short_list(name: str, got: int, total: int, repeated: int) -> str:
    """ "199 of 351", and how many of the rows said the same thing twice."""
    told = (LIST_SHORT if got < total else LIST_LONG).format(name=name, got=number(got), total=number(total))
    return f"{told}; {REPEATED.format(count=number(repeated))}" if repeated else told
