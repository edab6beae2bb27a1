"""The bridge from a task to a step: opens the workspace, keeps the run's record, says which faults are worth a retry.

Tasks hand on ids only: run numbers, days, names of windows and units. What a step made stays in the store.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from airflow.sdk import Asset, get_current_context
from airflow.sdk.exceptions import AirflowException, AirflowFailException, AirflowSkipException

from dags.wiring import crawl_dag_id
from extractors.sources.registry import SOURCES
from pipeline.clock import HERE

if TYPE_CHECKING:
    from rasoat.run_report import RunReport
    from rasoat.workspace import Workspace


@contextmanager
def faults() -> Iterator[None]:
    """A publisher or service that cannot be used is asked again later; any other fault fails the task at once.

    Raises:
        SourceTrouble: as it came; Airflow waits and tries again.
        AirflowFailException: everything else, in one line.
    """
    from rasoat.addresses import masked
    from rasoat.trouble import SourceTrouble

    try:
        yield
    except (SourceTrouble, AirflowException):
        raise
    except Exception as error:
        raise AirflowFailException(masked(f"{type(error).__name__}: {error}")) from error


@contextmanager
def workspace() -> Iterator[Workspace]:
    """The workspace of this task, closed when it ends."""
    from rasoat.workspace import Workspace

    with faults():
        work = Workspace.here()
        try:
            yield work
        finally:
            work.engine.dispose()


def run_step(command: str, step: Callable[[Workspace, RunReport], None]) -> int:
    """Run one step as a run of its own in the log of runs; its number."""
    from pipeline.recorded import recorded

    with workspace() as work, recorded(work, command) as report:
        step(work, report)
    return report.run


def crawling() -> bool:
    """Whether a source is being crawled or read just now: what is half read looks like what was lost."""
    ask = get_current_context()["ti"].get_dr_count
    return any(ask(crawl_dag_id(name), states=["running"]) for name in SOURCES)


@contextmanager
def but_skipped_while_crawling() -> Iterator[None]:
    """What fails while a crawl is under way is skipped: the crawl's own end asks again.

    Raises:
        AirflowSkipException: instead of a fault that the crawl may have caused.
    """
    try:
        yield
    except AirflowFailException as fault:
        if crawling():
            raise AirflowSkipException(
                f"Một nguồn đang được thu thập, sẽ rà lại khi xong / checked again after a crawl: {fault}"
            ) from fault
        raise


def ids(handed_on: Sequence[int]) -> list[int]:
    """The run numbers that mapped tasks handed on, in their order."""
    return list(handed_on[:])


def label(name: str) -> None:
    """Name this mapped task in Airflow's pages."""
    get_current_context()["item"] = name  # type: ignore[typeddict-unknown-key]


def params() -> dict[str, Any]:
    """The form as it was filled in."""
    return dict(get_current_context()["params"])


def asked_day() -> str:
    """The run's `as_of`: the form's, else the logical date (a backfill's too), else the day the run was due."""
    context = get_current_context()
    moment = context.get("logical_date") or context["dag_run"].run_after
    return str(context["params"].get("as_of") or moment.astimezone(HERE).date())


def observed_day() -> str:
    """The day on which what is crawled counts as seen: the form's, else the day this run really began."""
    context = get_current_context()
    begun: datetime = context["dag_run"].start_date or context["dag_run"].run_after
    return str(context["params"].get("observed_on") or begun.astimezone(HERE).date())


def scope_of(scope: str, as_of: str) -> str:
    """ "last N" as the span of N issue dates that ends on `as_of`; any other scope as it is."""
    if not scope.startswith("last "):
        return scope
    until = date.fromisoformat(as_of)
    return f"{until - timedelta(days=max(1, int(scope[5:])) - 1)}..{until}"


def triggering_days() -> list[str]:
    """The days that the news which started this run speaks of, or the run's own where there was none.

    While a run waits to be made Airflow queues an asset once: a second event of that asset starts nothing and is told to nobody. So
    what came after the first event is asked for; the task names the assets as its inlets.
    """
    context, form = get_current_context(), params().get("as_of")
    inlets, told = context["inlet_events"], set[str]()
    for asset, events in (context.get("triggering_asset_events") or {}).items():
        later = inlets[asset].after(min(event.timestamp for event in events))
        told |= {day for event in (*events, *later) for day in days_of(event.extra)}
    return [form] if form else sorted(told) or [asked_day()]


def days_of(extra: Mapping[str, Any] | None) -> list[str]:
    """The days an event speaks of."""
    return list((extra or {}).get("days", ()))


def tell(asset: Asset, days: list[str], run: int) -> None:
    """Say that an asset is new: for which days, by which run, and the run's numbers for those who look at it in Airflow."""
    from rasoat.store.run_log import report_of

    with workspace() as work:
        numbers = report_of(work.engine, run)
    get_current_context()["outlet_events"][asset].extra = {"days": [*days], "run": run, **summary(numbers)}


def summary(report: dict[str, Any]) -> dict[str, Any]:
    """A run's numbers, flat: fetched, loaded, quarantined, findings, entries, seconds."""
    read, checked, indexed = (report.get(name) or {} for name in ("read", "checked", "indexed"))
    told = {f"fetched {source}": got.get("asked", 0) for source, got in report.get("received", {}).items()}
    if read:
        told |= {"loaded": sum(read.get("loaded", {}).values()), "quarantined": sum(read.get("quarantined", {}).values())}
    if checked:
        told |= {"findings": sum(checked.get("findings", {}).values()), "procedures": checked.get("procedures", 0)}
    if indexed:
        told |= {"entries": indexed.get("index", 0)}
    if guarded := report.get("guarded"):
        told |= {"expectations": guarded.get("evaluated", 0), "broken": len(guarded.get("failed", {}))}
    return {**told, "seconds": round(sum(report.get("seconds", {}).values()), 3)}
