"""A typed line read back: a chip for everything it was taken to say, then what a person should know of the reading."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.text import Text

from csconsole import wording
from csconsole.core.linetokens import TokenKind
from csconsole.core.quickline import Parsed
from csconsole.core.schedule import Schedule
from csconsole.core.text import truncate, width
from csconsole.i18n import _, language, ngettext
from csconsole.wording import life as lifewording
from csconsole.wording import line as linewording

_NUMBERS = 2
"""How many orders or parcels have chips of their own; of more, one chip counts them all."""
_NOTES = 5
_TITLE_LINES = 2


def read_back(parsed: Parsed, schedule: Schedule, cells: int) -> Text:
    """The chips in lines of at most `cells` cells, none broken over two of them, the title, and the notes."""
    title = _("title: {title}").format(title=parsed.draft.title)
    lines = [*_packed([f"[{chip}]" for chip in _chips(parsed, schedule)], cells)]
    lines.append(Text(truncate(title, _TITLE_LINES * cells - 2), "bold"))
    notes = [linewording.log_note(note, schedule) for note in parsed.notes]
    lines += [Text(f"? {truncate(note, 2 * cells)}", "italic") for note in notes[:_NOTES]]
    if (more := len(notes) - _NOTES) > 0:
        lines.append(Text(_("… and {n} more").format(n=more), "italic"))
    return Text("\n").join(lines)


def _chips(parsed: Parsed, schedule: Schedule) -> Iterator[str]:
    draft = parsed.draft
    category = schedule.categories.get(draft.category)
    name = category.name.to(language()) if category else draft.category
    yield _("category {name}").format(name=name) + (" ?" if parsed.category_assumed else "")
    if draft.shop:
        yield _("shop {name}").format(name=schedule.shops[draft.shop].name.to(language()))
    if len(draft.orders) > _NUMBERS:
        count = ngettext("{n} order", "{n} orders", len(draft.orders)).format(n=len(draft.orders))
        yield f"{count}: #{draft.orders[0]} … #{draft.orders[-1]}"
    else:
        yield from (f"#{order}" for order in draft.orders)
    if len(draft.tracking) > _NUMBERS:
        count = ngettext("{n} parcel", "{n} parcels", len(draft.tracking)).format(n=len(draft.tracking))
        yield f"{count}: {draft.tracking[0]} … {draft.tracking[-1]}"
    else:
        yield from (_("parcel {number}").format(number=parcel) for parcel in draft.tracking)
    if draft.buyer:
        yield _("buyer {name}").format(name=draft.buyer)
    if draft.assignee:
        yield f"@{lifewording.person(schedule, draft.assignee)}"
    if mark := wording.severity_mark(draft.severity):
        yield f"{mark} {wording.severity(draft.severity)}"
    if draft.due_at:
        given = any(token.kind is TokenKind.LIMIT for token in parsed.tokens)
        until = _("until {time}").format(time=wording.date_time(draft.due_at, schedule.zone))
        yield until if given else until + " ?"
    if draft.platform_by:
        yield _("platform until {time}").format(time=wording.date_time(draft.platform_by, schedule.zone))


def _packed(chips: Sequence[str], cells: int) -> Iterator[Text]:
    line = ""
    for chip in chips:
        if width(chip) > cells:
            chip = f"{truncate(chip[:-1], cells - 1)}]"
        if line and width(line) + 1 + width(chip) > cells:
            yield Text(line)
            line = ""
        line = f"{line} {chip}" if line else chip
    yield Text(line)
