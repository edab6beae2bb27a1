"""Articles that end their own document, or a later one, stand under another document's note: nothing is taken from them."""

from datetime import date

import pytest

from extractors.effects import Doubt, SourceHead, effects_of
from rasoat.identity import document_key
from rasoat.records import Article, Mention, Origin, Resolution, Tier

HEAD = SourceHead("40/2011/TT-BCT", "Thông tư", date(2011, 11, 14), date(2012, 1, 1))


def resolve(mention: Mention) -> Resolution:
    return Resolution(key=document_key(mention.type, mention.number or "1/2000/QH10"))


def read(text: str, head: SourceHead = HEAD) -> tuple[list[str | None], list[Doubt]]:
    key = document_key(head.type, head.number)
    article = Article(key, "dieu-9", "Hiệu lực thi hành", text, "codified law", date(2026, 2, 23), Tier.A, Origin("0" * 64, ""))
    found = effects_of(article, head, resolve)
    return [effect.target for effect in found.effects], [one.reason for one in found.unresolved]


@pytest.mark.parametrize(
    "text",
    [
        "1. Thông tư này có hiệu lực từ ngày 01 tháng 7 năm 2019.\n2. Bãi bỏ Thông tư số 40/2011/TT-BCT ngày 14 tháng 11 năm 2011.",
        "Thông tư này có hiệu lực từ ngày 01/7/2019 và thay thế Thông tư số 40/2011/TT-BCT.",
        "1. Bãi bỏ Điều 3, Điều 4 Thông tư số 40/2011/TT-BCT ngày 14/11/2011.\n2. Bãi bỏ Thông tư số 12/2006/TT-BCT.",
        "1. Thông tư này có hiệu lực từ ngày 05/3/2016.\n2. Thông tư số 18/2014/TT-BCT ngày 30/6/2014 hết hiệu lực kể từ ngày Thông tư này có hiệu lực.",
        "Bãi bỏ các văn bản sau:\na) Thông tư số 07/2009/TT-BCT;\nb) Thông tư số 21/2013/TT-BCT;\nc) Thông tư số 33/2014/TT-BCT.",
        "Bãi bỏ khoản 2 Điều 5 Thông tư số 21/2013/TT-BCT ngày 25 tháng 9 năm 2013 của Bộ trưởng Bộ Công Thương.",
    ],
)
def test_nothing_is_taken_from_another_documents_article(text: str) -> None:
    effects, reasons = read(text)
    assert effects == []
    assert Doubt.WRONG_NOTE in reasons
    assert set(reasons) <= {Doubt.WRONG_NOTE, Doubt.BESIDE_WRONG_NOTE}


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        # one number among many is a slip of the pen, whether or not its day shows it
        (
            "Bãi bỏ các văn bản sau:\na) Thông tư số 07/2006/TT-BCT;\nb) Thông tư số 11/2007/TT-BCT;\nc) Thông tư số 15/2016/TT-BCT;\nd) Thông tư số 03/2008/TT-BCT.",
            3,
        ),
        ("Bãi bỏ Thông tư số 15/2018/TT-BCT ngày 02/5/2008 và Thông tư số 03/2008/TT-BCT ngày 14/01/2008.", 2),
        ("1. Thông tư này có hiệu lực từ ngày 01/01/2012.\n2. Bãi bỏ Thông tư số 40/2011/TT-BCT ngày 03/8/2001 của Bộ Thương mại.", 1),
        ("1. Thông tư này có hiệu lực từ ngày 01/01/2012.\n2. Bãi bỏ Thông tư số 29/2019/TT-BCT.", 1),
        # an article that takes back what its own document says
        ("1. Thông tư này có hiệu lực từ ngày 01/01/2012.\n2. Điều 5 Thông tư này hết hiệu lực từ ngày 01/01/2015.", 2),
        ("Bổ sung Phụ lục 3 kèm theo Thông tư này vào Thông tư số 40/2011/TT-BCT ngày 14/11/2011.", 0),
        ("2. [Khoản này được sửa đổi bởi Thông tư số 21/2013/TT-BCT ngày 25/9/2013]. Bãi bỏ Thông tư số 07/2006/TT-BCT.", 1),
    ],
)
def test_a_misprint_or_a_remark_takes_nothing_else_along(text: str, kept: int) -> None:
    effects, reasons = read(text)
    assert len(effects) == kept, (effects, reasons)
    assert not {Doubt.WRONG_NOTE, Doubt.BESIDE_WRONG_NOTE} & set(reasons)
