"""The document whose provisions a sentence lists without naming it there: an intro above names it, or a later verb's words."""

from __future__ import annotations

import re
from dataclasses import replace

from extractors.effects.phrases import Phrases
from extractors.effects.structure import Sentence
from extractors.effects.targets import Scope, Target, targets_in
from extractors.effects.verbs import Action, Order
from rasoat.records import Mention, MentionKind

# "Điều 5. Sửa đổi, bổ sung, bãi bỏ một số điều của Nghị định số …": the heading names what the article's khoản change.
_CHANGES = re.compile(r"\W*Điều\s+\d+[a-zđ]?\s*[.:]\s*(?:sửa\s+đổi|bổ\s+sung|thay\s+thế|bãi\s+bỏ)[^“”\"~]{3,500}$", re.IGNORECASE)


class DocumentsAround:
    """Finds, in one article, what is named around a sentence; each verb's words are read once."""

    def __init__(self, phrases: Phrases) -> None:
        self._phrases = phrases
        self._text = phrases.text
        self._later: dict[int, list[tuple[int, Target | None]]] = {}
        self._headed: Target | None = None

    def headed_by(self, first: Sentence | None) -> None:
        """Take the article's first sentence: where it is a heading that says to change one text, its khoản change that text."""
        if first is None or first.is_intro or not speaks_of_changing(self._text[: first.end]):
            return
        found = targets_in(self._text, *self._region_or_all(first), self.named(first.start, first.end))
        if len(found) == 1 and found[0].mention.number and found[0].scope in (Scope.WHOLE, Scope.UNLISTED, Scope.CONTENT):
            self._headed = replace(found[0], scope=Scope.UNLISTED, provisions=(), exceptions=())

    def in_heading(self, sentence: Sentence) -> Target | None:
        """The one text that the article's heading says to change, for a sentence of a khoản that stands under no other intro."""
        return self._headed if not any(self.named(intro.start, intro.end) for intro in sentence.intros) else None

    def above(self, sentence: Sentence) -> tuple[Target | None, Sentence] | None:
        """The nearest intro that names documents, with the one target its words give."""
        for intro in reversed(sentence.intros):
            if documents := self.named(intro.start, intro.end):
                found = [as_list(intro, target) for target in targets_in(self._text, *self._region_or_all(intro), documents)]
                return (found[0] if len(found) == 1 else None), intro
        return None

    def behind(self, sentence: Sentence, action: Action) -> Target | None:
        """ "Bãi bỏ Điều 9 và bãi bỏ cụm từ … tại Điều 2 của Nghị định số …" names it once, by a later verb."""
        if sentence.start not in self._later:
            self._later[sentence.start] = self._naming(sentence)
        return next((target for start, target in self._later[sentence.start] if start > action.start), None)

    def named(self, start: int, end: int) -> list[Mention]:
        return [m for m in self._phrases.mentions(start, end) if m.kind is not MentionKind.SELF]

    def _naming(self, sentence: Sentence) -> list[tuple[int, Target | None]]:
        """The verbs of a sentence that name documents, each with its one target."""
        naming: list[tuple[int, Target | None]] = []
        for action in self._phrases.actions(sentence):
            documents = self.named(action.end, action.reach) if action.order is Order.VERB_FIRST else []
            if documents:
                found = targets_in(self._text, action.end, action.reach, documents)
                one = len({target.mention.start for target in found}) == 1
                naming.append((action.start, replace(found[0], scope=Scope.WHOLE) if one else None))
        return naming

    def _region_or_all(self, intro: Sentence) -> tuple[int, int]:
        actions = self._phrases.actions(intro)
        return self._phrases.region(intro, actions[-1]) if actions else (intro.start, intro.end)


def as_list(sentence: Sentence, target: Target) -> Target:
    """ "Các Phụ lục của Nghị định số …, bao gồm:": annexes without a number, of which a list follows."""
    listed = sentence.is_intro and target.scope is Scope.PART and target.provisions == ("phu-luc",)
    return replace(target, scope=Scope.UNLISTED, provisions=()) if listed else target


def speaks_of_changing(heading: str) -> bool:
    """Whether an article's heading ("Điều 5. Bãi bỏ …") speaks of changing something, so that it may name what its khoản change."""
    return bool(_CHANGES.match(heading))
