"""Whatever happened to the embedded index's folder: questions are answered as before or refused by name, and a build mends it."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import tantivy
from corpus import DAY, corpus
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search.answering import answer
from search.engines import IndexBusy, IndexDamaged, IndexMissing, IndexUnusable, Query, Sort
from search.engines.embedded import EmbeddedEngine
from search.entries import Entry
from search.suggesting import suggestions

Damage = Callable[[Path], None]
_OUTSIDE = Path("/etc/hostname")


def gone(path: Path) -> None:
    shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()


def emptied(path: Path) -> None:
    path.write_bytes(b"")


def cut(path: Path) -> None:
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])


def without_its_last_byte(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


def garbage(path: Path) -> None:
    path.write_bytes(random.Random(path.name).randbytes(max(64, path.stat().st_size)))


def one_byte_changed(path: Path) -> None:
    data = bytearray(path.read_bytes())
    if data:
        data[len(data) // 3] ^= 0x11
    path.write_bytes(bytes(data))


def a_folder(path: Path) -> None:
    path.unlink()
    (path / "below").mkdir(parents=True)


def a_link_to_nowhere(path: Path) -> None:
    path.unlink()
    path.symlink_to(path.parent / "nowhere")


def a_link_outside(path: Path) -> None:
    path.unlink()
    path.symlink_to(_OUTSIDE)


WAYS = (gone, emptied, cut, without_its_last_byte, garbage, one_byte_changed, a_folder, a_link_to_nowhere, a_link_outside)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home whose index was built, updated and had entries removed: every kind of file an index can have."""
    home, entries = tmp_path_factory.mktemp("whole"), corpus()
    engine = EmbeddedEngine(home)
    engine.build(entries, as_of=DAY)
    engine.update(entries[:3], [entries[5].id])
    engine.close()
    return home


def held() -> list[Entry]:
    return [entry for at, entry in enumerate(corpus()) if at != 5]


def told(home: Path) -> list[object]:
    """What the index answers to a few questions of each kind."""
    engine = EmbeddedEngine(home)
    try:
        return [
            engine.count(),
            engine.open().as_of,
            [(hit.entry, round(hit.score, 4)) for hit in answer(engine, Query("dang ky khai sinh", size=20)).hits],
            [hit.entry.id for hit in answer(engine, Query("", size=100, sort=Sort.TITLE)).hits],
            answer(engine, Query("thủ tục")).facets,
            suggestions(engine, "dang ky", 5),
        ]
    finally:
        engine.close()


@pytest.fixture(scope="module")
def before(whole: Path) -> list[object]:
    return told(whole)


def built(home: Path) -> list[object]:
    engine = EmbeddedEngine(home)
    engine.build(held(), as_of=DAY)
    engine.inspect()
    engine.close()
    return told(home)


@pytest.fixture(scope="module")
def anew(tmp_path_factory: pytest.TempPathFactory) -> list[object]:
    """What an index answers that was built from nothing."""
    return built(tmp_path_factory.mktemp("anew"))


def copied(whole: Path, to: Path) -> Path:
    shutil.copytree(whole / "search", to / "search", dirs_exist_ok=True)
    return to / "search"


def version(search: Path) -> Path:
    return search / (search / "current").read_text("utf-8")


def parts(search: Path) -> list[str]:
    """Every file of the folder, by its place; random names by what they end in."""
    return sorted(str(path.relative_to(search)) for path in search.rglob("*") if path.is_file())


def answered_or_named(home: Path, before: list[object]) -> str:
    """The code of the refusal, or "" where the index answered as before."""
    try:
        assert told(home) == before
    except (IndexDamaged, IndexMissing) as refusal:
        return "" if "\n" in str(refusal) else refusal.code
    return ""


@pytest.mark.parametrize("way", WAYS)
def test_any_file_in_any_way(whole: Path, before: list[object], anew: list[object], tmp_path: Path, way: Damage) -> None:
    """Each file is missed when it is gone or cut, but for those that hold nothing (locks); a build mends them all at once."""
    search = copied(whole, tmp_path)
    for part in parts(search):
        kept = (search / part).read_bytes()
        way(search / part)
        code = answered_or_named(tmp_path, before)
        needed = not Path(part).name.startswith(".") and "lock" not in part
        if needed and way not in (one_byte_changed, without_its_last_byte):
            assert code, (part, way)
        if (search / part).is_symlink() or (search / part).is_dir():
            gone(search / part)
        (search / part).write_bytes(kept)
    assert answered_or_named(tmp_path, before) == ""
    for part in sorted(parts(search), reverse=True):
        way(search / part)
    assert built(tmp_path) == anew


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_several_files_and_bytes_at_once(
    whole: Path, before: list[object], anew: list[object], tmp_path: Path, data: st.DataObject
) -> None:
    home = tmp_path / "home"
    shutil.rmtree(home, ignore_errors=True)
    search = copied(whole, home)
    names = [name for name in parts(search) if "texts.db" not in name]  # its bytes are looked at by `inspect`, not by each question
    for name in data.draw(st.lists(st.sampled_from(names), min_size=1, max_size=4, unique=True)):
        path = search / name
        if data.draw(st.booleans()):
            data.draw(st.sampled_from(WAYS))(path)
        elif content := bytearray(path.read_bytes()):
            for _ in range(data.draw(st.integers(1, 5))):
                content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
            path.write_bytes(bytes(content))
    answered_or_named(home, before)
    assert built(home) == anew


