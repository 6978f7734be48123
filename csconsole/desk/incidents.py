"""What went wrong: logging it in one line, adding to it, resolving it."""

from __future__ import annotations

from csconsole.core.errors import UserError
from csconsole.core.incident import EventKind, Incident, by_urgency
from csconsole.core.quickline import Parsed, parse
from csconsole.core.text import clean
from csconsole.desk.office import Office
from csconsole.i18n import _, language


class Incidents(Office):
    """Each verb is one action in one transaction, committed when it returns."""
