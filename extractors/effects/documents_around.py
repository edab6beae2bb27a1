"""The document whose provisions a sentence lists without naming it there: an intro above names it, or a later verb's words."""

from __future__ import annotations

from dataclasses import replace

from extractors.effects.phrases import Phrases
from extractors.effects.structure import Sentence
from extractors.effects.targets import Scope, Target, targets_in
from extractors.effects.verbs import Action, Order
from rasoat.records import Mention, MentionKind


class DocumentsAround:
    """Finds, in one article, what is named around a sentence; each verb's words are read once."""

    def __init__(self, phrases: Phrases) -> None:
        self._phrases = phrases
        self._text = phrases.text
        self._later: dict[int, list[tuple[int, Target | None]]] = {}

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
