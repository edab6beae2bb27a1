"""From one article's text to the effects its clauses have, by the language alone: nothing is looked up here.

Silence is the answer to doubt. An ending is whole only where the document itself, and not something in it, is said to end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from extractors.effects.clauses import ENDINGS, UNNAMED_SURVIVORS, ClauseEffect, SourceHead
from extractors.effects.clean_text import FILL, CleanText, view_of, without_quotations
from extractors.effects.documents_around import DocumentsAround, as_list
from extractors.effects.effect_dates import SELF, TYPE_WORDS, first_day_out, first_when
from extractors.effects.first_look import may_act
from extractors.effects.mixed_lists import provisions_alone
from extractors.effects.own import own_effects
from extractors.effects.phrases import Phrases, Timing
from extractors.effects.rank import outranks
from extractors.effects.spared_elsewhere import SparedElsewhere
from extractors.effects.structure import Sentence, sentences_of
from extractors.effects.survivor_verbs import SurvivorVerbs
from extractors.effects.survivors import ListedSurvivors, exceptions_in, item_spares
from extractors.effects.tails import Tail, tail_of
from extractors.effects.targets import Scope, Target, begins_of, is_about_content, parted, targets_in, with_provisions
from extractors.effects.verbs import Action, Order
from rasoat.records import Confidence, DateBasis, Mention, Verb

# "… bằng Mẫu số 02", "… bằng quy định tại …"; a title has "bằng phương pháp …", "bằng tiền".
_BY = re.compile(
    rf"\bbằng\s+(?:(?:các|những|một|cụm)\s+)*(?:{TYPE_WORDS}\b|điểm|khoản|điều|chương|mục|phần|phụ\s+lục|mẫu|biểu|bảng|danh\s+mục|quy\s+định|quy\s+chế|nội\s+dung|từ|tên|đoạn|câu|dấu|số|[“\"«])",
    re.IGNORECASE,
)
# "Các văn bản sau hết hiệu lực kể từ ngày …, gồm: Thông tư số …; Quyết định số …"
_LIST_FOLLOWS = re.compile(r"[^;.:]{0,160}(?:\bgồm(?:\s+có)?\s*:?|:)(?=\s*\S)", re.IGNORECASE)
_THESE = re.compile(
    r"(?:^|[;,.])\s*(?:các\s+)?(?:văn\s+bản|quy\s+định|nghị\s+định|nghị\s+quyết|thông\s+tư|luật)\s+(?:này|nêu\s+trên|trên)\s*(?:sẽ\s*)?$",
    re.IGNORECASE,
)
_MEANWHILE = re.compile(r"trong\s+thời\s+gian\b[^.;]{0,140}?\b(?:ngưng|ngừng)\b", re.IGNORECASE)
_ACCORDING_TO = re.compile(r"\s*(?:thực\s+hiện\s+)?theo", re.IGNORECASE)
_OPEN_END = re.compile(r"(?:cho\s+)?đến\s+khi", re.IGNORECASE)
_WHILE_THIS_LASTS = re.compile(rf"\W*trong\s+thời\s+(?:gian|hạn)\s+{SELF}\s+có\s+hiệu\s+lực", re.IGNORECASE)
_NOT_APPLIED = re.compile(r"(?:chưa|không)\s", re.IGNORECASE)
# "… tiếp tục có hiệu lực đến hết ngày … đối với các hồ sơ …": some cases go on, and nothing tells that the text ends with them.
_FOR_SOME_CASES = re.compile(r"\d{4}\W*(?:đối\s+với|để|cho|trong|khi)\b", re.IGNORECASE)
# "khoản 3 Điều 3 (bao gồm cả các mẫu kèm theo) Thông tư số …": what is added in brackets parts no provision from its document.
_INCLUDED = re.compile(r"\((?:bao\s+gồm|gồm|kể\s+cả|cả)\b[^()]{0,160}\)", re.IGNORECASE)
# "…; điểm b khoản 1 Điều 7 (đối với nội dung …);": a provision that ends only for a matter is none that ends.
_FOR_A_MATTER = re.compile(r"(?<=;)\s*(?:các\s+)?(?:điểm|khoản|điều|chương|mục)\s[^;()/]{1,120}\(đối\s+với\b[^()]{1,300}\)", re.IGNORECASE)
_LONGEST_QUOTE = 10_000  # letters, twice the longest sentence of a law; each text of an endless list would quote all that follow it
_ENDS_TOO = re.compile(r"bãi\s+bỏ|thay\s+thế", re.IGNORECASE)
_GOES_ON_LISTING = re.compile(r"(?:các\s+)?(?:điểm|khoản|điều|chương|mục|phụ\s+lục)\s", re.IGNORECASE)
_NARRATES = re.compile(r"\b(?:được|phải|thì|thực\s+hiện|áp\s+dụng|tiếp\s+tục|có\s+hiệu\s+lực)\b", re.IGNORECASE)


def read_clauses(text: str, source: SourceHead) -> list[ClauseEffect]:
    """The effects that one article's text has, in its order.

    `text[effect.start:effect.end] == effect.quote` for each. Papers that expire, conditions, transitional references,
    quoted new text and blanket clauses ("các quy định trước đây trái với …") give none.
    """
    if not may_act(text):
        return []
    view = view_of(text)
    unquoted = without_quotations(view.text)
    for aside in (_INCLUDED, _FOR_A_MATTER):
        unquoted = aside.sub(_blank, unquoted)
    # Lines shape lists and sentences; inside a sentence a line's end is only a blank.
    reader = _ClauseReader(view, unquoted.replace("\n", " "), source)
    sentences = sentences_of(unquoted)
    reader.documents.headed_by(next(iter(sentences), None))
    read = [effect for sentence in sentences for effect in reader.read(sentence)]
    listed = [told for effect in read for told in reader.survivors.told(reader.spared(effect))]
    elsewhere = SparedElsewhere(view, sentences, reader.phrases, source, listed)
    found = [told for effect in listed for told in elsewhere.told(effect)]
    return list({(e.verb, e.end, e.target and e.target.start, e.provisions): e for e in reversed(found)}.values())[::-1]


def _blank(found: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", found[0])


def _goes_on(action: Action) -> bool:
    return action.verb is Verb.PROLONGS and action.order is Order.TARGET_FIRST


class _ClauseReader:
    """Reads the sentences of one article; remembers what was suspended, because later words revive it."""

    def __init__(self, view: CleanText, text: str, source: SourceHead) -> None:
        self.view = view
        self.text = text
        self.source = source
        self.suspended: list[ClauseEffect] = []
        self.own_term: date | None = None  # the first day on which the source itself has run out
        self.matters_go_on: set[str] = set()  # numbers of which something named by subject lives on
        self.survivors = ListedSurvivors(view.raw)
        self.phrases = Phrases(text, source.issued_on)
        self.about_survivors = SurvivorVerbs(self.phrases)
        self.documents = DocumentsAround(self.phrases)

    def read(self, sentence: Sentence) -> Iterator[ClauseEffect]:
        if self._is_new_text(sentence):
            return
        for own in own_effects(self.text, sentence, self.source):
            effect = self._effect(own.verb, sentence, Timing(own.when))
            basis = DateBasis.TERM if own.verb is Verb.EXPIRES and own.on else effect.basis
            if basis is DateBasis.TERM and not own.provisions:
                self.own_term = own.on
            yield replace(effect, provisions=own.provisions, on=own.on or effect.on, basis=basis)
        if self.about_survivors.are_listed(sentence):
            self._spares(sentence)
            return
        for action in self.phrases.actions(sentence):
            begins = self.about_survivors.begins(sentence, action)
            yield from self._said(sentence, action) if begins is None else self._outlasting(sentence, action, begins)
        listable = all(_goes_on(action) for action in self.about_survivors.main(sentence))
        if sentence.intros and listable and (sentence.leads or self._lists_on(sentence)):
            yield from self._listed(sentence)

    def _lists_on(self, sentence: Sentence) -> bool:
        """Whether a later sentence of an item only names one more thing on the list ("Điều 5 Nghị định …. Khoản 3 Điều 1 Nghị định …;")."""
        words = self.text[sentence.start : sentence.end]
        return bool(_GOES_ON_LISTING.match(words)) and not _NARRATES.search(words)

    def spared(self, effect: ClauseEffect) -> ClauseEffect:
        """An ending whose survivors another sentence of the article names by subject ("… về chuyển tiếp tiếp tục có hiệu lực")."""
        whole = effect.verb in ENDINGS and not effect.provisions and not effect.exceptions
        lives_on = effect.target is not None and effect.target.number in self.matters_go_on
        return replace(effect, exceptions=UNNAMED_SURVIVORS) if whole and lives_on else effect

    def _is_new_text(self, sentence: Sentence) -> bool:
        """Whether the sentence stands, unquoted, as the new text under "Sửa đổi, bổ sung … như sau:"."""
        under_amendment = any(
            a.verb is Verb.AMENDS and not _ENDS_TOO.match(self.text, a.start)
            for intro in sentence.intros
            for a in self.phrases.actions(intro)
        )
        return under_amendment and not any(action.start - sentence.start < 4 for action in self.phrases.actions(sentence))

    def _spares(self, sentence: Sentence) -> None:
        """Notes what an item below "… hết hiệu lực …, trừ trường hợp sau đây:" spares, and how long it lives on."""
        intro = sentence.intros[-1]
        until = next((until for a in self.phrases.actions(sentence) if (until := self.about_survivors.term(sentence, a))), None)
        spared = item_spares(self.text, sentence.start, sentence.end)
        item = replace(self._effect(Verb.PROLONGS, sentence, Timing(None), lead=intro), provisions=spared, until=until)
        self.survivors.add(self.view.raw_span(intro.start, intro.end)[1], item)

    def _outlasting(self, sentence: Sentence, action: Action, begins: int) -> Iterator[ClauseEffect]:
        """How long the survivors that an exception names live on: nothing else ends by such a verb."""
        until = self.about_survivors.term(sentence, action)
        for spared in self.about_survivors.outlasting(sentence, action, begins):
            if until is not None or (_goes_on(action) and spared.provisions != UNNAMED_SURVIVORS):
                yield from self._acted(sentence, replace(action, verb=Verb.PROLONGS), spared, Timing(None, until))

    def _said(self, sentence: Sentence, action: Action) -> Iterator[ClauseEffect]:
        """The effects of a verb that stands in the sentence itself."""
        start, end = self.phrases.region(sentence, action)
        if (_goes_on(action) or action.verb is Verb.REVIVES) and _THESE.search(self.text[start:end]):
            yield from self._revived(sentence, action)
            return
        stop = self.about_survivors.told_from(sentence, action.end, sentence.end)  # a survivor's own day is not the day of the whole
        timing = self.phrases.timing(replace(sentence, end=stop), action)
        mentions = self.phrases.mentions(start, end)
        targets = targets_in(self.text, start, end, mentions, above=self._above(action, mentions))
        if not targets and _goes_on(action) and _MEANWHILE.search(self.text, sentence.start, sentence.end):
            start, end = action.end, sentence.end  # "trong thời gian tạm ngưng …, tiếp tục áp dụng Nghị định số …"
            theo = _ACCORDING_TO.match(self.text, start, end)
            targets = targets_in(self.text, theo.end() if theo else start, end, self.phrases.mentions(start, end))
        if not targets and action.order is Order.TARGET_FIRST and (named := _LIST_FOLLOWS.match(self.text, action.end, sentence.end)):
            targets = targets_in(self.text, named.end(), sentence.end, self.phrases.mentions(named.end(), sentence.end))
        if not targets and action.order is Order.VERB_FIRST and not sentence.is_intro:
            yield from self._bare_provisions(sentence, action, timing, action.end)
        if targets and action.order is Order.VERB_FIRST:
            stop = self.about_survivors.told_from(sentence, targets[-1].mention.end, action.reach)
            timing = Timing(self.phrases.trailing(action, targets[-1], stop) or timing.when, timing.until)
        said_from = self.phrases.said_from(sentence, action)
        for begins, target in zip(begins_of(self.text, said_from, targets), targets, strict=True):
            own = replace(sentence, start=begins)  # an item of a list in one sentence quotes itself, under the verb before it
            lead = replace(sentence, start=said_from, end=action.end) if begins > action.end else own
            target = as_list(sentence, target)
            if _goes_on(action):
                spared = self._spared(sentence, action, target)
                if spared is None:
                    continue
                target = spared
            if sentence.is_intro and target.scope is Scope.UNLISTED and action.verb is not Verb.AMENDS:
                continue
            if action.order is Order.TARGET_FIRST and not target.exceptions:
                stop = self.about_survivors.named_by(sentence, action)
                target = replace(target, exceptions=exceptions_in(self.text, action.end, stop, number=target.mention.number))
            yield from self._acted(sentence, action, target, timing, own, lead)

    def _spared(self, sentence: Sentence, action: Action, target: Target) -> Target | None:
        """What goes on: the target, or where it ends "trừ Điều 159 … tiếp tục có hiệu lực", only what is spared of it."""
        if target.exceptions == UNNAMED_SURVIVORS:
            return None
        if target.exceptions:
            return replace(target, scope=Scope.PART, provisions=target.exceptions, exceptions=())
        ended = [a for a in self.phrases.actions(sentence) if a.start < action.start and a.verb in ENDINGS and a.end > target.mention.end]
        return None if ended else target

    def _listed(self, sentence: Sentence) -> Iterator[ClauseEffect]:
        """The effects on an item of a list, whose verb stands in an intro above it."""
        intro = next((i for i in reversed(sentence.intros) if self.about_survivors.main(i)), None)
        action = self.about_survivors.main(intro)[-1] if intro else None
        if intro is None or action is None or _goes_on(action):
            return
        start, end = self.phrases.region(intro, action)
        if self.phrases.ends_papers(intro, action):
            return
        if exceptions_in(self.text, intro.start, intro.end) and self.phrases.mentions(intro.start, intro.end):
            return  # "… hết hiệu lực, trừ các quy định sau:" lists what survives
        timing = self.phrases.timing(intro, action)
        mentions = self.phrases.mentions(sentence.start, sentence.end)
        targets = targets_in(self.text, sentence.start, sentence.end, mentions, is_item=True, above=self._above(action, mentions))
        if self._lists_survivors(sentence, intro):
            return
        if not targets:
            if not sentence.is_intro or exceptions_in(self.text, sentence.start, sentence.end):
                yield from self._bare_provisions(sentence, action, timing, sentence.start)
            return
        if is_about_content(self.text, start, end) or self._lists_a_matter(sentence, intro):
            targets = [replace(target, scope=Scope.CONTENT) for target in targets]
        spared = exceptions_in(self.text, action.end, intro.end)
        until = self.about_survivors.term_above(intro)
        for target in (as_list(sentence, target) for target in targets):
            if sentence.is_intro and target.scope is Scope.UNLISTED:
                continue
            stop = self.about_survivors.told_from(sentence, target.mention.end, sentence.end)
            timed = Timing(self.phrases.trailing(action, target, stop) or timing.when, timing.until)
            ended = replace(target, exceptions=target.exceptions or spared) if target.scope is Scope.WHOLE else target
            yield from self._acted(sentence, action, ended, timed, lead=intro)
            if until and spared and ended.exceptions == spared:
                alive = replace(ended, scope=Scope.PART, provisions=spared, exceptions=())
                yield from self._acted(sentence, replace(action, verb=Verb.PROLONGS), alive, Timing(None, until), lead=intro)

    def _lists_a_matter(self, sentence: Sentence, acting: Sentence) -> bool:
        """Whether an intro between the verb and the item names a matter ("b) Các quy định về … tại:") before any document."""
        below = [intro for intro in sentence.intros if intro.start > acting.start]
        return any(
            is_about_content(self.text, i.start, next((m.start for m in self.documents.named(i.start, i.end)), i.end)) for i in below
        )

    def _lists_survivors(self, sentence: Sentence, acting: Sentence) -> bool:
        """Whether an intro between the verb and the item says "trừ các nội dung sau:": what it lists lives on."""
        below = [intro for intro in sentence.intros if intro.start > acting.start]
        return any(exceptions_in(self.text, intro.start, intro.end) for intro in below)

    def _bare_provisions(self, sentence: Sentence, action: Action, timing: Timing, start: int) -> Iterator[ClauseEffect]:
        """ "Điều 4; khoản 3 Điều 7" whose document an intro names ("Các điều, khoản của Nghị định số … sau đây:")."""
        stop = max(start, min(sentence.end, action.reach)) if action.start >= sentence.start else sentence.end
        listed = provisions_alone(self.text, start, stop)
        if listed is None or self._own_words_follow(listed.end, sentence.end):
            return
        above = self.documents.above(sentence)
        named = above[0] if above else self.documents.behind(sentence, action) or self.documents.in_heading(sentence)
        if named is not None and named.scope in (Scope.UNLISTED, Scope.WHOLE):
            spared = exceptions_in(self.text, listed.end, sentence.end, listed.whole)
            target = replace(with_provisions(named, listed), exceptions=spared)
            verb_above = next((i for i in sentence.intros if self.phrases.actions(i)), None)
            for part in parted(target):
                yield from self._acted(sentence, action, part, timing, above[1] if above else None, verb_above)

    def _own_words_follow(self, start: int, end: int) -> bool:
        return bool(re.match(rf"\s*(?:của\s+|tại\s+)?{SELF}", self.text[start:end], re.IGNORECASE))

    def _above(self, action: Action, mentions: list[Mention]) -> frozenset[int]:
        """The starts of the documents that the source cannot end or amend, because they stand above it."""
        if action.verb not in ENDINGS and action.verb is not Verb.AMENDS:
            return frozenset()
        own = (self.source.type, self.source.number)
        return frozenset(m.start for m in mentions if outranks((m.type, m.number), own))

    def _acted(
        self,
        sentence: Sentence,
        action: Action,
        target: Target,
        timing: Timing,
        named: Sentence | None = None,
        lead: Sentence | None = None,
    ) -> Iterator[ClauseEffect]:
        """The effect on a target; `named` is the intro that names it, `lead` the one that carries the verb, where not the sentence itself."""
        tail = tail_of(self.text, target.mention.end, target.end) if self._may_be_limited(action, target) else None
        if tail is Tail.REFERENCE and target.scope is Scope.WHOLE:
            return
        if tail is Tail.MATTER:
            target = replace(target, scope=Scope.CONTENT)
        if _goes_on(action) and target.scope in (Scope.CONTENT, Scope.UNLISTED) and "lực" in self.text[action.start : action.end].lower():
            self.matters_go_on.add(target.mention.number or "")
        verb = self._verb(action, target)
        if verb is None:
            return
        if tail is Tail.MEANWHILE:
            when, out = first_when(self.text, target.mention.end, target.end), first_day_out(self.text, target.mention.end, target.end)
            ends = verb in ENDINGS
            verb, timing = (Verb.SUSPENDS, Timing(when, out[0])) if out else (Verb.AMENDS if ends else verb, timing)
        if verb is Verb.SUSPENDS and timing.until is None and _WHILE_THIS_LASTS.match(self.text, sentence.start, action.start):
            timing = Timing(timing.when, self.own_term)
        if verb in (Verb.PROLONGS, Verb.SUSPENDS) and not self._has_term(sentence, action, timing):
            return
        effect = replace(
            self._effect(verb, sentence, timing, named or sentence, lead),
            target=self._raw(target.mention),
            provisions=target.provisions,
            exceptions=target.exceptions if verb in ENDINGS else (),
            amended_through=tuple(self._raw(m) for m in target.amended_through),
            until=timing.until if verb in (Verb.SUSPENDS, Verb.PROLONGS, Verb.REVIVES) else None,
        )
        if verb is Verb.PROLONGS and _MEANWHILE.search(self.text, sentence.start, sentence.end):
            effect = replace(effect, verb=Verb.REVIVES, until=effect.until or next((s.until for s in self.suspended), None))
        if verb is Verb.PROLONGS and _FOR_SOME_CASES.search(self.text, action.end, sentence.end):
            effect = replace(effect, confidence=Confidence.LOW)
        if verb is Verb.SUSPENDS:
            self.suspended.append(effect)
        yield effect

    def _may_be_limited(self, action: Action, target: Target) -> bool:
        """Whether words behind the target may make less of its ending or suspension."""
        verb_first = action.order is Order.VERB_FIRST
        return (
            (action.verb in ENDINGS or action.verb is Verb.SUSPENDS)
            and verb_first
            and not action.phrase
            and target.scope in (Scope.WHOLE, Scope.PART)
        )

    def _verb(self, action: Action, target: Target) -> Verb | None:
        """The verb as it holds for this target: whole, for named parts, or only for something inside (which ends nothing)."""
        if action.phrase and action.word is Verb.REPEALS and target.listed and target.scope is Scope.PART:
            return action.word  # "Bãi bỏ cụm từ … tại khoản 1 Điều 5; cụm từ … tại Điều 6; Điều 7": the last is no phrase's place
        if action.verb not in ENDINGS:
            return action.verb if target.scope in (Scope.WHOLE, Scope.PART) or action.verb is Verb.AMENDS else None
        if action.phrase or target.scope in (Scope.CONTENT, Scope.UNLISTED):
            return Verb.AMENDS
        if target.scope is Scope.PART:
            verb_first = action.order is Order.VERB_FIRST
            replaced_in_place = verb_first and action.verb is Verb.REPLACES and _BY.search(self.text, target.mention.end, target.end)
            return Verb.AMENDS if replaced_in_place else (action.verb if verb_first else Verb.REPEALS)
        if action.order is Order.TARGET_FIRST and (self.source.title or "").lower().startswith("bãi bỏ"):
            return Verb.REPEALS
        return action.verb

    def _has_term(self, sentence: Sentence, action: Action, timing: Timing) -> bool:
        """ "tiếp tục áp dụng/thực hiện" prolongs a document only with a term, as "chưa/không áp dụng" suspends; "tiếp tục có hiệu lực" always does."""
        said = self.text[action.start : action.end].lower()
        if action.verb is not Verb.PROLONGS:
            return timing.until is not None or not _NOT_APPLIED.match(said)
        return "hiệu lực" in said or timing.until is not None or bool(_OPEN_END.search(self.text, action.end, sentence.end))

    def _revived(self, sentence: Sentence, action: Action) -> Iterator[ClauseEffect]:
        timing = self.phrases.timing(sentence, action)
        for suspended in self.suspended:
            effect = self._effect(Verb.REVIVES, sentence, timing)
            yield replace(effect, target=suspended.target, provisions=suspended.provisions, lead=suspended.quote)

    def _effect(
        self, verb: Verb, sentence: Sentence, timing: Timing, named: Sentence | None = None, lead: Sentence | None = None
    ) -> ClauseEffect:
        begins = (named or sentence).start
        start, end = self.view.raw_span(begins, min(sentence.end, begins + _LONGEST_QUOTE))
        led = self.view.raw_span(lead.start, lead.end) if lead and lead is not named else (0, 0)
        when = timing.when
        anchor = None
        if when and when.anchor:
            anchors = self.phrases.mentions(*when.anchor)
            several = when.basis is DateBasis.ANCHORED_END and len(anchors) > 1  # nobody knows which of them ends last
            anchor = self._raw(anchors[0]) if anchors and not several else None
        return ClauseEffect(
            verb=verb,
            quote=self.view.raw[start:end],
            start=start,
            end=end,
            on=when.on if when else None,
            basis=when.basis if when else DateBasis.OWN_ENTRY,
            anchor=anchor,
            days=when.days if when else None,
            months=when.months if when else None,
            source_provision=sentence.place,
            confidence=Confidence.HIGH,
            lead=self.view.raw[slice(*led)],
        )

    def _raw(self, mention: Mention) -> Mention:
        """The mention with offsets and quote of the raw text, and a title whose quotations are not blanked out."""
        start, end = self.view.raw_span(mention.start, mention.end)
        return replace(mention, start=start, end=end, quote=self.view.raw[start:end], name=self._unblanked(mention))

    def _unblanked(self, mention: Mention) -> str | None:
        if mention.name is None or FILL not in mention.name:
            return mention.name
        printed = re.compile(r"\s+".join(map(re.escape, mention.name.split()))).search(self.text, mention.start)
        return " ".join(self.view.text[printed.start() : printed.end()].split()) if printed else mention.name
