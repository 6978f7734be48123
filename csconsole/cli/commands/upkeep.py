"""Looking after the house: schedules checked, the database copied and put back, a look at everything."""

from __future__ import annotations

import json
from pathlib import Path

from csconsole.cli.parser import Options
from csconsole.cli.setting import desk_of
from csconsole.cli.streams import complain, say
from csconsole.core.text import clean
from csconsole.i18n import _, ngettext


def schedule(options: Options) -> int:
    desk = desk_of(options)
    if options.what == "schema":
        say(json.dumps(desk.schema(), ensure_ascii=False, indent=2))
        return 0
    verdict = desk.check_schedule(Path(options.file) if options.file else None)
    for fault in verdict.faults:
        complain(clean(str(fault)))
    if verdict.faults:
        return 2
    say(ngettext("ok: {count} duty", "ok: {count} duties", verdict.duties).format(count=verdict.duties))
    return 0


def backup(options: Options) -> int:
    target = desk_of(options).backup(Path(options.file) if options.file else None)
    say(str(target))
    return 0


def restore(options: Options) -> int:
    assert options.file is not None
    kept = desk_of(options).restore(Path(options.file))
    say(_("restored {file}").format(file=options.file))
    if kept is not None:
        say(_("what was there before is kept in {file}").format(file=kept))
    return 0


def doctor(options: Options) -> int:
    """0 if all is sound, 1 if anything must be mended."""
    from csconsole.desk.checkup import Soundness

    marks = {Soundness.SOUND: "✓ " + _("sound"), Soundness.NOTE: "· " + _("note"), Soundness.FAULT: "✗ " + _("fault")}
    sound = True
    for finding in desk_of(options).examine():
        say(f"{marks[finding.soundness]}  {finding.what}: {clean(finding.says)}")
        sound = sound and finding.soundness is not Soundness.FAULT
    return 0 if sound else 1