@pytest.mark.parametrize(
    "pointer",
    [b"", b"\n", b"..", b"../..", b"/etc", b"\xff\xfe", b"x" * 100_000, b"e5d3aa0b-000000000000", b"current", b"a\nb"],
)
def test_a_pointer_that_points_nowhere(whole: Path, before: list[object], anew: list[object], tmp_path: Path, pointer: bytes) -> None:
    search = copied(whole, tmp_path)
    (search / "current").write_bytes(pointer)
    assert answered_or_named(tmp_path, before) in ("index.damaged", "index.missing")
    assert built(tmp_path) == anew


def a_text(path: Path) -> None:
    gone(path)
    path.write_text("x", "utf-8")


def a_dead_link(path: Path) -> None:
    gone(path)
    path.symlink_to("/nowhere")


@pytest.mark.parametrize("way", [gone, a_text, a_dead_link])
def test_the_version_is_gone_a_file_or_a_link(whole: Path, before: list[object], anew: list[object], tmp_path: Path, way: Damage) -> None:
    way(version(copied(whole, tmp_path)))
    assert answered_or_named(tmp_path, before) == "index.damaged"
    assert built(tmp_path) == anew


def test_leftovers_of_killed_builds_are_swept(whole: Path, anew: list[object], tmp_path: Path) -> None:
    search = copied(whole, tmp_path)
    for name in ("e5d3aa0b-0123456789ab/index", "00000000-0123456789ab", "strange"):
        (search / name).mkdir(parents=True)
    (search / "current.0123.new").write_text("e5d3", "utf-8")
    (search / "elsewhere").symlink_to(tmp_path)
    assert built(tmp_path) == anew
    assert {path.name for path in search.iterdir()} == {"current", "build.lock", version(search).name, version(whole / "search").name}
    assert tmp_path.is_dir()


def test_a_lock_that_is_none_is_replaced_and_nothing_outside_is_touched(whole: Path, anew: list[object], tmp_path: Path) -> None:
    (outside := tmp_path / "outside").write_text("kept", "utf-8")
    search = copied(whole, tmp_path)
    for lock in (search / "build.lock", version(search) / "index" / ".tantivy-writer.lock"):
        lock.unlink()
        lock.symlink_to(outside)
    assert built(tmp_path) == anew
    assert outside.read_text("utf-8") == "kept"


def test_a_file_or_a_dead_link_in_place_of_the_folder_is_put_aside_by_a_build(anew: list[object], tmp_path: Path) -> None:
    (home := tmp_path / "one").mkdir()
    (home / "search").write_text("somebody's", "utf-8")
    engine = EmbeddedEngine(home)
    with pytest.raises(IndexUnusable) as refused:
        engine.count()
    assert refused.value.code == "index.no_folder"
    assert built(home) == anew
    assert [path.read_text("utf-8") for path in home.glob("search.*.aside")] == ["somebody's"]
    (home := tmp_path / "two").mkdir()
    (home / "search").symlink_to(tmp_path / "gone")
    assert built(home) == anew
    assert not (tmp_path / "gone").exists()


def test_a_folder_elsewhere_is_where_the_link_says(anew: list[object], tmp_path: Path) -> None:
    (home := tmp_path / "home").mkdir()
    (tmp_path / "disk").mkdir()
    (home / "search").symlink_to(tmp_path / "disk")
    assert built(home) == anew
    assert (tmp_path / "disk" / "current").is_file()


def test_bodies_that_are_not_all_there_are_seen_by_who_looks(whole: Path, tmp_path: Path) -> None:
    for way in (gone, emptied, cut, garbage, a_folder):
        home = tmp_path / way.__name__
        search = copied(whole, home)
        way(version(search) / "texts.db")
        engine = EmbeddedEngine(home)
        with pytest.raises(IndexDamaged, match=r"texts\.db"):
            engine.inspect()
        engine.close()


def test_what_is_damaged_while_it_is_open_is_named(whole: Path, tmp_path: Path) -> None:
    search = copied(whole, tmp_path)
    engine = EmbeddedEngine(tmp_path)
    assert engine.count() == len(held())
    (version(search) / "index" / "meta.json").unlink()
    with pytest.raises(IndexDamaged):
        answer(engine, Query("khai sinh"))
    engine.build(held())
    assert engine.count() == len(held())
    engine.close()


def test_another_writer_is_no_damage(whole: Path, tmp_path: Path) -> None:
    search = copied(whole, tmp_path)
    one, other = EmbeddedEngine(tmp_path), EmbeddedEngine(tmp_path)
    writing = tantivy.Index.open(str(version(search) / "index")).writer(15_000_000, 1)
    with pytest.raises(IndexBusy):
        other.update(held()[:1])
    del writing
    assert one.update(held()[:1]) == len(held())
