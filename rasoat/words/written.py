"""How Vietnamese write a day, a count and a share."""

from __future__ import annotations

from datetime import date


def day(value: date) -> str:
    """A day as people write it: 01/07/2026."""
    return value.strftime("%d/%m/%Y")


def number(value: int) -> str:
    """A count as Vietnamese write it: 5.720."""
    return f"{value:,}".replace(",", ".")


def judged(done: int, everything: int) -> str:
    """How much of what is cited was judged: silence is said."""
    return f"Đã kết luận {number(done)}/{number(everything)} viện dẫn."


def share(part: int, whole: int) -> str:
    """A share with one decimal as Vietnamese write it: "95,8%"."""
    return f"{part / whole:.1%}".replace(".", ",")
