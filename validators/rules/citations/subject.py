"""Whether a cited document speaks of the procedure's matter at all: a dead text of quite another subject is a slip of the number.

Words are compared by pairs of syllables, since Vietnamese words mostly have two, each with its marks: "quan" of "hải quan" is
not "quản" of "quản lý". Pairs that any legal title has do not count, nor do those that the form of a procedure has whatever
it is about (who files, what paper, which body, in what time, for what fee). A pair that one procedure has by chance decides
nothing where others stand beside it: procedures of one decision with one list of bases get one answer.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from extractors.citations import find_mentions
from extractors.citations.resolution import issuing_bodies
from rasoat.records import Citation, LegalDocument, Mention, Part, Procedure, Verb
from rasoat.vietnamese import tone_placed
from validators.rules.world import Case

_SYLLABLE = re.compile(r"[^\W\d_]+")
_JOINING = frozenset(
    _SYLLABLE.findall(
        "của và các một số về việc tại cho từ đến trong đối với được theo do để có không là đã ra vào bằng ngày tháng năm này khi"
    )
)
_LEGAL = frozenset(
    _SYLLABLE.findall(
        "quy định chi tiết hướng dẫn thi hành số điều luật nghị pháp lệnh thông tư liên tịch quyết sửa đổi bổ sung ban hành áp dụng thực hiện "
        "chính phủ bộ trưởng thủ tướng lĩnh vực quản lý nhà nước cấp"
    )
)
_ANY_PROCEDURE_LIST = """
tổ chức, cá nhân, doanh nghiệp, người dân, công dân, cơ quan, đơn vị, cơ sở, thẩm quyền, chức năng, nhiệm vụ, quyền hạn, cơ cấu, trách nhiệm, hồ sơ, giấy tờ, thủ tục,
hành chính, tờ khai, mẫu đơn, giấy phép, giấy chứng, chứng nhận, công nhận, xác nhận, cấp phép, đăng ký, tiếp nhận, kết quả, giải quyết, kiểm tra, báo cáo, yêu cầu,
thời hạn, thời gian, thời điểm, trực tiếp, trực tuyến, hợp lệ, hợp pháp, đầy đủ, nội dung, chế độ, hoạt động, dịch vụ, văn bản, bằng văn, lệ phí, mức thu, thu nộp, thu phí,
nộp phí, phí lệ, sử dụng, liên quan, khác liên, việt nam, cộng hòa, hòa xã, xã hội, hội chủ, chủ nghĩa, quốc gia, thành phố, địa phương, địa bàn, bản chính, bản sao, số lượng,
trường hợp, thành phần, các loại, hoặc các, quản trị, nộp hồ, phê duyệt, thẩm định, đề nghị, thông báo, trình tự, thông tin, cụ thể, như sau, quy chế, quy trình, điều kiện,
điều chỉnh, thông qua, bộ phận, chi phí, chính sách, hợp đồng, mẫu hợp, đồng mẫu, sản phẩm, điều lệ, quy mô, danh mục, ủy ban, nhân dân, trung ương, phục vụ, công bố, hình thức
"""
_ANY_PROCEDURE = frozenset(tuple(pair.split()) for pair in _ANY_PROCEDURE_LIST.split(","))
_ENOUGH, _LONG = 2, 8  # pairs a title must have before its silence says anything; one is enough in a title of so many syllables
_PARTS = (Part.STEPS, Part.DOSSIER, Part.RESULT, Part.REQUIREMENTS, Part.FEES, Part.FORMS)
_BEFORE, _AFTER = 60, 260  # letters around the number, where the procedure prints what it takes it for


def speaks_of_another_matter(case: Case) -> bool:
    """The known title shares no pair of words with the procedure: neither its name, field and body, nor any of its parts.

    What the procedure prints beside the mention is the title of what it means, so that counts too. A number whose printed
    day is the document's own is no slip, nor is one of a pair of which one amends the other: nobody misprints two numbers
    into a pair. Of procedures with one decision and one list of bases most decide for all.
    """
    document = case.document
    title = _matter_of(document.title or "") if document else frozenset()
    if document is None or not title or _is_paired(case) or any(_borne_out(one, document) for one in case.citations):
        return False
    world, own = case.question.world, case.question.procedure
    alike = world.siblings.of(own, case.question.as_of)
    for one in alike:
        asked = (one.code, one.origin, case.key)
        if asked not in world.strange:
            world.strange[asked] = _strange(title, document, one)
    return 2 * sum(world.strange[one.code, one.origin, case.key] for one in alike) > len(alike)


def _matter_of(title: str) -> frozenset[tuple[str, str]]:
    """The pairs of a title, none where they are too few to say what it is about."""
    pairs = _pairs(title)
    return pairs if len(pairs) >= _ENOUGH or len(_SYLLABLE.findall(title)) >= _LONG else frozenset()


def _strange(title: frozenset[tuple[str, str]], document: LegalDocument, procedure: Procedure) -> bool:
    """Whether nothing that one procedure says of itself is what the title speaks of."""
    said = [procedure.name, *procedure.fields, procedure.publisher or "", *(procedure.parts.get(part, "") for part in _PARTS)]
    said += [around for text in procedure.parts.values() for around in _around(text, document.number)]
    return not title & _pairs(" . ".join(said))


def _around(text: str, number: str) -> list[str]:
    places = [found.start() for found in re.finditer(re.escape(number), text, re.IGNORECASE)]
    return [text[max(0, at - _BEFORE) : at] + " . " + text[at + len(number) : at + len(number) + _AFTER] for at in places]


def _borne_out(citation: Citation, document: LegalDocument) -> bool:
    """Whether the day printed beside the number is the document's, and the body no other."""
    mention = citation.mention
    if mention.issued_on is None or mention.issued_on != document.issued_on:
        return False
    return not (mention.issuer and document.issuer) or not issuing_bodies.differ(mention.issuer, document.issuer)


