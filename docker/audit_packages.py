"""`make audit`: are faults known of the packages that requirements.lock pins? Asked of the package index by pip-audit, by hash.

One line at the end, and an exit code of its own for each answer: 0 none is known, 1 some are known (listed above the line), 3 not
audited, or not wholly: what could not be asked is never taken for sound.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

_PATIENCE = 900  # seconds for a few hundred questions
_UNTOLD = "chưa kiểm được / not audited"


def asked(lock: Path) -> list[dict[str, Any]] | str:
    """What the index says of each package of a lock; or, in one line, why it was not asked."""
    with TemporaryDirectory() as folder:
        told = Path(folder) / "told.json"
        command = [sys.executable, "-m", "pip_audit", "--requirement", str(lock), "--require-hashes", "--disable-pip"]
        command += ["--progress-spinner", "off", "--timeout", "15", "--format", "json", "--output", str(told)]
        try:
            done = subprocess.run(command, capture_output=True, text=True, timeout=_PATIENCE, check=False)  # noqa: S603 - our own words
        except subprocess.TimeoutExpired:
            return f"quá {_PATIENCE} giây / timed out"
        try:
            held: list[dict[str, Any]] = json.loads(told.read_text("utf-8"))["dependencies"]
        except (OSError, ValueError, KeyError):
            return kind_of_refusal(done.stderr)
    return held or "tệp khóa trống / the lock names no package"


def kind_of_refusal(said: str) -> str:
    """The last complaint, without the address that was asked: a proxy's may hold a password."""
    kinds = (
        "ProxyError",
        "ConnectTimeout",
        "ReadTimeout",
        "SSLError",
        "NameResolutionError",
        "ConnectionError",
        "HTTPError",
        "No module named",
    )
    named = next((kind for kind in kinds if kind in said), "")
    return f"không hỏi được kho gói / the index could not be asked{f' ({named})' if named else ''}"


def line_of(held: list[dict[str, Any]] | str) -> tuple[int, str]:
    """The exit code and the last line."""
    if isinstance(held, str):
        return 3, f"{_UNTOLD}: {held}"
    faulty = [one for one in held if one.get("vulns")]
    skipped = [one["name"] for one in held if "vulns" not in one]
    few = f"{len(skipped)} gói ({', '.join(skipped[:5])}{', …' if len(skipped) > 5 else ''})"
    left = f"; {_UNTOLD}: {few}" if skipped else ""
    if faulty:
        return 1, f"{len(faulty)} trên {len(held)} gói có lỗi đã biết / packages with known faults{left}"
    if skipped:
        return 3, f"{_UNTOLD}: {few}; {len(held) - len(skipped)} trên {len(held)} gói đã hỏi, không lỗi nào được biết / the others were"
    return 0, f"đã kiểm {len(held)} gói, không lỗi nào được biết / audited, no fault is known"


def main(words: list[str]) -> int:
    """Audit a lock; exit code."""
    held = asked(Path(words[0] if words else "requirements.lock"))
    for one in [] if isinstance(held, str) else held:
        for fault in one.get("vulns", ()):
            print(f"{one['name']} {one['version']}: {fault['id']}, sửa ở / fixed in {', '.join(fault['fix_versions']) or '–'}")
    code, line = line_of(held)
    print(line, file=sys.stderr if code else sys.stdout)
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
