"""Messages of the release that kept an address lead on to what they are about."""

from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection
from django.urls import resolve

from tests import make
from zaiti.outbox.models import Message
from zaiti.web.ui.subjects import page_of

FORMER = import_module("zaiti.outbox.migrations.0003_what_a_message_is_about")


def kept(person, link):
    """The message as the migration leaves it, given the address it had."""
    row = Message.objects.create(to=person, template="t", subject="s", posted_at="2025-01-01T00:00:00Z")
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE outbox_message ADD COLUMN IF NOT EXISTS link varchar(300) DEFAULT ''")
        cursor.execute("UPDATE outbox_message SET link = %s WHERE id = %s", [link, row.pk])
    with connection.schema_editor(atomic=False) as editor:
        FORMER.keep_the_subject(apps, editor)
    row.refresh_from_db()
    return row


@pytest.mark.parametrize(
    ("link", "about"),
    [
        ("/my/applications/7/receipt/", ("applications.application", 7)),
        ("/desk/carriers/7/", ("carriers.carrier", 7)),
        ("/my/carriers/7/", ("carriers.carrier", 7)),
        ("/desk/publicity/", ("ranking.candidate", None)),
        ("/desk/publicity/objections/7/", ("publicity.objection", 7)),
        ("/desk/panels/draws/7/", ("panels.draw", 7)),
        ("/jury/", ("panels.panel", None)),
        ("/my/", ("accounts.organisation", None)),
        ("/my/members/", ("accounts.organisation", None)),
        ("/my/claim/", ("mandates.mandate", None)),
        ("/desk/calendar/2026/", ("clock.holidayyear", 2026)),
        ("/my/inbox/", ("", None)),
    ],
)
def test_each_address_that_was_ever_posted_is_known(link, about):
    row = kept(make.user(), link)
    assert (row.about, row.about_id) == about
    assert resolve(link)


def test_it_leads_where_it_led():
    application, officer = make.to_screen()
    link = f"/desk/screening/{application.pk}/"
    assert page_of(kept(officer, link)) == link
    assert page_of(kept(application.contact, f"/my/applications/{application.pk}/receipt/")) == (
        f"/my/applications/{application.pk}/"
    )


def test_it_leads_nobody_where_they_may_not():
    application, _officer = make.to_screen()
    stranger = make.holder("officer", make.district("futian"))
    assert page_of(kept(stranger, f"/desk/screening/{application.pk}/")) == ""
