"""What the one-line log may call a category, a shop or a person, and which of them a word or phrase names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from csconsole.core.schedule import Category, Language, Schedule, Shop, Text
from csconsole.core.text import halfwidth

Names = Mapping[str, tuple[str, ...]]
"""Spellings, folded, and the ids each stands for: several where it is ambiguous."""


def fold(text: str) -> str:
    """`text` as spellings are compared: full-width forms, case and the kind and number of spaces do not matter."""
    return " ".join(halfwidth(text).casefold().split())


_MANY = 10_000


class Lexicon:
    """The spellings of one schedule, and of `people` seen before.

    What is exact goes before what is derived: an id before a name, a name before a word of the owner's or a
    platform, these before a singular. A person of the schedule stands for their id, another for the name itself.
    What is written is in `language`.
    """

    def __init__(self, schedule: Schedule, people: Iterable[str] = (), language: Language = "en") -> None:
        self.schedule = schedule
        self.language: Language = language
        categories, shops, persons = schedule.categories.values(), schedule.shops.values(), schedule.people
        self.categories: Names = _ranked(
            ((category.id, category.id) for category in categories),
            ((name, category.id) for category in categories for name in (category.name.zh, category.name.en)),
            ((word, category.id) for category in categories for word in category.words),
            ((singular, category.id) for category in categories for singular in _singulars(category)),
        )
        self.shops: Names = _ranked(
            ((shop.id, shop.id) for shop in shops),
            ((name, shop.id) for shop in shops for name in (shop.name.zh, shop.name.en)),
            ((name, shop.id) for shop in shops for name in self._platform_of(shop)),
        )
        self.starts = _starts(shops)
        self.people: Names = _ranked(
            ((person.id, person.id) for person in persons),
            ((name, person.id) for person in persons for name in (person.name.zh, person.name.en)),
            ((name, name) for name in people),
        )
        self.plain: set[str] = set()
        """Words, folded, that are known to say nothing, whatever stands behind them: a line is read at every key."""
        self._longest: dict[str, int] = {}
        for names in (self.categories, self.shops, self.starts, self.people):
            for spelling in names:
                if " " in spelling:
                    words = spelling.split()
                    self._longest[words[0]] = max(len(words), self._longest.get(words[0], 1))

    def learn_plain(self, word: str) -> None:
        if word not in self._longest:
            if len(self.plain) > _MANY:
                self.plain.clear()
            self.plain.add(word)

    def longest_from(self, word: str) -> int:
        """Of how many words the longest spelling is that begins with this word (folded)."""
        return self._longest.get(word, 1)

    def start(self, phrase: str) -> tuple[str, ...]:
        """The shops whose name begins with `phrase` (folded).

        Of several words the last must be a whole word of the name, unless those before it name no one shop: after
        "tmall", which says all, the letter in "tmall f" is not taken for the beginning of "Tmall flagship".
        """
        shops = self.starts.get(phrase, ())
        before = phrase.rpartition(" ")[0]
        if before and shops in (self.shops.get(before), self.starts.get(before)):
            shops = tuple(shop for shop in shops if self._has_words(shop, phrase))
        return shops

    def write_category(self, category: str, language: Language | None = None) -> str:
        """A category's name, or what else is read back as that category."""
        return self._naming(category, self.categories, language, self.schedule.categories[category].name)

    def write_shop(self, shop: str, language: Language | None = None) -> str:
        """A shop's platform where no other is on it, else its name, or what else is read back as that shop."""
        it = self.schedule.shops[shop]
        platform = self.schedule.platforms.get(it.platform)
        return self._naming(shop, self.shops, language, *([platform.name] if platform else []), it.name)

    def write_person(self, person: str, language: Language | None = None) -> str:
        """A person's name, or what else is read back as that person."""
        known = self.schedule.person(person)
        return self._naming(person, self.people, language, known.name) if known else person

    def _platform_of(self, shop: Shop) -> tuple[str, ...]:
        platform = self.schedule.platforms.get(shop.platform)
        return (shop.platform, platform.name.zh, platform.name.en) if platform else (shop.platform,)

    def _has_words(self, shop: str, phrase: str) -> bool:
        name = self.schedule.shops[shop].name
        return any(f"{fold(each)} ".startswith(f"{phrase} ") for each in (name.zh, name.en))

    def _naming(self, it: str, names: Names, language: Language | None, *texts: Text) -> str:
        spellings = (text.to(language or self.language) for text in texts)
        return next((spelling for spelling in spellings if names.get(fold(spelling)) == (it,)), it)


def _ranked(*ranks: Iterable[tuple[str, str]]) -> Names:
    """All spellings and what they stand for; of a spelling in several ranks, what it means in the first."""
    names: dict[str, tuple[str, ...]] = {}
    for rank in ranks:
        meant: dict[str, dict[str, None]] = {}
        for spelling, it in rank:
            if (folded := fold(spelling)) and folded not in names:
                meant.setdefault(folded, {})[it] = None
        names.update((spelling, tuple(ids)) for spelling, ids in meant.items())
    return names


def _starts(shops: Iterable[Shop]) -> Names:
    """Everything a shop's name begins with, up to the whole of it."""
    starts: dict[str, tuple[str, ...]] = {}
    for shop in shops:
        names = {fold(shop.name.zh), fold(shop.name.en)}
        for start in {name[:end] for name in names for end in range(1, len(name) + 1)}:
            starts[start] = (*starts.get(start, ()), shop.id)
    return starts


def _singulars(category: Category) -> Iterator[str]:
    """One of what the id and the English name have many of: a complaint, a delivery, a box."""
    for plural in (fold(category.id), fold(category.name.en)):
        if plural.endswith("ies"):
            yield f"{plural[:-3]}y"
        if plural.endswith(("ses", "xes", "ches", "shes")):
            yield plural[:-2]
        if plural.endswith("s") and not plural.endswith(("ss", "us", "is", "ics")):
            yield plural[:-1]
