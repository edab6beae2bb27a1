"""The DAG that reports: started by a new index, one mapped task for each province and ministry."""

from __future__ import annotations

from datetime import date, timedelta

from airflow.sdk import Param, dag, task

from dags import tasks
from dags.callbacks import tell_of_timeout
from dags.wiring import DEFAULTS, INDEXED, START, TAGS, as_of_param


@dag(
    dag_id="rasoat_report",
    dag_display_name="Báo cáo",
    schedule=[INDEXED],
    start_date=START,
    catchup=False,
    max_active_runs=1,
    default_args=DEFAULTS,
    on_failure_callback=tell_of_timeout,
    dagrun_timeout=timedelta(days=1),
    tags=[*TAGS, "report"],
    params={
        "as_of": as_of_param(),
        "units": Param(
            [], type="array", description="Chỉ các tỉnh, bộ này (mã đơn vị); trống: tất cả / only these provinces or ministries"
        ),
    },
)
def report() -> None:
    """
    ### Báo cáo

    Ghi phát hiện của ngày ra Excel và JSONL; với mỗi tỉnh, mỗi bộ có thủ tục phải công khai: bảng công khai và báo cáo kiểm tra.
    Tệp nằm ở `RASOAT_HOME/reports/NGÀY/`.

    *Findings as files, and of each province and ministry its posting matrix and inspection report.*
    """

    @task(inlets=[INDEXED])
    def day() -> str:
        """The day reported on."""
        with tasks.faults():
            return max(tasks.triggering_days())

    @task
    def findings(as_of: str) -> int:
        """The day's findings as files."""
        from pipeline.reports.day_reports import report_findings

        return tasks.run_step("report", lambda work, done: report_findings(work, done, date.fromisoformat(as_of)))

    @task
    def provinces(as_of: str) -> list[str]:
        """The provinces and ministries of which something must be posted."""
        from pipeline.reports.day_reports import units_due

        wanted = tasks.params()["units"]
        with tasks.workspace() as work:
            return [unit for unit in units_due(work, date.fromisoformat(as_of)) if not wanted or unit in wanted]

    @task(map_index_template="{{ item }}")
    def province(unit: str, as_of: str) -> int:
        """One province's or ministry's files."""
        from pipeline.reports.day_reports import report_unit

        tasks.label(unit)
        return tasks.run_step("report", lambda work, done: report_unit(work, done, date.fromisoformat(as_of), unit))

    asked = day()
    findings(asked)  # type: ignore[arg-type] # the value is there when it runs
    province.partial(as_of=asked).expand(unit=provinces(asked))  # type: ignore[arg-type] # the value is there when it runs


report()
