"""What a word of the one-line log says by its form alone: `#12`, `!!`, `+2h`, `平台+48h`, `旺旺:小可爱`, `SF123456789`.

A label and its colon go before what they name: `buyer:` 买家: (an id or a name), `ww:` `wx:` `tel:` 旺旺: 微信: 电话:
(kept with it, for it says how to reach them), `order:` 订单:, `tracking:` 快递: 运单:, and 单号:, which may be either.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import datetime

from csconsole.core.incident_facts import Severity
from csconsole.core.linetokens import Option, TokenKind
from csconsole.core.schedule import Schedule
from csconsole.core.timewords import WORDS, like_limit, read_limit, starts_limit

TAIL = ",;:、。"  # what may stand behind a word without being part of it
ENOUGH_DIGITS = 10
"""Of how many digits on a number is an order."""

_BUYER, _REACH = ("buyer", "买家", "买家id"), ("ww", "旺旺", "wx", "微信", "qq", "tel", "电话", "手机")
_ORDER, _EITHER = ("order", "订单", "订单号"), ("单号",)
_TRACKING = ("tracking", "快递", "快递单号", "运单", "运单号", "物流单号")
_LABELS: Mapping[str, tuple[TokenKind, ...]] = {
    **dict.fromkeys((*_BUYER, *_REACH), (TokenKind.BUYER,)),
    **dict.fromkeys(_ORDER, (TokenKind.ORDER,)),
    **dict.fromkeys(_TRACKING, (TokenKind.TRACKING,)),
    **dict.fromkeys(_EITHER, (TokenKind.TRACKING, TokenKind.ORDER)),
}
_LONG = 16  # digits: what a carrier numbers with digits alone has fewer, what a shop does mostly has more

_LABEL = re.compile(rf"({'|'.join(sorted(_LABELS, key=len, reverse=True))}):(.*)", re.IGNORECASE)
_CARRIED = (
    r"(?:sf|yt|yto|zto|zt|sto|yd|jt|dpk|dpl|ems|lp|db)[0-9]{9,18}"
    r"|jd[a-z]{0,2}[0-9]{9,18}(?:-[0-9]{1,4}){0,2}-?|[a-z]{2}[0-9]{9}cn"
)
_PARCEL = re.compile(_CARRIED, re.IGNORECASE)
_DIGITS = re.compile(r"[0-9]+(?:-+[0-9]+)*")
_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_NUMBER = re.compile(r"(?=.*[0-9])[0-9a-z_*-]{5,}", re.IGNORECASE)  # what may follow a label apart from it
_ROUNDED = re.compile(r"[0-9](?:\.[0-9]+)?e\+[0-9]{2}")  # what a spreadsheet makes of a long number
_PLATFORM = re.compile(r"(?:(?:platform|平台)[: ]?|p(?=\+)|p:?(?=[0-9]))(.*)")

_WORD = re.compile(r"\S+")
_COMMA = re.compile("[,;、。]")
# Behind its comma something else begins.
_ENDED = re.compile(
    rf"(?:[@#]|(?:{'|'.join(_LABELS)}):)[^,;、。]+[,;、。]+|(?:[0-9][0-9-]{{9,}}|{_CARRIED})[,;、。]+", re.IGNORECASE
)


def words_of(half: str) -> Iterator[tuple[int, int]]:
    """From where to where the words of a line go: between spaces, and behind the comma that ends a name or number."""
    for word in _WORD.finditer(half):
        start, end = word.span()
        while _COMMA.search(half, start, end) and (ended := _ENDED.match(half, start, end)) and ended.end() < end:
            yield start, ended.end()
            start = ended.end()
        yield start, end


def by_form(typed: str) -> list[Option]:
    """What a word (half-width, without what stands behind it) says, but for names, labels and limits; the likelier
    first."""
    if not typed.strip("!"):
        return [Option(TokenKind.SEVERITY, Severity.HIGH if typed == "!" else Severity.CRITICAL)]
    if typed[0] == "#":
        return [Option(TokenKind.ORDER, typed[1:])] if typed.strip("#") else []
    if _MOBILE.fullmatch(typed):
        return [Option(TokenKind.BUYER, typed), Option(TokenKind.ORDER, typed)]
    if len(typed) - typed.count("-") >= ENOUGH_DIGITS and _DIGITS.fullmatch(typed):
        return [Option(TokenKind.ORDER, typed)]
    if _PARCEL.fullmatch(typed):
        return [Option(TokenKind.TRACKING, typed.upper())]
    return []


def by_label(word: str, then: str) -> list[Option]:
    """What a word that begins with a label names, or with the label alone the word behind it, if that is a number."""
    found = _LABEL.fullmatch(word) if ":" in word else None
    if found is None:
        return []
    label, named, words = found[1].casefold(), found[2].rstrip(TAIL), 1
    if not named:
        named, words = then.rstrip(TAIL), 2
        if not _NUMBER.fullmatch(named):
            return []
    kinds = _LABELS[label]
    if len(kinds) > 1 and len(named) >= _LONG and named.isdecimal():
        kinds = kinds[::-1]
    value = named.lstrip("#") or named
    if label in _REACH:
        value = f"{found[1]}:{value}"
    return [Option(kind, value.upper() if kind is TokenKind.TRACKING else value, words) for kind in kinds]


def by_limit(words: list[str], now: datetime, schedule: Schedule) -> list[Option]:
    """What limit the first of these words (folded), or the first few, set: ours, or the platform's."""
    if not needs_more(words[0]):
        return []
    for many in range(min(len(words), WORDS + 1), 0, -1):
        phrase = " ".join(words[:many]).rstrip(TAIL)
        if limit := read_limit(phrase, now, schedule):
            option = Option(TokenKind.LIMIT, limit.at, many, dated=limit.dated)
            return [option] if limit.sure else [option, Option(TokenKind.TITLE, phrase)]
        platform = _PLATFORM.fullmatch(phrase)
        if platform and (limit := read_limit(platform[1].strip(), now, schedule)):
            return [Option(TokenKind.PLATFORM, limit.at, many, dated=limit.dated)]
    return []


def needs_more(word: str) -> bool:
    """Whether what a word (folded) says may depend on those behind it, or on the time."""
    return (
        starts_limit(word) or _PLATFORM.match(word) is not None or (word[-1] == ":" and _LABEL.match(word) is not None)
    )


def broken(word: str) -> TokenKind | None:
    """What a word (folded) of the title seems to have been meant as."""
    if not word.strip("@"):
        return TokenKind.PERSON
    if not word.strip("#") or _ROUNDED.fullmatch(word):
        return TokenKind.ORDER
    if (label := _LABEL.fullmatch(word)) and not label[2]:
        return _LABELS[label[1]][0]
    if like_limit(word.rstrip(TAIL)):
        return TokenKind.LIMIT
    platform = _PLATFORM.fullmatch(word)
    return TokenKind.PLATFORM if platform and (platform[1].startswith("+") or like_limit(platform[1])) else None
