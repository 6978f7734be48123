"""The one-line log: what went wrong, read back while it is typed, saved with Enter."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar, cast

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from csconsole import wording
from csconsole.core.errors import UserError
from csconsole.core.incident import Incident
from csconsole.core.quickline import Completion, Parsed, TokenKind
from csconsole.core.schedule import Schedule
from csconsole.i18n import _, language
from csconsole.tui.modals.ask import Line

if TYPE_CHECKING:
    from csconsole.tui.app import ConsoleApp


COMPLETIONS = 6
"""How many completions are shown."""


class LogLine(ModalScreen[None]):
    """Enter saves the line and leaves it empty for the next; on an empty line it closes. Esc closes and keeps what
    is typed for next time."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,f2", "leave", show=False),
        Binding("tab", "complete", show=False, priority=True),
    ]

    def __init__(self, draft: str = "") -> None:
        super().__init__()
        self._draft = draft
        self._completions: list[Completion] = []

    def compose(self) -> ComposeResult:
        with Vertical(classes="box wide"):
            yield Static(_("What went wrong?"), classes="title", markup=False)
            yield Line(self._draft, placeholder=_("refund tmall #88120934 not received @li !! +2h"))
            yield Static(id="chips", markup=False)
            yield Static(id="completions", classes="hint", markup=False)
            yield Static(id="logged", markup=False)
            yield Static(_("Enter saves · Enter on nothing or Esc leaves"), classes="hint", markup=False)

    @property
    def console(self) -> ConsoleApp:
        return cast("ConsoleApp", self.app)

    def on_mount(self) -> None:
        self._read_back(self._draft)

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self.console.log_draft = event.value
        self._read_back(event.value)

    def _read_back(self, line: str) -> None:
        chips, hints = self.query_one("#chips", Static), self.query_one("#completions", Static)
        desk = self.console.desk
        if not line.strip() or not desk.is_open:
            chips.update("")
            hints.update("")
            return
        try:
            chips.update(chips_of(desk.read_line(line), desk.schedule))
        except UserError as error:
            chips.update(Text(str(error), "bold"))
        self._completions = desk.complete(line, self.query_one(Line).cursor_position)[:COMPLETIONS]
        words = "  ".join(completion.text for completion in self._completions)
        hints.update(f"Tab → {words}" if words else "")

    def action_complete(self) -> None:
        """Take the first completion."""
        if self._completions:
            first, field = self._completions[0], self.query_one(Line)
            field.value = f"{field.value[: first.start]}{first.text} {field.value[first.end :].lstrip()}"
            field.cursor_position = first.start + len(first.text) + 1

    @on(Input.Submitted)
    def _save(self, event: Input.Submitted) -> None:
        line = event.value
        if not line.strip():
            self.action_leave()
            return
        if line not in self.console.unsaved:  # entered once more while it waits
            self.console.perform(partial(self.console.desk.log, line), partial(self._logged, line), typed=line)

    def _logged(self, line: str, incident: Incident) -> None:
        words = _("#{number} logged: {title}").format(number=incident.number, title=incident.title)
        self.console.say_saved(words)
        if self.console.log_draft == line:
            self.console.log_draft = ""
        if self.is_attached:
            self.query_one("#logged", Static).update(Text(f"✓ {words}", "green"))
            field = self.query_one(Line)
            if field.value == line:
                field.value = ""

    def action_leave(self) -> None:
        self.dismiss(None)


def chips_of(parsed: Parsed, schedule: Schedule) -> Text:
    """The line as it was read: what each word is taken for, and what is assumed or could be meant otherwise."""
    draft = parsed.draft
    chips: list[tuple[str, str]] = []
    category = schedule.categories.get(draft.category)
    name = category.name.to(language()) if category else draft.category
    chips.append((_("category {name}").format(name=name) + (" ?" if parsed.category_assumed else ""), "bold"))
    if draft.shop:
        chips.append((_("shop {name}").format(name=schedule.shops[draft.shop].name.to(language())), "bold"))
    chips += [(f"#{order}", "") for order in draft.orders]
    if draft.assignee:
        chips.append((f"@{draft.assignee}", ""))
    if mark := wording.severity_mark(draft.severity):
        chips.append((f"{mark} {wording.severity(draft.severity)}", "bold"))
    if draft.due_at:
        given = any(token.kind is TokenKind.LIMIT for token in parsed.tokens)
        until = _("until {time}").format(time=wording.date_time(draft.due_at, schedule.zone))
        chips.append((until if given else until + " ?", ""))
    text = Text()
    for words, style in chips:
        text.append(f"[{words}]", style)
        text.append(" ")
    text.append(draft.title)
    for note in parsed.notes:
        text.append(f"\n{wording.log_note(note, schedule)}", "italic")
    return text
