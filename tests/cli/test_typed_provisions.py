"""A provision typed as people write it becomes the one path it can mean, or is refused."""

import pytest

from cli.questions import provision_path
from rasoat.trouble import Trouble


@pytest.mark.parametrize(
    ("written", "path"),
    [
        (None, None),
        ("dieu-5/khoan-2", "dieu-5/khoan-2"),
        ("khoản 2 Điều 5", "dieu-5/khoan-2"),
        ("Điều 27 a", "dieu-27a"),
        ("điều 27-a", "dieu-27a"),
        ("khoản 1 Điều 27 đ", "dieu-27đ/khoan-1"),
        ("Điều 6 Chương II", "dieu-6"),
    ],
)
def test_what_is_typed_means_one_path(written: str | None, path: str | None) -> None:
    assert provision_path(written) == path


@pytest.mark.parametrize("written", ["khoản 2 a Điều 27", "Điều 27 khoản 2 a", "Điều 27 a, b", "Điều 27 bis", "Điều 5 và Điều 6"])
def test_what_may_mean_two_things_is_refused(written: str) -> None:
    with pytest.raises(Trouble):
        provision_path(written)
