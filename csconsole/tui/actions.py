"""The one registry of what a person can do in the console. Footer, help, palette, user key map and the README's key
table all come from it, so none can drift (DESIGN.md §2).

Keys are Textual's names. Every action has a key that is not a letter, for a Chinese input method swallows letters,
and a letter for those who type without one. `bindings_of` adds the forms an input method makes of each key: full
width, upper case, and the ideographic space and stop.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum

from msgspec import Struct

from csconsole.core.errors import UserError
from csconsole.i18n import N_, _


class Scope(StrEnum):
    """Where an action can be taken."""

    EVERYWHERE = "everywhere"
    TODAY = "today"
    INCIDENTS = "incidents"
    DEADLINES = "deadlines"
    REPORTS = "reports"
    HANDOVER = "handover"
    STORY = "story"
    ORDERS = "orders"
    CASES = "cases"


_SCOPES: Mapping[Scope, str] = {
    Scope.EVERYWHERE: N_("everywhere"),
    Scope.TODAY: N_("Today"),
    Scope.INCIDENTS: N_("Incidents"),
    Scope.DEADLINES: N_("Due dates"),
    Scope.REPORTS: N_("Reports"),
    Scope.HANDOVER: N_("Handover"),
    Scope.STORY: N_("An incident"),
    Scope.ORDERS: N_("Its orders"),
    Scope.CASES: N_("Cases"),
}


class Action(Struct, frozen=True):
    """One thing a person can do. `id` names the method `action_<id>` of whoever does it in that scope; `keys` are
    those that are not letters, the best known first; `footer` puts it on the bottom line."""

    id: str
    scope: Scope
    keys: tuple[str, ...]
    letter: str
    name: str
    explanation: str
    footer: bool = False

    @property
    def binding_id(self) -> str:
        """What a user's key map calls it."""
        return self.id if self.scope is Scope.EVERYWHERE else f"{self.scope}.{self.id}"

    @property
    def label(self) -> str:
        return _(self.name)

    @property
    def help(self) -> str:
        return _(self.explanation)


def scope_name(scope: Scope) -> str:
    return _(_SCOPES[scope])


_E, _T, _I, _D, _R = Scope.EVERYWHERE, Scope.TODAY, Scope.INCIDENTS, Scope.DEADLINES, Scope.REPORTS
_S, _O, _C, _H = Scope.STORY, Scope.ORDERS, Scope.CASES, Scope.HANDOVER

