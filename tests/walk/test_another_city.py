"""A second city beside the town: its people find nothing of the first one, wherever they knock or look.

By an address that stands for a thing of the first city they are shut out; on every page, list, file, feed and
answer that lets them in, no word of the first city stands. Its district has the code of one of the first's.
"""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.http import urlencode

from tests.makers.people import credit_code, user
from tests.walk.addresses import arguments, every_address
from tests.walk.test_every_door import answer_of, client_of
from tests.walk.town import Town, look_up
from zaiti.accounts.models import Authority, Organisation, Post, User
from zaiti.panels.models import Expert

pytestmark = [pytest.mark.usefixtures("town_database"), pytest.mark.slow]

# What the first city's bureaus, units and carriers are called, and no page says of itself.
WORDS = (
    "深圳",
    "罗湖",
    "南山区",
    "龙华",
    "龙岗",
    "福田",
    "盐田",
    "智能装备",
    "SZ-20",
    "luohu1",
    "sz.officer",
)
# Open to everybody who holds the secret, or the same for the whole installation.
NOT_OF_A_CITY = {
    "portal:invitation",
    "portal:join",
    "site:log_tile",
    "site:log_tile_part",
    "site:log_entries",
    "site:log_entries_part",
    "site:objection",
    "site:objection_receipt",
    "site:objection_answer",
    "desk:calendar_year",
    "desk:calendar_day",
    "desk:calendar_confirm",
    "desk:calendar_drop",
    "desk:calendar_import",
    "ui:display",
}
# Names the pages of the interface show as an example, or of the installation's own.
LISTS_TO_SEARCH = ("site:search", "site:register", "site:notices", "desk:experts", "desk:audit")


def far_people() -> dict[str, object]:
    """Everybody of a second city, whose district has the code and almost the name of another's."""
    city = Authority.objects.create(
        code="ys", level="city", name="样示市人力资源局", place="样示市", doc_prefix="样人社"
    )
    home = Authority.objects.create(
        code="luohu",
        level="district",
        name="样示东区人力资源局",
        district="样示东区",
        city=city,
        doc_prefix="样东",
    )
    people = {f"city {role}": _holder(role, city) for role in Post.Role.values}
    people |= {f"district {role}": _holder(role, home) for role in Post.BUREAU}
    unit = Organisation.objects.create(
        uscc=credit_code(), name="样示一号学校", kind="enterprise", district=home, state="confirmed"
    )
    people["applicant"] = user(organisation=unit, org_role="owner")
    people["expert"] = Expert.objects.create(user=user(), unit="样示院校", city=city, types=["base"]).user
    return people


def _holder(role: str, bureau: Authority):
    person = user()
    Post.objects.create(user=person, authority=bureau, role=role)
    return person


@pytest.fixture
def town(settings) -> Town:
    settings.DEMO = False
    return look_up()


@pytest.fixture
def clients(town) -> dict[str, Client]:
    return {who: client_of(person) for who, person in far_people().items()}


def things_of_the_first(town: Town) -> Iterator[tuple[str, str]]:
    for name, parameters in every_address():
        if parameters and name not in NOT_OF_A_CITY and not name.startswith("ui:look"):
            yield name, reverse(name, kwargs=arguments(name, parameters, town.things))


def test_people_of_another_city_are_shut_out_of_whatever_is_the_first_ones(town, clients):
    inside = [
        (who, name, method)
        for name, address in list(things_of_the_first(town))
        for who, client in clients.items()
        for method in ("get", "post")
        if answer_of(getattr(client, method)(address)) != "out"
    ]
    assert inside == []


def test_no_list_page_feed_file_or_answer_tells_them_of_the_first_city(clients):
    told = [
        (who, address, word)
        for who, client in clients.items()
        for address in pages()
        for word in words_on(client, address)
    ]
    assert told == []


def test_the_first_citys_people_find_nothing_of_the_second(town, clients):
    told = [
        (who, address)
        for who in ("city officer", "city approver", "auditor", "officer", "applicant")
        for address in pages()
        if "样示" in everything(client_of(town.actors[who]), address)
    ]
    assert told == []


def pages() -> Iterator[str]:
    for name, parameters in every_address():
        if parameters or name in ("site:cities", "desk:people"):
            continue
        yield reverse(name)
        yield f"{reverse(name)}?export=csv"
    for name in LISTS_TO_SEARCH:
        yield f"{reverse(name)}?{urlencode({'q': '示例', 'year': '2024'})}"


def words_on(client: Client, address: str) -> set[str]:
    asked = everything(client, address)
    return {word for word in WORDS if word in asked}


def everything(client: Client, address: str) -> str:
    answer = client.get(address)
    if answer.status_code != 200:
        return ""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return content.decode(errors="ignore")


def test_the_public_is_asked_for_its_city_and_reads_that_one_alone(town, clients):
    text = reverse("site:notice", args=[town.things["publication"].pk])
    visitor = Client()
    asked = visitor.get(text)
    assert asked.status_code == 302
    assert asked.url.startswith(reverse("site:cities"))
    assert "样示市" in visitor.get(asked.url).text
    chosen = visitor.post(reverse("site:cities"), {"city": "sz", "next": text})
    assert chosen.url == text
    assert visitor.get(text).status_code == 200
    visitor.post(reverse("site:cities"), {"city": "ys"})
    assert visitor.get(text).status_code == 404
    assert visitor.get(f"{text}?city=sz").status_code == 200
    assert Client().get(reverse("api:notices")).status_code == 400
    assert Client().get(reverse("api:notices") + "?city=ys").json()["count"] == 0


def test_a_host_that_names_its_city_asks_nobody_and_shows_no_other(town, clients, settings):
    settings.CITY_HOSTS = {"testserver": "ys"}
    text = reverse("site:notice", args=[town.things["publication"].pk])
    official = client_of(User.objects.get(username="sz.officer"))
    assert official.get(text).status_code == 404
    assert Client().get(f"{text}?city=sz").status_code == 404
    assert Client().get(reverse("site:cities")).status_code == 302
    settings.CITY_HOSTS = {"testserver": "sz"}
    assert Client().get(text).status_code == 200


def test_a_single_city_shows_no_chooser(settings):
    settings.DEMO = False
    assert Client().get(reverse("site:home")).status_code == 200
    assert Client().get(reverse("site:cities")).status_code == 302
