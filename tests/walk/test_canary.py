"""Who objects is known to those who handle the case and to nobody else, wherever one looks.

Two objections are lodged, by a person who is signed in and by one who is not, with words that stand nowhere
else. Then everybody opens every page, list, file, letter and feed; then every row of every table, every log
line and every mail is read. The words may be found where `RIGHTFUL` says and nowhere else.
"""

import io
import json
import logging
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

import pypdfium2
import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from tests import make
from tests.browser.pages import one_name
from tests.walk.addresses import arguments, every_address
from tests.walk.test_every_door import client_of
from tests.walk.town import Town, look_up
from zaiti.accounts.models import User
from zaiti.core.text import LogLine
from zaiti.ledger.models import Entry
from zaiti.papers.models import Paper
from zaiti.papers.tasks import render
from zaiti.publicity.actions import propose_answer, take_up
from zaiti.publicity.models import Objection
from zaiti.publicity.telling import tell_objector
from zaiti.results.actions import settle_objection

pytestmark = [pytest.mark.usefixtures("town_database"), pytest.mark.slow]

ACCOUNT = ("canary.account", "金丝雀账户", "canary.account@example.com")
FIELDS = {
    "name": "金丝雀姓名",
    "identity_number": make.IDENTITY,
    "phone": "13800138999",
    "email": "canary.mail@example.com",
    "unit": "金丝雀工作单位",
    "text": "金丝雀所述事实",
}
EVIDENCE = ("金丝雀工资单", "金丝雀证据正文")
OBJECTOR = (*FIELDS.values(), EVIDENCE[0])
HANDLERS = {"officer", "reviewer", "approver"}
# Who may find which words at which address; the account's words are no part of any objection.
RIGHTFUL = {
    "desk:objection": (HANDLERS, set(OBJECTOR)),
    "desk:objection_propose": (HANDLERS, set(OBJECTOR)),
    "ui:file": (HANDLERS, {EVIDENCE[1]}),
    "desk:people": ({"administrator"}, set(ACCOUNT)),
    "desk:person": ({"administrator"}, set(ACCOUNT)),
}
FORMATS = ("csv", "xlsx")


@dataclass
class Canary:
    """The two objections, the account, and all that was logged on the way."""

    town: Town
    account: User
    objections: list[Objection] = field(default_factory=list)


@pytest.fixture
def canary(settings, caplog):
    settings.DEMO = False
    caplog.set_level(logging.DEBUG)
    town = look_up()
    account = make.user(name=ACCOUNT[1])
    User.objects.filter(pk=account.pk).update(username=ACCOUNT[0], email=ACCOUNT[2])
    account.refresh_from_db()
    made = Canary(town, account)
    for user in (account, None):
        made.objections.append(lodge(client_of(user)))
    handle(made)
    town.actors["objector"] = account
    return made


def lodge(client: Client) -> Objection:
    """As a person does it: open the page, fill it in, send it."""
    page = reverse("site:object", args=one_name())
    client.get(page)
    letter = SimpleUploadedFile(
        f"{EVIDENCE[0]}.png", b"\x89PNG\r\n\x1a\n" + EVIDENCE[1].encode(), "image/png"
    )
    answer = client.post(page, FIELDS | {"identity_kind": "resident", "truth": "on", "evidence": letter})
    assert answer.status_code == 302, answer.content.decode()
    return Objection.objects.order_by("-pk")[0]


def handle(made: Canary) -> None:
    """One is answered, with its letters made and its mails sent; the other is under way."""
    answered, open_one = made.objections
    officer, approver = made.town.actors["officer"], made.town.actors["approver"]
    for objection in (answered, open_one):
        take_up(objection, by=officer)
    propose_answer(answered, by=officer, upholds=False, answer="经核查，情况不属实。")
    settle_objection(answered, by=approver)
    for paper in Paper.objects.filter(kind__startswith="objection", pdf=None):
        render.func(paper=paper.pk)
    for objection in made.objections:
        tell_objector.func(objection=objection.pk, what="已收到")


def knocks(made: Canary) -> Iterator[tuple[str, str]]:
    """Every address once with the town's things, then those of each objection, and each list as a file."""
    for objection in made.objections:
        things = made.town.things | {"objection": objection}
        for name, parameters in sorted(every_address(), key=lambda row: row[0]):
            of_objection = "objection" in name
            if objection is made.objections[0] or of_objection:
                yield name, reverse(name, kwargs=arguments(name, parameters, things))
        for row in objection.evidence.all():
            yield "ui:file", reverse("ui:file", args=[row.pk])
        for paper in (objection.receipt, objection.answer_paper):
            yield from [("ui:paper", reverse("ui:paper", args=[paper.pk]))] if paper else []
    for entry in Entry.objects.filter(thing_type="publicity.objection").order_by("pk"):
        yield "desk:audit_entry", reverse("desk:audit_entry", args=[entry.pk])
    yield "desk:person", reverse("desk:person", args=[made.account.pk])
    yield "desk:audit", reverse("desk:audit") + f"?who={ACCOUNT[1]}"
    yield "site:search", reverse("site:search") + f"?q={FIELDS['name']}"


