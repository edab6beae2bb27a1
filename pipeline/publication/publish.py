"""One publication of everything that changed since the last one, or a refusal that is told beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from sqlalchemy import Connection, and_, select

from pipeline.clock import now
from pipeline.publication.count_rows import publish_counts
from pipeline.publication.coverage_part import publish_coverage
from pipeline.publication.finding_rows import Changed, publish_findings
from pipeline.recorded import timed
from rasoat.progress import Progress
from rasoat.run_report import Published, RunReport
from rasoat.settings import Settings
from rasoat.store.checked_marks import mark_checked
from rasoat.store.derived import inputs_mark
from rasoat.store.publications import PublicationWriter, publishing, refuse, standing
from rasoat.store.published_schema import published_inputs
from rasoat.workspace import Workspace
from validators.checked_days import RULES_VERSION, check_inputs, checked
from validators.coverage_inputs import COVERAGE_VERSION
from validators.derivation.derive import DERIVATION_VERSION, derive
from validators.knowledge import load_graph
from validators.published_facts import ANSWERS_VERSION, reached
from validators.published_lines import publish_lines
from validators.published_procedures import publish_procedures

_FACTS = ("timelines", "procedures_now")  # of documents, of procedures
_EVERYTHING = and_(published_inputs.c.thing == "publication", published_inputs.c.owner == "")


class _HeldBack(Exception):
    """What was written is not to stand: readers go on seeing what stood before, and the next publication takes it back."""


def publish(work: Workspace, report: RunReport) -> None:
    """Bring what is published up to what is stored; where nothing was read since, nothing is loaded and nothing written."""
    publish_where(work, report, None, lambda: True)


def publish_where(work: Workspace, report: RunReport, as_of: date | None, passes: Callable[[], bool]) -> bool:
    """The same where what is about to stand passes; the report then tells of a day's findings too. What does not pass is written and
    seen by no reader until it is asked again, so that the gate and people can look at it."""
    done = Published()
    try:
        with work.bars("Công bố") as progress, publishing(work.engine, now, work.tell) as writer:
            with timed(report, "check" if as_of else "publish"), work.engine.connect() as connection:
                derive(work.engine, progress)
                ran = _write(writer, connection, work.settings, done, progress)
            if as_of:
                _tell(work, report, as_of, ran=ran)
            if not passes():
                raise _HeldBack
    except _HeldBack:
        return False
    finally:
        with work.engine.connect() as connection:
            done.number = standing(connection).number
        report.published = done
    return True


def _write(writer: PublicationWriter, connection: Connection, settings: Settings, done: Published, progress: Progress) -> bool:
    mark = publication_inputs(connection, settings)
    if [row["inputs"] for row in writer.rows_of(published_inputs, _EVERYTHING)] == [mark]:
        return False
    graph = load_graph(connection, settings.life_months)
    before = {thing: _digests(writer, thing) for thing in _FACTS}
    done.documents = publish_lines(writer, connection, graph, progress)
    done.procedures = publish_procedures(writer, connection, progress)
    documents, procedures = (_differing(before[thing], _digests(writer, thing)) for thing in _FACTS)
    changed = Changed(frozenset(reached(graph, documents) | documents), frozenset(procedures))
    publish_findings(writer, connection, settings, graph, changed, progress)
    publish_counts(writer, connection)
    publish_coverage(connection.engine, writer, progress)
    writer.replace(published_inputs, _EVERYTHING, [{"thing": "publication", "owner": "", "inputs": mark}])
    for written in writer.written.values():
        done.came, done.went = done.came + written.came, done.went + written.went
    return True


def _digests(writer: PublicationWriter, thing: str) -> dict[str, str]:
    """By owner what its rows are computed from, as this publication has it so far."""
    return {row["owner"]: row["inputs"] for row in writer.rows_of(published_inputs, published_inputs.c.thing == thing)}


def _differing(before: Mapping[str, str], now: Mapping[str, str]) -> set[str]:
    return {owner for owner in before.keys() | now.keys() if before.get(owner) != now.get(owner)}


def _tell(work: Workspace, report: RunReport, as_of: date, *, ran: bool) -> None:
    """What is about to stand tells of a day, which counts as checked."""
    with work.engine.begin() as connection:
        mark_checked(connection, as_of, check_inputs(connection, work.settings))
        report.checked = checked(connection, as_of, ran=ran)


def refuse_publication(work: Workspace, report: RunReport, as_of: date, failed: Sequence[str]) -> None:
    """The gate stopped it: what stands goes on standing, and tells why what came after it is not there."""
    refuse(work.engine, now, {"as_of": as_of.isoformat(), "failed": sorted(failed)})
    with work.engine.connect() as connection:
        report.published = Published(standing(connection).number, refused=True)


def publication_inputs(connection: Connection, settings: Settings) -> str:
    """What a publication of what is read now is marked with: where it is the same, nothing that is published is another than before."""
    versions = f"{DERIVATION_VERSION}/{ANSWERS_VERSION}/{RULES_VERSION}/{COVERAGE_VERSION}"
    return inputs_mark(connection, f"{versions}/{settings.life_months}/{settings.horizon_days}")


def published_from(connection: Connection) -> str | None:
    """The mark of the publication that stands; None where nothing was ever published."""
    stands = standing(connection).sees(published_inputs)
    inputs: str | None = connection.scalar(select(published_inputs.c.inputs).where(_EVERYTHING, stands))
    return inputs
