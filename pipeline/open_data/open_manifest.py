"""What lies in a set of public files: each with its digest, its rows and its day."""

from __future__ import annotations

import hashlib
from datetime import date, datetime
from pathlib import Path

from pydantic import ValidationError

from queries.contract import JudgedCount
from queries.shape import Shape
from rasoat import __version__
from rasoat.store.publications import StandingPublication

MANIFEST = "manifest.json"
LICENCE = (
    "Văn bản quy phạm pháp luật và văn bản hành chính không thuộc phạm vi bảo hộ quyền tác giả (Luật Sở hữu trí tuệ, Điều 15 khoản 2). "
    "Được dùng lại cho mọi mục đích; khi dùng, nêu nguồn và ngày xét. / Legal and administrative texts are not protected by copyright; "
    "reuse freely, naming the source and the day."
)
CONCLUSION = (
    "Đây là dữ kiện đối chiếu bằng máy từ văn bản đã công bố, chưa được cơ quan nào kết luận. "
    "/ Facts compared by a program; no authority has concluded anything of them."
)


class OpenFile(Shape):
    """One file: `rows` without the heading, `bytes` and `sha256` of the file as it is sent (before any compression on the way)."""

    name: str
    table: str
    title: str
    form: str
    rows: int
    bytes: int
    sha256: str


class OpenManifest(Shape):
    """A set of files: facts of one publication on one day; `judged`: on how many citations there is a conclusion at all; `sources`: the day of each source's last answer."""

    as_of: date
    publication: int
    published_at: datetime | None
    made_by: str
    held_back: str | None
    judged: JudgedCount
    sources: dict[str, date]
    licence: str
    conclusion: str
    files: list[OpenFile]

    def file(self, name: str) -> OpenFile | None:
        """The file of a name."""
        return next((one for one in self.files if one.name == name), None)


def set_folder(home: Path, day: date, stands: StandingPublication) -> Path:
    """Where the files of a day and a publication lie; what was refused after it is told in them, so it is part of the name."""
    told = (stands.number, stands.at, stands.refused_at, __version__)
    return home / "downloads" / f"{day.isoformat()}-{stands.number}-{hashlib.sha256(repr(told).encode()).hexdigest()[:8]}"


def manifest_there(folder: Path) -> OpenManifest | None:
    """The manifest of a set that lies there whole; None too where another version of the program wrote it otherwise."""
    try:
        return OpenManifest.model_validate_json((folder / MANIFEST).read_bytes())
    except (FileNotFoundError, ValidationError):
        return None
