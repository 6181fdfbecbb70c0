"""The city's one announcement from all districts."""

import pytest
from django.core.exceptions import PermissionDenied
from pypdfium2 import PdfDocument

from tests import make
from zaiti.core import Refused
from zaiti.notices.models import Publication
from zaiti.outbox.models import Message
from zaiti.papers.typst import render_pdf
from zaiti.results.actions import prepare_announcement, publish_announcement, send_back_announcement
from zaiti.results.models import Announcement
from zaiti.results.queries import recognised_names, silent_districts

pytestmark = pytest.mark.stands("cleared")


def city(role):
    return make.holder(role, make.city())


def test_it_gathers_the_names_of_all_districts():
    first = make.report("accepted")
    make.report("accepted", authority=make.district("futian"))
    made = prepare_announcement(first.cycle, by=city("officer"), opening="现予公布。")
    publication = publish_announcement(made, by=city("approver"))
    assert len(recognised_names(first.cycle)) == 4
    for row in recognised_names(first.cycle):
        assert str(row) in publication.body
        assert row.authority.district in publication.body


def test_published_it_recognises_the_names_closes_the_year_and_tells_each_unit():
    made, approver = make.announcement(), city("approver")
    publication = publish_announcement(made, by=approver)
    assert (made.state, made.approved_by, made.publication) == ("published", approver, publication)
    assert publication.kind == Publication.Kind.RESULT
    assert made.cycle.state == "closed"
    assert Message.objects.filter(template="results/mail/recognised.txt").count() == 2


def test_the_letter_is_public_and_can_be_typeset():
    made = make.announcement()
    publish_announcement(made, by=city("approver"))
    assert made.paper.public
    assert render_pdf(made.paper).startswith(b"%PDF")


def test_an_unanswered_report_comes_first():
    make.report("accepted")
    waiting = make.report("sent", authority=make.district("futian"))
    with pytest.raises(Refused, match=waiting.authority.district):
        prepare_announcement(waiting.cycle, by=city("officer"))


def test_without_an_accepted_name_there_is_nothing_to_announce():
    with pytest.raises(Refused, match="nothing to announce"):
        prepare_announcement(make.cycle(), by=city("officer"))


def test_an_open_objection_holds_the_announcement():
    made = make.announcement()
    row = made.cycle.reports.get().candidates.first()
    make.objection(row.postings.get(), row)
    with pytest.raises(Refused, match="not answered yet"):
        publish_announcement(made, by=city("approver"))


def test_who_prepared_it_may_not_publish_it():
    made = make.announcement()
    make.now_approves(made.prepared_by, make.city())
    with pytest.raises(PermissionDenied):
        publish_announcement(made, by=made.prepared_by)


def test_sent_back_it_can_be_prepared_again():
    made = make.announcement()
    send_back_announcement(made, by=city("approver"), reason="核对名称")
    assert (made.state, made.sent_back_reason) == ("draft", "核对名称")
    assert Message.objects.filter(
        to=made.prepared_by, template="results/mail/announcement_sent_back.txt"
    ).exists()
    again = prepare_announcement(made.cycle, by=city("officer"))
    assert (again, again.state, again.sent_back_reason) == (made, "prepared", "")


DEEDS = {
    "prepare": lambda made, by: prepare_announcement(made.cycle, by=by),
    "send_back": lambda made, by: send_back_announcement(made, by=by, reason="…"),
    "publish": lambda made, by: publish_announcement(made, by=by),
}


@pytest.mark.parametrize(("verb", "state"), [(v, s) for v in DEEDS for s in make.others(Announcement, v)])
def test_each_step_is_refused_in_any_other_state(verb, state):
    made = make.announcement()
    Announcement.objects.update(state=state)
    made.refresh_from_db()
    with pytest.raises(Refused):
        DEEDS[verb](made, city("officer" if verb == "prepare" else "approver"))


@pytest.mark.parametrize("verb", DEEDS)
@pytest.mark.parametrize("role", ["officer", "approver"])
def test_a_districts_people_may_do_none_of_it(verb, role):
    with pytest.raises(PermissionDenied):
        DEEDS[verb](make.announcement(), make.holder(role))


def test_districts_without_an_accepted_report_are_named():
    made = make.report("accepted")
    other = make.district("futian")
    made.cycle.districts.add(other)
    assert silent_districts(made.cycle) == [other]


def test_the_list_follows_the_date_under_its_label():
    made = make.announcement()
    publication = publish_announcement(made, by=city("approver"))
    body, city_name = publication.body, made.cycle.city.name
    listing = f"附件：{made.cycle.year}年度新认定{made.cycle.recognised}名单"
    parts = ["特此公告。", listing, f"{city_name}  \n", f"## {listing}", "| 申报单位 |"]
    places = [body.index(part) for part in parts]
    assert places == sorted(places)
    assert "认定单位" not in body
    first, *_rest, last = [
        page.get_textpage().get_text_range() for page in PdfDocument(render_pdf(made.paper))
    ]
    assert listing in first.replace(" ", "")
    assert last.startswith("附件\r\n")
    assert "申报单位" in last
