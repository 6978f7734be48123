"""Finding incidents: by words across all history, by where they are, with whom, how they stand and how old they are."""

from __future__ import annotations

from datetime import timedelta

from msgspec.structs import replace

from csconsole.core.incident import by_urgency
from csconsole.core.search import Found, State, Wanted, terms_of
from csconsole.core.text import LIMIT, clean
from csconsole.desk.life import Life

MOST = 100
"""How many incidents are listed at once."""


class Finding(Life):
    """Raises `UserError` for a shop or category nobody knows."""

    def find_incidents(
        self,
        words: str = "",
        *,
        shop: str | None = None,
        category: str | None = None,
        person: str | None = None,
        state: State | None = None,
        older_than: timedelta | None = None,
        most: int = MOST,
    ) -> Found:
        """The incidents to which all of this applies, `most` of them at most: what runs out first on top, the resolved
        last, but before all the one whose number was typed. Words may be parts of words, numbers of any kind, and what
        the schedule calls a category, a shop or a person; "" as `person` is nobody. Words search resolved ones too;
        without any, and without a `state`, only those not resolved are meant."""
        now = self.now()
        terms = terms_of(clean(words, limit=LIMIT), self.schedule)
        wanted = Wanted(
            terms=terms,
            state=state or (State.ALL if terms else State.UNRESOLVED),
            category=None if category is None else self.category_named(category),
            shop=None if shop is None else self.shop_named(shop),
            assignee=None if person is None else self.known_as(person),
            opened_before=None if older_than is None else now - older_than,
        )
        found = self.journal.search(wanted, most)
        named = {term.number for term in terms}
        first = tuple(each for each in found.incidents if each.number in named)
        rest = by_urgency((each for each in found.incidents if each.number not in named), now)
        return replace(found, incidents=(*first, *rest))
