"""The month as a calendar."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from rich.text import Text
from textual.reactive import reactive
from textual.widgets import Static

from csconsole.core.deadline import Deadline
from csconsole.core.month import Month
from csconsole.wording import almanac
from csconsole.wording.almanac import Look

_STYLES: Mapping[Look, str] = {
    Look.PLAIN: "",
    Look.MUTED: "dim",
    Look.STRONG: "bold",
    Look.LATE: "bold red",
    Look.CHOSEN: "bold reverse",
}


class MonthView(Static):
    """Every day of `month`, in at most `room` lines; the dates of the `chosen` deadline stand out."""

    month: reactive[Month | None] = reactive(None, layout=True)
    room: reactive[int] = reactive(0, layout=True)
    today: reactive[date] = reactive(date.min)
    chosen: reactive[Deadline | None] = reactive(None)

    def render(self) -> Text:
        if self.month is None:
            return Text()
        lines = almanac.sheet(self.month, self.size.width, self.room, self.today, self.chosen)
        return Text("\n").join(Text.assemble(*((words, _STYLES[look]) for words, look in line)) for line in lines)
