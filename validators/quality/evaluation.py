"""The one module that knows Great Expectations: suites are built in code for each run, evaluated, and read back.

Nothing is loaded from a saved suite (it may have lost expectations and still report success), every argument is passed on
the instance (a value equal to a class default is not stored), and its Data Docs are not used: they fetch styles from
other hosts and do not show the rows of `UnexpectedRowsExpectation`.
"""

from __future__ import annotations

import importlib.util
import logging
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

from sqlalchemy import Engine, Select, func, select

from rasoat.addresses import masked
from rasoat.progress import Progress
from validators.quality.expectation import ROWS, Expectation, Pair
from validators.quality.verdict import Broken, Outcome, Row

SHOWN = 20  # rows of a broken expectation that are kept and shown
_LONGEST = 200  # letters of a shown value


def evaluate(engine: Engine, asked: Sequence[Expectation], progress: Progress) -> tuple[dict[str, Outcome], list[Broken]]:
    """Evaluate every expectation; what each came to, and the broken ones with their rows."""
    outcomes: dict[str, Outcome] = {}
    measured: dict[str, list[Pair]] = {}
    session = _Session(engine)
    groups = [(suite, list(checks)) for suite, checks in groupby(sorted(asked, key=_batch), key=_batch)]
    for done, (batch, checks) in enumerate(groups):
        progress(checks[0].suite, done, len(groups))
        try:
            outcomes.update(session.run(batch, checks, measured))
        except Exception as error:  # bad data never raises: what cannot be evaluated is broken, with the reason
            outcomes.update({check.name: Outcome(False, _told(f"{type(error).__name__}: {error}")) for check in checks})
    progress("", len(groups), len(groups))
    broken = [check for check in asked if check.name in outcomes and not outcomes[check.name].success]
    return outcomes, [_shown(engine, check, outcomes[check.name], measured) for check in broken]


def query_of(engine: Engine, bad: Select[Any], limit: int) -> str:
    """The first rows of a selection as SQL text of this database."""
    compiled = bad.limit(limit).compile(dialect=engine.dialect, compile_kwargs={"literal_binds": True})
    # The text is formatted before it is run, so braces are doubled. Each query names its tables itself, and its batch is always
    # a whole table; without the word {batch} somewhere the library prints a warning for each.
    text = str(compiled).replace("%%", "%").replace("{", "{{").replace("}", "}}")
    return f"{text}\n/* {{batch}} */"


def _loaded_when_used(name: str) -> None:
    """Load a library's module only where something of it is looked up (importlib.util.LazyLoader)."""
    if name in sys.modules or (spec := importlib.util.find_spec(name)) is None or spec.loader is None:
        return
    parent, _, own = name.rpartition(".")
    spec.loader = importlib.util.LazyLoader(spec.loader)
    sys.modules[name] = module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    setattr(sys.modules[parent], own, module)


def _batch(check: Expectation) -> tuple[str, str, str]:
    return check.suite, check.table, check.name if check.pairs else ""


