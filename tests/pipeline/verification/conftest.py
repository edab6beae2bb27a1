"""A home built once, and copies of it that tests may spoil."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.verification.verify import Verification, verify
from rasoat.settings import Settings
from rasoat.workspace import Workspace
from tests.pipeline.verification.small_home import build, copied


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("verified"))


@pytest.fixture
def home(built: Path, tmp_path: Path) -> Path:
    return copied(built, tmp_path / "home")


def verified_home(home: Path, **asked: bool) -> Verification:
    """The home made again and compared, in this process."""
    work = Workspace(Settings(home=home))
    try:
        return verify(work, **asked)
    finally:
        work.engine.dispose()


@pytest.fixture(scope="session")
def verify_home() -> Callable[..., Verification]:
    return verified_home


@pytest.fixture(scope="session")
def healthy(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Verification:
    """What a verification says of a home that nobody touched."""
    return verified_home(copied(built, tmp_path_factory.mktemp("healthy") / "home"))
