"""The commands of the Airflow guide, run as typed by a bare user in an empty home: set up, listed, tried on the sample publisher."""

from __future__ import annotations

import os
import re
import signal
import subprocess
from pathlib import Path

import psutil
import pytest

from tests.end_to_end.bare_user import HOUSE, PATIENCE, checkout

pytestmark = pytest.mark.slow


def blocks(document: str) -> list[str]:
    """The blocks that are to be copied as they are: those marked `bash`."""
    return re.findall(r"^```bash\n(.*?)^```", (HOUSE / document).read_text("utf-8"), re.S | re.M)


def test_the_airflow_guide(tmp_path: Path) -> None:
    house, home = checkout(tmp_path / "rasoat"), tmp_path / "home"
    home.mkdir()
    first, trial = blocks("docs/airflow.md")
    script = f"set -e\n{first}\n{trial}"
    told = {"HOME": str(home), "PATH": "/usr/local/bin:/usr/bin:/bin", "LANG": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1"}
    begun = subprocess.Popen(
        ["bash", "-c", script], env=told, cwd=house, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    try:
        said, failed = begun.communicate(timeout=2 * PATIENCE)
    finally:
        for one in psutil.process_iter():
            if _of_session(one, begun.pid):
                one.send_signal(signal.SIGKILL)
    assert begun.returncode == 0, said[-4000:] + failed[-4000:]
    listed = set(re.findall(r"^(\w+) +\|", said, re.M)) - {"dag_id"}
    assert listed == {one for one in listed if one.startswith("rasoat_")}
    assert {"rasoat_check", "rasoat_run", "rasoat_crawl_vbpl"} <= listed
    assert "Tổng: CITE-01" in said
    assert (home / "rasoat-airflow" / "rasoat" / "rasoat.db").is_file()


def _of_session(one: psutil.Process, session: int) -> bool:
    """Whether the script started it; a process may be gone before it is asked."""
    try:
        return os.getsid(one.pid) == session
    except (ProcessLookupError, PermissionError):
        return False
