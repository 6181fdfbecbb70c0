"""Who objects is known to those who handle the case and to nobody else, wherever one looks.

Two objections are lodged, by a person who is signed in and by one who is not, with words that stand nowhere
else. Then everybody opens every page, list, letter and feed that lets them in, and everybody whatever is an
objection's; then every row of every table, every file, every log line and every mail is read. The words may
be found where `RIGHTFUL` says and nowhere else.
"""

import logging
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.core import mail
from django.urls import reverse

from tests.walk import canary as bird
from tests.walk.addresses import arguments, every_address
from tests.walk.canary import ACCOUNT, EVIDENCE, FIELDS, OBJECTOR, WORDS, Canary, words_in
from tests.walk.test_every_door import TABLE, client_of
from zaiti.accounts.models import User
from zaiti.core.text import LogLine
from zaiti.files.models import Held, StoredFile
from zaiti.ledger.models import Entry
from zaiti.results.models import Withdrawal

pytestmark = [pytest.mark.usefixtures("town_database"), pytest.mark.slow]

HANDLERS = {"officer", "reviewer", "approver"}
PERSON = {*FIELDS.values(), EVIDENCE[0]}
# Who may find which words at which address; the account's words are no part of any objection.
RIGHTFUL = {
    "desk:objection": (HANDLERS, PERSON),
    "desk:objection_propose": (HANDLERS, PERSON),
    "desk:objection_send_back": (HANDLERS, PERSON),
    "desk:objection_turn_away": (HANDLERS, PERSON),
    "ui:file": (HANDLERS, {EVIDENCE[1]}),
    "desk:people": ({"administrator"}, set(ACCOUNT)),
    "desk:person": ({"administrator"}, set(ACCOUNT)),
}
OF_OBJECTIONS = ("objection", "ui:file", "ui:paper", "desk:audit", "desk:withdrawal")


@pytest.fixture
def canary(settings, caplog):
    settings.DEMO = False
    caplog.set_level(logging.DEBUG)
    caplog.set_level(logging.INFO, "markdown_it")  # it tells of each step
    return bird.let_fly()


@pytest.fixture
def since() -> int:
    """The newest file before the bird flies."""
    return StoredFile.objects.order_by("-pk")[0].pk


def test_nobody_but_who_handles_the_case_learns_of_who_objects(canary):
    clients = {who: client_of(user) for who, user in canary.town.actors.items()}
    wrong, found = set(), set()
    for name, address in list(knocks(canary)):
        people, words = RIGHTFUL.get(name, (set(), set()))
        for who in knockers(name, clients):
            seen = words_in(everything_told(clients[who], name, address)) - known(who, address)
            found |= {(name, word) for word in seen}
            wrong |= {(name, address, who, word) for word in seen if who not in people or word not in words}
    assert wrong == set()
    assert {("desk:objection", word) for word in PERSON} <= found, "the test finds what there is to find"
    assert {("ui:file", EVIDENCE[1]), *(("desk:person", word) for word in ACCOUNT)} <= found


def knocks(made: Canary) -> Iterator[tuple[str, str]]:
    """Every address once with the town's things, then those of each objection, and what came of it."""
    for objection in made.objections:
        things = made.town.things | {"objection": objection}
        for name, parameters in sorted(every_address(), key=lambda row: row[0]):
            if objection is made.objections[0] or "objection" in name:
                yield name, reverse(name, kwargs=arguments(name, parameters, things))
        for row in objection.evidence.all():
            yield "ui:file", reverse("ui:file", args=[row.pk])
        for paper in filter(None, (objection.receipt, objection.answer_paper)):
            yield "ui:paper", reverse("ui:paper", args=[paper.pk])
    for entry in Entry.objects.filter(thing_type="publicity.objection").order_by("pk"):
        yield "desk:audit_entry", reverse("desk:audit_entry", args=[entry.pk])
    for withdrawal in Withdrawal.objects.filter(paper__isnull=False):
        yield "ui:paper", reverse("ui:paper", args=[withdrawal.paper_id])
    yield "desk:person", reverse("desk:person", args=[made.account.pk])
    yield "desk:audit", reverse("desk:audit") + f"?who={ACCOUNT[1]}"
    yield "site:search", reverse("site:search") + f"?q={FIELDS['name']}"


def knockers(name: str, everybody: dict[str, object]) -> list[str]:
    """Everybody where an objection is; elsewhere whom the table lets in, who is shut out sees nothing."""
    if name.startswith(OF_OBJECTIONS) or "objection" in name:
        return list(everybody)
    inside = next(line for line in TABLE if line.startswith(f"{name} GET: ")).partition(": ")[2].split(", ")
    return [who for who in everybody if who in inside or (who == "objector" and "newcomer" in inside)]


def everything_told(client, name: str, address: str) -> str:
    """By asking, and where an objection is by sending a form that is refused."""
    told = bird.told(client, address)
    return told + bird.ask(client, address, "post")[0] if "objection" in name else told


def known(who: str, address: str) -> set[str]:
    """One's own account stands on one's own pages; what one asks for stands in the page's search box."""
    own = set(ACCOUNT) if who == "objector" else set()
    return own | ({ACCOUNT[1], FIELDS["name"]} if "?" in address else set())


def test_no_row_of_any_table_tells_of_who_objects(canary):
    rightful = {
        "files_storedfile": {EVIDENCE[0]},  # under what name it came, for those who handle the case
        "accounts_user": set(ACCOUNT),
        "django_session": set(ACCOUNT),
    }
    secrets = tuple(s for o in canary.objections for s in (o.token, o.number))
    for table, text in bird.every_row():
        assert words_in(text) - rightful.get(table, set()) == set(), f"{table}: {text}"
        if table in ("django_session", "accounts_user"):
            assert words_in(text, secrets) == set(), f"{table} leads to an objection: {text}"


def test_no_row_points_at_the_account_of_who_objected(canary):
    columns = [
        (model, column.attname)
        for model in apps.get_models()
        for column in model._meta.concrete_fields
        if column.related_model is User
    ]
    assert len(columns) > 40
    assert [c for c in columns if c[0].objects.filter(**{c[1]: canary.account.pk}).exists()] == []


def test_no_file_but_the_evidence_itself_tells_of_who_objects(since, canary):
    kept = {row.pk for objection in canary.objections for row in objection.evidence.all()}
    kept |= {row.file_id for row in Held.objects.all()}  # as it came with the refused form
    files = list(bird.every_new_file(since))
    assert {row.pk: words_in(text) for row, text in files if words_in(text)} == {
        pk: {EVIDENCE[1]} for pk in kept
    }
    assert len(files) >= len(kept) + 3, "two receipts, an answer"


def test_no_log_and_no_mail_tells_of_who_objects(canary, caplog):
    for name, address in list(knocks(canary)):
        if "objection" in name or name == "ui:file":
            bird.client_of(canary.account).get(f"{address}x")
            bird.client_of(None).get(address)
    records = [*caplog.get_records("setup"), *caplog.records]
    logged = "\n".join(LogLine("%(name)s %(message)s").format(row) for row in records)
    letters = [f"{one.subject}\n{one.body}\n{one.extra_headers}" for one in mail.outbox]
    assert "Not Found" in logged
    assert len(letters) >= 2
    assert words_in("\n".join([logged, *letters]), (*OBJECTOR, *WORDS)) == set()
    tokens = tuple(objection.token for objection in canary.objections)
    assert words_in(logged + "".join(one.subject for one in mail.outbox), tokens) == set()
