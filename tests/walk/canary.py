"""The canary: two objections with words that stand nowhere else, and how to read all that the site gives."""

import html
import io
import json
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from urllib.parse import unquote

import pypdfium2
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from PIL import Image

from tests import make
from tests.browser.pages import one_name
from tests.walk.town import Town, look_up
from zaiti.accounts.models import User
from zaiti.files.models import StoredFile
from zaiti.papers.models import Paper
from zaiti.papers.tasks import render
from zaiti.publicity.actions import propose_answer, take_up
from zaiti.publicity.models import Objection
from zaiti.publicity.notify import tell_objector
from zaiti.results.actions import settle_objection

NUMBER = 918_273_645  # the account's own
ACCOUNT = ("canary.account", "金丝雀账户", "canary.account@example.com", str(NUMBER))
LINE = "203.0.113.77"  # where they write from: an address kept for examples
BROWSER = "CanaryBrowser/7"
FIELDS = {
    "name": "金丝雀姓名",
    "identity_number": make.IDENTITY,
    "phone": "13800138999",
    "email": "canary.mail@example.com",
    "unit": "金丝雀工作单位",
    "text": "金丝雀所述事实",
}
EVIDENCE = ("金丝雀工资单", "金丝雀证据正文")
OBJECTOR = (*FIELDS.values(), EVIDENCE[0], LINE, BROWSER)
WORDS = (*OBJECTOR, EVIDENCE[1], *ACCOUNT)
FORMATS = ("csv", "xlsx")
ESCAPED = re.compile(r"\\u([0-9a-f]{4})", re.IGNORECASE)


@dataclass
class Canary:
    """The account, the objections: of who was signed in, then of who was not."""

    town: Town
    account: User
    objections: list[Objection] = field(default_factory=list)


def let_fly() -> Canary:
    """Lodge both objections and have them handled."""
    town = look_up()
    account = User.objects.create_user(ACCOUNT[0], ACCOUNT[2], name=ACCOUNT[1], id=NUMBER)
    made = Canary(town, account, [lodge(client_of(account)), lodge(client_of(None))])
    handle(made)
    town.actors["objector"] = account
    return made


def client_of(user: User | None) -> Client:
    """A browser of somebody who objects, at a line of their own."""
    client = Client(REMOTE_ADDR=LINE, headers={"user-agent": BROWSER})
    if user is not None:
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def lodge(client: Client) -> Objection:
    """As a person does it: open the page, forget a field, fill it in, follow the case."""
    page = reverse("site:object", args=one_name())
    client.get(page)
    Image.new("RGB", (2, 2)).save(picture := io.BytesIO(), "PNG")
    content = picture.getvalue() + EVIDENCE[1].encode()
    letter = SimpleUploadedFile(f"{EVIDENCE[0]}.png", content, "image/png")
    sent = FIELDS | {"identity_kind": "resident", "truth": "on"}
    refused = client.post(page, sent | {"phone": "", "evidence": letter})
    tokens = re.findall(r'name="evidence-kept"\s+value="([\w-]+)"', refused.text)
    assert (refused.status_code, len(tokens)) == (422, 1)
    answer = client.post(page, sent | {"evidence-kept": tokens})
    assert answer.status_code == 302, answer.text
    assert client.get(answer.url).status_code == 200
    return Objection.objects.order_by("-pk")[0]


def handle(made: Canary) -> None:
    """One is upheld and the name withdrawn, the other's answer waits; letters are made, mails sent."""
    upheld, waiting = made.objections
    officer, approver = made.town.actors["officer"], made.town.actors["approver"]
    for objection in made.objections:
        take_up(objection, by=officer)
        propose_answer(objection, by=officer, upholds=objection == upheld, answer="经核查，已有结论。")
    settle_objection(upheld, by=approver)
    for paper in Paper.objects.filter(pdf=None):
        render.func(paper=paper.pk)
    StoredFile.objects.filter(original_name__contains=EVIDENCE[0]).update(damage="torn")
    for objection in made.objections:
        tell_objector.func(objection=objection.pk, what="已收到")
        objection.refresh_from_db()
    assert (upheld.state, waiting.state) == ("upheld", "proposed")


def words_in(text: str, words: tuple[str, ...] = WORDS) -> set[str]:
    """Which of the words stand in a text, however it is escaped."""
    return {word for word in words if word in text}


def told(client: Client, address: str) -> str:
    """All that an address tells, as a page and, where it is a list, as files."""
    page, listed = ask(client, address)
    if not listed:
        return page
    mark = "&" if "?" in address else "?"
    return page + "".join(ask(client, f"{address}{mark}export={kind}")[0] for kind in FORMATS)


def ask(client: Client, address: str, method: str = "get") -> tuple[str, bool]:
    """What one answer tells in its body, headers and cookies; and whether it is a list with exports."""
    with transaction.atomic():
        answer = getattr(client, method)(address)
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        transaction.set_rollback(True)
    text = plain(bytes(content))
    around = unquote(f"{sorted(answer.headers.items())} {answer.cookies.output()}")
    return text + around, "export=" in text


@cache
def plain(content: bytes) -> str:
    """The words of a page, a file, a PDF with what is said of it, or an archive."""
    if content.startswith(b"%PDF-"):
        document = pypdfium2.PdfDocument(content)
        pages = "".join(page.get_textpage().get_text_bounded() for page in document)
        return pages.replace("\r\n", "") + str(document.get_metadata_dict())
    if content.startswith(b"PK"):
        archive = zipfile.ZipFile(io.BytesIO(content))
        return "".join(name + plain(archive.read(name)) for name in archive.namelist())
    text = content.decode(errors="replace")
    loose = text + ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "\\u" in text else text
    return loose + (unquote(text) if "%" in text else "") + (html.unescape(text) if "&#" in text else "")


def every_row() -> Iterator[tuple[str, str]]:
    """Every row as PostgreSQL writes it, jobs too; sessions and what is cached as Django reads it."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT to_jsonb(t)::text FROM "{table}" t')
            rows = [json.dumps(json.loads(row), ensure_ascii=False) for (row,) in cursor.fetchall()]
            yield from ((table, row) for row in rows)
        cursor.execute("SELECT value FROM limits_kept")
        yield from (("limits_kept", bytes(value).decode(errors="replace")) for (value,) in cursor.fetchall())
    yield from (("django_session", str(row.get_decoded())) for row in Session.objects.all())


def every_new_file(since: int) -> Iterator[tuple[StoredFile, str]]:
    """Every file stored after row `since`, as text."""
    for row in StoredFile.objects.filter(pk__gt=since):
        with row.content.open("rb") as content:
            yield row, f"{row.name} {plain(content.read())}"
