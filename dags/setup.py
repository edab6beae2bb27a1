"""`python -m dags.setup`: what the DAGs need and may not make while they are imported: the pools, and a store at its newest migration.

`--check` changes nothing and ends with 2 where a pool is missing or gives a source more than its one slot.
"""

from __future__ import annotations

import sys

from dags.wiring import STORE_POOL, source_pool


def needed() -> dict[str, str]:
    """Pool → what it is for. Each has one slot."""
    from extractors.sources.registry import SOURCES

    sources = {source_pool(name): f"Một câu hỏi một lúc tới {source.title} / politeness" for name, source in SOURCES.items()}
    return {**sources, STORE_POOL: "Một bước ghi bảng suy ra một lúc / one writer of derived tables"}


def missing() -> list[str]:
    """Pools that are not there, or too wide for a publisher."""
    from airflow.models.pool import Pool
    from airflow.utils.session import create_session
    from sqlalchemy import select

    with create_session() as session:
        slots = {pool.pool: pool.slots for pool in session.scalars(select(Pool))}
    return [name for name in needed() if slots.get(name) != 1]


def main(words: list[str]) -> int:
    """Make or look at the pools; exit code."""
    if "--check" in words:
        if lacking := missing():
            print(f"Thiếu hoặc sai pool (missing or wrong pools): {', '.join(lacking)}. Chạy: python -m dags.setup", file=sys.stderr)
        return 2 if lacking else 0
    from airflow.models.pool import Pool

    from rasoat.addresses import shown
    from rasoat.workspace import Workspace

    for name, purpose in needed().items():
        Pool.create_or_update_pool(name, 1, purpose, include_deferred=False)
    work = Workspace.here()
    work.engine.dispose()  # opened, and so migrated, once, before many tasks open it at the same time
    print(f"Pool: {', '.join(needed())}. Kho: {shown(work.settings.database)}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
