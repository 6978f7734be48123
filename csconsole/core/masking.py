"""Personal data made unreadable, for what leaves the room: phone numbers, addresses, order and tracking numbers.

Enough of each is left to find it again in the console. What is only words, a date, an amount or an incident's number
stays as it is. Masking twice changes nothing.
"""

from __future__ import annotations

import re

from csconsole.core.text import ELLIPSIS, halfwidth

_HAN = "[\u4e00-\u9fff]"
_ROAD = "大道|路|街|巷|弄|胡同|村|小区|花园|公寓|苑"
_DOOR = "号楼|号|栋|幢|座|单元|楼|层|室|户"
_PERSONAL = re.compile(
    "|".join(
        (
            # Mobile numbers, with their country code or without, in one piece or in three.
            r"(?P<phone>(?<![0-9A-Za-z.])(?:\+?86[- ]?)?1[3-9][0-9]([- ]?)[0-9]{4}\2[0-9]{4}(?![0-9A-Za-z-]))",
            r"(?P<landline>(?<![0-9A-Za-z.-])0[0-9]{2,3}[- ][0-9]{7,8}(?![0-9-]))",
            r"(?P<mail>[0-9A-Za-z._%+-]{1,64}@[0-9A-Za-z-]{1,63}(?:\.[0-9A-Za-z-]{1,63})+)",
            # As in the log, ten digits or more, hyphens allowed, are an order; with letters before them a parcel.
            r"(?P<order>(?<![0-9A-Za-z.])[A-Za-z]{0,4}[0-9](?:-*[0-9]){9,63}[Xx]?(?![0-9A-Za-z]))",
            r"(?P<marked>(?<=\#)(?=[A-Za-z-]*[0-9])[0-9A-Za-z-]{6,64})",
            # The street and what is named behind it, down to the door. The town before it stays.
            rf"(?P<street>{_HAN}{{1,6}}?(?:{_ROAD}){_HAN}{{0,6}}?[0-9]+(?:-[0-9A-Za-z]+)*(?:{_DOOR})"
            rf"(?:{_HAN}{{0,8}}?[0-9A-Za-z]+(?:-[0-9A-Za-z]+)*(?:{_DOOR}))*)",
            r"(?P<road>(?<![0-9A-Za-z])[0-9]{1,5}[A-Za-z]? (?:[A-Z][a-z]+ ){1,3}"
            r"(?:Street|St|Road|Rd|Avenue|Ave|Lane|Drive)\b)",
        )
    )
)
_TELLING = re.compile("[0-9@\uff10-\uff19\uff20]")
"""What all of it has: a number, or the sign in a mail address."""
_TOWN = re.compile(r".*[省市区县镇乡](?=.)")


def mask(text: str) -> str:
    """`text` without the personal data in it; full-width digits count as the plain ones."""
    if not _TELLING.search(text):
        return text
    parts, end = [], 0
    for found in _PERSONAL.finditer(halfwidth(text)):
        parts += [text[end : found.start()], _masked(found.lastgroup or "", found.group())]
        end = found.end()
    return "".join((*parts, text[end:]))


def mask_number(number: str) -> str:
    """An order, a parcel or a buyer's id: its first and its last characters, at most four of each."""
    keep = min(4, len(number) // 4)
    return number if ELLIPSIS in number else f"{number[:keep]}{ELLIPSIS}{number[len(number) - keep :]}"


def _masked(kind: str, text: str) -> str:
    match kind:
        case "phone":
            digits = re.sub("[^0-9]", "", text)[-11:]
            return f"{digits[:3]}****{digits[-4:]}"
        case "landline":
            return f"{text[:4].rstrip('- ')}-****{text[-4:]}"
        case "mail":
            return f"{text[0]}***@{text.partition('@')[2]}"
        case "street" | "road":
            town = _TOWN.match(text)
            return f"{town.group() if town else ''}***"
        case _:
            return mask_number(text)
