"""What the DAG files share: assets, pools, schedules, retries, parameters. Read when a DAG file is imported, so it asks nothing.

How long Airflow waits before a first retry is its own setting (AIRFLOW__CORE__DEFAULT_TASK_RETRY_DELAY); each later wait is doubled.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from airflow.sdk import Asset, CronTriggerTimetable, Param, conf

from dags.callbacks import tell_of_failure
from pipeline.clock import HERE

START = datetime(2000, 1, 1, tzinfo=HERE)  # backfills may go back this far; nothing is caught up by itself
TAGS = ["rasoat"]

# One slot a source is politeness: its questions are asked one window after another, never from two machines at once.
# One slot for the store's derived tables and the index keeps their writers apart.
STORE_POOL = "rasoat_store"

CHECKED = Asset(name="rasoat_checked", uri="rasoat://store/checked")
INDEXED = Asset(name="rasoat_indexed", uri="rasoat://search/index")

CRAWL_TIMEOUT = timedelta(days=7)
POKE = 20  # seconds between two looks at what one waits for

_CADENCE = {"daily": "0 1 * * *", "weekly": "0 1 * * 1", "monthly": "0 1 2 * *"}

# Only a publisher's or a service's fault is worth asking again; every other one ends the task at once (dags/tasks.py).
DEFAULTS: dict[str, Any] = {
    "retries": 5,
    # Said here though it is Airflow's own default: mapped tasks do not take that over (3.3.2 gives them five minutes).
    "retry_delay": timedelta(seconds=conf.getint("core", "default_task_retry_delay")),
    "retry_exponential_backoff": 2.0,
    "max_retry_delay": timedelta(hours=1),
    "execution_timeout": timedelta(hours=2),
    "on_failure_callback": tell_of_failure,
}


def read_asset(source: str) -> Asset:
    """What the store holds of a source after a crawl and its reading."""
    return Asset(name=f"rasoat_read_{source}", uri=f"rasoat://store/read/{source}")


def crawl_dag_id(source: str) -> str:
    """The DAG that crawls and reads a source."""
    return f"rasoat_crawl_{source}"


def source_pool(source: str) -> str:
    """The pool that keeps a source's crawl polite."""
    return f"rasoat_source_{source}"


def every(cadence: str) -> CronTriggerTimetable:
    """The schedule of a source that is worth asking so often, in Vietnam's night."""
    return CronTriggerTimetable(_CADENCE[cadence], timezone="Asia/Ho_Chi_Minh")


def day_param(description: str) -> Param:
    """A day in the form, or nothing."""
    return Param(None, type=["null", "string"], format="date", description=description)


def as_of_param() -> Param:
    """The day asked about, in every DAG's form."""
    return day_param("Ngày xét; để trống: ngày logic của lượt chạy / the day asked about, the run's logical date if empty")


def scope_param() -> Param:
    """Which part of a source is crawled."""
    return Param(
        "all",
        type="string",
        pattern=r"^(all|last \d{1,4}|\d{4}-\d\d-\d\d\.\.\d{4}-\d\d-\d\d|\d{1,2}/\d{1,2})$",
        description=(
            "Phạm vi: all, TỪ..ĐẾN (ngày ban hành), 'last N' (N ngày ban hành đến ngày xét, để chạy bù), PHẦN/SỐ PHẦN / "
            "everything, a span of issue dates, the N days up to as_of (for backfills), or one share"
        ),
    )
