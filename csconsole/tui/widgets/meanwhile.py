"""What came due, and what was missed, while nobody was there. It waits beside the timeline and takes no key that
belongs to it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.text import Text
from textual.reactive import reactive
from textual.widgets import Static

from csconsole import wording
from csconsole.core.agenda import Item, Missed
from csconsole.core.incident_items import limit_of
from csconsole.core.text import truncate, width
from csconsole.i18n import _, language, ngettext
from csconsole.tui.board import Board

_MOST, _MOST_BESIDE_DAYS = 6, 4
_DAYS = 7


class Meanwhile(Static):
    """A list of items, and how much was missed by day; gone when they are answered or the list is put away."""

    board: reactive[Board | None] = reactive(None, repaint=False)
    meanwhile: reactive[tuple[Item, ...]] = reactive((), layout=True)
    missed: reactive[tuple[Missed, ...]] = reactive((), layout=True)

    def watch_board(self, old: Board | None, new: Board | None) -> None:
        # Nothing is said of it but what day it is.
        if (old and old.present.day) != (new and new.present.day):
            self.refresh()

    def watch_meanwhile(self) -> None:
        self.display = bool(self.meanwhile or self.missed)

    def watch_missed(self) -> None:
        self.display = bool(self.meanwhile or self.missed)

    def render(self) -> Text:
        if self.board is None:
            return Text()
        # What can be done with them stands before them: where there is little room, it is what is seen.
        keys = _("Space now · Ctrl+A at its time · F8 skip · F5 all at their time · Esc hides")
        heading = Text(" · ".join(self._heading()), "bold")
        if any(limit_of(item.key) for item in self.meanwhile):
            keys = _("# opens the incident") + " · " + keys
        if not self.meanwhile:
            keys = _("← looks at the day before · Esc hides")
        return Text("\n").join([heading, Text(keys, "dim"), *self._items(), *self._days()])

    def _heading(self) -> Iterator[str]:
        limits = sum(1 for item in self.meanwhile if limit_of(item.key))
        if n := len(self.meanwhile) - limits:
            yield ngettext("{n} check came due meanwhile", "{n} checks came due meanwhile", n).format(n=n)
        if n := limits:
            yield ngettext("{n} limit passed meanwhile", "{n} limits passed meanwhile", n).format(n=n)
        if self.missed:
            n = sum(missed.count for missed in self.missed)
            yield ngettext("{n} check missed", "{n} checks missed", n).format(n=n)

    def _items(self) -> Iterator[Text]:
        assert self.board is not None
        zone, today = self.board.present.zone, self.board.present.day.date
        most = _MOST_BESIDE_DAYS if self.missed else _MOST
        for item in self.meanwhile[:most]:
            same_day = item.occurrence.day == today
            when = wording.clock_time(item.due, zone) if same_day else wording.date_time(item.due, zone)
            yield Text(truncate(f"{when} {item.title.to(language())}", max(10, self.size.width)))
        if (more := len(self.meanwhile) - most) > 0:
            yield Text(_("… and {n} more").format(n=more))

    def _days(self) -> Iterator[Text]:
        """The last days one by one, those before them together."""
        if not self.missed:
            return
        earlier, days = self.missed[:-_DAYS], self.missed[-_DAYS:]
        words = [_earlier(earlier)] if earlier else []
        words += [_("{date} missed {n}").format(date=wording.date_label(each.day.date), n=each.count) for each in days]
        room = max(10, self.size.width)
        line = words[0]
        for each in words[1:]:
            longer = f"{line} · {each}"
            if width(longer) > room:
                yield Text(line)
            line = each if width(longer) > room else longer
        yield Text(line)


def _earlier(missed: Sequence[Missed]) -> str:
    days, n = len(missed), sum(each.count for each in missed)
    return ngettext("{days} day before missed {n}", "{days} days before missed {n}", days).format(days=days, n=n)