# fmt: off
ACTIONS: tuple[Action, ...] = (
    Action("done", _T, ("space",), "x", N_("Done"), N_("The selected check is done; of a check by shop, the rest is"), True),
    Action("open", _T, ("enter",), "o", N_("Fill in"), N_("Open the check: readings, shops, result, note"), True),
    Action("log", _E, ("f2", "plus"), "l", N_("Log"), N_("Log an incident in one line"), True),
    Action("start", _T, ("f3", "full_stop"), "p", N_("In progress"), N_("Say that you are at it: no nagging for a while"), True),
    Action("issue", _T, ("f4", "exclamation_mark"), "i", N_("Issue"), N_("The selected check found an issue"), True),
    Action("snooze", _T, ("f6", "comma"), "z", N_("Later"), N_("No reminder of it for a while"), True),
    Action("delegate", _T, ("f7", "at"), "g", N_("Delegate"), N_("Hand it to a colleague until a time"), True),
    Action("skip", _T, ("f8", "delete", "minus"), "s", N_("Skip"), N_("Not to be done, and why"), True),
    Action("undo", _E, ("ctrl+z",), "u", N_("Undo"), N_("Take back the last thing done here; again goes one further")),
    Action("note", _T, ("ctrl+n", "semicolon"), "n", N_("Note"), N_("Add a note to the selected check")),
    Action("trend", _T, ("ctrl+l", "percent_sign"), "T", N_("Trend"), N_("A reading of the selected check over thirty days, shop by shop")),
    Action("link", _T, ("ctrl+o",), "v", N_("Visit link"), N_("Open the check's link in the browser")),
    Action("copy", _T, ("ctrl+y",), "y", N_("Copy"), N_("Copy the day as plain text")),
    Action("on_time", _T, ("ctrl+a",), "A", N_("At its time"), N_("The selected check was done at its time; recorded now")),
    Action("all_on_time", _T, ("f5", "asterisk"), "a", N_("All on time"), N_("Everything that came due meanwhile was done at its time; recorded now")),
    Action("previous_day", _T, ("left",), "b", N_("Day before"), N_("Look at the day before")),
    Action("next_day", _T, ("right",), "f", N_("Day after"), N_("Look at the day after")),
    Action("to_now", _T, ("home",), "c", N_("Now"), N_("Back to today and to what is due")),
    Action("resolve", _I, ("space",), "x", N_("Resolve"), N_("The selected incident is settled; a resolved one is opened again"), True),
    Action("open", _I, ("enter",), "o", N_("Open it"), N_("The incident's whole story"), True),
    Action("note", _I, ("ctrl+n", "semicolon"), "n", N_("Note"), N_("Add a note to the selected incident"), True),
    Action("snooze", _I, ("f6", "comma"), "z", N_("Later"), N_("No reminder of its limits for a while")),
    Action("search", _I, ("f3", "slash"), "f", N_("Search"), N_("Any word or part of one, any number; across all history"), True),
    Action("by_shop", _I, ("5",), "p", N_("Shop"), N_("Only those of one shop")),
    Action("by_category", _I, ("6",), "c", N_("Category"), N_("Only those of one category")),
    Action("by_person", _I, ("f7", "7", "at"), "g", N_("Person"), N_("Only those somebody has, or nobody")),
    Action("by_state", _I, ("8",), "s", N_("State"), N_("Only those that stand so")),
    Action("by_age", _I, ("9",), "y", N_("Age"), N_("Only those logged longer ago")),
    Action("clear", _I, ("0", "delete"), "b", N_("Clear"), N_("No filter and no search any more"), True),
    Action("all", _I, ("asterisk",), "a", N_("All/open"), N_("Show resolved incidents too, or open ones alone"), True),
    Action("case", _I, ("ctrl+k",), "i", N_("Keep as a case"), N_("What the selected incident taught")),
    Action("cases", _I, ("ctrl+o",), "v", N_("Cases"), N_("The cases kept for training")),
    Action("menu", _S, ("enter",), "o", N_("Choose"), N_("All that can be done to the incident, to choose from"), True),
    Action("resolve", _S, ("space",), "x", N_("Resolve"), N_("It is settled; a resolved one is opened again"), True),
    Action("note", _S, ("ctrl+n", "semicolon"), "n", N_("Note"), N_("Add a note"), True),
    Action("wait", _S, ("f6", "comma"), "z", N_("Wait"), N_("Whose turn it is; again when it goes on"), True),
    Action("assign", _S, ("f7", "at"), "g", N_("Assign"), N_("Give it to somebody, or to nobody"), True),
    Action("answered", _S, ("f3", "full_stop"), "a", N_("Buyer answered"), N_("The buyer was answered"), True),
    Action("limit", _S, ("f5", "5"), "c", N_("Limit"), N_("Move one of its limits, and why"), True),
    Action("step", _S, ("f8", "8"), "s", N_("Step"), N_("The next step of a complaint, or another one"), True),
    Action("its_orders", _S, ("7",), "f", N_("Orders"), N_("Close its orders one by one or together, add some"), True),
    Action("severity", _S, ("f4", "exclamation_mark"), "i", N_("Severity"), N_("How bad it is"), True),
    Action("promise", _S, ("asterisk", "6"), "p", N_("Promise"), N_("What was promised, to whom, by when")),
    Action("correct", _S, ("slash", "9"), "b", N_("Correct"), N_("Its title, category, shop, buyer or tracking number")),
    Action("case", _S, ("ctrl+k",), "v", N_("Keep as a case"), N_("What happened, what we did, what to do next time")),
    Action("close", _O, ("space",), "x", N_("Close"), N_("The selected order is settled; a closed one is open again"), True),
    Action("all", _O, ("asterisk",), "a", N_("Close all"), N_("All orders that are left are settled"), True),
    Action("add", _O, ("ctrl+n", "semicolon"), "n", N_("Add"), N_("It is about other orders too"), True),
    Action("open", _C, ("enter",), "o", N_("Write anew"), N_("Change the selected case"), True),
    Action("search", _C, ("f3", "slash"), "f", N_("Search"), N_("Any word or part of one"), True),
    Action("judged", _C, ("f4", "asterisk"), "a", N_("Good/bad"), N_("Good and bad ones, good ones alone, bad ones alone"), True),
    Action("add", _C, ("ctrl+n", "semicolon"), "n", N_("New"), N_("A case that came from no incident"), True),
    Action("print", _C, ("ctrl+r",), "p", N_("Print"), N_("Print those listed, for the training"), True),
    Action("done", _D, ("space",), "x", N_("Done"), N_("The selected duty is done, early or late"), True),
    Action("later", _D, ("right",), "f", N_("Month after"), N_("Look at the month after")),
    Action("earlier", _D, ("left",), "b", N_("Month before"), N_("Look at the month before")),
    Action("to_now", _D, ("home",), "c", N_("This month"), N_("Back to this month")),
    Action("kind", _R, ("space",), "x", N_("Day/week/…"), N_("Change between the day, the week, the month, the year, Monday's meeting and the month's refunds"), True),
    Action("day", _R, ("f5", "comma"), "i", N_("Day's report"), N_("The report of the day")),
    Action("week", _R, ("f6", "full_stop"), "z", N_("Week's report"), N_("The report of the week")),
    Action("month", _R, ("f7", "semicolon"), "n", N_("Month's report"), N_("The report of the month")),
    Action("year", _R, ("f8", "minus"), "v", N_("Year's report"), N_("The report of the year")),
    Action("meeting", _R, ("f4", "exclamation_mark"), "g", N_("Monday's meeting"), N_("Last week's problems, what became of them, and what this week brings")),
    Action("refunds", _R, ("f3", "at"), "a", N_("Month's refunds"), N_("Refunds for lost parcels and missing parts, order by order")),
    Action("previous", _R, ("left",), "b", N_("Before"), N_("The day, week, month or year before"), True),
    Action("next", _R, ("right",), "f", N_("After"), N_("The day, week, month or year after"), True),
    Action("print", _R, ("ctrl+r",), "p", N_("Print"), N_("Send the report to the printer"), True),
    Action("save", _R, ("ctrl+s",), "s", N_("Save"), N_("Save the report: choose a format, or name a file"), True),
    Action("copy", _R, ("ctrl+y",), "y", N_("Copy"), N_("Copy the report as it pastes into a chat group"), True),
    Action("take", _H, ("space",), "x", N_("Take over"), N_("Say who takes over; from now on they act here"), True),
    Action("note", _H, ("ctrl+n", "semicolon"), "n", N_("Note"), N_("Write what the next shift must know"), True),
    Action("open", _H, ("enter",), "o", N_("Open it"), N_("The selected incident's story, or the selected check"), True),
    Action("previous", _H, ("left",), "b", N_("Day before"), N_("The handover of the day before"), True),
    Action("next", _H, ("right",), "f", N_("Day after"), N_("The handover of the day after"), True),
    Action("print", _H, ("ctrl+r",), "p", N_("Print"), N_("Send the page to the printer"), True),
    Action("save", _H, ("ctrl+s",), "s", N_("Save"), N_("Save the page as a file"), True),
    Action("copy", _H, ("ctrl+y",), "y", N_("Copy"), N_("Copy the page as it pastes into a chat group"), True),
    Action("reports", _E, ("f9", "4", "equals_sign"), "r", N_("Report"), N_("What the day, the week and the month were"), True),
    Action("help", _E, ("f1", "question_mark"), "h", N_("Help"), N_("This page"), True),
    Action("today", _E, ("1",), "t", N_("Today"), N_("What is to be looked at today")),
    Action("incidents", _E, ("2",), "w", N_("Incidents"), N_("What went wrong and is not settled")),
    Action("limit", _E, ("number_sign",), "W", N_("Limit"), N_("Open the incident whose limit was spoken of last, or runs out first")),
    Action("deadlines", _E, ("3",), "d", N_("Due dates"), N_("Weekly and monthly due dates, and why they moved")),
    Action("handover", _E, ("f12", "colon"), "H", N_("Handover"), N_("What the next shift must know, and who takes over")),
    Action("close_day", _E, ("ctrl+e", "f10"), "e", N_("Close the day"), N_("Go through what is open, write the handover, keep the summary")),
    Action("on_duty", _E, ("ctrl+t", "f11"), "m", N_("On duty"), N_("Change who is on duty here")),
    Action("away", _E, ("ctrl+g",), "M", N_("Away"), N_("Until a time: reminders wait and come as one; again when you are back")),
    Action("palette", _E, ("ctrl+p",), "P", N_("Commands"), N_("Find any of these by name")),
    Action("quit", _E, ("ctrl+q",), "Q", N_("Leave"), N_("Leave the console at once; everything is saved")),
)
# fmt: on

