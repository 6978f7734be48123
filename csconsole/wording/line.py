"""Words for how a line of the log was read: what was assumed, what could be meant otherwise, and how to mend it."""

from __future__ import annotations

from datetime import datetime

from csconsole import wording
from csconsole.core.linetokens import Choice, Note, NoteKind, TokenKind
from csconsole.core.schedule import Schedule
from csconsole.i18n import _, language


def log_note(note: Note, schedule: Schedule) -> str:
    """What a person should know of how their line was read: what was assumed, or could be meant otherwise."""
    choices = [_choice(choice, schedule) for choice in note.choices]
    first, others = (choices[0] if choices else ""), " / ".join(choices[1:])
    match note.what:
        case NoteKind.ASSUMED:
            return _("no category named: {choice} is assumed").format(choice=first)
        case NoteKind.EXTRA:
            return _("{text} stays in the title: another was named before").format(text=note.text)
        case NoteKind.AMBIGUOUS:
            return _("{text} is taken for {choice}; it could be {others}").format(
                text=note.text, choice=first, others=others
            )
        case NoteKind.UNDECIDED:
            return _("{text} could be {choices}: it stays in the title").format(
                text=note.text, choices=" / ".join(choices)
            )
        case NoteKind.GLUED:
            return _("put spaces around {text} if {choice} is meant").format(text=note.text, choice=first)
        case NoteKind.BROKEN:
            return _("{text} stays in the title; {mend}").format(text=note.text, mend=_mend(note.choices[0].kind))
        case NoteKind.TWICE:
            return _("{choice} is there more than once and counts once").format(choice=first)
        case NoteKind.LATER_DAY:
            return _("{text} is on a later day").format(text=note.text)
        case NoteKind.PASSED:
            return _("{text} is over already").format(text=note.text)
        case NoteKind.UNKNOWN:
            return _("{text} is a new name").format(text=note.text)


def _mend(kind: TokenKind) -> str:
    """How what was meant as something of a kind is written."""
    match kind:
        case TokenKind.PERSON:
            return _("a person is @ and a name, without a space")
        case TokenKind.ORDER:
            return _("an order is # and its number, or all its digits")
        case TokenKind.TRACKING:
            return _("a tracking number is written as in tracking:7712345678")
        case TokenKind.BUYER:
            return _("a buyer is written as in buyer:NAME, without a space")
        case TokenKind.PLATFORM:
            return _("a platform limit is written as in platform+48h or platform18:00")
        case _:
            return _("a limit is written as in +2h, 18:00, fri18:00 or 11-28 18:00")


def _choice(choice: Choice, schedule: Schedule) -> str:
    """What a word may mean, with the kind of thing it would be."""
    value = choice.value
    if isinstance(value, datetime):
        return _("until {time}").format(time=wording.date_time(value, schedule.zone))
    match choice.kind:
        case TokenKind.CATEGORY if value in schedule.categories:
            return _("category {name}").format(name=schedule.categories[value].name.to(language()))
        case TokenKind.SHOP if value in schedule.shops:
            return _("shop {name}").format(name=schedule.shops[value].name.to(language()))
        case TokenKind.ORDER:
            return _("order {number}").format(number=value)
        case TokenKind.TRACKING:
            return _("parcel {number}").format(number=value)
        case TokenKind.BUYER:
            return _("buyer {name}").format(name=value)
        case TokenKind.TITLE:
            return _("a word of the title")
        case _:
            return value


def syntax() -> str:
    """What a line may say, in a few lines of examples."""
    return "\n".join(
        (
            _("category  shop  @person  #order or its digits, as many as there are  ! high  !! critical"),
            _("until when: +2h  18:00  fri18:00  11-28 18:00 · the platform's limit: platform+48h  p18:00"),
            _("buyer:NAME  wx:NAME  tracking:NUMBER  SF… YT… JD… · all else is the title, in any order"),
        )
    )
