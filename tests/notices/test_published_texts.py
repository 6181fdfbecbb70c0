import pytest
from django.core.exceptions import PermissionDenied

from tests import make
from zaiti import clock
from zaiti.ledger.models import Entry
from zaiti.notices.actions import publish_text
from zaiti.notices.models import Call


def test_a_text_gets_the_bureaus_next_index_number_and_its_metadata():
    bureau, file = make.district(), make.stored_file()
    by = make.holder("officer")
    given = {"title": "指南", "body": "正文", "attachments": [file], "category": "指南"}
    texts = [publish_text("guide", by=by, authority=bureau, **given) for _n in range(2)]
    year = clock.today().year
    assert [t.index_number for t in texts] == [f"{bureau.uscc}/{year}-00001", f"{bureau.uscc}/{year}-00002"]
    assert (texts[0].made_on, texts[0].category, texts[0].by) == (clock.today(), "指南", by)
    assert list(texts[0].attachments.all()) == [file]
    assert Entry.objects.filter(verb="publish_text").count() == 2


def test_a_bureau_without_a_credit_code_has_no_index_number():
    bureau = make.district()
    bureau.uscc = ""
    bureau.save()
    by = make.holder("officer")
    texts = [publish_text("guide", by=by, authority=bureau, title="指南", body="正文") for _n in range(2)]
    assert [text.index_number for text in texts] == ["", ""]


def test_another_bureau_may_not_publish_in_its_name():
    with pytest.raises(PermissionDenied):
        publish_text(
            "guide",
            by=make.holder("officer", make.city()),
            authority=make.district(),
            title="指南",
            body="正文",
        )


def test_who_sees_which_calls():
    published = make.call()
    draft = make.call(authority=make.district("yantian"), state=Call.State.DRAFT)
    see = {
        "officer": make.holder("officer"),
        "yantian": make.holder("officer", make.district("yantian")),
        "city": make.holder("approver", make.city()),
        "applicant": make.applicant(),
    }
    seen = {name: set(Call.objects.visible_to(user)) for name, user in see.items()}
    assert seen["officer"] == seen["applicant"] == {published}
    assert seen["yantian"] == seen["city"] == {published, draft}


def test_a_written_index_number_is_kept_and_the_series_goes_round_it():
    bureau, by = make.district(), make.holder("officer")
    year = clock.today().year
    written = f"{bureau.uscc}/{year}-00001"
    given = {"by": by, "authority": bureau, "title": "指南", "body": "正文"}
    numbers = [publish_text("guide", **given, index_number=n).index_number for n in (written, "", "")]
    assert numbers == [written, "", ""]
    assert publish_text("guide", **given).index_number == f"{bureau.uscc}/{year}-00002"
