"""Answering what is owed: done, issue found, skipped, started, delegated, and taking it back."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import datetime

from csconsole.core.agenda import Item
from csconsole.core.errors import UserError
from csconsole.core.facts import MarkKind, NewMark, Undone
from csconsole.core.schedule import Scale
from csconsole.core.text import clean, prose
from csconsole.desk.office import Office, did_you_mean
from csconsole.i18n import _, language


class Answers(Office):
    """Each verb is one action in one transaction, committed when it returns, and answers with the item as it then
    stands. All raise `UserError` for what cannot be understood and `NotSaved` for what could not be written."""

    def answer(
        self,
        key: str,
        kind: MarkKind = MarkKind.DONE,
        *,
        shop: str | None = None,
        readings: Mapping[tuple[str, str], float] | None = None,
        note: str | None = None,
        at: datetime | None = None,
    ) -> Item:
        """Mark an occurrence done or with an issue found, for every shop not answered apart or for one alone.

        `readings` maps (shop or "", metric) to a number. `at` is when it was done, if not now.
        """
        item = self.find(key)
        self._check_shop(item, shop)
        self._check_readings(item, readings or {})
        self.journal.mark(self.by, [self._mark(item, kind, shop=shop, readings=readings, note=note, at=at)], self.now())
        return self.stand(item.occurrence)

    def skip(self, key: str, reason: str, *, shop: str | None = None, at: datetime | None = None) -> Item:
        """Say that an occurrence will not be done, and why."""
        why = clean(reason).strip()
        if not why:
            raise UserError(_("say why it is skipped, as in --reason {example}").format(example=_("'shop closed'")))
        item = self.find(key)
        self._check_shop(item, shop)
        self.journal.mark(self.by, [self._mark(item, MarkKind.SKIPPED, shop=shop, reason=why, at=at)], self.now())
        return self.stand(item.occurrence)

    def start(self, key: str) -> Item:
        """Say that an occurrence is being worked on: nothing nags for a while."""
        item = self.find(key)
        self.journal.mark(self.by, [self._mark(item, MarkKind.STARTED)], self.now())
        return self.stand(item.occurrence)

    def delegate(self, key: str, to: str, until: datetime) -> Item:
        """Hand an occurrence to a colleague until an instant (aware): then it is asked for again."""
        name = clean(to).strip()
        if not name:
            raise UserError(_("say to whom it is delegated"))
        if until <= self.now():
            raise UserError(_("the time it is delegated until must lie ahead"))
        item = self.find(key)
        self.check_not_over(item, until)
        self.journal.mark(self.by, [self._mark(item, MarkKind.DELEGATED, to=name, until=until)], self.now())
        return self.stand(item.occurrence)

    def note(self, key: str, text: str) -> Item:
        """Add a note to an occurrence, whatever its answer."""
        if not clean(text).strip():
            raise UserError(_("the note is empty"))
        item = self.find(key)
        self.journal.mark(self.by, [self._mark(item, MarkKind.NOTE, note=text)], self.now())
        return self.stand(item.occurrence)

    def all_on_time(self, keys: Sequence[str]) -> int:
        """Answer what is not answered yet as done at its time, recorded now; how many there were. One action."""
        items = [item for item in map(self.find, dict.fromkeys(keys)) if not item.status.answered]
        marks = [self._mark(item, MarkKind.DONE, at=min(item.due, self.now())) for item in items]
        if marks:
            self.journal.mark(self.by, marks, self.now())
        return len(marks)

    def undo(self) -> Undone:
        """Take back the latest standing action, whole: a console's own, or else the actor's. Raises `UserError`
        where there is none left."""
        undone = self.journal.undo(self.by, self.now())
        if undone is None:
            raise UserError(_("nothing left to undo"))
        return undone

    # -- what a mark is made of -------------------------------------------------------------------------------

    def _mark(
        self,
        item: Item,
        kind: MarkKind,
        *,
        shop: str | None = None,
        readings: Mapping[tuple[str, str], float] | None = None,
        note: str | None = None,
        reason: str | None = None,
        to: str | None = None,
        until: datetime | None = None,
        at: datetime | None = None,
    ) -> NewMark:
        found = item.occurrence
        return NewMark(
            key=found.key,
            business_date=found.day,
            kind=kind,
            at=at or self.now(),
            due=found.due,
            grace=found.grace,
            shops=found.shops,
            shop=shop,
            note=prose(note) or None if note else None,
            reason=reason,
            to=to,
            until=until,
            readings=readings or None,
        )

    def _check_shop(self, item: Item, shop: str | None) -> None:
        if shop is None or shop in item.occurrence.shops:
            return
        if not item.occurrence.shops:
            raise UserError(_("{key} is answered once for all shops: leave --shop out").format(key=item.key))
        raise UserError(
            _("{key} has no shop {shop}{hint}").format(
                key=item.key, shop=shop, hint=did_you_mean(shop, item.occurrence.shops)
            )
        )

    def _check_readings(self, item: Item, readings: Mapping[tuple[str, str], float]) -> None:
        for (shop, name), value in readings.items():
            self._check_shop(item, shop or None)
            if name not in item.occurrence.read:
                raise UserError(
                    _("{key} takes no reading {name}; it takes: {known}").format(
                        key=item.key, name=name, known=", ".join(item.occurrence.read) or "–"
                    )
                )
            schedule = self.book.edition(item.occurrence.day).schedule
            # Both may have been taken out of the schedule since.
            metric, place = schedule.metrics.get(name), schedule.shops.get(shop)
            scale = metric.scale_on(place.platform if place else None) if metric else Scale()
            # What is counted is never below nothing; for what may be, its range says so.
            low = scale.low or 0.0
            if not math.isfinite(value) or value < low or (scale.high is not None and value > scale.high):
                raise UserError(
                    _("{name}: {value} is not possible ({low} to {high})").format(
                        name=metric.name.to(language()) if metric else name,
                        value=f"{value:g}",
                        low=f"{low:g}",
                        high="…" if scale.high is None else f"{scale.high:g}",
                    )
                )
