"""The public pages: what is going on, postings, the register, the guide, draws and the one search."""

import subprocess
from datetime import timedelta

import pytest

from tests import make
from tests.web.site import many
from zaiti import clock
from zaiti.carriers.actions import decide_revocation
from zaiti.panels.actions import draw_experts
from zaiti.panels.drawing import draw as draw_again
from zaiti.ranking.models import Candidate
from zaiti.web.site.search import understood


def test_home_shows_open_calls_running_postings_and_the_latest_texts(client):
    call = make.call(authority=make.district("futian"))
    closed = make.closed_call(make.district("nanshan"))
    draft = make.call(authority=make.district("yantian"), state="draft")
    posting = make.posting()
    page = client.get("/")
    assert list(page.context["calls"]) == [call]
    assert list(page.context["postings"]) == [posting]
    assert f"/notices/{closed.publication_id}/" in page.text
    assert draft.title not in page.text


def test_home_is_there_before_anything_has_happened(client):
    assert client.get("/").status_code == 200
    assert client.get("/guide/").status_code == 200


def test_a_posting_that_is_over_leaves_home(client):
    posting = make.posting()
    with clock.at(make.after(posting)):
        assert list(client.get("/").context["postings"]) == []


def test_a_posting_names_units_says_until_when_and_leads_to_the_objection(client):
    posting = make.posting()
    name = make.named(posting)
    page = client.get(f"/postings/{posting.pk}/")
    assert name.review.application.organisation.name in page.text
    assert f"/postings/{posting.pk}/object/{name.pk}/" in page.text
    assert page.context["day_one"] == posting.posted_at.astimezone(clock.now().tzinfo).date() + timedelta(
        days=1
    )


def test_a_posting_gives_nothing_of_an_application_but_its_names(client):
    posting = many.postings(1)[0]
    (name,) = client.get(f"/postings/{posting.pk}/").context["names"]
    assert set(name) == {"type", "unit", "carrier", "last_day", "changed", "candidate"}


def test_a_replaced_posting_links_the_one_that_holds_and_takes_no_objections(client):
    old = make.posting()
    name = make.named(old)
    new = make.corrected_posting(old, name)
    page = client.get(f"/postings/{old.pk}/").text
    assert f'href="/postings/{new.pk}/"' in page
    assert "/object/" not in page
    assert f"/postings/{new.pk}/object/{name.pk}/" in client.get(f"/postings/{new.pk}/").text


def test_a_recognised_name_can_no_longer_be_objected_to(client):
    posting = many.postings(1)[0]
    Candidate.objects.filter(posted__posting=posting).update(state="recognised")
    assert "/object/" not in client.get(f"/postings/{posting.pk}/").text


def test_two_clicks_from_home_find_who_was_recognised_in_luohu_in_2024(client):
    (carrier,) = many.carriers(1)
    link = "/register/?year=2024&amp;district=luohu"
    assert link in client.get("/").text
    assert carrier.name in client.get(link.replace("&amp;", "&")).text


@pytest.mark.parametrize(
    "asked",
    ["2024 示例luohu", "2024年示例luohu区认定名单", "示例luohu区 2024年度", "SZ-2024-JD-0001", "示例载体1"],
)
def test_one_search_finds_who_was_recognised(client, asked):
    (carrier,) = many.carriers(1)
    assert client.get("/search/", {"q": asked}).context["carriers"]["rows"] == [carrier]


@pytest.mark.parametrize("asked", ["2023 示例luohu", "示例futian 2024", "不存在的单位"])
def test_a_search_for_others_does_not_find_them(client, asked):
    make.district("futian")
    many.carriers(1)
    assert client.get("/search/", {"q": asked}).context["carriers"]["rows"] == []


def test_an_announcement_of_the_city_is_found_under_a_district(client):
    text = make.publication(make.city(), kind="result", title="关于公布2024年度新认定载体名单的公告")
    make.district()
    assert client.get("/search/", {"q": "2024年示例luohu认定名单"}).context["texts"]["rows"] == [text]


@pytest.mark.parametrize("asked", ["", "   ", "\\", "%", "'", "((", "x" * 5000])
def test_odd_questions_do_no_harm(client, asked):
    assert client.get("/search/", {"q": asked}).status_code == 200


@pytest.mark.parametrize("state", ["active", "rectifying", "revoking"])
def test_a_notice_to_correct_is_not_public(client, state):
    carrier = make.carrier()
    make.rectification(carrier)
    carrier.state = state
    carrier.save()
    for address in ("/register/", f"/register/{carrier.certificate_number}/", "/register/?export=csv"):
        text = client.get(address).content.decode()
        assert carrier.name in text
        assert "培训台账" not in text
        assert not any(word in text for word in ("told to correct", "责令", "整改", "revocation under way"))
    assert carrier.name in client.get("/register/?state=valid").text
    assert carrier.name not in client.get("/register/?state=revoked").text
    given = client.get(f"/api/v1/carriers/{carrier.certificate_number}").json()
    assert given["state"] == "valid"


