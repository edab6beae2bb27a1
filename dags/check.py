"""The DAG that checks: started by any source that is new, once for each day those events speak of."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from airflow.sdk import AssetAny, dag, task

from dags import tasks
from dags.callbacks import tell_of_timeout
from dags.wiring import CHECKED, CRAWL_TIMEOUT, DEFAULTS, POKE, START, STORE_POOL, TAGS, as_of_param, read_asset
from extractors.sources.registry import SOURCES


@dag(
    dag_id="rasoat_check",
    dag_display_name="Rà soát",
    schedule=AssetAny(*(read_asset(name) for name in SOURCES)),
    start_date=START,
    catchup=False,
    max_active_runs=1,
    default_args=DEFAULTS,
    on_failure_callback=tell_of_timeout,
    dagrun_timeout=CRAWL_TIMEOUT + timedelta(days=1),
    tags=[*TAGS, "check"],
    params={"as_of": as_of_param()},
)
def check() -> None:
    """
    ### Rà soát

    Chạy khi bất kỳ nguồn nào vừa đọc xong; nguồn khác còn đang thu thập thì chờ (`quiet`, không giữ chỗ). Suy ra văn bản, tác động, viện dẫn rồi rà từng ngày mà các sự kiện nêu (chạy bù nhiều
    ngày: nhiều ô). Ngày nào không có gì đổi thì không rà lại. Cổng chất lượng (`gate`, Great Expectations) chặn thì dừng ở đây và chỉ
    mục tốt gần nhất vẫn phục vụ; trang của nó ở `RASOAT_HOME/quality/NGÀY.html`.

    *Started by any source that was read, after the crawls then under way. Each day is one mapped task; a day whose inputs did not change costs nothing. Where the
    quality gate stops publication the last good index goes on serving.*
    """

    @task.sensor(mode="reschedule", poke_interval=POKE, timeout=CRAWL_TIMEOUT.total_seconds())
    def quiet() -> bool:
        """Wait until no source is being crawled or read."""
        return not tasks.crawling()

    @task(inlets=[read_asset(name) for name in SOURCES])
    def days() -> list[str]:
        """The days to check."""
        with tasks.faults():
            return tasks.triggering_days()

    @task(pool=STORE_POOL, map_index_template="{{ item }}")
    def check_day(as_of: str) -> int:
        """Findings of one day."""
        from pipeline import steps as run

        tasks.label(as_of)
        return tasks.run_step("check", lambda work, report: run.check_day(work, report, date.fromisoformat(as_of)))

    @task(pool=STORE_POOL, map_index_template="{{ item }}")
    def gate(as_of: str) -> int:
        """The quality gate of one day; where it stops publication nothing after it runs."""
        from pipeline.steps import publish_where_passed

        tasks.label(as_of)
        with tasks.but_skipped_while_crawling():
            return tasks.run_step("quality", lambda work, report: publish_where_passed(work, report, date.fromisoformat(as_of)))

    @task(outlets=[CHECKED])
    def publish(asked: list[str], runs: Sequence[int]) -> None:
        """Say that findings are new."""
        tasks.tell(CHECKED, asked, tasks.ids(runs)[-1])

    asked = days()
    quiet() >> asked
    checked, guarded = check_day.expand(as_of=asked), gate.expand(as_of=asked)
    checked >> guarded >> publish(asked, checked)  # type: ignore[arg-type] # the value is there when it runs


check()
