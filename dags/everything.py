"""The DAG with one button: which sources, which day, which scope; it starts their crawls and the assets do the rest."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from airflow.providers.standard.operators.trigger_dagrun import TriggerDagRunOperator
from airflow.sdk import Param, dag, task

from dags import tasks
from dags.callbacks import tell_of_timeout
from dags.wiring import DEFAULTS, START, TAGS, as_of_param, crawl_dag_id, scope_param
from extractors.sources.registry import SOURCES


@dag(
    dag_id="rasoat_run",
    dag_display_name="Chạy tất cả",
    schedule=None,
    start_date=START,
    catchup=False,
    default_args=DEFAULTS,
    on_failure_callback=tell_of_timeout,
    dagrun_timeout=timedelta(hours=1),
    tags=TAGS,
    params={
        "source": Param(
            list(SOURCES),
            type="array",
            examples=list(SOURCES),
            values_display={name: source.title for name, source in SOURCES.items()},
            description="Các nguồn cần hỏi / which sources",
        ),
        "as_of": as_of_param(),
        "scope": scope_param(),
    },
)
def everything() -> None:
    """
    ### Chạy tất cả

    Như lệnh `rasoat run`: chọn nguồn, ngày xét, phạm vi rồi bấm. Mỗi nguồn được thu thập bằng DAG của nó; rà soát, lập chỉ mục và
    báo cáo chạy theo khi từng nguồn xong.

    *Like `rasoat run`: starts the chosen sources' crawls; checking, indexing and reporting follow by themselves.*
    """

    @task
    def crawls() -> list[dict[str, Any]]:
        """What each chosen source's DAG is asked."""
        form, as_of = tasks.params(), tasks.asked_day()
        chosen = [name for name in SOURCES if name in form["source"]]
        return [{"trigger_dag_id": crawl_dag_id(name), "conf": {"as_of": as_of, "scope": form["scope"]}} for name in chosen]

    TriggerDagRunOperator.partial(task_id="start").expand_kwargs(crawls())


everything()
