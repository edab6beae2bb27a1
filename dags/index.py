"""The DAG that indexes: started by new findings, for the latest day they speak of."""

from __future__ import annotations

from datetime import date, timedelta

from airflow.sdk import Param, dag, get_current_context, task
from airflow.sdk.exceptions import AirflowSkipException

from dags import tasks
from dags.callbacks import tell_of_timeout
from dags.wiring import CHECKED, DEFAULTS, INDEXED, START, STORE_POOL, TAGS, as_of_param


@dag(
    dag_id="rasoat_index",
    dag_display_name="Lập chỉ mục",
    schedule=[CHECKED],
    start_date=START,
    catchup=False,
    max_active_runs=1,
    default_args=DEFAULTS,
    on_failure_callback=tell_of_timeout,
    dagrun_timeout=timedelta(days=1),
    tags=[*TAGS, "index"],
    params={
        "as_of": as_of_param(),
        "engine": Param(None, type=["null", "string"], enum=[None, "embedded", "elasticsearch"], description="Theo cài đặt nếu trống"),
        "rebuild": Param(False, type="boolean", description="Lập lại từ đầu / rebuild from empty"),
    },
)
def index() -> None:
    """
    ### Lập chỉ mục

    Chạy sau rà soát, cho ngày mới nhất. Chỉ ghi mục đã đổi. Số mục trong chỉ mục phải bằng cơ sở dữ liệu, nếu không thì hỏng và
    chỉ mục tốt gần nhất vẫn phục vụ. Chạy bù ngày cũ không kéo chỉ mục lùi lại: ô sẽ ghi *skipped*.

    *Only what changed is written; database count and index count are equal or the last good index goes on serving.*
    """

    @task(pool=STORE_POOL, inlets=[CHECKED, INDEXED], outlets=[INDEXED])
    def build() -> int:
        """The index of one day."""
        from pipeline import steps as run

        form, as_of, before = tasks.params(), max(tasks.triggering_days()), get_current_context()["inlet_events"][INDEXED]
        served = max((day for event in before for day in tasks.days_of(event.extra)), default="")
        if as_of < served and not form["as_of"]:
            raise AirflowSkipException(f"chỉ mục đang phục vụ ngày {served}, mới hơn {as_of} / the index serves a later day")
        with tasks.but_skipped_while_crawling():
            run_number = tasks.run_step(
                "index",
                lambda work, report: run.build_index(work, report, date.fromisoformat(as_of), form["engine"], rebuild=form["rebuild"]),
            )
        tasks.tell(INDEXED, [as_of], run_number)
        return run_number

    build()


index()
