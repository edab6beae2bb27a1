"""One DAG a source, from its declaration: crawl its windows, read what came in shares, say that the source is new."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from airflow.sdk import DAG, Param, dag, task

from dags import tasks
from dags.callbacks import tell_of_timeout
from dags.wiring import (
    CRAWL_TIMEOUT,
    DEFAULTS,
    START,
    TAGS,
    as_of_param,
    crawl_dag_id,
    day_param,
    every,
    read_asset,
    scope_param,
    source_pool,
)
from extractors.sources.registry import SOURCES
from extractors.sources.source import Source

_DOC = """
### {title}: thu thập → trích xuất

Hỏi mọi cửa sổ của nguồn `{name}`, lưu nguyên văn câu trả lời, đọc thành bản ghi. Nguồn: {licence}.

- **Cửa sổ** (`crawl_window`): mỗi ô tự chạy, tự thử lại, bị giết thì chạy tiếp từ chỗ dừng. Cùng ngày ghi nhận thì tiếp được cả
  lượt dở của lệnh `rasoat run`.
- **Lịch sự**: pool `{pool}` một suất, nhịp {rate:g} câu hỏi mỗi giây. Tạo pool: `python -m dags.setup`.
- **Thử lại** chỉ khi cổng hoặc dịch vụ hỏng, chờ gấp đôi mỗi lần. Lỗi khác dừng ngay; sửa rồi bấm *Clear*.
- **Chạy bù**: `airflow backfill create --dag-id {dag_id} --from-date … --to-date … --dag-run-conf '{{"scope": "last 31"}}'`; ngày
  logic là ngày xét.

*Crawl and read one source. Each window retries and resumes by itself; only faults of the publisher or a service are retried.*
"""


def crawl_dag(source: Source) -> DAG:
    """The DAG of one source."""
    name, asset, dag_id = source.name, read_asset(source.name), crawl_dag_id(source.name)
    told = {"title": source.title, "name": name, "licence": source.licence, "pool": source_pool(name), "rate": source.rate}

    @dag(
        dag_id=dag_id,
        dag_display_name=f"Thu thập: {source.title}",
        schedule=every(source.cadence),
        start_date=START,
        catchup=False,
        max_active_runs=1,
        default_args=DEFAULTS,
        on_failure_callback=tell_of_timeout,
        dagrun_timeout=CRAWL_TIMEOUT,
        tags=[*TAGS, "crawl"],
        doc_md=_DOC.format(**told, dag_id=dag_id),
        params={
            "as_of": as_of_param(),
            "scope": scope_param(),
            "address": Param(None, type=["null", "string"], description="Địa chỉ khác của nguồn / the source at another address"),
            "observed_on": day_param("Ngày ghi nhận; để trống: ngày lượt chạy bắt đầu / the day it counts as seen"),
            "shares": Param(0, type="integer", minimum=0, maximum=64, description="Số phần khi đọc; 0: theo khối lượng / 0: by size"),
        },
    )
    def crawl_source() -> None:
        @task
        def observed() -> str:
            """The day that what is crawled counts for, the same for every window and every later try."""
            return tasks.observed_day()

        @task
        def windows(observed_on: str) -> list[str]:
            """The windows to crawl."""
            from pipeline.steps import begin_windows

            scope = tasks.scope_of(tasks.params()["scope"], tasks.asked_day())
            with tasks.workspace() as work:
                return begin_windows(work, name, tasks.params()["address"], date.fromisoformat(observed_on), scope)

        @task(pool=source_pool(name), map_index_template="{{ item }}", execution_timeout=timedelta(days=2))
        def crawl_window(window: str, observed_on: str) -> int:
            """One window into the archive."""
            from pipeline import steps as run

            tasks.label(window)
            asked = (name, tasks.params()["address"], date.fromisoformat(observed_on), window)
            return tasks.run_step("crawl window", lambda work, report: run.crawl_window(work, report, *asked))

        @task
        def end_crawl(numbers: Sequence[int], observed_on: str) -> int:
            """Add the windows up; a source that promises items and gave none is down."""
            from pipeline.steps import end_windows

            asked = (name, tasks.params()["address"], date.fromisoformat(observed_on), tasks.params()["scope"])
            return tasks.run_step("crawl", lambda work, report: end_windows(work, report, *asked, tasks.ids(numbers)))

        @task
        def shares() -> list[str]:
            """The shares in which what came is read: titles of an edition, details of a list."""
            from pipeline.steps import shares_due

            with tasks.workspace() as work:
                number = tasks.params()["shares"] or shares_due(work, (name,))
            return [f"{share}/{number}" for share in range(1, number + 1)]

        @task(map_index_template="{{ item }}")
        def read_share(share: str) -> int:
            """One share from the archive into the store."""
            from pipeline import steps as run

            tasks.label(share)
            part, parts = map(int, share.split("/"))
            return tasks.run_step("extract share", lambda work, report: run.read_share(work, report, (name,), part, parts))

        @task(outlets=[asset])
        def end_reading(numbers: Sequence[int]) -> int:
            """Say where every piece stands, and that the source is new."""
            from pipeline.steps import end_shares

            run = tasks.run_step("extract", lambda work, report: end_shares(work, report, (name,), tasks.ids(numbers)))
            tasks.tell(asset, [tasks.asked_day()], run)
            return run

        seen_on = observed()
        crawled = crawl_window.partial(observed_on=seen_on).expand(window=windows(seen_on))  # type: ignore[arg-type] # the value is there when it runs
        ended = end_crawl(crawled, seen_on)  # type: ignore[arg-type] # the value is there when it runs
        due = shares()
        ended >> due
        end_reading(read_share.expand(share=due))  # type: ignore[arg-type] # the value is there when it runs

    return crawl_source()


for _source in SOURCES.values():
    crawl_dag(_source)
