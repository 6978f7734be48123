"""What an edit of the schedule changed, duty by duty."""

from __future__ import annotations

from msgspec import Struct

from csconsole.core.schedule import Duty, Schedule


class Edits(Struct, frozen=True):
    """The duties that are new; that go on under another id, or with other words, times or shops; that are gone. None of
    all these: something else was changed, as people or days off."""

    added: tuple[Duty, ...]
    changed: tuple[Duty, ...]
    removed: tuple[Duty, ...]


def edits(old: Schedule, new: Schedule) -> Edits:
    """What is different in `new`; a changed duty is told as it is there."""
    before = dict(old.duties)
    added, changed = [], []
    for duty in new.duties.values():
        # Under another id it goes on only where its own is new.
        names = (duty.id,) if duty.id in old.duties else duty.was
        was = next((before.pop(name) for name in names if name in before), None)
        if was is None:
            added.append(duty)
        elif was != duty:
            changed.append(duty)
    return Edits(tuple(added), tuple(changed), tuple(before.values()))
