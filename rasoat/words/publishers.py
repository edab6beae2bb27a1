"""Publishers by the names people know them by."""

from __future__ import annotations

PUBLISHER = {"phapdien": "Bộ pháp điển", "vbpl": "vbpl.vn", "dichvucong": "Cổng Dịch vụ công quốc gia"}
PUBLISHER_TITLE = PUBLISHER | {"vbpl": "Cơ sở dữ liệu quốc gia về pháp luật"}  # in full, where a source is introduced


def source(name: str) -> str:
    """A publisher by the name people know it by; a file of an office as it is."""
    return PUBLISHER.get(name, name)
