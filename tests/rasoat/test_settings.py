"""Where state lives: a new home is its owner's alone, one that is there stays as it is."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from rasoat.settings import load_settings


def test_a_new_home_is_closed_to_others_and_an_old_one_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = os.umask(0)
    try:
        monkeypatch.setenv("RASOAT_HOME", str(tmp_path / "data" / "rasoat"))
        assert oct(load_settings().home.stat().st_mode) == "0o40700"
        shared = tmp_path / "shared"
        shared.mkdir(0o750)
        monkeypatch.setenv("RASOAT_HOME", str(shared))
        assert oct(load_settings().home.stat().st_mode) == "0o40750"
    finally:
        os.umask(before)
