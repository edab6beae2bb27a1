"""Whether a cited document speaks of the procedure's matter at all: a dead text of quite another subject is a slip of the number.

Words are compared by pairs of syllables, since Vietnamese words mostly have two. Pairs that any legal title has do not count,
nor do those that the form of a procedure has whatever it is about (who files, what paper, which body, in what time, for what fee).
"""

from __future__ import annotations

import re
from itertools import pairwise

from rasoat.records import Part, Verb
from rasoat.vietnamese import fold
from validators.rules.world import Case

_SYLLABLE = re.compile(r"[a-z]{1,7}")
_LEGAL = frozenset(
    _SYLLABLE.findall(
        "quy dinh chi tiet huong dan thi hanh mot so dieu cua luat nghi phap lenh thong tu lien tich quyet ve viec va cac theo "
        "sua doi bo sung ban hanh ap dung thuc hien chinh phu bo truong thu tuong nam ngay thang trong doi voi tai duoc linh vuc quan ly nha nuoc cho tu den cap"
    )
)
_ANY_PROCEDURE_LIST = """
to chuc, ca nhan, doanh nghiep, nguoi dan, cong dan, co quan, don vi, co so, tham quyen, chuc nang, nhiem vu, quyen han, co cau, trach nhiem, ho so, giay to, thu tuc,
hanh chinh, to khai, mau don, giay phep, giay chung, chung nhan, cong nhan, xac nhan, cap phep, dang ky, tiep nhan, ket qua, giai quyet, kiem tra, bao cao, yeu cau,
thoi han, thoi gian, thoi diem, truc tiep, truc tuyen, hop le, hop phap, day du, noi dung, che do, hoat dong, dich vu, van ban, bang van, le phi, muc thu, thu nop, thu phi,
nop phi, phi le, su dung, lien quan, khac lien, viet nam, cong hoa, hoa xa, xa hoi, hoi chu, chu nghia, quoc gia, thanh pho, dia phuong, dia ban, ban chinh, ban sao, so luong,
truong hop, thanh phan, cac loai, hoac cac, quan tri, nop ho, phe duyet, tham dinh, de nghi, thong bao, trinh tu, thong tin, cu the, nhu sau
"""
_ANY_PROCEDURE = frozenset(tuple(pair.split()) for pair in _ANY_PROCEDURE_LIST.split(","))
_ENOUGH = 2  # pairs a title must have before its silence says anything
_PARTS = (Part.STEPS, Part.DOSSIER, Part.RESULT, Part.REQUIREMENTS, Part.FEES, Part.FORMS)


def speaks_of_another_matter(case: Case) -> bool:
    """The known title shares no pair of words with the procedure: neither its name, field and body, nor any of its parts.

    What the procedure prints beside the mention is the title of what it means, so that counts too. A text that amends
    another one cited in the same part was meant: nobody misprints two numbers into a pair.
    """
    if _amends_a_neighbour(case):
        return False
    document = case.document
    title = _pairs(document.title) if document and document.title else frozenset()
    if len(title) < _ENOUGH:
        return False
    procedure = case.question.procedure
    said = " . ".join(
        filter(None, [procedure.name, *procedure.fields, procedure.publisher, *(case.question.text(part) for part in _PARTS)])
    )
    said += " . " + " . ".join(case.before(one, 60) + " . " + case.after(one, 260) for one in case.citations)
    return not title & _pairs(said)


def _amends_a_neighbour(case: Case) -> bool:
    together = case.question.cited.get(case.part, frozenset())
    amended = case.question.world.graph.register.edges(case.key, Verb.AMENDS, case.question.known_at)
    return any(edge.target in together and edge.target != case.key for edge in amended)


def _pairs(text: str) -> frozenset[tuple[str, str]]:
    """Neighbouring syllables, folded, but those with a word of any legal title and those of any procedure."""
    found: set[tuple[str, str]] = set()
    for clause in re.split(r"[^\w\s]|\d", fold(text)):
        syllables = _SYLLABLE.findall(clause)
        found.update(pair for pair in pairwise(syllables) if not (pair[0] in _LEGAL or pair[1] in _LEGAL or pair in _ANY_PROCEDURE))
    return frozenset(found)
