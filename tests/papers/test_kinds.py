"""The kinds of papers that rooms declare."""

import pytest

from zaiti.ledger.deeds import DEEDS
from zaiti.papers import kinds
from zaiti.papers.kinds import KINDS
from zaiti.papers.models import Paper
from zaiti.papers.typst import template_path


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_each_has_its_layout_and_is_made_by_deeds_that_are_declared(kind):
    assert template_path(kind.template).is_file()
    assert {(thing, verb) for thing, verb in kind.made_by if verb not in DEEDS[thing]} == set()


def test_all_of_them_are_named():
    assert len(KINDS) > 20
    assert dict(Paper._meta.get_field("kind").choices).keys() == {kind.code for kind in KINDS.values()}


@pytest.mark.parametrize(("code", "word"), [("extra", "受"), ("acceptance", "别")])
def test_no_two_series_share_a_word_and_no_series_has_two(code, word):
    with pytest.raises(ValueError, match="share numbers"):
        kinds.add("screening", code, "extra", word=word)


def test_a_paper_is_declared_once():
    with pytest.raises(ValueError, match="twice"):
        kinds.add("screening", "acceptance", "acceptance notice", word="受")
