"""One publication of everything that changed since the last one, or a refusal that is told beside it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from sqlalchemy import Connection

from pipeline.clock import now
from pipeline.publication.count_rows import publish_counts
from pipeline.publication.coverage_part import publish_coverage
from pipeline.publication.finding_rows import Changed, publish_findings, publish_public_findings
from pipeline.publication.loaded_facts import Keeper, LoadedFacts
from pipeline.publication.redone import redone
from pipeline.recorded import timed
from rasoat.progress import Progress
from rasoat.run_report import Published, RunReport
from rasoat.settings import Settings
from rasoat.store.checked_marks import mark_checked
from rasoat.store.derived import inputs_mark
from rasoat.store.piece_changes import forget_old
from rasoat.store.publications import PublicationWriter, Refusal, publishing, refuse, standing
from rasoat.workspace import Workspace
from validators.checked_days import RULES_VERSION, check_inputs, checked
from validators.coverage_inputs import COVERAGE_VERSION
from validators.derivation.derive import DERIVATION_VERSION
from validators.published_facts import ANSWERS_VERSION
from validators.published_lines import publish_lines
from validators.published_procedures import publish_procedures
from validators.quality import TouchedRows

# Whether what is about to stand may: True, a refusal that is told with every answer, or False where it is only written, to be asked.
Passes = Callable[[TouchedRows | None], bool | Refusal]


class _HeldBack(Exception):
    """What was written is not to stand: readers go on seeing what stood before, and the next publication takes it back."""


def publish(work: Workspace, report: RunReport) -> None:
    """Bring what is published up to what is stored; where nothing was read since, nothing is loaded and nothing written."""
    publish_where(work, report, None, lambda _: True)


def publish_where(work: Workspace, report: RunReport, as_of: date | None, passes: Passes, because: str | None = None) -> bool:
    """The same where what is about to stand passes; the report then tells of a day's findings too. What does not pass is written and
    seen by no reader until it is asked again, so that the gate and people can look at it. `passes` is given all that has changed since the
    whole gate passed in this process for this day, None where nobody knows. `because`: it is published all the same, and the publication
    keeps this reason."""
    done, keeper, inputs = Published(), Keeper(work), partial(publication_inputs, settings=work.settings)
    try:
        with work.bars("Công bố") as progress, publishing(work.engine, now, work.tell, inputs) as writer:
            with timed(report, "check" if as_of else "publish"), work.engine.connect() as connection:
                facts = keeper.facts(writer.number - 1, progress)
                ran = _write(writer, connection, work.settings, facts, done, progress)
            if as_of:
                _tell(work, report, as_of, ran=ran)
            verdict = passes(keeper.touched_rows(writer.number, as_of))
            if verdict is not True:
                _hold_back(work, verdict, done, because)  # while nobody else publishes: what it tells is of what stands now
                writer.because = because
    except _HeldBack:
        return False
    except BaseException:
        keeper.forget()
        raise
    finally:
        with work.engine.connect() as connection:
            done.number = standing(connection).number
        report.published = done
    forget_old(work.engine)
    keeper.settled(done.number, as_of if as_of and report.guarded and not report.guarded.blocks else None)
    return True


def _hold_back(work: Workspace, verdict: bool | Refusal, done: Published, because: str | None) -> None:
    """Keep what was written from standing, unless the gate refused it and an operator said why it is to stand all the same."""
    if isinstance(verdict, Refusal) and because is None:
        refuse(work.engine, now, verdict)
        done.refused = True
    if because is None or not isinstance(verdict, Refusal):
        raise _HeldBack


def _write(
    writer: PublicationWriter, connection: Connection, settings: Settings, facts: LoadedFacts, done: Published, progress: Progress
) -> bool:
    mark = publication_inputs(connection, settings)
    if writer.inputs_of("publication") == {"": mark}:
        return False
    documents = publish_lines(writer, connection, facts.graph(connection), progress, facts.touched)
    procedures = publish_procedures(writer, connection, progress, facts.touched)
    changed = Changed(frozenset(documents), frozenset(procedures))
    again = publish_findings(writer, connection, settings, facts.stored(connection), changed, progress)
    # Where only documents were read, nothing of what coverage rests on was.
    covered = facts.touched is None and publish_coverage(connection.engine, writer, progress)
    audited = frozenset[str]()
    if covered or again.why != "facts":
        audited = publish_public_findings(writer, connection, facts.stored(connection), progress)
    publish_counts(writer, connection)
    writer.mark("publication", {"": mark})  # last: by this row one that was written to its end is known
    done.documents, done.procedures = len(documents), len(procedures)
    done.redone = redone(facts, changed, again, audited, writer)
    for table, written in writer.written.items():
        done.came, done.went = done.came + written.came, done.went + written.went
        if written:
            done.rows[table] = written.came + written.went
    return True


def _tell(work: Workspace, report: RunReport, as_of: date, *, ran: bool) -> None:
    """What is about to stand tells of a day, which counts as checked."""
    with work.engine.begin() as connection:
        mark_checked(connection, as_of, check_inputs(connection, work.settings))
        report.checked = checked(connection, as_of, ran=ran)


def publication_inputs(connection: Connection, settings: Settings) -> str:
    """What a publication of what is read now is marked with: where it is the same, nothing that is published is another than before."""
    versions = f"{DERIVATION_VERSION}/{ANSWERS_VERSION}/{RULES_VERSION}/{COVERAGE_VERSION}"
    return inputs_mark(connection, f"{versions}/{settings.life_months}/{settings.horizon_days}")
