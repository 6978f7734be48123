"""The month-end list for operations: refunds for lost parcels and missing parts, one row an order."""

from __future__ import annotations

from csconsole import wording
from csconsole.core.refunds import Refund, Refunds
from csconsole.i18n import _, ngettext
from csconsole.reports import phrases
from csconsole.reports.document import Column, Document, Fact, Facts, Group, Row, Section, table_or
from csconsole.reports.paper import Paper
from csconsole.reports.plain import Plain, instant
from csconsole.reports.rows import Cell, Rows


def refunds_paper(found: Refunds) -> Paper:
    """The list in the language in use. Order numbers are whole, for it is they that are asked for."""
    return Paper(_document(found), (_rows(found),), _plain(found))


def _document(found: Refunds) -> Document:
    columns = (
        Column(_("Day")), Column(_("Shop")), Column(_("Order")), Column(_("Matter"), wide=True), Column(_("Status")),
        Column(_("Resolved")),
    )  # fmt: skip
    groups = [Group("", tuple(_row(found, each) for each in found.refunds))] if found.refunds else []
    stamp = f"{found.now.astimezone(found.schedule.zone):%Y-%m-%d %H:%M}"
    return Document(
        at=found.now,
        title=_("Refunds for lost parcels and missing parts"),
        subtitle=phrases.period_label(found.period),
        state=phrases.sentence(_("as of {time}").format(time=stamp)),
        lead=(_in_words(found),),
        head=Facts(
            (
                Fact(_("Orders"), str(len(found.refunds) - len(found.without_order))),
                Fact(_("Incidents"), str(len({each.number for it in found.refunds for each in it.incidents}))),
                Fact(_("Not settled"), str(len(found.open))),
                Fact(_("Without an order number"), str(len(found.without_order)), alarming=bool(found.without_order)),
            )
        ),
        sections=(Section(_("Refunds"), table_or(columns, groups, _("None."))),),
        foot=_("csconsole, {time}").format(time=stamp),
    )


def _in_words(found: Refunds) -> str:
    if not found.refunds:
        return _("No lost parcel and no missing part was logged in this month.")
    count, left = len(found.refunds), len(found.open)
    words = ngettext("{n} order with something lost or missing", "{n} orders with something lost or missing", count)
    rest = _("all are settled.")
    if left:
        rest = ngettext("{n} of them is not settled yet.", "{n} of them are not settled yet.", left)
    return _("{what}; {rest}").format(what=words.format(n=count), rest=rest.format(n=left))


def _row(found: Refunds, refund: Refund) -> Row:
    schedule, incident = found.schedule, refund.incident
    resolved = refund.closed_at
    about = phrases.in_brackets(
        each
        for each in (
            phrases.listed(f"#{each.number}" for each in refund.incidents),
            phrases.category_name(schedule, incident.category),
            phrases.person_name(schedule, incident.assignee),
            phrases.said(refund.outcome),
        )
        if each
    )
    return Row(
        (
            f"{refund.day:%m-%d}",
            phrases.shop_name(schedule, incident.shop) if incident.shop else phrases.NOTHING,
            phrases.said(refund.order) or _("no number"),
            phrases.said(incident.title),
            wording.incident_status(refund.status),
            wording.date_time(resolved, schedule.zone) if resolved else "",
        ),
        (about,),
    )


def _rows(found: Refunds) -> Rows:
    columns = (
        _("Day"), _("Shop"), _("Order"), _("Matter"), _("Category"), _("In charge"), _("Status"), _("Resolved"),
        _("Outcome"), _("Incident"),
    )  # fmt: skip
    zone = found.schedule.zone

    def row(refund: Refund) -> tuple[Cell, ...]:
        schedule, incident = found.schedule, refund.incident
        return (
            refund.day,
            phrases.shop_name(schedule, incident.shop) if incident.shop else "",
            phrases.said(refund.order),
            phrases.said(incident.title),
            phrases.category_name(schedule, incident.category),
            phrases.person_name(schedule, incident.assignee),
            wording.incident_status(refund.status),
            refund.closed_at.astimezone(zone) if refund.closed_at else None,
            phrases.said(refund.outcome),
            phrases.listed(f"#{each.number}" for each in refund.incidents),
        )

    return Rows(_("Refunds"), columns, tuple(map(row, found.refunds)))


def _plain(found: Refunds) -> dict[str, Plain]:
    zone = found.schedule.zone
    return {
        "month": f"{found.period.first:%Y-%m}",
        "now": instant(found.now, zone),
        "refunds": [
            {
                "date": each.day.isoformat(),
                "shop": each.incident.shop,
                "order": each.order,
                "what": each.incident.title,
                "category": each.incident.category,
                "assignee": each.incident.assignee,
                "status": each.status.value,
                "resolved_at": instant(each.closed_at, zone),
                "outcome": each.outcome,
                "incidents": [incident.number for incident in each.incidents],
            }
            for each in found.refunds
        ],
    }
