"""Executes DAGs with `dag.test()`, one after another, and prints how each ended.

In: {"dag", "conf", "env", "logical_date"?, "passed_over"?}, one JSON object a line; `passed_over` names a task that is not run. Out: one line each that begins with "@".
"""

from __future__ import annotations

import json
import os
import sys
from datetime import datetime
from typing import Any

from airflow.dag_processing.dagbag import DagBag
from airflow.models.xcom import XComModel
from airflow.utils.session import create_session
from sqlalchemy import select


def executed(dag: Any, asked: dict[str, Any]) -> dict[str, Any]:
    moment = {"logical_date": datetime.fromisoformat(asked["logical_date"])} if "logical_date" in asked else {}
    run = dag.test(run_conf=asked["conf"], mark_success_pattern=asked.get("passed_over"), **moment)
    with create_session() as session:
        kept = select(XComModel.task_id, XComModel.value).where(XComModel.run_id == run.run_id, XComModel.dag_id == run.dag_id)
        handed_on = [list(row) for row in session.execute(kept)]
        tasks = [[one.task_id, one.map_index, str(one.state), one.try_number] for one in run.get_task_instances(session=session)]
    return {"dag": run.dag_id, "state": str(run.state), "tasks": sorted(tasks), "handed on": sorted(handed_on, key=str)}


def main() -> None:
    bag = DagBag(os.environ["AIRFLOW__CORE__DAGS_FOLDER"])
    for line in sys.stdin:
        asked = json.loads(line)
        os.environ.update(asked["env"])
        print("\n@" + json.dumps(executed(bag.dags[asked["dag"]], asked)), flush=True)


if __name__ == "__main__":
    main()
