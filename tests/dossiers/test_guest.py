"""A room declares its deeds, states and letters itself, and that is enough for all who tell of them."""

import sys
from collections.abc import Iterator

import pypdfium2
import pytest
from django.apps import AppConfig, apps
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils.module_loading import autodiscover_modules

from tests import make
from zaiti.dossiers.queries import timeline
from zaiti.ledger.chain import record, seal
from zaiti.ledger.deeds import DEEDS, FACTS
from zaiti.ledger.models import Entry
from zaiti.ledger.moves import move
from zaiti.papers.actions import issue
from zaiti.papers.kinds import KINDS
from zaiti.papers.models import Paper
from zaiti.papers.tasks import render
from zaiti.web.ui.tones import tone_of

ROOM = "tests.dossiers.guest"


@pytest.fixture
def greeting(db) -> Iterator[object]:
    """One thing of the room, which stands in the house for this test."""
    kept = [(table, dict(table)) for table in (DEEDS, FACTS, KINDS)]
    for module in ("deeds", "papers"):
        sys.modules.pop(f"{ROOM}.{module}", None)
    config = AppConfig.create(ROOM)
    config.apps, apps.app_configs["guest"] = apps, config
    config.import_models()
    apps.clear_cache()
    autodiscover_modules("deeds", "papers")
    greeting = apps.get_model("guest.greeting")
    with connection.schema_editor() as editor:
        editor.create_model(greeting)
    yield greeting(application=make.to_screen()[0])
    del apps.app_configs["guest"]
    apps.clear_cache()
    for table, before in kept:
        table.clear()
        table.update(before)


def greet(greeting) -> Paper:
    from tests.dossiers.guest.papers import WELCOME  # noqa: PLC0415  # declared while the room stands

    greeting.save()
    unit = greeting.application.organisation
    officer = make.holder("officer", greeting.application.authority)
    move(greeting, "greet", by=officer, reason="示例理由", flowers=3)
    record("frown", greeting, by=officer)
    title = WELCOME.title.format(unit=unit.name)
    authority, facts = greeting.application.authority, {"unit": unit.name}
    greeting.paper = issue(
        WELCOME, by=officer, authority=authority, title=title, facts=facts, organisation=unit
    )
    greeting.save()
    return greeting.paper


def test_its_letter_is_numbered_titled_and_rendered(greeting):
    paper = greet(greeting)
    assert "迎〔" in paper.number
    assert paper.title == f"欢迎{greeting.application.organisation.name}"
    assert paper.get_kind_display() == "welcome"
    render(paper.pk)
    with Paper.objects.get(pk=paper.pk).pdf.content.open() as kept:
        page = pypdfium2.PdfDocument(kept.read())[0].get_textpage().get_text_range()
    assert "欢迎你单位。" in page


def test_its_state_has_its_tone(greeting):
    assert [tone_of(greeting.state), tone_of("greeted")] == ["attention", "done"]


def test_its_deed_is_told_in_the_story_with_tone_reason_and_letter(greeting):
    paper = greet(greeting)
    event = timeline(greeting.application, greeting.application.contact)[0]
    assert (event.what, event.tone, event.note) == ("greeted the unit", "done", "示例理由")
    assert event.by == greeting.application.authority
    assert [document.label for document in event.papers] == [paper.title]


def test_each_reads_what_the_room_says(greeting):
    greet(greeting)
    application = greeting.application
    told = {event.what for event in timeline(application, application.contact)}
    officer = make.holder("officer", application.authority)
    assert "frowned at the unit" not in told
    assert "frowned at the unit" in {event.what for event in timeline(application, officer)}


def test_auditors_read_it_in_its_words_and_find_it_by_them(greeting, client: Client):
    greet(greeting)
    client.force_login(make.holder("auditor"))
    page = client.get(reverse("desk:audit"), {"deed": "guest.greeting:greet"}).content.decode()
    assert "greeted the unit" in page
    assert str(greeting) in page.partition("<tbody")[2]
    seal()
    entry = Entry.objects.get(thing_type="guest.greeting", verb="greet")
    assert "flowers brought" in client.get(reverse("desk:audit_entry", args=[entry.pk])).content.decode()
