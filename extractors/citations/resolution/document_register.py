"""Mentions → documents: exactly one record, or a named non-answer. Nothing is guessed, near matches are only suggested.

Every look-up is a dictionary's; similarity is measured only among the few documents that share serial and year.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from extractors.citations.resolution import issuing_bodies, plausible, quoted_titles
from extractors.citations.resolution.neighbours import Neighbours, type_class
from rasoat.identity import NORMATIVE_TYPES, NumberParts, document_key, parse_number, type_of
from rasoat.records import Confidence, KnownFrom, LegalDocument, Mention, MentionKind, NonAnswer, Resolution
from rasoat.vietnamese import slug

_READ_THEMSELVES = frozenset({KnownFrom.TEXT, KnownFrom.OFFICIAL})
_UNSIGNED = re.compile(r"\d{1,4}/(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class Context:
    """Where a mention stands: the issuing body of the text around it, its province, its date, its own document's key."""

    issuer: str | None = None
    province: str | None = None
    on: date | None = None
    own: str | None = None


class DocumentRegister:
    """The documents known; those only cited resolve too."""

    def __init__(self, documents: Iterable[LegalDocument]) -> None:
        self.documents: dict[str, LegalDocument] = {}
        self._by_number: dict[str, list[LegalDocument]] = defaultdict(list)
        self._neighbours = Neighbours()
        self._names = quoted_titles.LawNames()
        for document in documents:
            self._add(document)

    def replace(self, key: str, document: LegalDocument | None) -> None:
        """Hold another record of a document, or none any more."""
        if before := self.documents.pop(key, None):
            same = self._by_number[loose(before.number)]
            same.remove(before)
            if not same:
                del self._by_number[loose(before.number)]
            self._neighbours.remove(before)
            self._names.remove(before)
        if document:
            self._add(document)

    def _add(self, document: LegalDocument) -> None:
        self.documents[document.key] = document
        self._by_number[loose(document.number)].append(document)
        self._neighbours.add(document)
        self._names.add(document)

    def resolve(self, mention: Mention, context: Context) -> Resolution:
        """The one document the mention points at, or why there is none."""
        if mention.kind is MentionKind.SELF:
            return Resolution(key=context.own) if context.own else Resolution(non_answer=NonAnswer.UNKNOWN_DOCUMENT)
        if mention.kind is MentionKind.NAMED:
            return self._resolve_name(mention, context)
        parts = parse_number(mention.number or "")
        if parts is None or not mention.number:
            return self._malformed(mention)
        if parts.local:
            return self._resolve_local(mention, parts, context)
        return self._resolve_central(mention, parts)

    def cited(self, mention: Mention, context: Context) -> LegalDocument | None:
        """A record for a document that is only cited, where the mention names exactly one."""
        resolution = self.resolve(mention, context)
        if resolution.key is None or resolution.key in self.documents or not mention.number:
            return None
        parts = parse_number(mention.number)
        type_ = type_of(mention.number, mention.type)
        if parts is None or type_ is None:
            return None
        issuer = issuing_bodies.local_issuer(parts, mention.issuer, context.issuer, context.province) if parts.local else mention.issuer
        mark = f"@{slug(issuer)}" if parts.local and issuer else ""
        return LegalDocument(
            resolution.key, mention.number + mark, mention.number, type_, issuer, mention.name, mention.issued_on, None, KnownFrom.CITED
        )

    def misprinted(self, mention: Mention, title: str | None) -> str | None:
        """The one document that a misprinted number must mean: type, title, issuer and date agree, and the number differs
        only in the Assembly's term or in the symbol of type and body, which can be checked against year and issuer."""
        parts = parse_number(mention.number or "")
        said = title or mention.name
        if parts is None or not mention.number or not said or not mention.issued_on or not mention.issuer:
            return None
        kind = type_of(None, mention.type) or type_of(mention.number, mention.type)
        found = [
            document.key
            for document in self._neighbours.of(parts.serial, parts.year)
            if document.number != mention.number and document.type == kind and document.issued_on == mention.issued_on
            if document.issuer
            and not issuing_bodies.differ(mention.issuer, document.issuer)
            and document.title
            and quoted_titles.title_same(said, document.title)
        ]
        if len(found) != 1 or loose(mention.number) in self._by_number:
            return None
        meant = parse_number(self.documents[found[0]].number)
        return found[0] if meant and plausible.plausible(meant) and not _same_symbol(parts, meant) else None

    def _resolve_name(self, mention: Mention, context: Context) -> Resolution:
        found, exact = self._names.named(mention.type or "", mention.name or "")
        keys = tuple(sorted(document.key for document in found))
        if mention.issued_on:
            found = [document for document in found if document.issued_on in (None, mention.issued_on)]
        year = mention.year or (mention.issued_on.year if mention.issued_on else None)
        if year:
            found = [document for document in found if quoted_titles.year_of(document) == year]
            cited = self._names.cited(mention.type or "", mention.name or "", year)
            if cited and not (found and exact) and cited.issued_on in (None, mention.issued_on or cited.issued_on):
                return Resolution(key=cited.key, confidence=Confidence.MEDIUM)
        elif context.on and len(found) > 1:
            found = quoted_titles.begun(found, context.on)[:1]
        if len(found) != 1:
            return Resolution(non_answer=NonAnswer.AMBIGUOUS if len(found) > 1 else NonAnswer.UNKNOWN_DOCUMENT, candidates=keys)
        if not exact:
            return Resolution(non_answer=NonAnswer.UNKNOWN_DOCUMENT, candidates=keys, suggestion=found[0].key)
        return Resolution(
            key=found[0].key, candidates=keys if len(keys) > 1 else (), confidence=Confidence.HIGH if year else Confidence.MEDIUM
        )

    def _resolve_local(self, mention: Mention, parts: NumberParts, context: Context) -> Resolution:
        same = self._by_number.get(loose(mention.number or ""), [])
        issuer = issuing_bodies.local_issuer(parts, mention.issuer, context.issuer, context.province)
        if issuer is None:
            return Resolution(non_answer=NonAnswer.AMBIGUOUS, candidates=tuple(sorted(document.key for document in same)))
        found = [document for document in same if document.issuer and issuing_bodies.same_place(issuer, document.issuer)]
        if not parts.normative_form and mention.issued_on:
            found = [document for document in found if document.issued_on in (None, mention.issued_on)]
        if len(found) > 1:
            return Resolution(non_answer=NonAnswer.AMBIGUOUS, candidates=tuple(sorted(document.key for document in found)))
        type_ = type_of(mention.number, mention.type)
        key = found[0].key if found else document_key(type_, mention.number or "", issuer, mention.issued_on)
        if not parts.normative_form and not plausible.old_normative(parts, type_, mention.issued_on):
            return Resolution(key=key, non_answer=NonAnswer.NOT_NORMATIVE)
        if not found and not plausible.plausible(parts, mention.issued_on):
            return self._malformed(mention, parts)
        return Resolution(key=key, mismatch=_mismatch(mention, found[0], local=True) if found else ())

    def _resolve_central(self, mention: Mention, parts: NumberParts) -> Resolution:
        type_ = type_of(mention.number, mention.type)
        same = self._by_number.get(loose(mention.number or ""), [])
        found = _of_type(same, mention, parts)
        if same and not found:
            return Resolution(non_answer=NonAnswer.UNKNOWN_DOCUMENT, candidates=tuple(sorted(document.key for document in same)))
        if not parts.normative_form and mention.issued_on and len(found) > 1:
            found = [document for document in found if document.issued_on == mention.issued_on] or found
        if len(found) > 1:
            return Resolution(non_answer=NonAnswer.AMBIGUOUS, candidates=tuple(sorted(document.key for document in found)))
        if found:
            individual = not parts.normative_form and parts.symbol != "VBHN" and found[0].type in NORMATIVE_TYPES
            if individual and not plausible.old_normative(parts, type_, mention.issued_on or found[0].issued_on):
                return Resolution(key=found[0].key, non_answer=NonAnswer.NOT_NORMATIVE, mismatch=_mismatch(mention, found[0]))
            return Resolution(key=found[0].key, mismatch=_mismatch(mention, found[0]))
        return self._own_key(mention, parts, type_)

    def _own_key(self, mention: Mention, parts: NumberParts, type_: str | None) -> Resolution:
        """Of a number the register does not hold: a well-formed one stands for itself, an impossible one for nothing."""
        possible = plausible.plausible(parts, mention.issued_on)
        if not possible or not plausible.agencies_known(parts):
            near = self._neighbours.nearest(mention, parts)
            if near or not possible:
                return Resolution(non_answer=NonAnswer.UNKNOWN_DOCUMENT if possible else NonAnswer.MALFORMED, suggestion=near)
        if type_ is None:
            return Resolution(non_answer=NonAnswer.UNKNOWN_DOCUMENT)
        key = document_key(type_, mention.number or "", mention.issuer, mention.issued_on)
        if parts.normative_form or parts.symbol == "VBHN" or plausible.old_normative(parts, type_, mention.issued_on):
            return (
                Resolution(key=key)
                if type_ in NORMATIVE_TYPES or parts.symbol == "VBHN"
                else Resolution(key=key, non_answer=NonAnswer.NOT_NORMATIVE)
            )
        return Resolution(key=key, non_answer=NonAnswer.NOT_NORMATIVE)

    def _malformed(self, mention: Mention, parts: NumberParts | None = None) -> Resolution:
        if parts is None and mention.number and _UNSIGNED.fullmatch(mention.number):
            serial, year = mention.number.split("/")
            kind = type_class(type_of(None, mention.type))
            near = [document.key for document in self._neighbours.of(serial, int(year)) if type_class(document.type) == kind]
            return Resolution(
                non_answer=NonAnswer.MALFORMED if len(near) < 2 else NonAnswer.AMBIGUOUS,
                suggestion=near[0] if len(near) == 1 else None,
                candidates=tuple(sorted(near)) if len(near) > 1 else (),
            )
        return Resolution(non_answer=NonAnswer.MALFORMED, suggestion=self._neighbours.nearest(mention, parts))


