"""`rasoat verify` as a person asks it: what it prints, what it writes, and how it ends."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from sqlalchemy import update

from rasoat.store.schema import articles
from tests.conftest import missing
from tests.pipeline.verification.small_home import build, rasoat, store_of

pytestmark = pytest.mark.slow  # takes seconds of the processor


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("asked"))


def key(folder: Path) -> tuple[Path, Path]:
    """A key, and the file that allows it."""
    if shutil.which("ssh-keygen") is None:
        missing("ssh-keygen", "apt-get install openssh-client")
    path = folder / "khoa"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(path)], check=True)
    allowed = folder / "nguoi-ky"
    allowed.write_text(f'nguoi-ky@example.org namespaces="rasoat-verify" {path.with_suffix(".pub").read_text()}')
    return path, allowed


def test_a_home_is_proved_signed_and_held_to_its_manifest_until_somebody_changes_it(home: Path, tmp_path: Path) -> None:
    secret, allowed = key(tmp_path)
    manifest = tmp_path / "ban-ke.json"
    said = rasoat(home, "verify", "--manifest", str(manifest), "--sign", str(secret)).output
    assert "dòng bằng nhau (100,0%)" in said
    assert f"đã ký, chữ ký ở {manifest}.sig" in said
    assert list(home.glob("verify-*")) == []

    asked = ["verify", "--against", str(manifest), "--signers", str(allowed)]
    told = json.loads(rasoat(home, *asked, "--json").stdout)
    assert (told["proved"], told["troubles"]) == (True, [])
    assert told["against"]["signature"] == {"state": "by", "who": "nguoi-ky@example.org"}
    assert told["against"]["since"] == {"changed": [], "gone": [], "followed": [], "added": {}}

    engine = store_of(home)
    with engine.begin() as connection:
        connection.execute(update(articles).where(articles.c.path == "dieu-1").values(heading="Phạm vi khác"))
    engine.dispose()
    manifest.write_bytes(manifest.read_bytes().replace(b'"proved": true', b'"proved": false'))
    said = rasoat(home, *asked, fails=3).output
    for part in (
        "heading: kho dữ liệu Phạm vi khác | làm lại Phạm vi điều chỉnh",
        "bị đổi / changed: articles: 4 → 4",
        f"Chữ ký không khớp bản kê {manifest}",
        f"Bản kê {manifest} đã bị sửa",
        "Kho dữ liệu khác với những gì làm lại từ kho lưu: 2 chỗ",
    ):
        assert part in " ".join(said.split()), part


@pytest.mark.parametrize(
    ("words", "code", "part"),
    [
        (["--sign", "{home}/rasoat.db"], 2, "thêm --manifest"),
        (["--signers", "{home}/rasoat.db"], 2, "thêm --against"),
        (["--against", "{home}/none"], 2, "Không đọc được bản kê"),
        (["--against", "{home}/rasoat.db"], 2, "không phải JSON"),
        (["--manifest", "{home}/none/ban-ke.json"], 2, "Không có thư mục"),
        (["--manifest", "{home}/ban-ke.json", "--sign", "{home}/none"], 2, "Không có tệp"),
        (["--scratch", "{home}/none"], 2, "Không có thư mục"),
    ],
)
def test_what_cannot_be_done_is_said_before_any_work(words: list[str], code: int, part: str, home: Path) -> None:
    said = rasoat(home, "verify", *(word.format(home=home) for word in words), fails=code).output
    assert part in " ".join(said.split())
