"""Two officials have one page open: the second is told what the first changed; nothing is written over."""

import html
import re

import pytest
from django.test import Client
from django.urls import reverse

from tests import make
from zaiti.accounts.models import User
from zaiti.programmes.models import Cycle, Quota, Rubric
from zaiti.ranking.models import CandidateList
from zaiti.screening.models import FieldCheck


def at_desk(role: str, place=None) -> Client:
    client = Client()
    client.force_login(make.holder(role, place), backend="django.contrib.auth.backends.ModelBackend")
    return client


def hidden(text: str, name: str = "based_on") -> str:
    """What a page carries in a hidden field."""
    found = re.search(rf'name="{name}"[^>]* value="([^"]*)"', text)
    assert found, name
    return html.unescape(found[1])


def choice(text: str, name: str, whose: str) -> dict[str, str]:
    """The choice the page offers where two had written."""
    values = re.findall(rf'name="choice-{name}"\s+value="({whose}:[^"]*)"', text)
    assert values, text
    return {f"choice-{name}": values[0]}


@pytest.fixture
def plan():
    cycle = make.cycle()
    for n, places in enumerate((1, 2)):
        make.quota(places, authority=make.district(f"d{n}"))
    page, save = (reverse(f"desk:plan_quotas{end}", args=[cycle.pk]) for end in ("", "_save"))
    names = [f"q-{q.authority_id}-{q.carrier_type_id}" for q in Quota.objects.order_by("places")]
    return page, save, names, [at_desk("officer", make.city()) for _one in range(2)]


def cells(page: str, client: Client, names: list[str], *numbers: int) -> dict[str, object]:
    return {"based_on": hidden(client.get(page).text)} | dict(zip(names, numbers, strict=True))


def places() -> list[int]:
    return [q.places for q in Quota.objects.order_by("authority__code") if q.authority.code in ("d0", "d1")]


def test_two_who_plan_different_cells_both_have_their_way(plan):
    page, save, names, (one, two) = plan
    first, second = cells(page, one, names, 3, 2), cells(page, two, names, 1, 5)
    assert [one.post(save, first).status_code, two.post(save, second).status_code] == [302, 302]
    assert places() == [3, 5]


def test_a_cell_that_another_planned_meanwhile_is_shown_and_chosen(plan):
    page, save, names, (one, two) = plan
    first, second = cells(page, one, names, 3, 2), cells(page, two, names, 4, 2)
    one.post(save, first)
    answer = two.post(save, second)
    assert (answer.status_code, places()) == (422, [3, 2])
    assert 'value="4"' in answer.text
    mine = {"based_on": hidden(answer.text)} | choice(answer.text, names[0], "mine")
    assert two.post(save, second | mine).status_code == 302
    assert places() == [4, 2]


def test_a_sample_that_is_filled_in_is_saved():
    cycle = make.cycle()
    make.quota(0, authority=make.district("d0"))
    client, (quota,) = at_desk("officer", make.city()), Quota.objects.all()
    name = f"q-{quota.authority_id}-{quota.carrier_type_id}"
    page = client.get(reverse("desk:plan_quotas", args=[cycle.pk]) + "?sample=1")
    save = reverse("desk:plan_quotas_save", args=[cycle.pk])
    assert client.post(save, {"based_on": hidden(page.text), name: 2}).status_code == 302
    assert Quota.objects.get().places == 2


@pytest.fixture
def case():
    application, officer = make.to_screen()
    application.submissions.update(form=application.answers.said)
    officers = [officer, make.holder("officer", application.authority)]
    return application, [client_of(person) for person in officers]


def client_of(person: User) -> Client:
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_an_entry_that_another_marked_meanwhile_keeps_that_mark(case):
    application, (one, two) = case
    address = reverse("desk:screening_entry", args=[application.pk, "registered_address"])
    page = reverse("desk:screening_case", args=[application.pk])
    seen = [entry_seen(client.get(page).text, address) for client in (one, two)]
    assert one.post(address, {"seen": seen[0], "reason": "甲的理由"}).status_code == 302
    answer = two.post(address, {"seen": seen[1], "reason": "乙的理由"})
    assert answer.status_code == 409
    assert FieldCheck.objects.get().reason == "甲的理由"
    again = {"seen": entry_seen(two.get(page).text, address), "reason": "乙的理由"}
    assert two.post(address, again).status_code == 302
    assert FieldCheck.objects.get().reason == "乙的理由"


def entry_seen(text: str, address: str) -> str:
    return hidden(text[text.index(f'action="{address}') :], "seen")


