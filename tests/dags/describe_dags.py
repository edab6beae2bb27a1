"""Prints what the DAG files hold, as JSON: graph, schedules, assets, pools, forms; how long each file took goes to standard error."""

from __future__ import annotations

import json
import os
import sys
import time
from typing import Any

from airflow.dag_processing.dagbag import DagBag
from airflow.sdk import Asset
from airflow.sdk.definitions.asset import AssetAny


def described(dag: Any) -> dict[str, Any]:
    tasks = {one.task_id: told(one) for one in dag.tasks}
    return {
        "schedule": schedule(dag.schedule),
        "catchup": dag.catchup,
        "runs at once": dag.max_active_runs,
        "form": {name: dag.params.get_param(name).schema for name in dag.params},
        "documented": bool(dag.doc_md),
        "days at most": dag.dagrun_timeout.total_seconds() / 86400,
        "tells of a timeout": bool(dag.on_failure_callback),
        "tasks": tasks,
    }


def schedule(value: Any) -> Any:
    if isinstance(value, AssetAny):
        return {"any of": sorted(one.name for one in value.objects)}
    if isinstance(value, list):
        return {"all of": sorted(one.name for one in value)}
    return value if value is None else f"{value.expression} {value.timezone}"


def told(task: Any) -> dict[str, Any]:
    partial = getattr(task, "partial_kwargs", {})
    both = lambda name: partial.get(name, getattr(task, name, None)) if partial else getattr(task, name)  # noqa: E731
    return {
        "after": sorted(task.upstream_task_ids),
        "mapped": bool(partial),
        "pool": both("pool"),
        "retries": both("retries"),
        "back-off": both("retry_exponential_backoff"),
        "hours": both("execution_timeout").total_seconds() / 3600,
        "tells of failure": bool(both("on_failure_callback")),
        "inlets": [one.name for one in both("inlets") or () if isinstance(one, Asset)],
        "outlets": [one.name for one in both("outlets") or () if isinstance(one, Asset)],
    }


def main() -> None:
    begun = time.monotonic()
    bag = DagBag(os.environ["AIRFLOW__CORE__DAGS_FOLDER"])
    print(f"{len(bag.dags)} DAGs in {time.monotonic() - begun:.2f} s beyond Airflow's own import", file=sys.stderr)
    for file in bag.dagbag_stats:
        print(f"  {file.file} {file.duration.total_seconds():.3f} s", file=sys.stderr)
    told_of = {name: described(dag) for name, dag in sorted(bag.dags.items())}
    print(json.dumps({"errors": bag.import_errors, "dags": told_of}, ensure_ascii=False, indent=1, sort_keys=True))


if __name__ == "__main__":
    main()