_CAPITALS = frozenset(action.letter for action in ACTIONS if action.letter.isupper())
"""Letters that are taken as capitals: they do not stand for the small ones as well."""

# What an input method makes of a key, where that is not simply its full-width form.
_IME: Mapping[str, tuple[str, ...]] = {
    "space": ("ideographic_space",),
    "full_stop": ("ideographic_full_stop", "fullwidth_full_stop"),
    "plus": ("fullwidth_plus_sign",),
    "minus": ("fullwidth_hyphen_minus",),
    "comma": ("fullwidth_comma", "ideographic_comma"),
    "semicolon": ("fullwidth_semicolon",),
    "colon": ("fullwidth_colon",),
    "asterisk": ("fullwidth_asterisk", "multiplication_sign"),
    "at": ("fullwidth_commercial_at",),
    "number_sign": ("fullwidth_number_sign",),
    "exclamation_mark": ("fullwidth_exclamation_mark",),
    "question_mark": ("fullwidth_question_mark",),
    "slash": ("fullwidth_solidus",),
    "equals_sign": ("fullwidth_equals_sign",),
    "percent_sign": ("fullwidth_percent_sign",),
}
_SHOWN: Mapping[str, str] = {
    "space": N_("Space"),
    "enter": N_("Enter"),
    "delete": N_("Delete"),
    "home": "Home",
    "left": "←",
    "right": "→",
    "up": "↑",
    "down": "↓",
    "escape": "Esc",
    "plus": "+",
    "minus": "-",
    "full_stop": ".",
    "comma": ",",
    "semicolon": ";",
    "colon": ":",
    "asterisk": "*",
    "at": "@",
    "number_sign": "#",
    "exclamation_mark": "!",
    "question_mark": "?",
    "slash": "/",
    "equals_sign": "=",
    "percent_sign": "%",
}