class _Session:
    """One run's context, data sources and suites; nothing of it is kept."""

    def __init__(self, engine: Engine) -> None:
        os.environ.setdefault("GX_ANALYTICS_ENABLED", "false")
        _loaded_when_used("scipy.stats")  # a quarter of the library's import; no expectation of ours draws a distribution
        import great_expectations as gx
        from great_expectations.data_context.types.base import ProgressBarsConfig

        for name in ("great_expectations", "great_expectations.data_context.types.base"):  # the second sets a level of its own
            logging.getLogger(name).setLevel(logging.ERROR)
        self._gx, self._engine = gx, engine
        self._context = gx.get_context(mode="ephemeral")
        self._context.variables.progress_bars = ProgressBarsConfig(globally=False)
        address = engine.url.render_as_string(hide_password=False)
        sources = self._context.data_sources
        add = sources.add_sqlite if engine.dialect.name == "sqlite" else sources.add_postgres
        self._tables = add("store", connection_string=address)
        self._frames = sources.add_pandas("measured")

    def run(self, batch: tuple[str, str, str], checks: list[Expectation], measured: dict[str, list[Pair]]) -> Iterator[tuple[str, Outcome]]:
        """Evaluate the expectations of one batch: a table, or the pairs of one measure."""
        gx, name = self._gx, " / ".join(part for part in batch if part)
        suite = gx.ExpectationSuite(name=name, expectations=[self.built(check) for check in checks])
        arguments: dict[str, Any] = {}
        if checks[0].pairs:
            data = self._frames.add_dataframe_asset(name).add_batch_definition_whole_dataframe("all")
            arguments["dataframe"] = self._frame(checks[0], measured)
        else:
            data = self._tables.add_table_asset(name, table_name=checks[0].table).add_batch_definition_whole_table("all")
        self._context.suites.add(suite)
        definition = self._context.validation_definitions.add(gx.ValidationDefinition(name=name, data=data, suite=suite))
        checkpoint = gx.Checkpoint(name=name, validation_definitions=[definition], result_format={"result_format": "BOOLEAN_ONLY"})
        result = self._context.checkpoints.add(checkpoint).run(batch_parameters=arguments or None)
        return outcomes_of(result.run_results.values())

    def built(self, check: Expectation) -> Any:
        """The Great Expectations instance of an expectation, every argument on the instance."""
        import great_expectations.expectations as gxe

        arguments = dict(check.arguments)
        if check.kind == ROWS:
            assert check.bad is not None
            arguments = {"unexpected_rows_query": query_of(self._engine, check.bad, SHOWN)}
        return getattr(gxe, check.kind)(**arguments, description=check.says, meta={"check": check.name, "tier": check.tier.value})

    def _frame(self, check: Expectation, measured: dict[str, list[Pair]]) -> Any:
        import pandas as pd  # type: ignore[import-untyped]

        assert check.pairs is not None
        bad: list[Pair] = []
        seen: list[tuple[str, str]] = []
        with self._engine.connect() as connection:
            for key, value, expected in check.pairs(connection):
                seen.append((str(value), str(expected)))
                if value != expected:
                    bad.append((key, value, expected))
        measured[check.name] = bad
        return pd.DataFrame(seen, columns=["value", "expected"], dtype="object")


def warned(engine: Engine, check: Expectation) -> Broken | None:
    """What is told of a selection of broken rows, without the library; None where there is none."""
    assert check.bad is not None
    told = _shown(engine, check, Outcome(False), {})
    return told if told.total else None


def outcomes_of(results: Iterable[Any]) -> Iterator[tuple[str, Outcome]]:
    """What validation results say of each expectation, by the name it was given."""
    for result in results:
        for one in result.results:
            told = one.exception_info or {}
            errors = [told] if "raised_exception" in told else list(told.values())
            error = next((_told(str(info["exception_message"])) for info in errors if info.get("raised_exception")), "")
            name = (one.expectation_config.meta or {}).get("check", "")
            yield name, Outcome(bool(one.success), error)


def _told(error: str) -> str:
    """What a library says of a fault, on one line without a password that may stand in an address."""
    return masked(" ".join(error.split()))


def _shown(engine: Engine, check: Expectation, outcome: Outcome, measured: dict[str, list[Pair]]) -> Broken:
    total: int = 0
    rows: tuple[Row, ...] = ()
    if check.name in measured:
        pairs = sorted(measured[check.name], key=lambda pair: pair[0])
        total, rows = len(pairs), tuple(Row(key, _short(value), _short(expected)) for key, value, expected in pairs[:SHOWN])
    elif check.bad is not None and not outcome.error:
        total, rows = _rows(engine, check.bad)
    return Broken(check.name, check.suite, check.tier, check.says, check.table, check.column, total, rows, outcome.error[:500])


def _rows(engine: Engine, bad: Select[Any]) -> tuple[int, tuple[Row, ...]]:
    counted = select(func.count()).select_from(bad.subquery())
    with engine.connect() as connection:
        total = connection.scalar(counted) or 0
        # By key: the same rows are shown whichever run stored them first.
        found = connection.execute(bad.order_by(*list(bad.selected_columns)[:-1]).limit(SHOWN)).mappings().all()
    rows = []
    for one in found:
        *keys, (_, value) = one.items()
        rows.append(Row(", ".join(f"{name}={_short(held, 24)}" for name, held in keys), _short(value)))
    return total, tuple(rows)


def _short(value: object, longest: int = _LONGEST) -> str:
    text = "∅" if value is None else str(value)
    return text if len(text) <= longest else text[: longest - 1] + "…"
