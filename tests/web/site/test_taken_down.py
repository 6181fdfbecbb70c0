"""A canary: a name that stood in a text alone is nowhere in public once the text was taken down."""

import json
import re
from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile, is_zipfile

import pytest
from django.test import Client
from django.urls import reverse

from tests import make
from zaiti import clock
from zaiti.accounts.models import Organisation
from zaiti.accounts.naming import take_name
from zaiti.applications.models import Application
from zaiti.notices.models import Publication
from zaiti.papers.tasks import render
from zaiti.publicity.actions import close_posting, take_down
from zaiti.publicity.models import Posting

CANARY = "金丝雀"
LINK = re.compile(r'(?:href|src|action)="(/[^"#]*)')
BEGIN = ("/", "/notices/", "/postings/", "/register/", "/feed/", "/draws/", "/guide/", f"/search/?q={CANARY}")
FILES = tuple(
    f"/{what}/?export={form}" for what in ("notices", "postings", "register") for form in ("csv", "xlsx")
)
MACHINES = tuple(f"/api/v1/{what}?page_size=100" for what in ("notices", "postings", "carriers", "cycles"))
ELSEWHERE = ("/static/", "/accounts/")


@pytest.fixture
def posting() -> Posting:
    """A posting and its correction, both over; the canary stands in each of their words, and nowhere else."""
    old = make.posting()
    name = make.named(old)
    unit = name.review.application.organisation
    take_name(unit, f"{CANARY}实业公司", by=make.user(), reason="示例")
    Application.objects.update(carrier_name=f"{CANARY}基地")
    new = make.corrected_posting(old, name, reason=f"误写{CANARY}")
    old.names.update(unit=f"{CANARY}实业公司", carrier_name=f"{CANARY}基地")
    with clock.at(make.after(new) + timedelta(minutes=5)):
        close_posting(new, by=None)
    Organisation.objects.filter(pk=unit.pk).update(name="示例无关公司")
    unit.former_names.all().delete()
    for text in Publication.objects.filter(posting__in=(old, new)):
        text.attachments.add(make.stored_file(CANARY.encode(), name=f"{CANARY}.txt"))
        text.keywords = text.category = CANARY
        text.save()
        render(text.paper_id)
    return new


def addresses(posting: Posting) -> Iterator[str]:
    """What a crawler, a reader of the API or who kept an address asks for."""
    yield from (*BEGIN, *FILES, *MACHINES)
    for one in (posting, posting.replaces):
        text = one.publication
        yield from (f"/notices/{text.pk}/", f"/postings/{one.pk}/", f"/api/v1/notices/{text.pk}")
        yield reverse("ui:paper", args=[text.paper_id])
        yield from (reverse("ui:attachment", args=[text.pk, file.pk]) for file in text.attachments.all())
        yield from (reverse("site:object", args=[one.pk, n.candidate_id]) for n in one.names.all())


def singing(posting: Posting, client: Client) -> set[str]:
    """Every public address, and all they lead to, where the canary is heard."""
    asked, seen, found = list(addresses(posting)), set[str](), set[str]()
    while asked:
        if (address := asked.pop()) in seen:
            continue
        seen.add(address)
        answer = client.get(address)
        body = read(b"".join(answer) if answer.streaming else answer.content)
        links = [link.replace("&amp;", "&") for link in LINK.findall(body)]
        asked += [link for link in links if not link.startswith(ELSEWHERE)]
        if CANARY in body.replace(f'value="{CANARY}"', ""):  # the search box says what was asked
            found.add(address)
    return found


def read(body: bytes) -> str:
    if is_zipfile(BytesIO(body)):
        with ZipFile(BytesIO(body)) as whole:
            return "".join(whole.read(name).decode(errors="replace") for name in whole.namelist())
    text = body.decode(errors="replace")
    return json.dumps(json.loads(text), ensure_ascii=False) if text.startswith("{") else text


def test_the_name_is_in_no_page_feed_answer_or_file(posting: Posting, client: Client):
    papers = {reverse("ui:paper", args=[row.publication.paper_id]) for row in (posting, posting.replaces)}
    before = singing(posting, client)
    assert {
        f"/postings/{posting.pk}/",
        f"/notices/{posting.publication_id}/",
        "/feed/",
        MACHINES[1],
    } <= before
    assert {client.get(paper).status_code for paper in papers} == {200}

    take_down(posting.publication, by=make.holder("approver"), reason="公示期满")
    assert singing(posting, client) == set()
    assert {client.get(paper).status_code for paper in papers} == {404}


def test_its_addresses_stay_and_tell_title_dates_and_reason(posting: Posting, client: Client):
    take_down(posting.publication, by=make.holder("approver"), reason="公示期满，<依规>撤下")
    for address in (f"/notices/{posting.publication_id}/", f"/postings/{posting.pk}/"):
        page = client.get(address).content.decode()
        assert posting.publication.title in page
        assert "公示期满，&lt;依规&gt;撤下" in page
        assert f"{clock.today():%Y-%m-%d}" in page
        assert make.holder("approver").name not in page
    answer = client.get(f"/api/v1/notices/{posting.publication_id}").json()
    assert (answer["body"], answer["taken_down_reason"]) == ("", "公示期满，<依规>撤下")
    assert posting.publication_id not in [row["id"] for row in client.get("/api/v1/notices").json()["items"]]


def test_its_bureau_goes_on_reading_it_another_does_not(posting: Posting, client: Client):
    take_down(posting.publication, by=make.holder("approver"), reason="公示期满")
    text = posting.publication
    file = reverse("ui:attachment", args=[text.pk, text.attachments.get().pk])
    paper = reverse("ui:paper", args=[text.paper_id])
    for bureau, answer in ((make.district(), 200), (make.city(), 200), (make.district("yantian"), 404)):
        client.force_login(make.holder("officer", bureau))
        assert {client.get(address).status_code for address in (file, paper)} == {answer}, bureau
    client.force_login(make.holder("officer"))
    assert CANARY in client.get(f"/desk/publicity/{posting.pk}/").content.decode()
    assert CANARY in client.get(f"/desk/texts/{text.pk}/").content.decode()
