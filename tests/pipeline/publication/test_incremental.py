"""A worker that keeps what it loaded publishes, change by change, what a store that publishes once does."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete, select, update

from benchmarks.country.home import CountryHome, Size
from extractors.imports.import_options import ImportOptions
from pipeline.publication import publish
from pipeline.publication.loaded_facts import Keeper
from pipeline.steps import import_given
from rasoat.progress import unseen
from rasoat.run_report import RunReport
from rasoat.settings import Settings
from rasoat.store.extracted import drop_unseen
from rasoat.store.piece_changes import inputs_digest
from rasoat.store.publications import standing
from rasoat.store.published_schema import findings, published_tables, timelines
from rasoat.store.schema import citations, documents, effects, observations, places, procedures, progress
from rasoat.workspace import Workspace
from validators.quality import TouchedRows, gate_touched

pytestmark = pytest.mark.slow  # takes seconds of the processor

DAY = date(2026, 11, 22)
SIZE = Size(documents=160, effects=900, procedures=40, postings=60)
_TYPES = {"NĐ-CP": ("CHÍNH PHỦ", "NGHỊ ĐỊNH"), "QH15": ("QUỐC HỘI", "LUẬT"), "TT-BYT": ("BỘ Y TẾ", "THÔNG TƯ")}
_CLAUSES = (
    "{what} hết hiệu lực kể từ ngày văn bản này có hiệu lực thi hành.",
    "Bãi bỏ Điều 1 {what}.",
    "Sửa đổi, bổ sung khoản 1 Điều 2 {what}.",
    "Văn bản này thay thế {what}.",
    "Ngưng hiệu lực {what} đến hết ngày 31/12/2027.",
)


@pytest.fixture(scope="module", name="built")
def _built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("country")
    work = Workspace(Settings(home=home))
    made = CountryHome(work, SIZE, 5)
    for step in (made.documents, made.procedures, made.postings):
        step(unseen)
    work.archive.close()
    publish(work, RunReport("run"))
    work.engine.dispose()
    return home


class Office:
    """Somebody who imports texts, takes some back, and hands in others of the same number."""

    def __init__(self, work: Workspace, folder: Path, dice: random.Random) -> None:
        self._work, self._folder, self._dice = work, folder, dice
        with work.engine.connect() as connection:
            self._known = [(row.type, row.number) for row in connection.execute(select(documents.c.type, documents.c.number))]
        self._given: list[str] = []

    def acts(self) -> None:
        self._dice.choice([self._imports, self._imports, self._imports, self._takes_back, self._sees_again, self._hands_in_a_procedure])()

    def _imports(self) -> None:
        texts = []
        for _ in range(self._dice.choice([1, 1, 2])):
            name = f"van-ban-{self._dice.randrange(10**9)}.txt"
            (self._folder / name).write_text(self._text(), encoding="utf-8")
            texts.append(self._folder / name)
        import_given(self._work, RunReport("import"), texts, DAY + timedelta(days=self._dice.randrange(-400, 3)), ImportOptions())

    def _text(self) -> str:
        dice = self._dice
        symbol = dice.choice(list(_TYPES))
        issuer, kind = _TYPES[symbol]
        old = [number for _, number in self._known if number.endswith(symbol)]
        number = (
            dice.choice([*old[:30], *self._given])
            if (old or self._given) and dice.random() < 0.3
            else f"{dice.randrange(1, 60)}/{dice.randrange(2019, 2027)}/{symbol}"
        )
        if not number.endswith(symbol):
            number = f"{number.split('/')[0]}/2026/{symbol}"
        self._given.append(number)
        acts = [self._clause() for _ in range(dice.randrange(4))]
        year = int(number.split("/")[1]) if number.count("/") > 1 else 2024
        lines = [
            issuer,
            f"Số: {number}",
            f"Hà Nội, ngày {dice.randrange(1, 28):02} tháng {dice.randrange(1, 13):02} năm {year}",
            kind,
            f"Về việc thử {dice.randrange(5)}",
            f"Cơ quan có thẩm quyền ban hành {kind.capitalize()} về việc thử.",  # without it a text is a shortened copy, and ends nothing
        ]
        lines += [
            "Điều 1. Phạm vi",
            "Văn bản này quy định về việc thử.",
            "Điều 2. Hiệu lực thi hành",
            f"1. Văn bản này có hiệu lực thi hành từ ngày 01 tháng {dice.randrange(1, 13):02} năm {year + 1}.",
        ]
        return "\n".join([*lines, *(f"{n}. {act}" for n, act in enumerate(acts, 2))]) + "\n"

    def _clause(self) -> str:
        dice = self._dice
        type_, number = dice.choice(self._known)
        what = dice.choice(
            [
                f"{type_} số {number}",
                f"{type_} số {number}",
                f"Nghị định số {dice.randrange(1, 60)}/{dice.randrange(2019, 2027)}/NĐ-CP",
                f"{type_} số {number[:-1]}",
            ]
        )
        return dice.choice(_CLAUSES).format(what=what)

    def _some_piece(self) -> str | None:
        with self._work.engine.connect() as connection:
            held = sorted(connection.scalars(select(observations.c.piece).distinct()))
        return self._dice.choice(held) if held else None

    def _takes_back(self) -> None:
        """A piece that no answer holds any longer."""
        with self._work.engine.begin() as connection:
            connection.execute(delete(places).where(places.c.piece == self._some_piece()))
            drop_unseen(connection)
        publish(self._work, RunReport("import"))

    def _sees_again(self) -> None:
        """A text that was handed in before, on another day."""
        if texts := sorted(self._folder.glob("*.txt")):
            day = DAY + timedelta(days=self._dice.randrange(-900, 3))
            import_given(self._work, RunReport("import"), [self._dice.choice(texts)], day, ImportOptions())

    def _hands_in_a_procedure(self) -> None:
        """A few procedures on a few bases: some stand beside others, and come again with other words."""
        type_, number = self._dice.choice(self._known[:3])
        path = self._folder / f"thu-tuc-{self._dice.randrange(10**9)}.jsonl"
        path.write_text(f'{{"code": "9.{self._dice.randrange(4):06}", "name": "Thử {self._dice.randrange(3)}", "publisher": "Bộ Y tế", "legal_basis": "{type_} số {number}"}}\n', encoding="utf-8")  # fmt: skip
        import_given(self._work, RunReport("import"), [path], DAY, ImportOptions())


def rows(work: Workspace) -> Iterator[tuple[str, list[tuple[object, ...]]]]:
    """All that is derived and all that stands, born and died apart."""
    with work.engine.connect() as connection:
        stands = standing(connection)
        for table in (documents, effects, citations, progress):
            yield table.name, sorted((tuple(row) for row in connection.execute(select(table))), key=repr)
        for table in published_tables():
            kept = [column for column in table.columns if column.name not in ("born", "died", "gone_why")]
            found = connection.execute(select(*kept).where(stands.sees(table)))
            yield table.name, sorted((tuple(row) for row in found), key=repr)


@pytest.mark.parametrize("seed", range(4))
def test_what_is_published_after_any_changes_is_what_a_store_publishes_once(built: Path, tmp_path: Path, seed: int) -> None:
    home = tmp_path / "home"
    shutil.copytree(built, home)
    work, dice = Workspace(Settings(home=home), keeps=True), random.Random(seed)
    publish(work, RunReport("run"))
    office = Office(work, tmp_path, dice)
    for _ in range(7):
        office.acts()
    told = dict(rows(work))
    for table in (*published_tables(), citations, effects, documents, progress):
        with work.engine.begin() as connection:
            connection.execute(delete(table))
    again = Workspace(Settings(home=home))
    publish(again, RunReport("run"))
    with again.engine.connect() as connection, work.engine.connect() as known:
        assert inputs_digest(connection) == inputs_digest(known)
    for name, once in rows(again):
        assert told[name] == once, name


def test_a_decree_touches_what_it_touches(built: Path, tmp_path: Path) -> None:
    """Of one new text nothing else is read, resolved or judged again than what it reaches; what is public is left alone."""
    home = tmp_path / "home"
    shutil.copytree(built, home)
    work = Workspace(Settings(home=home), keeps=True)
    publish(work, RunReport("run"))
    kept = Keeper(work).facts(0, unseen).stored(work.engine.connect())
    number, codes = max(_cited(work).items(), key=lambda one: len(one[1]))
    text = tmp_path / "van-ban.txt"
    text.write_text(f"CHÍNH PHỦ\nSố: 901/2026/NĐ-CP\nHà Nội, ngày 02 tháng 11 năm 2026\nNGHỊ ĐỊNH\nVề việc thử\nChính phủ ban hành Nghị định về việc thử.\nĐiều 1. Hiệu lực\n1. Nghị định này có hiệu lực thi hành từ ngày 05 tháng 11 năm 2026.\n2. {number} hết hiệu lực kể từ ngày Nghị định này có hiệu lực thi hành.\nNơi nhận:\n- Lưu: VT.\nTM. CHÍNH PHỦ\nTHỦ TƯỚNG\n", encoding="utf-8")  # fmt: skip
    report = RunReport("import")
    import_given(work, report, [text], DAY, ImportOptions())
    assert report.published
    assert kept is Keeper(work).facts(0, unseen).stored(work.engine.connect())
    told = {one.kind: one for one in report.published.redone}
    assert (told["read"].count, told["read"].because) == (1, ("901/2026/NĐ-CP",))
    assert codes <= set(kept.judged)
    assert len(codes) <= told["judged"].count < len(kept.judged)
    assert (told["units"].count, told["lists"].count) == (0, 0)
    assert not {"coverage_units", "procedures_now"} & report.published.rows.keys()
    with work.engine.begin() as connection:
        decree = select(observations.c.piece).where(observations.c.key == "nghi-dinh|901/2026/NĐ-CP")
        connection.execute(delete(places).where(places.c.piece.in_(decree)))
        drop_unseen(connection)
    publish(work, report)
    with work.engine.connect() as connection:
        assert set(connection.scalars(select(findings.c.gone_why).where(findings.c.died.is_not(None)))) == {"document"}


def test_the_gate_asks_the_rows_that_a_change_wrote(built: Path, tmp_path: Path) -> None:
    """Where everything passed before; a row among them that breaks something is found, one elsewhere is left to the whole gate."""
    home = tmp_path / "home"
    shutil.copytree(built, home)
    work = Workspace(Settings(home=home))
    with work.engine.connect() as connection:
        known, *others = sorted(connection.scalars(select(documents.c.key)))
        held = connection.scalars(select(effects.c.piece).where(effects.c.source.in_(others[:20]))).all()
    touched = TouchedRows(frozenset(held), frozenset(held), frozenset(), frozenset(others[:20]), 1)
    passed = gate_touched(work.engine, DAY, touched)
    assert set(passed.broken) <= {"checks.day"}  # nobody has asked for a day here
    assert 100 < passed.evaluated < passed.expected
    with work.engine.begin() as connection:
        connection.execute(update(documents).where(documents.c.key == known).values(number="63 / 2010"))
    assert gate_touched(work.engine, DAY, touched).broken == passed.broken
    wider = replace(touched, documents=touched.documents | {known})
    assert {"documents.number.canonical", "documents.key.number"} <= set(gate_touched(work.engine, DAY, wider).broken)


def _cited(work: Workspace) -> dict[str, set[str]]:
    """By type and number the pieces that cite a decree."""
    found: dict[str, set[str]] = {}
    with work.engine.connect() as connection:
        query = select(documents.c.number, procedures.c.code).join(citations, citations.c.key == documents.c.key)
        query = query.join(procedures, procedures.c.piece == citations.c.piece).where(documents.c.type == "Nghị định")
        ended = select(timelines.c.key).where(timelines.c.provision == "", timelines.c.status == "expired")
        query = query.where(documents.c.key.not_in(ended))
        for number, code in connection.execute(query):
            found.setdefault(f"Nghị định số {number}", set()).add(code)
    return found
