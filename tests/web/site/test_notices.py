"""Published texts: their metadata, how they are counted, and what replaced them."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test import Client

from tests import make
from zaiti.notices.models import Publication


def test_a_text_stands_with_all_its_disclosure_metadata(client):
    text = make.publication(
        category="规范性文件", doc_number="示〔2024〕1号", keywords="载体 认定", title="示例通知标题"
    )
    page = client.get(f"/notices/{text.pk}/").text
    for said in (
        text.index_number,
        "规范性文件",
        text.authority.name,
        "示〔2024〕1号",
        "载体 认定",
        "示例通知标题",
    ):
        assert said in page


def test_a_text_is_counted_once_in_a_session(client):
    text, other = make.publication(), make.publication()
    for _ in range(3):
        client.get(f"/notices/{text.pk}/")
    client.get(f"/notices/{other.pk}/")
    Client().get(f"/notices/{text.pk}/")
    assert views(text) == 2
    assert views(other) == 1


@pytest.mark.parametrize("cookie", ["x", "1.2.", "²", "-1", "9" * 400])
def test_a_cookie_that_was_tampered_with_does_no_harm(client, cookie):
    text = make.publication()
    client.cookies["read"] = cookie
    assert client.get(f"/notices/{text.pk}/").status_code == 200


def test_looking_at_the_head_alone_is_not_reading(client):
    text = make.publication()
    client.head(f"/notices/{text.pk}/")
    assert views(text) == 0


@pytest.mark.django_db(transaction=True)
def test_readers_at_once_are_all_counted():
    text = make.publication()

    def read(_number: int) -> None:
        Client().get(f"/notices/{text.pk}/")
        connection.close()

    with ThreadPoolExecutor(4) as readers:
        list(readers.map(read, range(12)))
    assert views(text) == 12


def test_a_replaced_text_links_the_one_that_holds_and_back(client):
    old = make.publication()
    new = make.publication(replaces=old)
    assert f'href="/notices/{new.pk}/"' in client.get(f"/notices/{old.pk}/").text
    assert f'href="/notices/{old.pk}/"' in client.get(f"/notices/{new.pk}/").text


def test_an_extension_stands_at_the_text_it_adds_to(client):
    text = make.publication()
    more = make.publication(kind="extension", amends=text)
    assert f'href="/notices/{more.pk}/"' in client.get(f"/notices/{text.pk}/").text
    assert f'href="/notices/{text.pk}/"' in client.get(f"/notices/{more.pk}/").text


def test_attachments_and_only_public_papers_are_offered(client):
    text = make.publication(paper=make.paper(public=False))
    file = make.stored_file(name="附件1.ofd")
    text.attachments.add(file)
    page = client.get(f"/notices/{text.pk}/").text
    assert f"/notices/{text.pk}/files/{file.pk}/" in page
    assert "/papers/" not in page


def test_markdown_never_brings_in_script(client):
    text = make.publication(body="<script>alert(1)</script>\n\n[x](javascript:alert(1))")
    page = client.get(f"/notices/{text.pk}/").text
    assert "<script>alert" not in page
    assert 'href="javascript' not in page


def test_addressees_and_signature_stand_as_in_a_letter(client):
    name = make.district().name
    text = make.publication(body=f"各相关单位：\n\n正文。\n\n{name}  \n2024年7月29日")
    page = client.get(f"/notices/{text.pk}/").text
    assert '<p class="z-to">各相关单位：</p>' in page
    assert f'<p class="z-sign">{name}<br>' in page


@pytest.mark.parametrize(
    ("query", "found"),
    [("kind=result", "甲"), ("district=futian", "乙"), ("year=2023", "丙"), ("q=甲类+公告", "甲")],
)
def test_the_list_is_filtered_by_kind_district_year_and_words(client, query, found):
    make.publication(kind="result", title="甲类公告")
    make.publication(make.district("futian"), title="乙类通知")
    make.publication(title="丙类通知", made_on="2023-03-01")
    rows = client.get(f"/notices/?{query}").context["table"].rows
    assert [row.record.title[0] for row in rows] == [found]


def test_the_feed_is_atom_with_the_latest_texts(client):
    text = make.publication(title="示例<通知>")
    answer = client.get("/feed/")
    assert answer["Content-Type"].startswith("application/atom+xml")
    assert "示例&lt;通知&gt;" in answer.text
    assert f"http://testserver/notices/{text.pk}/" in answer.text


def views(text):
    return Publication.objects.get(pk=text.pk).views
