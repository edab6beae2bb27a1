"""The words for what is published: what a refusal holds back, and why something stands that the gate would have refused."""

HELD_BACK = "có thay đổi ngày {on} chưa công bố vì cổng chất lượng chặn: {failed}"
STANDS = "lần {number}, {at}"
STANDS_BECAUSE = "cổng chất lượng chặn, người vận hành công bố vì: {because}"
NEVER = "chưa công bố lần nào / nothing published yet"
