"""What is typed into the one-line log and not logged yet, and the words by which it is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from csconsole.core.lexicon import Lexicon
    from csconsole.desk import Desk


class Unlogged:
    """A draft for each check that a line was opened from, and one for the line opened anywhere ("")."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._drafts: dict[str, str] | None = None
        self._lexicon: Lexicon | None = None

    @property
    def lexicon(self) -> Lexicon:
        """Built once for all the keys of a line, and anew when the schedule is. While the records cannot be read, it
        knows the schedule's people alone."""
        if self._lexicon is None or self._lexicon.schedule is not self._desk.schedule:
            from csconsole.core.lexicon import Lexicon
            from csconsole.desk import JournalError
            from csconsole.i18n import language

            try:
                self._lexicon = self._desk.lexicon()
            except JournalError:
                return Lexicon(self._desk.schedule, (), language())
        return self._lexicon

    def prepare(self) -> None:
        """Have the words ready before they are needed."""
        self._lexicon = self._desk.lexicon()

    def logged(self, key: str, line: str, who: str | None) -> None:
        """A line was logged: it is no draft any more, and may have named somebody (`who`) for the first time."""
        from csconsole.core.lexicon import fold

        if who and self._lexicon and fold(who) not in self._lexicon.people:
            self._lexicon = None
        if self.draft(key) == line:
            self.keep(key, "")

    def draft(self, key: str) -> str:
        if self._drafts is None:
            self._drafts = self._desk.kept_drafts()
        return self._drafts.get(key, "")

    def keep(self, key: str, line: str) -> None:
        self.draft(key)
        assert self._drafts is not None
        self._drafts[key] = line

    def save(self) -> None:
        """Keep the drafts for the next start. Raises `UserError`."""
        if self._drafts is not None:
            self._desk.keep_drafts({key: line for key, line in self._drafts.items() if line.strip()})
