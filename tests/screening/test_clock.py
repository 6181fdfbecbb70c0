from datetime import timedelta

from django.core.management import call_command

from tests import make
from zaiti import clock
from zaiti.applications.models import Application
from zaiti.ledger.models import Entry
from zaiti.outbox.models import Message
from zaiti.screening.models import Correction, Ruling
from zaiti.screening.tasks import deem_overdue, lapse_corrections, run_clock

State = Application.State


def told(person):
    return sorted(message.template for message in Message.objects.filter(to=person))


def test_what_nobody_answered_in_time_is_accepted():
    application, officer = make.to_screen()
    over = clock.end_of_day(application.answer_due)
    with clock.at(over - timedelta(seconds=1)):
        assert deem_overdue() == []
    with clock.at(over):
        ruling = deem_overdue()[0]
    application.refresh_from_db()
    assert application.state == State.ACCEPTED
    assert (ruling.outcome, ruling.by) == (Ruling.Outcome.DEEMED, None)
    assert ruling.paper.facts["deemed"] is True
    assert told(application.contact) == ["screening/mail/deemed.txt"]
    assert told(officer) == ["screening/mail/deemed_officers.txt"]
    assert Entry.objects.get(verb="accept").by is None


def test_only_what_waits_for_an_answer_is_deemed_accepted():
    for state in make.others(Application, "accept"):
        if state != State.DRAFT:
            make.long_ago(make.application(state=state))
    assert deem_overdue() == []


def test_a_correction_lapses_after_its_last_day():
    application, officer, correction = make.returned()
    over = clock.end_of_day(correction.due)
    with clock.at(over - timedelta(seconds=1)):
        assert lapse_corrections() == []
    with clock.at(over):
        assert lapse_corrections() == [correction]
        assert lapse_corrections() == []
    application.refresh_from_db()
    assert application.state == State.RETURNED
    assert told(application.contact) == ["screening/mail/lapsed.txt", "screening/mail/returned.txt"]
    assert told(officer) == ["screening/mail/lapsed_officers.txt"]
    assert Entry.objects.get(verb="lapse").by is None


def test_the_job_and_the_command_take_both_steps(capsys):
    application, _officer = make.to_screen()
    _returned, _other, correction = make.returned(code="studio")
    with clock.at(clock.end_of_day(max(correction.due, application.answer_due))):
        run_clock(0)
        call_command("run_clock")
    assert Ruling.objects.count() == 1
    assert Correction.objects.filter(lapsed_at__isnull=False).count() == 1
    assert "0" in capsys.readouterr().out