def _of_type(found: list[LegalDocument], mention: Mention, parts: NumberParts) -> list[LegalDocument]:
    """Of the Assembly's and its committee's numbers, those of the type that the mention says, though it be none: laws and
    resolutions share numbers ("56/2010/QH12" is one of each), so the word before the number tells which is meant."""
    wanted = type_class(type_of(None, mention.type)) if mention.type else ""
    if not wanted or parts.agencies[:1] not in (("QH",), ("UBTVQH",)) or type_of(mention.number):
        return found
    return [document for document in found if type_class(document.type) == wanted]


def loose(number: str) -> str:
    """Leading zeros say nothing when numbers are compared."""
    return number.upper().lstrip("0")


def _same_symbol(left: NumberParts, right: NumberParts) -> bool:
    return left.symbol == right.symbol and left.agencies == right.agencies and left.term == right.term


def _mismatch(mention: Mention, document: LegalDocument, local: bool = False) -> tuple[str, ...]:
    """The attributes in the quote that contradict the document (CITE-04).

    Where even the body is another one, what was read belongs to a neighbour in the list: then nothing is said. Day and title
    are compared only with those of the document's own text or an official record, never with what another act prints of it.
    """
    own = document.known_from in _READ_THEMSELVES
    if mention.issuer and document.issuer and not local and issuing_bodies.differ(mention.issuer, document.issuer):
        return ()
    found = []
    if own and mention.issued_on and document.issued_on and mention.issued_on != document.issued_on:
        found.append("issued_on")
    if (
        mention.type
        and (said := type_of(None, mention.type))
        and type_class(said) != type_class(document.type)
        and document.type != "Văn bản hợp nhất"
    ):
        found.append("type")
    if own and mention.name and document.title and quoted_titles.title_differs(mention.name, document.title):
        found.append("title")
    return tuple(found)
