"""The one-line log: what went wrong, read back while it is typed, saved with Enter."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar, cast

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input, Static
from textual.widgets.input import Selection

from csconsole.core.agenda import Item
from csconsole.core.errors import UserError
from csconsole.core.incident import Incident
from csconsole.core.linecompletion import Completion
from csconsole.core.text import LIMIT
from csconsole.i18n import _, language
from csconsole.tui.modals.form import Form
from csconsole.tui.widgets.chips import read_back
from csconsole.tui.widgets.words import Words
from csconsole.wording import line as linewording

if TYPE_CHECKING:
    from csconsole.tui.app import ConsoleApp


_PAUSE = 0.1
"""Seconds after which a line is read back while keys keep coming."""
COMPLETIONS = 6
"""How many completions are shown."""


class LogLine(Form[None]):
    """Enter saves the line and leaves it empty for the next; on an empty line it closes. Esc closes and keeps what
    is typed for next time.

    Opened from a check, what is logged was found there: `begin` is what the line then begins with. With `offered` that
    says it all: Enter logs it, and what is typed instead was not found there.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", show=False),
        Binding("f2", "stay", show=False),
        Binding("tab", "complete", show=False, priority=True),
        Binding("down", "choose(1)", show=False),
        Binding("up", "choose(-1)", show=False),
    ]

    def __init__(self, found_at: Item | None = None, begin: str = "", *, offered: bool = False) -> None:
        super().__init__()
        self._item = found_at
        self._begin = begin
        self._offered = offered
        self._completions: list[Completion] = []
        self._chosen = 0
        self._said: dict[str, str] = {}
        self._behind = False

    def compose(self) -> ComposeResult:
        with Vertical(classes="box wide"):
            yield Static(classes="title", markup=False)
            yield Words(self._draft or self._begin, placeholder=_("refund tmall #88120934 not received @li !! +2h"))
            yield Static(id="completions", markup=False)
            yield Static(id="chips", markup=False)
            yield Static(id="logged", markup=False)
            yield Static(
                _("Enter saves · Tab ↑ ↓ complete · Enter on nothing or Esc leaves"), classes="hint", markup=False
            )

    @property
    def console(self) -> ConsoleApp:
        return cast("ConsoleApp", self.app)

    @property
    def _key(self) -> str:
        """Whose draft it is."""
        return self._item.key if self._item and not self._offered else ""

    @property
    def _words(self) -> Words:
        return self.query_one(Words)

    # -- the draft --------------------------------------------------------------------------------------------

    @property
    def _draft(self) -> str:
        """What was typed here before, and not saved."""
        return self.console.unlogged.draft(self._key)

    def _keep(self, line: str) -> None:
        self.console.unlogged.keep(self._key, "" if line.strip() == self._begin.strip() else line)

    # -- reading back -----------------------------------------------------------------------------------------

    def on_mount(self) -> None:
        if self._offered:
            self._words.selection = Selection(0, len(self._begin))
        self.call_after_refresh(self._read_back)

    def on_resize(self) -> None:
        self.call_after_refresh(self._read_back)

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self._keep(event.value)
        if not self.console.typed_ahead:
            self._read_back()
        elif not self._behind:  # the keys behind this one come first
            self._behind = True
            self.set_timer(_PAUSE, self._catch_up)

    def _catch_up(self) -> None:
        if self._behind:
            self._read_back()

    def _read_back(self) -> None:
        line, desk = self._words.value, self.console.desk
        self._completions, self._chosen, self._behind = [], 0, False
        found = self._found_at(line)
        title = _("Found at {check}: what went wrong?") if found else _("What went wrong?")
        self._say(".title", Text(title.format(check=found.title.to(language()) if found else "")))
        if not line.strip():
            self._say("#chips", Text(linewording.syntax(), "dim"))
        elif self.console.ready:
            lexicon = self.console.unlogged.lexicon
            try:
                category = found.occurrence.category if found else None
                parsed = desk.read_line(line, lexicon, category=category, given=self._given(line))
            except UserError as error:
                self._say("#chips", Text(str(error), "bold"))
            else:
                self._say("#chips", read_back(parsed, desk.schedule, max(20, self.query_one("#chips").size.width)))
                cursor = self._words.cursor_position
                self._completions = desk.complete(parsed, cursor, lexicon)[:COMPLETIONS]
        self._show_completions()

    def _say(self, where: str, text: Text) -> None:
        """Show a text, unless it is what is shown: what changes its height costs a layout."""
        if self._said.get(where) != text.markup:
            self._said[where] = text.markup
            self.query_one(where, Static).update(text)

    def _found_at(self, line: str) -> Item | None:
        """The check at which what this line says was found."""
        return None if self._offered and not line.startswith(self._begin) else self._item

    def _given(self, line: str) -> int:
        """How much of the line nobody typed."""
        return len(self._begin) if not self._offered and line.startswith(self._begin) else 0

    @on(Words.TooMuch)
    def _refused(self, message: Words.TooMuch) -> None:
        words = _("not pasted: the line would have {n} characters, {limit} at most: log it in parts")
        self.query_one("#logged", Static).update(Text(words.format(n=message.n, limit=LIMIT), "bold"))

    # -- completing -------------------------------------------------------------------------------------------

    def _show_completions(self) -> None:
        text = Text("Tab →" if self._completions else "", "dim")
        for place, completion in enumerate(self._completions):
            chosen = place == self._chosen
            text.append(f" ▸{completion.text}" if chosen else f"  {completion.text}", "bold" if chosen else "")
        self._say("#completions", text)

    def action_choose(self, by: int) -> None:
        """Go to the next completion, or the one before."""
        self._catch_up()
        if self._completions:
            self._chosen = (self._chosen + by) % len(self._completions)
            self._show_completions()

    def action_complete(self) -> None:
        """Take the chosen completion."""
        self._catch_up()
        if self._completions:
            taken, field = self._completions[self._chosen], self._words
            field.value = f"{field.value[: taken.start]}{taken.text} {field.value[taken.end :].lstrip()}"
            field.cursor_position = taken.start + len(taken.text) + 1

    # -- saving -----------------------------------------------------------------------------------------------

    @on(Input.Submitted)
    def _save(self, event: Input.Submitted) -> None:
        line = event.value
        untouched = not self._offered and line.strip() == self._begin.strip()
        if not line.strip() or untouched:
            self.action_leave()
        elif line not in self.console.unsaved:  # else it was entered once more while it waits
            found = self._found_at(line)
            key = found.key if found else None
            verb = partial(
                self.console.desk.log, line, self.console.unlogged.lexicon, found_at=key, given=self._given(line)
            )
            self.console.perform(verb, partial(self._logged, line), typed=line)

    def _logged(self, line: str, incident: Incident) -> None:
        words = _("#{number} logged: {title}").format(number=incident.number, title=incident.title)
        self.console.say_saved(words)
        self.console.unlogged.logged(self._key, line, incident.assignee)
        if self.is_attached:
            self.query_one("#logged", Static).update(Text(f"✓ {words}", "green"))
            if self._words.value == line:
                self._words.value = ""

    def action_stay(self) -> None:
        """The key that opens the line, pressed for the next one: it is open, and what is typed goes into it."""

    def action_leave(self) -> None:
        try:
            self.console.unlogged.save()
        except UserError as error:
            self.console.complain(str(error))
        self.dismiss(None)