def test_a_mark_taken_back_meanwhile_is_told_too(case):
    application, (one, two) = case
    address = reverse("desk:screening_entry", args=[application.pk, "registered_address"])
    page = reverse("desk:screening_case", args=[application.pk])
    one.post(address, {"seen": entry_seen(one.get(page).text, address), "reason": "甲的理由"})
    late = entry_seen(two.get(page).text, address)
    one.post(address, {"seen": entry_seen(one.get(page).text, address), "reason": ""})
    assert two.post(address, {"seen": late, "reason": "甲乙的理由"}).status_code == 409
    assert FieldCheck.objects.get().reason == ""


def test_a_mark_sent_again_unchanged_does_not_undo_anothers(case):
    application, (one, two) = case
    address = reverse("desk:screening_entry", args=[application.pk, "registered_address"])
    page = reverse("desk:screening_case", args=[application.pk])
    one.post(address, {"seen": entry_seen(one.get(page).text, address), "reason": "甲的理由"})
    late = entry_seen(two.get(page).text, address)
    one.post(address, {"seen": late, "reason": "甲改过的理由"})
    assert two.post(address, {"seen": late, "reason": "甲的理由"}).status_code == 409
    assert FieldCheck.objects.get().reason == "甲改过的理由"


def test_a_reason_in_the_ranking_that_another_wrote_meanwhile_is_shown_and_chosen():
    made = make.candidate_list()
    first, second, third = made.candidates.all()
    one, two, approver = at_desk("officer"), at_desk("officer"), at_desk("approver")
    page, decide = f"/desk/ranking/{made.pk}/", f"/desk/ranking/{made.pk}/decide/"
    told = {"meeting_on": "2025-06-20", "meeting_text": "会议决定。", "listed": [first.pk, third.pk]}
    told |= {f"reason_{second.pk}": "外迁"}
    drafts = [
        told | {"based_on": hidden(client.get(page).text), f"reason_{third.pk}": f"{who}的理由"}
        for who, client in (("甲", one), ("乙", two))
    ]
    drafts[0]["meeting_on"] = drafts[1]["meeting_on"] = make_day(one, page)
    assert one.post(decide, drafts[0]).status_code == 302
    approver.post(f"{page}send-back/", {"reason": "请再议"})
    answer = two.post(decide, drafts[1])
    assert answer.status_code == 422
    third.refresh_from_db()
    assert (third.deviation_reason, CandidateList.objects.get().state) == ("甲的理由", "ranked")
    assert "甲的理由" in answer.text
    assert "乙的理由" in answer.text
    mine = {"based_on": hidden(answer.text)} | choice(answer.text, f"reason_{third.pk}", "mine")
    assert two.post(decide, drafts[1] | mine).status_code == 302
    third.refresh_from_db()
    assert third.deviation_reason == "乙的理由"


def make_day(client: Client, page: str) -> str:
    """The day that the form proposes."""
    return hidden(client.get(page).text, "meeting_on")


@pytest.fixture
def adapting():
    cycle = make.cycle()
    make.restate(cycle, rubric_adaptable=True)
    call = make.call(Cycle.objects.get(), state="draft")
    row = call.types.select_related("rubric").first()
    address = reverse("desk:call_rubric", args=[call.pk, row.carrier_type_id])
    return address, row, [at_desk("officer", call.authority) for _one in range(2)]


def rubric_form(text: str, rubric: Rubric, first: str) -> dict[str, object]:
    lines = list(rubric.criteria.all())
    form = {"version": hidden(text, "version"), "pass_line": "60", "category_min_ratio": "0.5"}
    form |= {"lines-TOTAL_FORMS": len(lines), "lines-INITIAL_FORMS": len(lines)}
    for n, line in enumerate(lines):
        facts = {"category": line.category, "name": line.name, "points": line.points, "note": line.note}
        form |= {f"lines-{n}-{key}": value for key, value in facts.items()}
    return form | {"lines-0-name": first}


def test_a_rubric_that_another_adapted_meanwhile_is_not_passed_over_unseen(adapting):
    address, row, (one, two) = adapting
    forms = [
        rubric_form(client.get(address).text, row.rubric, name)
        for client, name in ((one, "甲的指标"), (two, "乙的指标"))
    ]
    assert one.post(address, forms[0]).status_code == 302
    answer = two.post(address, forms[1])
    assert answer.status_code == 422
    assert "乙的指标" in answer.text
    assert newest_of_district().criteria.filter(name="甲的指标").exists()
    again = forms[1] | {"version": hidden(answer.text, "version")}
    assert two.post(address, again).status_code == 302
    assert newest_of_district().criteria.filter(name="乙的指标").exists()


def newest_of_district() -> Rubric:
    return Rubric.objects.exclude(authority=None).order_by("-version")[0]
