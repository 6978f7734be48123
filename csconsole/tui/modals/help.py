"""What can be done where one is, and with which keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Static

from csconsole.core.text import fit, width
from csconsole.i18n import _
from csconsole.tui.actions import KeyMap, Scope, in_scope, scope_name
from csconsole.tui.modals.form import Form
from csconsole.wording import line as linewording

if TYPE_CHECKING:
    from csconsole.tui.app import ConsoleApp


class Help(Form[None]):
    """The page's actions first, then those that can be taken everywhere."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,f1,question_mark,h,q,enter,space,ideographic_space", "leave", show=False),
        Binding("f2", "app.log", show=False),
    ]

    def __init__(self, scope: Scope) -> None:
        super().__init__()
        self._scope = scope

    def compose(self) -> ComposeResult:
        with VerticalScroll(classes="box wide"):
            yield Static(
                help_text([self._scope, Scope.EVERYWHERE], self.console.keymap, str(self.console.desk.workspace.home)),
                markup=False,
            )

    @property
    def console(self) -> ConsoleApp:
        return cast("ConsoleApp", self.app)

    def action_leave(self) -> None:
        self.dismiss(None)


def help_text(scopes: list[Scope], keymap: KeyMap, home: str) -> Text:
    """The keys of these scopes as a table, from the registry."""
    keys = [keymap.shown(action) for scope in scopes for action in in_scope(scope)]
    column = max(map(width, keys)) + 2
    text = Text()
    for scope in scopes:
        text.append(f"{scope_name(scope)}\n", "bold")
        for action in in_scope(scope):
            text.append("  " + fit(keymap.shown(action), column), "bold")
            text.append(f"{action.label}: {action.help}\n")
        text.append("\n")
    text.append(_("What a line of the log may say") + "\n", "bold")
    text.append("".join(f"  {line}\n" for line in linewording.syntax().splitlines()) + "\n")
    text.append(_("↑ ↓ move. Every key also works as an input method sends it: full width, upper case.") + "\n")
    text.append(_("Records and schedules: {home}").format(home=home) + "\n", "dim")
    text.append(_("Esc leaves"), "dim")
    return text