def _is_paired(case: Case) -> bool:
    """Whether it amends, by a known effect or by its title, a text cited in the same part, or is amended by one."""
    world, known_at = case.question.world, case.question.known_at
    together = case.question.cited.get(case.part, frozenset()) - {case.key}
    if any(edge.target in together for edge in world.graph.register.edges(case.key, Verb.AMENDS, known_at)):
        return True
    others = [document for key in together if (document := world.document(key))]
    own = case.document
    return own is not None and any(_names(own, other) or _names(other, own) for other in others)


def _names(naming: LegalDocument, named: LegalDocument) -> bool:
    """Whether the title of one names the other by its number, and by no other document's day."""
    said = [mention for mention in _named_in(naming.title or "") if mention.number == named.number]
    return any(not (mention.issued_on and named.issued_on) or mention.issued_on == named.issued_on for mention in said)


@lru_cache(1 << 12)
def _named_in(title: str) -> tuple[Mention, ...]:
    return tuple(find_mentions(title)) if "/" in title else ()


def _pairs(text: str) -> frozenset[tuple[str, str]]:
    """Neighbouring syllables with their marks, but those with a joining word or a syllable of a word that any title or procedure has."""
    found: set[tuple[str, str]] = set()
    for clause in re.split(r"[^\w\s]|\d", tone_placed(text).lower()):
        syllables = _SYLLABLE.findall(clause)
        taken = {
            side
            for at, pair in enumerate(pairwise(syllables))
            if pair in _ANY_PROCEDURE or (pair[0] in _LEGAL and pair[1] in _LEGAL)
            for side in (at, at + 1)
        }
        free = [syllable if at not in taken and syllable not in _JOINING else None for at, syllable in enumerate(syllables)]
        found.update((one, after) for one, after in pairwise(free) if one and after)
    return frozenset(found)
