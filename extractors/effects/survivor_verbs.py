"""Verbs that tell how long the survivors of an ending live: "…, trừ Điều 3 hết hiệu lực kể từ …", "trừ … tiếp tục có hiệu lực đến hết …"."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from extractors.effects.clauses import ENDINGS
from extractors.effects.phrases import Phrases
from extractors.effects.structure import Sentence
from extractors.effects.survivors import excepted_from, exceptions_in, lists_survivors, speaks_of_survivors
from extractors.effects.targets import Scope, Target, targets_in
from extractors.effects.verbs import Action, Order
from rasoat.records import MentionKind, Verb


class SurvivorVerbs:
    """Tells, in the sentences of one article, the verbs about survivors from those about the text that ends."""

    def __init__(self, phrases: Phrases) -> None:
        self._phrases = phrases
        self._text = phrases.text
        self._begins: dict[tuple[int, int], int | None] = {}

    def main(self, sentence: Sentence) -> list[Action]:
        """The verbs of a sentence that are about no survivors."""
        return [action for action in self._phrases.actions(sentence) if self.begins(sentence, action) is None]

    def begins(self, sentence: Sentence, action: Action) -> int | None:
        """Where the exception begins whose survivors a verb is about; None for every other verb."""
        if action.order is not Order.TARGET_FIRST:
            return None
        if (sentence.start, action.start) not in self._begins:
            self._begins[sentence.start, action.start] = self._found(sentence, action)
        return self._begins[sentence.start, action.start]

    def _found(self, sentence: Sentence, action: Action) -> int | None:
        begins = speaks_of_survivors(self._text, sentence.start, action.start)
        if begins is None or not (self._ending(sentence, begins) or any(self._ends(intro) for intro in sentence.intros)):
            return None
        return begins

    def told_from(self, sentence: Sentence, start: int, end: int) -> int:
        """Where a stretch begins to tell of survivors with a verb of their own; its end where it does not."""
        told = [self.begins(sentence, action) for action in self._phrases.actions(sentence) if start < action.start]
        return min((begins for begins in told if begins is not None and start <= begins < end), default=end)

    def term(self, sentence: Sentence, action: Action) -> date | None:
        """The first day on which what an exception spares is over."""
        timing = self._phrases.timing(sentence, action)
        if action.verb is Verb.PROLONGS:
            return timing.until
        return timing.when.on if timing.when and action.verb in ENDINGS else None

    def term_above(self, intro: Sentence) -> date | None:
        """The term that an intro gives the survivors of all that its list ends."""
        telling = [action for action in self._phrases.actions(intro) if self.begins(intro, action) is not None]
        return next((until for action in telling if (until := self.term(intro, action))), None)

    def outlasting(self, sentence: Sentence, action: Action, begins: int) -> list[Target]:
        """The texts that end, each with only what is spared of it, where a verb says how long that lives on."""
        ending = self._ending(sentence, begins)
        start = sentence.start if ending is None else self._phrases.region(sentence, ending)[0]
        targets = targets_in(self._text, start, begins, self._phrases.mentions(start, begins), is_item=ending is None)
        spared = [(t, exceptions_in(self._text, begins, action.start, t.provisions, t.mention.number)) for t in targets]
        return [replace(t, scope=Scope.PART, provisions=paths, exceptions=()) for t, paths in spared if paths]

    def named_by(self, sentence: Sentence, action: Action) -> int:
        """Where the words about a verb's own text end: before its exceptions, over "; riêng …" too."""
        stop = excepted_from(self._text, action.end, sentence.end)
        return sentence.end if stop <= action.reach else action.reach

    def are_listed(self, sentence: Sentence) -> bool:
        """Whether the sentence is an item below "… hết hiệu lực …, trừ trường hợp sau đây:"."""
        intro = sentence.intros[-1] if sentence.intros else None
        if intro is None or not lists_survivors(self._text, intro.start, intro.end) or not self._ends(intro):
            return False
        return any(mention.kind is not MentionKind.SELF for mention in self._phrases.mentions(intro.start, intro.end))

    def _ends(self, intro: Sentence) -> bool:
        return any(action.verb in ENDINGS for action in self._phrases.actions(intro))

    def _ending(self, sentence: Sentence, begins: int) -> Action | None:
        """The verb by which the text ends whose survivors are named from `begins` on."""
        part = max(self._text.rfind(";", sentence.start, begins), sentence.start)
        said = [a for a in self._phrases.actions(sentence) if a.verb in ENDINGS and a.start < begins]
        return next((a for a in reversed(said) if a.order is Order.VERB_FIRST or a.start >= part), None)
