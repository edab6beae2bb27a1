"""One publisher for all tests of the DAGs, and what the command line makes of it: the rows every other way must equal."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from airflow_processes import RASOAT, environment, finished
from same_rows import rows

from rasoat.demo.publisher import Publisher

DAY = "2026-11-22"


@pytest.fixture(scope="session")
def publisher() -> Iterator[str]:
    """The demo publisher's address."""
    with Publisher() as serving:
        yield serving.url


@pytest.fixture(scope="session")
def addresses(publisher: str) -> dict[str, str]:
    """Source → where it is asked."""
    return {"dichvucong": publisher, "phapdien": f"{publisher}/phapdien/2026-10", "vbpl": publisher}


@pytest.fixture(scope="session")
def by_hand(addresses: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """The rows of `rasoat run`."""
    folder = tmp_path_factory.mktemp("by-hand")
    sources = [f"--source={name}={address}" for name, address in addresses.items()]
    env = environment(folder)
    finished([*RASOAT, "run", *sources, "--observed-on", DAY, "--as-of", DAY], env)
    return rows(f"sqlite:///{folder / 'rasoat' / 'rasoat.db'}")


@pytest.fixture(scope="session")
def conf(addresses: dict[str, str]) -> dict[str, dict[str, object]]:
    """Crawl DAG → the form, filled in."""
    return {
        f"rasoat_crawl_{name}": {"address": address, "as_of": DAY, "observed_on": DAY, "shares": 2} for name, address in addresses.items()
    }
