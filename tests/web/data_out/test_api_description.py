"""Whatever the description of the API allows is answered as it says, and whatever it does not is refused: asked by schemathesis."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow
PHASES = "coverage,fuzzing,stateful"


def test_nothing_is_found(live: str, tmp_path: Path) -> None:
    """By hand with more: `schemathesis run ADDRESS/api/openapi.json -c all --phases coverage,fuzzing,stateful --max-examples 200`."""
    program = Path(sys.executable).with_name("schemathesis")
    words = ["run", f"{live}/api/openapi.json", "-c", "all", "--phases", PHASES, "--max-examples", "4", "--seed", "19", "--no-color"]
    done = subprocess.run([program, *words], cwd=tmp_path, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stdout[-6_000:]
