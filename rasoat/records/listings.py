"""What a publisher says of its own list."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of a list, or an edition, as its publisher states it.

    `list_name` tells the lists of a source apart. `total` is how many items the publisher states for the whole list (None where it
    states no number), `ids` those named here, in their order and with repetitions, `next_page` where the list goes on ("" where it
    ends), `size` the bytes that the items hold where a directory tells them (0 where none does).
    """

    list_name: str
    total: int | None
    ids: tuple[str, ...]
    next_page: str = ""
    size: int = 0
