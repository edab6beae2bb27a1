"""A secret planted in a setting or an option stands in nothing that a failing command says, logs or keeps."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import structlog
from typer.testing import CliRunner, Result

from cli import app

SECRET = "hunter2Mật"
SPELLED = "hunter2M%E1%BA%ADt"
CUT = "hunter2/Mật@#?x"  # typed as it is, though an address would have it encoded
DAY = ("--as-of", "2026-06-10")
ASKED = (("doctor",), ("findings", *DAY), ("extract", "--json"), ("search", "khai sinh"), ("crawl", "--source", "vbpl=http://127.0.0.1:9"))


def settings_with(secret: str) -> list[dict[str, str]]:
    """Each setting that can hold one, in forms that fail."""
    return [
        {"RASOAT_DATABASE_URL": f"postgresql://rasoat:{secret}@127.0.0.1:9/rasoat"},
        {"RASOAT_DATABASE_URL": f"postgresql://127.0.0.1:9/rasoat?password={secret}&connect_timeout=x"},
        {"RASOAT_DATABASE_URL": f"postgresql+khongco://rasoat:{secret}@db/rasoat"},
        {"RASOAT_DATABASE_URL": f"postgresql://rasoat:x@db:{secret}/rasoat"},
        {"RASOAT_DATABASE_URL": f"rasoat:{secret}@db/rasoat"},
        {"RASOAT_ARCHIVE_URL": f"khongco://u:{secret}@host/archive"},
        {"RASOAT_ARCHIVE_URL": f"ftp://u:{secret}@127.0.0.1:9/archive"},
        {"RASOAT_ARCHIVE_URL": f"s3://key:{secret}@bucket/archive"},
        {"RASOAT_SEARCH_ENGINE": "elasticsearch", "RASOAT_ELASTICSEARCH_URL": f"http://u:{secret}@127.0.0.1:9"},
        {"RASOAT_SEARCH_ENGINE": "elasticsearch", "RASOAT_ELASTICSEARCH_URL": f"http://u:{secret}@h:x,http://u:{secret}@127.0.0.1:9"},
        {"RASOAT_SEARCH_ENGINE": "elasticsearch", "RASOAT_ELASTICSEARCH_URL": f"u:{secret}@127.0.0.1"},
        {"RASOAT_SEARCH_ENGINE": f"elastic://u:{secret}@h"},
        {"RASOAT_HORIZON_DAYS": f"http://u:{secret}@h"},
        {"RASOAT_ALERT_WEBHOOK": f"https://hooks.example/{secret}", "RASOAT_RATE": secret},
    ]


@pytest.fixture(autouse=True)
def of_its_own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in [name for name in os.environ if name.startswith("RASOAT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("RASOAT_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("RASOAT_METRICS_FILE", str(tmp_path / "home" / "metrics.prom"))
    monkeypatch.setenv("RASOAT_LOG_LEVEL", "DEBUG")


def rasoat(*words: str) -> Result:
    structlog.reset_defaults()  # each command's log goes to its own standard error
    done = CliRunner().invoke(app, list(words))
    assert done.exception is None or isinstance(done.exception, SystemExit), (words, done.exception)
    return done


def kept_below(folder: Path) -> bytes:
    """Every byte of every file: the store with its log of runs, the index, the archive, the metrics."""
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def untold(said: str, folder: Path) -> None:
    for piece in ("hunter2", SPELLED, "Mật"):
        assert piece not in said, said
        assert piece.encode() not in kept_below(folder)
        assert json.dumps(piece)[1:-1] not in said


@pytest.mark.slow
@pytest.mark.parametrize("secret", [SPELLED, CUT])
@pytest.mark.parametrize("at", range(len(settings_with(""))))
def test_no_setting_s_secret_is_told(at: int, secret: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name, value in settings_with(secret)[at].items():
        monkeypatch.setenv(name, value)
    ended = []
    for words in ASKED:
        done = rasoat(*words)
        untold(done.stdout + done.stderr, tmp_path)
        ended.append(done.exit_code)
    assert {2, 3} & set(ended), "none of them failed: what was planted is not looked at any more"


@pytest.mark.parametrize("secret", [SECRET, CUT])
def test_no_option_s_secret_is_told_or_kept(secret: str, tmp_path: Path) -> None:
    for given in (f"vbpl=http://u:{secret}@127.0.0.1:9", f"vbpl=ftp://u:{secret}@h", f"vbpl=u:{secret}@h", f"http://u:{secret}@h", f"u:{secret}@h",
                  f"vbpl=http://127.0.0.1:9/?token={secret}", f"vbpl=http://127.0.0.1:9/#{secret}", f"vbpl=http://{secret}@127.0.0.1:9"):  # fmt: skip
        for words in (("crawl",), ("run", *DAY)):
            done = rasoat(*words, "--source", given)
            assert done.exit_code == 2, done.output
            assert len(done.stderr.strip().splitlines()[-1:]) == 1
            untold(done.stdout + done.stderr, tmp_path)


def test_the_log_of_a_real_process_tells_none(tmp_path: Path) -> None:
    env = {**os.environ, "RASOAT_ARCHIVE_URL": f"ftp://u:{SPELLED}@127.0.0.1:9/archive"}
    words = ["crawl", "--source", "vbpl=http://127.0.0.1:9"]
    done = subprocess.run([sys.executable, "-m", "rasoat.start", *words], env=env, capture_output=True, text=True, check=False)
    assert '"event": "begun"' in done.stderr or '"event":"begun"' in done.stderr
    assert done.returncode in (2, 3)
    untold(done.stdout + done.stderr, tmp_path)


@pytest.mark.parametrize("held", [f"{SECRET}\nhai dòng", "\x00" + SECRET])
def test_a_secret_s_file_that_cannot_be_used_is_named_and_not_told(held: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    key = tmp_path / "khoa"
    key.write_text(held, "utf-8")
    monkeypatch.setenv("RASOAT_ELASTICSEARCH_API_KEY_FILE", str(key))
    done = rasoat("search", "x", "--engine", "elasticsearch")
    assert done.exit_code in (2, 3)
    assert "RASOAT_ELASTICSEARCH_API_KEY_FILE" in done.stderr
    untold(done.stderr, tmp_path / "home")


def test_a_folder_of_secrets_that_is_none_is_one_line(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "tep").write_text(SECRET, "utf-8")
    (tmp_path / "bi-mat").mkdir()
    (tmp_path / "bi-mat" / "rasoat_database_url").write_bytes(b"postgresql://u:\xff" + SECRET.encode())
    for folder in ("tep", "khong-co", "bi-mat"):
        monkeypatch.setenv("RASOAT_SECRETS_DIR", str(tmp_path / folder))
        done = rasoat("findings")
        assert done.exit_code == 2, done.output
        assert "RASOAT_SECRETS_DIR" in done.stderr
        assert "hunter2" not in done.stderr