def in_scope(scope: Scope) -> Iterator[Action]:
    return (action for action in ACTIONS if action.scope is scope)


def key_forms(keys: Iterable[str]) -> str:
    """These keys as Textual wants them, with what an input method and the Caps Lock key make of each."""
    forms: list[str] = []
    for key in keys:
        forms += [key, *_IME.get(key, ())]
        if len(key) == 1:
            forms.append(chr(ord(key) + 0xFEE0))
            if key.islower() and key.upper() not in _CAPITALS:
                forms += [key.upper(), chr(ord(key.upper()) + 0xFEE0)]
    return ",".join(forms)


def shown(key: str) -> str:
    """A key as people call it: "F2", "Space", "Ctrl+Z", "+"."""
    if key in _SHOWN:
        return _(_SHOWN[key])
    return "+".join(part.capitalize() for part in key.split("+")) if len(key) > 1 else key


class KeyMap:
    """Which keys take which action: the registry's, or those the owner's settings give an action instead."""

    def __init__(self, own: Mapping[str, object] | None = None) -> None:
        """`own` maps binding ids to keys, as in `log = "f2,insert"`. Raises `UserError` for an id nobody knows and
        for what is not a list of keys."""
        self.own: dict[str, tuple[str, ...]] = {}
        known = {action.binding_id for action in ACTIONS}
        for name, keys in (own or {}).items():
            if name not in known:
                raise UserError(
                    _("[keys] {name}: there is no such action; there are: {known}").format(
                        name=name, known=", ".join(sorted(known))
                    )
                )
            if not isinstance(keys, str) or not all(key.strip() for key in keys.split(",")):
                raise UserError(_('[keys] {name}: give its keys as in "f2,insert"').format(name=name))
            self.own[name] = tuple(key.strip() for key in keys.split(","))

    def keys(self, action: Action) -> tuple[str, ...]:
        """The keys of an action, the best known first."""
        return self.own.get(action.binding_id, (*action.keys, action.letter))

    def shown(self, action: Action) -> str:
        return " ".join(map(shown, self.keys(action)))

    @property
    def forms(self) -> dict[str, str]:
        """The owner's own keys, with what an input method makes of them."""
        return {name: key_forms(keys) for name, keys in self.own.items()}
