"""A text is taken down (撤下) when its period is over or a newer one replaced it, never earlier."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from tests import make
from zaiti import clock
from zaiti.core import Refused
from zaiti.ledger.models import Entry
from zaiti.notices.models import Publication
from zaiti.outbox.models import Message
from zaiti.publicity.actions import close_posting, take_down
from zaiti.publicity.models import Posting


def ended(posting: Posting | None = None) -> Posting:
    made = posting or make.posting()
    with clock.at(make.after(made) + timedelta(minutes=5)):
        close_posting(made, by=None)
    return made


def down(text: Publication, by: object = None, reason: str = "公示期满") -> None:
    take_down(text, by=by or make.holder("approver", text.authority), reason=reason)


def test_it_leaves_the_public_with_who_when_and_why_on_record():
    text, approver = ended().publication, make.holder("approver")
    told = Message.objects.count()
    with clock.at(moment := clock.now() + timedelta(days=30)):
        down(text, approver)
    assert (text.taken_down_at, text.taken_down_by, text.taken_down_reason) == (moment, approver, "公示期满")
    assert not Publication.objects.standing().filter(pk=text.pk).exists()
    assert not text.paper.public
    assert Entry.objects.get(verb="take_down", thing_id=text.pk).facts["reason"] == "公示期满"
    assert Message.objects.count() == told


def test_what_it_replaced_goes_with_it_wording_and_postings_alike():
    old = make.posting()
    new = make.corrected_posting(old)
    ended(new)
    said = make.corrected_text(new.publication, title="更正", reason="错字")
    down(said)
    gone = Publication.objects.exclude(taken_down_at=None)
    assert set(gone) == {said, new.publication, old.publication}
    assert not Publication.objects.filter(pk__in=gone, paper__public=True).exists()


def test_of_a_correction_that_is_posted_still_only_the_old_goes():
    old = make.posting()
    new = make.corrected_posting(old)
    down(old.publication)
    assert set(Publication.objects.exclude(taken_down_at=None)) == {old.publication}
    with pytest.raises(Refused, match="posting is over"):
        down(new.publication)


def test_while_the_names_are_posted_no_version_of_the_wording_goes():
    text = make.posting().publication
    said = make.corrected_text(text, title="更正", reason="错字")
    for row in (said, text):
        with pytest.raises(Refused, match="posting is over"):
            down(row)


def test_a_text_without_a_posting_goes_when_a_newer_one_has_replaced_it():
    text = make.publication()
    with pytest.raises(Refused, match="newer text"):
        down(text)
    new = make.corrected_text(text, title="新", body="新文", reason="有误")
    down(Publication.objects.get(pk=text.pk))
    assert list(Publication.objects.standing()) == [new]


def test_the_paper_that_quotes_a_text_goes_with_it_though_the_newer_text_stands():
    text = make.publication(body="旧文")
    new = make.corrected_text(text, body="新文")
    assert new.paper.public
    down(Publication.objects.get(pk=text.pk))
    new.paper.refresh_from_db()
    assert not new.paper.public


def test_once_and_not_without_a_reason_that_names_nobody():
    posting = ended()
    unit = posting.names.first().unit
    for reason, sentence in (("  ", "Say why"), (f"{unit} 要求撤下", "names")):
        with pytest.raises(Refused, match=sentence):
            down(posting.publication, reason=reason)
    down(posting.publication)
    with pytest.raises(Refused, match="already"):
        down(posting.publication)


def test_a_correction_cannot_publish_it_again():
    text = ended().publication
    down(text)
    with pytest.raises(Refused, match="publish it again"):
        make.corrected_text(text, title="又", body=text.body, reason="有误")


def test_only_the_bureaus_approver_takes_down():
    text = ended().publication
    yantian = make.holder("approver", make.district("yantian"))
    for other in (make.holder("officer"), yantian, make.holder("approver", make.city()), make.user()):
        with pytest.raises(PermissionDenied):
            down(text, other)
