"""What is told to whoever waits for the store."""

from __future__ import annotations

WAITING = "Đang chờ kho dữ liệu / waiting for the store: {holder}"
HOLDER = "`{doing}` (tiến trình {pid}{where}) giữ từ {at} / held by process {pid} since {at}"
SOMEBODY = "chương trình khác đang giữ / held by another program"
