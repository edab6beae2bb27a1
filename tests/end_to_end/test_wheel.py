"""The wheel works outside the checkout: everything it needs is in it, and the demo's advice works as typed."""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from rasoat.start import ROOMS
from tests.end_to_end.bare_user import opened, program, typed

pytestmark = pytest.mark.slow
HOUSE = Path(__file__).parents[2]
PACKAGES = ("rasoat", *ROOMS)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from a copy: building leaves files beside the sources."""
    source, made = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("wheel")
    for room in PACKAGES:
        shutil.copytree(HOUSE / room, source / room, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(HOUSE / name, source)
    build = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--wheel-dir", str(made), str(source)]
    done = subprocess.run(build, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    (found,) = made.glob("rasoat-*.whl")
    return found


@pytest.fixture(scope="module")
def rooms(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(folder)
    return folder


def test_every_file_of_every_room_is_in_it(rooms: Path) -> None:
    wanted = {path.relative_to(HOUSE) for room in PACKAGES for path in (HOUSE / room).rglob("*") if path.is_file()}
    wanted = {path for path in wanted if "__pycache__" not in path.parts}
    assert sorted(str(path) for path in wanted if not (rooms / path).is_file()) == []


def test_it_starts_where_the_project_says(rooms: Path) -> None:
    (told,) = rooms.glob("*.dist-info/entry_points.txt")
    assert "rasoat = rasoat.start:main" in told.read_text("utf-8")


def test_the_demo_and_everything_it_advises_work_as_typed(rooms: Path, tmp_path: Path) -> None:
    home, elsewhere = tmp_path / "home", tmp_path / "elsewhere"
    home.mkdir()
    elsewhere.mkdir()
    programs = program(tmp_path / "bin").parent
    done = typed("rasoat demo", home, rooms, elsewhere, programs)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    kept = home / ".local/share/rasoat-demo"
    assert (kept / "rasoat.db").is_file()
    assert "5 trong 33 phát hiện" in done.stdout
    advised = [line.strip() for line in done.stdout.splitlines() if line.startswith("  RASOAT_HOME=")]
    assert len(advised) == 7
    *asking, serving = advised
    assert "<main" in opened(serving, home, rooms, elsewhere, programs)
    for line in asking:
        followed = typed(line, home, rooms, elsewhere, programs)
        assert followed.returncode == 0, f"{line}\n{followed.stdout}\n{followed.stderr}"
        assert followed.stdout + followed.stderr, line
    assert (elsewhere / "phat-hien.xlsx").is_file()
    assert sorted(path.name for path in (home / ".local/share").iterdir()) == ["rasoat-demo"]
    where = typed(f"{sys.executable} -c 'import rasoat, search; print(rasoat.__file__, search.__file__)'", home, rooms, elsewhere)
    assert all(Path(path).is_relative_to(rooms) for path in where.stdout.split())