def test_nobody_but_who_handles_the_case_learns_of_who_objects(canary):
    clients = {who: client_of(user) for who, user in canary.town.actors.items()}
    wrong, found = set(), set()
    for name, address in list(knocks(canary)):
        for who, client in clients.items():
            seen = words_in(told(client, address), who, address)
            people, words = RIGHTFUL.get(name, (set(), set()))
            found |= {(name, word) for word in seen}
            wrong |= {(name, address, who, word) for word in seen if who not in people or word not in words}
    assert wrong == set()
    assert {("desk:objection", word) for word in OBJECTOR} <= found, "the test finds what there is to find"
    assert ("ui:file", EVIDENCE[1]) in found


def words_in(text: str, who: str, address: str) -> set[str]:
    """Which of the words stand in a text; one's own account's name stands on all one's pages."""
    own = set(ACCOUNT) if who == "objector" else set()
    if "?" in address:  # what one asks for stands in the page's own search box
        own |= {ACCOUNT[1], FIELDS["name"]}
    return {word for word in (*OBJECTOR, EVIDENCE[1], *ACCOUNT) if word in text} - own


def told(client: Client, address: str) -> str:
    """All that an address tells, as a page and, where it is a list, as files."""
    page, listed = ask(client, address)
    if not listed:
        return page
    mark = "&" if "?" in address else "?"
    return page + "".join(ask(client, f"{address}{mark}export={kind}")[0] for kind in FORMATS)


def ask(client: Client, address: str) -> tuple[str, bool]:
    with transaction.atomic():
        answer = client.get(address)
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        transaction.set_rollback(True)
    text = plain(bytes(content))
    return text + str(sorted(answer.headers.items())), "export=" in text


@cache
def plain(content: bytes) -> str:
    """The words of a page, a PDF or a workbook."""
    if content.startswith(b"%PDF-"):
        document = pypdfium2.PdfDocument(content)
        return "".join(page.get_textpage().get_text_bounded() for page in document).replace("\r\n", "")
    if content.startswith(b"PK"):
        archive = zipfile.ZipFile(io.BytesIO(content))
        return "".join(archive.read(name).decode(errors="replace") for name in archive.namelist())
    return content.decode(errors="replace")


def test_no_row_of_any_table_tells_of_who_objects(canary):
    for table, text in every_row():
        words = [*OBJECTOR, EVIDENCE[1]]
        if table == "files_storedfile":
            words.remove(EVIDENCE[0])  # under what name it came, for those who handle the case
        if table != "accounts_user":
            words += ACCOUNT
        assert [word for word in words if word in text] == [], f"{table}: {text}"


def every_row() -> Iterator[tuple[str, str]]:
    """Every row as PostgreSQL writes it, jobs' arguments too; sessions as Django reads them."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT to_jsonb(t)::text FROM "{table}" t')
            yield from (
                (table, json.dumps(json.loads(row), ensure_ascii=False)) for (row,) in cursor.fetchall()
            )
    yield from (("django_session", str(row.get_decoded())) for row in Session.objects.all())


def test_no_row_points_at_the_account_of_who_objected(canary):
    columns = [
        (model, column.attname)
        for model in apps.get_models()
        for column in model._meta.concrete_fields
        if column.related_model is User
    ]
    assert len(columns) > 40
    assert [c for c in columns if c[0].objects.filter(**{c[1]: canary.account.pk}).exists()] == []


def test_no_log_and_no_mail_tells_of_who_objects(canary, caplog):
    for name, address in list(knocks(canary)):
        if "objection" in name or name == "ui:file":
            client_of(canary.account).get(f"{address}x")
            client_of(None).get(address)
    logged = "\n".join(LogLine("%(name)s %(message)s").format(row) for row in caplog.records)
    letters = [f"{one.subject}\n{one.body}" for one in mail.outbox]
    assert "Not Found" in logged
    assert len(letters) == 2
    for word in (*OBJECTOR, EVIDENCE[1], *ACCOUNT):
        assert word not in "\n".join([logged, *letters])
    for objection in canary.objections:
        assert objection.token not in logged + "".join(one.subject for one in mail.outbox)