def test_a_revocation_is_public_with_its_announcement(client):
    revocation = make.revocation(state="prepared")
    decide_revocation(revocation, by=make.holder("approver", make.city()))
    carrier = revocation.carrier
    carrier.refresh_from_db()
    page = client.get(f"/register/{carrier.certificate_number}/")
    assert [event.tone for event in page.context["events"]] == ["late", "done", ""]
    assert f'href="/notices/{revocation.publication_id}/"' in page.text
    assert revocation.facts not in page.text
    assert client.get(f"/api/v1/carriers/{carrier.certificate_number}").json()["state"] == "revoked"


def test_sorting_by_state_tells_nothing_of_notices_to_correct(client):
    first, second = many.carriers(2)
    first.state = "rectifying"
    first.save()
    orders = [
        [row.record.pk for row in client.get(f"/register/?sort={sort}").context["table"].rows]
        for sort in ("state", "-state")
    ]
    assert orders[0] == orders[1] or set(orders[0]) == {first.pk, second.pk}
    assert client.get("/register/?sort=state").context["table"].columns["state"].order_by == ("revoked_on",)


def test_the_register_exports_what_it_shows(client):
    many.carriers(2)
    lines = client.get("/register/?export=csv&sort=certificate_number").content.decode().splitlines()
    assert len(lines) == 3
    assert "SZ-2024-JD-0001" in lines[1]


def test_the_guide_labels_sample_lists_and_names_the_offices(client):
    call = make.call(contact_office="示例受理窗口")
    call.cycle.types.first().materials.update(sample=True)
    page = client.get("/guide/").text
    assert "z-sample" in page
    assert "示例受理窗口" in page
    assert f'href="/notices/{call.publication_id}/"' in page


def test_a_draw_is_repeated_from_its_public_record(client, tmp_path):
    panel = make.panel(state="forming", size=3)
    make.experts(6)
    draw = draw_experts(panel, by=make.holder("officer", panel.authority))
    page = client.get(f"/draws/{draw.pk}/")
    lines = client.get(f"/draws/{draw.pk}/lines.txt").text.splitlines()
    again = draw_again(lines, draw.seed, draw.places)
    seated = {row["place"]: row["line"] for row in page.context["rows"] if row["place"]}
    assert [one.line for one in again] == [seated[n] for n in (1, 2, 3)]
    kept = tmp_path / "lines.txt"
    kept.write_text("".join(f"{line}\n" for line in lines))
    shell = page.context["shell"].replace(
        f"curl -s http://testserver/draws/{draw.pk}/lines.txt", f"cat {kept}"
    )
    said = subprocess.run(["bash", "-c", shell], capture_output=True, text=True, check=True).stdout
    assert said.splitlines() == [f"{one.key}  {one.line}" for one in again]


def test_a_draw_names_no_expert(client):
    panel = make.panel(state="forming", size=3)
    experts = make.experts(4)
    draw = draw_experts(panel, by=make.holder("officer", panel.authority))
    text = client.get(f"/draws/{draw.pk}/").text
    assert not any(one.user.name in text or one.unit in text for one in experts)
    assert not any(one["nonce"] in text for one in draw.pool)


@pytest.mark.parametrize(
    "address", ["/notices/0/", "/postings/0/", "/register/x/", "/draws/0/", "/draws/0/lines.txt"]
)
def test_what_is_not_there_is_a_plain_404(client, address):
    assert client.get(address).status_code == 404


def test_robots_are_kept_off_what_is_not_public(client):
    said = client.get("/robots.txt")
    assert said["Content-Type"].startswith("text/plain")
    assert {"Disallow: /desk/", "Disallow: /my/", "Disallow: /objections/"} <= set(said.text.splitlines())


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("elder", ["on", "off"])
def test_each_page_comes_in_both_languages_and_in_the_elder_mode(client, language, elder):
    posting, draw = make.posting(), many.draws(1)[0]
    client.cookies["django_language"], client.cookies["elder"] = language, elder
    for address in (
        "/",
        "/notices/",
        f"/postings/{posting.pk}/",
        "/register/",
        "/guide/",
        f"/draws/{draw.pk}/",
        "/api/",
    ):
        text = client.get(address).text
        assert ("data-elder" in text.partition(">")[2].partition(">")[0]) == (elder == "on")


@pytest.mark.parametrize(("asked", "years"), [("罗湖2025年", [2025]), ("lab2025", []), ("2024 基地", [2024])])
def test_a_year_in_a_name_is_no_year(asked, years):
    assert understood(asked, []).years == years


def test_the_guide_says_at_which_number_the_city_answers(client):
    call = make.call()
    city = call.cycle.city
    city.phone = "82997829"
    city.save()
    assert "82997829" in client.get("/guide/").text
