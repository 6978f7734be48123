"""What a word of the one-line log may become: categories, shops and people that begin so."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from csconsole.core.lexicon import Lexicon, Names, fold
from csconsole.core.linetokens import TokenKind
from csconsole.core.quickline import Parsed
from csconsole.core.schedule import Language
from csconsole.core.text import halfwidth

_WORD = re.compile(r"\S+")
_LONGEST = 100
"""Characters of a word that may be the beginning of anything."""


class Completion(Struct, frozen=True):
    """What the word from `start` to `end` of the cleaned line may become: `text`, which is then read as `value`."""

    kind: TokenKind
    value: str
    text: str
    start: int
    end: int


def completions(parsed: Parsed, cursor: int, lexicon: Lexicon) -> list[Completion]:
    """What the word that the cursor stands in or behind may become: after `@` a person, else a category or a shop
    with a spelling that begins with what stands before the cursor. Never what the rest of the line names already.

    Texts are in the lexicon's language, but Chinese where Chinese was typed. `cursor` counts characters of the cleaned
    line.
    """
    line = parsed.line
    start = cursor = min(cursor, len(line))
    while start > max(0, cursor - _LONGEST) and not line[start - 1].isspace():
        start -= 1
    word = _WORD.match(line, start)
    if word is None or word.end() - start > _LONGEST or not start < cursor <= word.end():
        return []
    typed = halfwidth(line[start:cursor])
    named = {token.kind for token in parsed.tokens if token.end <= start or token.start >= word.end()}
    return [
        Completion(kind, value, text, *word.span())
        for kind, value, text in _candidates(typed, lexicon, None if typed.isascii() else "zh")
        if kind not in named and fold(text) != fold(word.group())
    ]


def _candidates(typed: str, lexicon: Lexicon, language: Language | None) -> Iterator[tuple[TokenKind, str, str]]:
    begun = fold(typed)
    if begun.startswith("@"):
        for person in _begun(lexicon.people, begun[1:]):
            yield TokenKind.PERSON, person, f"@{lexicon.write_person(person, language)}"
        return
    for category in _begun(lexicon.categories, begun):
        yield TokenKind.CATEGORY, category, lexicon.write_category(category, language)
    for shop in _begun(lexicon.shops, begun):
        yield TokenKind.SHOP, shop, lexicon.write_shop(shop, language)


def _begun(names: Names, begun: str) -> list[str]:
    """What the spellings that begin so stand for."""
    return list(dict.fromkeys(it for spelling, ids in names.items() if spelling.startswith(begun) for it in ids))
