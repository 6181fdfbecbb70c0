import pytest
from django.urls import reverse

from tests import make
from zaiti import clock
from zaiti.programmes.actions import open_year
from zaiti.programmes.models import Cycle, Nudge, Quota
from zaiti.studio.models import YearDraft

HTMX = {"HX-Request": "true"}


@pytest.fixture
def officer(client):
    person = make.holder("officer", make.city())
    client.force_login(person)
    return person


def planned(districts=1):
    cycle = make.cycle()
    for n in range(districts):
        make.quota(1, authority=make.district(f"d{n}"))
    return cycle


def test_the_years_page_says_what_starts_one(client, officer):
    assert client.get(reverse("desk:plan")).status_code == 200


def begun(client, pack):
    return client.post(reverse("desk:year_begin_pack"), {"pack-pack": pack})


def test_a_pack_of_the_site_makes_a_year_that_two_people_open(client, officer):
    answer = begun(client, "luohu-2024")
    draft = YearDraft.objects.get()
    assert answer.url == reverse("desk:year_draft", args=[draft.pk])
    assert client.post(reverse("desk:year_draft_prepare", args=[draft.pk])).status_code == 302
    assert client.post(reverse("desk:year_draft_open", args=[draft.pk])).status_code == 403
    client.force_login(make.holder("approver", make.city()))
    client.post(reverse("desk:year_draft_open", args=[draft.pk]))
    assert Cycle.objects.get().pack == "luohu-2024"


def test_opening_it_again_is_refused_in_a_sentence(client, officer):
    open_year(make.pack("luohu-2024"), by=officer)
    begun(client, "luohu-2024")
    draft = YearDraft.objects.get()
    assert client.post(reverse("desk:year_draft_prepare", args=[draft.pk]), headers=HTMX).status_code == 409
    assert (
        "代码为“luohu-2024”的2024年度已经开启" in client.get(reverse("desk:year_draft", args=[draft.pk])).text
    )


def test_an_unknown_pack_is_an_error_at_the_field(client, officer):
    assert begun(client, "../../etc/passwd").status_code == 422


@pytest.mark.parametrize("name", ["plan_year", "plan_quotas", "plan_moves"])
@pytest.mark.parametrize("districts", [1, 12])
def test_pages_of_a_year_cost_at_most_twelve_queries(
    client, officer, name, districts, django_assert_max_num_queries
):
    cycle = planned(districts)
    address = reverse(f"desk:{name}", args=[cycle.pk])
    client.get(address)
    with django_assert_max_num_queries(12):
        assert client.get(address).status_code == 200


def test_the_plan_is_saved_from_its_cells(client, officer):
    cycle = planned(2)
    cells = {f"q-{q.authority_id}-{q.carrier_type_id}": 4 for q in Quota.objects.all()}
    answer = client.post(reverse("desk:plan_quotas_save", args=[cycle.pk]), cells)
    assert answer.status_code == 302
    assert [q.places for q in Quota.objects.filter(places__gt=0)] == [4, 4]


def test_a_plan_above_the_cap_is_refused_beside_the_action(client, officer):
    cycle = planned(1)
    (cell,) = Quota.objects.all()
    answer = client.post(
        reverse("desk:plan_quotas_save", args=[cycle.pk]),
        {f"q-{cell.authority_id}-{cell.carrier_type_id}": 21},
        headers=HTMX,
    )
    assert answer.status_code == 409
    assert "21" in answer.content.decode()


def test_the_sample_is_put_in_the_cells_unsaved(client, officer):
    cycle = open_year(make.pack("shenzhen-2025"), by=officer)
    shown = client.get(reverse("desk:plan_quotas", args=[cycle.pk]), {"sample": 1}).content.decode()
    assert 'value="3"' in shown
    assert not Quota.objects.filter(places__gt=0).exists()


def test_places_move_from_the_page_and_are_listed_and_exported(client, officer):
    cycle = planned(2)
    Cycle.objects.update(report_deadline=None)
    kind, (one, two) = make.carrier_type(), make.cycle().districts.filter(code__in=["d0", "d1"])
    address = reverse("desk:plan_moves", args=[cycle.pk])
    given = {"carrier_type": kind.pk, "source": one.pk, "target": two.pk, "places": 1, "reason": "申报踊跃"}
    assert client.post(address, given).status_code == 302
    assert "申报踊跃" in client.get(address).content.decode()
    assert "申报踊跃" in client.get(address, {"export": "csv"}).content.decode("utf-8-sig")


def test_a_late_district_is_shown_red_and_reminded_in_one_click(client, officer):
    cycle = planned(1)
    page = client.get(reverse("desk:plan_year", args=[cycle.pk])).content.decode()
    assert "data-late" in page
    district = make.district("d0")
    told = make.holder("officer", district)
    answer = client.post(reverse("desk:plan_remind", args=[cycle.pk, district.pk]))
    assert answer.status_code == 302
    assert "申报通知应于2024年5月15日前发布" in Nudge.objects.get().text
    assert told.inbox.count() == 1


def test_a_district_that_called_in_time_is_not_late(client, officer):
    cycle = make.cycle()
    Cycle.objects.update(call_deadline=clock.today(), report_deadline=None)
    make.call(cycle)
    assert "data-late" not in client.get(reverse("desk:plan_year", args=[cycle.pk])).content.decode()


@pytest.mark.parametrize("role", ["officer", "approver"])
def test_a_district_is_told_no(client, role):
    client.force_login(make.holder(role))
    cycle = make.cycle()
    for name, args in (("plan", []), ("plan_year", [cycle.pk]), ("plan_quotas", [cycle.pk])):
        assert client.get(reverse(f"desk:{name}", args=args)).status_code == 403


def test_another_citys_year_is_not_found(client):
    other = make.district("other-city")
    other.level = "city"
    other.save()
    client.force_login(make.holder("officer", other))
    assert client.get(reverse("desk:plan_year", args=[make.cycle().pk])).status_code == 404


def test_a_reviewer_sees_the_plan_but_no_button_to_save(client):
    client.force_login(make.holder("reviewer", make.city()))
    cycle = planned(1)
    shown = client.get(reverse("desk:plan_quotas", args=[cycle.pk])).content.decode()
    assert "z-cell" not in shown
    assert client.post(reverse("desk:plan_quotas_save", args=[cycle.pk]), {}).status_code == 403


def test_a_visitor_is_asked_to_sign_in(client):
    assert client.get(reverse("desk:plan")).status_code == 302


def test_the_calendar_shows_a_year_and_the_city_edits_it(client, officer, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        shown = client.get(reverse("desk:calendar_year", args=[2025])).content.decode()
    assert "春节" in shown
    day = {"day": "2025-03-03", "working": "0", "name": "示例节"}
    assert client.post(reverse("desk:calendar_day", args=[2025]), day).status_code == 302
    assert "示例节" in client.get(reverse("desk:calendar_year", args=[2025])).content.decode()
    assert client.post(reverse("desk:calendar_add"), {"year": 2031, "source": "示例"}).status_code == 302
    assert client.get(reverse("desk:calendar_year", args=[2031])).status_code == 200


def test_an_unknown_year_of_the_calendar_is_said_not_guessed(client, officer):
    assert client.get(reverse("desk:calendar_year", args=[2050])).status_code == 200


def test_a_district_reads_the_calendar_but_does_not_edit(client):
    client.force_login(make.holder("officer"))
    assert client.get(reverse("desk:calendar")).status_code == 200
    day = {"day": "2025-03-03", "working": "0", "name": "示例节"}
    assert client.post(reverse("desk:calendar_day", args=[2025]), day).status_code == 403
