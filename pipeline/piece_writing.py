"""What was read goes into the store in portions. Each holds the store for a moment only, and whoever waits gets its turn between two."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from sqlalchemy import Engine

from rasoat.store.capture_store import AnswerRow, CaptureStore
from rasoat.store.extracted import PieceRows, due, write_pieces

_ROWS = 300  # rows of a portion; a piece is never parted
_ANSWERS = 50  # answers said to be cut in one go


def write_portions(
    engine: Engine,
    cut: Sequence[tuple[AnswerRow, Mapping[str, str]]],
    read: Iterable[PieceRows],
    reader: int,
    count: Callable[[PieceRows], None],
) -> None:
    """Write pieces while they are being read, and then of each answer that it was cut into them.

    `cut`: answers, each with its places → pieces; `count` sees every piece.

    A piece is written together with where it stands: one that stands nowhere is swept away by whoever has read to the end. Killed
    between two portions, the answer counts as unread and is read again into the same rows.
    """
    received, standing = CaptureStore(engine), defaultdict[str, list[tuple[int, str]]](list)
    for at, (_, places) in enumerate(cut):
        for place, piece in places.items():
            standing[piece].append((at, place))
    for portion in _portions(read):
        stands = defaultdict[int, dict[str, str]](dict)
        for rows in portion:
            for at, place in standing[rows.piece]:
                stands[at][place] = rows.piece
        with engine.begin() as connection:
            waiting = due(connection, [rows.piece for rows in portion], reader)
            write_pieces(connection, [rows for rows in portion if rows.piece in waiting], reader)
            for at, some in stands.items():
                received.place(connection, cut[at][0], some)
        for rows in portion:
            count(rows)
    for at in range(0, len(cut), _ANSWERS):
        with engine.begin() as connection:
            for answer, places in cut[at : at + _ANSWERS]:
                received.cut(connection, answer, places, reader)


def _portions(read: Iterable[PieceRows]) -> Iterator[list[PieceRows]]:
    """The pieces in groups of some hundred rows."""
    portion, size = list[PieceRows](), 0
    for rows in read:
        portion.append(rows)
        size += 1 + sum(map(len, (rows.procedures, rows.observations, rows.articles, rows.clauses, rows.mentions, rows.refusals)))
        if size >= _ROWS:
            yield portion
            portion, size = [], 0
    if portion:
        yield portion
