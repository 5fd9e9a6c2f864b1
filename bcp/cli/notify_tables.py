"""Notices as tables and texts for the terminal."""

from __future__ import annotations

from bcp.cli.output import heading, put, put_table
from bcp.model.announcement import Announcement, Form, NumberState
from bcp.model.notice_out_words import (
    audience_name,
    channel_text,
    contact_name,
    decision_text,
    due_text,
    form_name,
    number_state,
    occasion_name,
    reached_text,
    size_text,
)
from bcp.model.scenario import Scenario
from bcp.usecases.notifying import Notified, newest
from bcp.words import Words


def put_notices(told: Notified, scenario: Scenario, moment: float | None, _: Words) -> None:
    """The notices in time, then the text of those that stand at the minute asked for."""
    notices = told.at(moment)
    heading(_("Notices: {scenario}", scenario=scenario.titled(_.language)))
    if not notices:
        put(_("Nobody has to be told anything by then."))
        return
    columns = (_("When"), _("To"), _("Occasion"), _("Rev."), _("Reached"), _("Channels"), _("State"))
    put_table(columns, [_row(notice, _) for notice in notices], right=[3])
    for notice in newest(notices):
        _put_text(notice, told.found.language, _)
        if notice.at_decision is not None:
            put(decision_text(notice.at_decision, told.plan, _), "bold")
            _put_text(notice.at_decision, told.found.language, _)
    _put_owners(told, moment, _)


def _put_owners(told: Notified, moment: float | None, _: Words) -> None:
    """How many owners of affected lines are told, and over which channels."""
    counted = told.owners(moment)
    if counted is None:
        return
    put()
    put(
        _.count(
            "{n} owner of an affected line is told.",
            "{n} owners of affected lines are told.",
            counted.concerned,
        )
    )
    for channel, messages in counted.messages.items():
        put(f"  {contact_name(channel, _)}: {_.number(messages)}")
    if counted.page_only:
        put(f"  {_('Status page only')}: {_.number(counted.page_only)}")


def _row(notice: Announcement, _: Words) -> list[str]:
    state = _("draft") if notice.draft else _("ready")
    channels = [channel_text(c, _) for c in notice.channels]
    return [
        due_text(notice, _),
        audience_name(notice.audience, _),
        occasion_name(notice.occasion, _),
        str(notice.revision),
        reached_text(notice, _),
        ", ".join(channels),
        state,
    ]


def _put_text(notice: Announcement, language: str, _: Words) -> None:
    wordings = [w for w in notice.wordings if w.language == language and w.form in (Form.WEB, Form.SMS)]
    heading(
        f"{audience_name(notice.audience, _)} · {occasion_name(notice.occasion, _)} · {due_text(notice, _)}"
    )
    for wording in wordings:
        put(f"{form_name(wording.form, _)} · {size_text(wording, _)}", "dim")
        put(wording.subject, "bold")
        put(wording.text)
    for number in notice.numbers:
        if not number.named_as_failing and (not number.passed or number.state != NumberState.WORKS):
            checked = _.count("test-called by {n} person", "test-called by {n} people", len(number.checks))
            put(f"  {number.number}: {number_state(number.state, _)}, {checked}")
