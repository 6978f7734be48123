"""Reading the words of a one-line log: what each of them is, and what could have been meant otherwise.

The rules are told in `quickline`, which makes an incident of what was read.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime

from csconsole.core.businessday import ONE_DAY, business_date, day_start
from csconsole.core.lexicon import Lexicon, fold
from csconsole.core.lineforms import ENOUGH_DIGITS, TAIL, broken, by_form, by_label, by_limit, needs_more, words_of
from csconsole.core.linetokens import MANY, Choice, Note, NoteKind, Option, Reading, Token, TokenKind
from csconsole.core.text import halfwidth
from csconsole.core.timewords import WORDS


def read(line: str, lexicon: Lexicon, now: datetime, given: int = 0) -> Reading:
    """Read a cleaned line at the instant `now`. Its first `given` characters were not typed: what is named again behind
    them takes their place."""
    reading = _Reader(line, lexicon, now, given).reading
    shop = reading.first(TokenKind.SHOP)
    if shop is None or reading.first(TokenKind.CATEGORY):
        return reading
    # The shop may have taken the category's word: "jd shop fined" says both, and so does "jd tmall slow".
    name = fold(shop.text).rstrip(TAIL)
    if " " in name:
        other = _Reader(line, lexicon, now, given, shop_words=1).reading
    elif name in lexicon.categories:
        other = _Reader(line, lexicon, now, given, category_first=True).reading
    else:
        return reading
    category = other.first(TokenKind.CATEGORY)
    if category is None or other.first(TokenKind.SHOP) is None:
        return reading
    doubt = Note(NoteKind.AMBIGUOUS, shop.text, (Choice(category.kind, category.value), Choice(shop.kind, shop.value)))
    return Reading(other.tokens, (*other.notes, doubt))


_GLUED_DIGITS = re.compile(rf"[0-9]{{{ENOUGH_DIGITS},}}")


def _choices(options: Iterable[Option]) -> tuple[Choice, ...]:
    return tuple(Choice(option.kind, option.value) for option in options)


class _Reader:
    """Reads the words of a line from left to right.

    A shop's name may have up to `shop_words` words. A word for both a shop and a category is the shop, unless one was
    named before; with `category_first`, the category, and no shop goes by a mere start of its name.
    """

    def __init__(
        self,
        line: str,
        lexicon: Lexicon,
        now: datetime,
        given: int,
        *,
        shop_words: int = 99,
        category_first: bool = False,
    ) -> None:
        self._line, self._half = line, halfwidth(line)
        self._lexicon, self._now, self._given = lexicon, now, given
        self._shop_words, self._category_first = shop_words, category_first
        self._named: dict[TokenKind, Option] = {}
        self._spans: list[tuple[int, int, TokenKind, str | datetime]] = []
        self._notes: list[Note] = []
        self._doubts: dict[tuple[str, tuple[Option, ...], Option | None], None] = {}
        self._words = list(words_of(self._half))
        self._folded = [self._half[start:end].casefold() for start, end in self._words]
        at = 0
        while at < len(self._words):
            at += self._take_plain(at) or self._take(at)
        notes: dict[tuple[NoteKind, str, tuple[Choice, ...]], Note] = {}
        for note in (*self._notes, *self._doubtful(), *self._twice(), *self._glued()):
            notes.setdefault((note.what, fold(note.text), note.choices), note)
        self.reading = Reading(tuple(self._tokens()), tuple(notes.values()))

    def _tokens(self) -> Iterator[Token]:
        for start, end, kind, value in self._spans:
            text = self._line[start:end]
            yield Token(kind, text, start, end, text if kind is TokenKind.TITLE else value)

    def _take_plain(self, at: int) -> int:
        """Read the words from this place on that are known to say nothing; how many."""
        end, plain = at, self._lexicon.plain
        while end < len(self._folded) and self._folded[end] in plain:
            end += 1
        if end > at:
            self._add_title(self._words[at][0], self._words[end - 1][1])
        return end - at

    def _take(self, at: int) -> int:
        """Read what begins with the word at this place; of how many words it was."""
        options = self._options(at)
        if len(options) == 1 and options[0].kind in MANY:
            return self._add(at, options[0])
        sure = [
            option
            for option in options
            if option.kind is not TokenKind.TITLE and sum(other.kind is option.kind for other in options) == 1
        ]
        taken = next((o for o in sure if o.kind in MANY or o.kind not in self._named or self._goes_before(o)), None)
        words = taken.words if taken else 1
        start, end = self._words[at][0], self._words[at + words - 1][1]
        text = self._line[start:end]
        if len(options) > 1:
            self._doubts[text, tuple(options), taken] = None
        if taken:
            self._notes.extend(self._remarks(text, taken))
            return self._add(at, taken)
        if sure and sure[0].exact and all(self._named[option.kind].value != option.value for option in sure):
            self._notes.append(Note(NoteKind.EXTRA, text, _choices(sure)))
        if not options:
            if meant := broken(self._folded[at]):
                self._notes.append(Note(NoteKind.BROKEN, text, (Choice(meant, ""),)))
            elif not self._category_first and not needs_more(self._folded[at]):
                self._lexicon.learn_plain(self._folded[at])
        self._add_title(start, end)
        return words

    def _goes_before(self, option: Option) -> bool:
        """Whether this is named instead of what was given."""
        return option.exact and any(given[3] != option.value for given in self._given_of(option.kind))

    def _given_of(self, kind: TokenKind) -> list[tuple[int, int, TokenKind, str | datetime]]:
        return [span for span in self._spans if span[1] <= self._given and span[2] is kind]

    def _add(self, at: int, taken: Option) -> int:
        if taken.kind not in MANY:
            for given in self._given_of(taken.kind):
                self._spans.remove(given)
        self._named[taken.kind] = taken
        start, end = self._words[at][0], self._words[at + taken.words - 1][1]
        self._spans.append((start, end, taken.kind, taken.value))
        return taken.words

    def _add_title(self, start: int, end: int) -> None:
        if self._spans and self._spans[-1][2] is TokenKind.TITLE:
            start = self._spans.pop()[0]
        self._spans.append((start, end, TokenKind.TITLE, ""))

    # -- what words may be ------------------------------------------------------------------------------------

    def _options(self, at: int) -> list[Option]:
        """What the words from this place may be, the likelier first; of several lengths, the longest."""
        word = self._folded[at].rstrip(TAIL)
        if not word:
            return []
        if options := self._by_form(at, word):
            return options
        for words in self._lengths(at, word):
            if options := self._by_name(self._phrase(at, words), words):
                return options
        return []

    def _by_form(self, at: int, word: str) -> list[Option]:
        """What the word's form alone says it is."""
        start, end = self._words[at]
        typed = self._half[start:end]
        if word[0] == "@":
            return self._by_at(at, typed.rstrip(TAIL)[1:]) if word.strip("@") else []
        then = self._half[slice(*self._words[at + 1])] if typed[-1] == ":" and at + 1 < len(self._words) else ""
        return (
            by_form(typed.rstrip(TAIL))
            or by_label(typed, then)
            or by_limit(self._folded[at : at + WORDS + 1], self._now, self._lexicon.schedule)
        )

    def _by_at(self, at: int, name: str) -> list[Option]:
        for words in self._lengths(at, fold(name)):
            if known := self._lexicon.people.get(self._phrase(at, words)[1:]):
                return [Option(TokenKind.PERSON, person, words) for person in known]
        return [Option(TokenKind.PERSON, name)]

    def _by_name(self, phrase: str, words: int) -> list[Option]:
        may_be_shop = words <= self._shop_words
        shops = self._lexicon.shops.get(phrase, ()) if may_be_shop else ()
        starts = self._lexicon.start(phrase) if may_be_shop and not shops else ()
        as_shop = [Option(TokenKind.SHOP, shop, words) for shop in shops]
        as_start = [Option(TokenKind.SHOP, shop, words, exact=False) for shop in starts]
        as_category = [Option(TokenKind.CATEGORY, it, words) for it in self._lexicon.categories.get(phrase, ())]
        if self._category_first:
            return as_category + as_shop
        return as_shop + as_category + as_start

    def _lengths(self, at: int, word: str) -> range:
        return range(min(self._lexicon.longest_from(word), len(self._words) - at), 0, -1)

    def _phrase(self, at: int, words: int) -> str:
        return " ".join(self._folded[at : at + words]).rstrip(TAIL)

    # -- what a person should know ----------------------------------------------------------------------------

    def _remarks(self, text: str, taken: Option) -> Iterator[Note]:
        if isinstance(taken.value, datetime):
            schedule = self._lexicon.schedule
            tomorrow = day_start(schedule, business_date(schedule, self._now) + ONE_DAY)
            if taken.value <= self._now:
                yield Note(NoteKind.PASSED, text, _choices([taken]))
            elif not taken.dated and taken.value >= tomorrow:
                yield Note(NoteKind.LATER_DAY, text, _choices([taken]))
        elif taken.kind is TokenKind.PERSON and self._lexicon.people and fold(taken.value) not in self._lexicon.people:
            yield Note(NoteKind.UNKNOWN, text, _choices([taken]))

    def _doubtful(self) -> Iterator[Note]:
        """Words that could have been something else which the line does not name otherwise."""
        for text, options, taken in self._doubts:
            others = [option for option in options if option != taken]
            if taken and (taken != options[0] or any(other.kind not in self._named for other in others)):
                yield Note(NoteKind.AMBIGUOUS, text, _choices([taken, *others]))
            elif not taken and options[0].kind not in self._named:
                yield Note(NoteKind.UNDECIDED, text, _choices(options))

    def _twice(self) -> Iterator[Note]:
        """Orders and parcels that the line names more than once: of 37 pasted, fewer may be left."""
        named = Counter((kind, value) for _start, _end, kind, value in self._spans if kind in MANY)
        for (kind, value), times in named.items():
            if times > 1:
                yield Note(NoteKind.TWICE, str(value), (Choice(kind, value),))

    def _glued(self) -> Iterator[Note]:
        """What words of the title hold and the line does not name: 退款天猫, 买家要退款, 单号2608123456789012345."""
        title = " ".join(self._half[start:end] for start, end, kind, _ in self._spans if kind is TokenKind.TITLE)
        lower = title.casefold()
        for kind, names in ((TokenKind.CATEGORY, self._lexicon.categories), (TokenKind.SHOP, self._lexicon.shops)):
            if kind not in self._named:
                # Latin words stand apart by nature: "ts" in "parts" is nothing.
                held = [name for name in names if len(name) > 1 and not name.isascii() and name in lower]
                sure = [name for name in held if len(names[name]) == 1]
                if sure:
                    name = min(sure, key=lambda name: (lower.index(name), -len(name)))
                    yield Note(NoteKind.GLUED, name, (Choice(kind, names[name][0]),))
        for digits in _GLUED_DIGITS.findall(title):
            yield Note(NoteKind.GLUED, digits, (Choice(TokenKind.ORDER, digits),))
