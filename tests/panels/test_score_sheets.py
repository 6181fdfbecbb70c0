from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from tests import make
from zaiti.core import Refused
from zaiti.ledger.models import Entry
from zaiti.panels.actions import explain_outlier, open_sheet, save_scores, sign_sheet
from zaiti.panels.models import Explanation, Panel, Review, Score, ScoreSheet
from zaiti.panels.papers import sheet_digest
from zaiti.papers.models import Paper
from zaiti.papers.typst import render_pdf


def experts_of(review):
    return [seat.expert.user for seat in review.panel.seats.all()]


def fill(review, by, share="0.8", **fields):
    sheet = open_sheet(review, by=by)
    points = {line.pk: line.points * Decimal(share) for line in sheet.rubric.criteria.all()}
    save_scores(sheet, by=by, points=points | fields.pop("points", {}), **fields)
    return sheet


# Opening


def test_a_sheet_is_bound_to_the_panels_rubric_and_opened_once():
    review = make.review("discussed")
    sheet = open_sheet(review, by=experts_of(review)[0])
    assert sheet.rubric == review.panel.rubric
    assert open_sheet(review, by=experts_of(review)[0]) == sheet
    assert Entry.objects.filter(verb="open_sheet").count() == 1


@pytest.mark.parametrize("state", ["open", "visited", "scored"])
def test_scoring_does_not_open_without_the_minutes_nor_after_the_total(state):
    review = make.review(state)
    with pytest.raises(Refused):
        open_sheet(review, by=experts_of(review)[0])


def test_scoring_waits_while_the_panel_is_paused():
    review = make.review("discussed", panel=make.panel(state="paused"))
    with pytest.raises(Refused):
        open_sheet(review, by=experts_of(review)[0])


def test_only_seated_experts_score():
    review = make.review("discussed")
    for person in (make.expert().user, review.panel.made_by, make.applicant(), make.user(is_admin=True)):
        with pytest.raises(PermissionDenied):
            open_sheet(review, by=person)


# Saving


def test_what_was_cleared_is_cleared():
    review = make.review("discussed")
    expert = experts_of(review)[0]
    sheet = fill(review, expert, comment="  尚可 ")
    first = sheet.rubric.criteria.first()
    emptied = dict.fromkeys(sheet.rubric.criteria.values_list("pk", flat=True))
    given = emptied | {first.pk: Decimal("12.5")}
    save_scores(sheet, by=expert, points=given, remarks={first.pk: "台账不全"}, comment="")
    kept = [(s.points, s.remark) for s in sheet.scores.all()]
    assert kept == [(Decimal("12.5"), "台账不全"), *[(None, "")] * (len(emptied) - 1)]
    assert sheet.comment == ""
    assert sheet.saved_at


@pytest.mark.parametrize("points", ["-1", "30.01", "1.005", "NaN"])
def test_points_stay_within_the_criterion_to_a_cent(points):
    review = make.review("discussed")
    first = review.panel.rubric.criteria.first()
    with pytest.raises(Refused):
        fill(review, experts_of(review)[0], points={first.pk: Decimal(points)})


def test_a_criterion_of_another_rubric_is_refused():
    review = make.review("discussed")
    other = make.carrier_type("studio").rubrics.first().criteria.first()
    with pytest.raises(Refused):
        fill(review, experts_of(review)[0], points={other.pk: Decimal(1)})


def test_nobody_writes_on_anothers_sheet():
    review = make.review("discussed")
    sheet, second = open_sheet(review, by=experts_of(review)[0]), experts_of(review)[1]
    with pytest.raises(PermissionDenied):
        save_scores(sheet, by=second, points={})
    with pytest.raises(PermissionDenied):
        sign_sheet(sheet, by=second)


# Signing


def test_signing_totals_the_sheet_and_makes_its_letter_for_the_expert_and_the_district_alone():
    review = make.review("discussed")
    expert, other, _third = experts_of(review)
    sheet = sign_sheet(fill(review, expert, comment="同意推荐。"), by=expert)
    assert (sheet.state, sheet.total) == (ScoreSheet.State.SIGNED, Decimal(80))
    assert render_pdf(sheet.paper).startswith(b"%PDF")
    readers = {"expert": expert, "officer": review.panel.made_by}
    others = [
        other,
        make.holder("officer", make.city()),
        review.application.contact,
        make.user(is_admin=True),
    ]
    assert all(sheet.paper in Paper.objects.visible_to(reader) for reader in readers.values())
    assert not any(sheet.paper in Paper.objects.visible_to(person) for person in others)


def test_the_ledger_vouches_for_the_sheet_without_naming_a_figure():
    review = make.review("discussed")
    expert = experts_of(review)[0]
    sheet = sign_sheet(fill(review, expert), by=expert)
    facts = Entry.objects.get(verb="sign").facts
    assert facts["digest"] == sheet_digest(ScoreSheet.objects.get(pk=sheet.pk))
    assert "80" not in str({name: value for name, value in facts.items() if name != "digest"})


def test_a_sheet_with_a_gap_cannot_be_signed():
    review = make.review("discussed")
    expert = experts_of(review)[0]
    with pytest.raises(Refused):
        sign_sheet(open_sheet(review, by=expert), by=expert)


def test_a_signed_sheet_is_never_saved_or_signed_again():
    review = make.review("discussed")
    expert = experts_of(review)[0]
    sheet = sign_sheet(fill(review, expert), by=expert)
    with pytest.raises(Refused):
        save_scores(sheet, by=expert, points={})
    with pytest.raises(Refused):
        sign_sheet(sheet, by=expert)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE panels_scoresheet SET total = 99 WHERE id = %s",
        "UPDATE panels_scoresheet SET comment = '改' WHERE id = %s",
        "UPDATE panels_scoresheet SET state = 'draft' WHERE id = %s",
        "UPDATE panels_scoresheet SET signed_at = now() + interval '1 day' WHERE id = %s",
        "DELETE FROM panels_scoresheet WHERE id = %s",
        "UPDATE panels_score SET points = 1 WHERE sheet_id = %s",
        "UPDATE panels_score SET remark = '改' WHERE sheet_id = %s",
        "DELETE FROM panels_score WHERE sheet_id = %s",
    ],
)
def test_the_database_refuses_to_change_a_signed_sheet_even_by_raw_sql(sql):
    sheet = make.signed_sheet()
    before = sheet_digest(sheet)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, [sheet.pk])
    assert sheet_digest(ScoreSheet.objects.get(pk=sheet.pk)) == before


def test_no_score_is_added_to_a_signed_sheet():
    sheet = make.signed_sheet()
    line = make.carrier_type("studio").rubrics.first().criteria.first()
    with pytest.raises(DatabaseError), transaction.atomic():
        Score.objects.create(sheet=sheet, criterion=line, points=1)


def test_a_void_sheet_stays_void():
    sheet = make.signed_sheet()
    ScoreSheet.objects.update(state="void")
    with pytest.raises(DatabaseError), transaction.atomic():
        ScoreSheet.objects.filter(pk=sheet.pk).update(total=1)


# Totals


def test_the_last_signature_totals_the_review():
    review = make.review("discussed")
    for expert, share in zip(experts_of(review), ("0.7", "0.8", "0.82"), strict=True):
        sign_sheet(fill(review, expert, share), by=expert)
    review.refresh_from_db()
    assert (review.state, review.total) == (Review.State.SCORED, Decimal("77.33"))
    assert review.category_totals == {"甲类": "46.40", "乙类": "30.93"}


def test_from_five_experts_on_the_extremes_are_dropped():
    review = make.review("discussed", panel=make.panel(size=5))
    for expert, share in zip(experts_of(review), ("0.1", "0.7", "0.8", "0.9", "1"), strict=True):
        sign_sheet(fill(review, expert, share), by=expert)
    review.refresh_from_db()
    assert review.total == Decimal("80.00")


def test_who_joined_later_must_sign_too():
    review = make.review("discussed", panel=make.panel(size=4))
    for expert in experts_of(review)[:3]:
        sign_sheet(fill(review, expert), by=expert)
    review.refresh_from_db()
    assert review.state == Review.State.DISCUSSED


def test_an_outlier_is_asked_for_a_reason_and_keeps_the_scores():
    review = make.review("discussed")
    low, *others = experts_of(review)
    for expert, share in ((low, "0.5"), (others[0], "0.8"), (others[1], "0.84")):
        sign_sheet(fill(review, expert, share), by=expert)
    asked = Explanation.objects.get()
    assert (asked.sheet.total, asked.median) == (Decimal(50), Decimal(80))
    assert low.inbox.get().template == "panels/mail/outlier.txt"
    explain_outlier(asked.sheet, by=low, text="实训设备与申报不符。")
    review.refresh_from_db()
    assert review.total == Decimal("71.33")
    with pytest.raises(Refused):
        explain_outlier(asked.sheet, by=low, text="再说")
    with pytest.raises(PermissionDenied):
        explain_outlier(asked.sheet, by=others[0], text="…")


# Seeing


def test_no_expert_sees_anothers_sheet_and_the_district_sees_signed_ones_alone():
    review = make.review("discussed")
    first, second, _third = experts_of(review)
    signed, draft = make.signed_sheet(review), make.sheet(review)
    assert list(ScoreSheet.objects.visible_to(first)) == [signed]
    assert list(ScoreSheet.objects.visible_to(second)) == [draft]
    assert list(ScoreSheet.objects.visible_to(review.panel.made_by)) == [signed]


def test_applicants_administrators_supervisors_and_auditors_see_neither_panels_nor_sheets():
    sheet = make.signed_sheet()
    watcher, auditor = make.holder("supervisor"), make.holder("auditor")
    for person in (sheet.review.application.contact, make.user(is_admin=True), watcher, auditor):
        for model in (ScoreSheet, Review, Panel):
            assert not model.objects.visible_to(person).exists()


def test_a_whole_sheet_is_saved_in_one_statement():
    review = make.review("discussed")
    by = experts_of(review)[0]
    sheet = open_sheet(review, by=by)
    points = {line.pk: line.points for line in sheet.rubric.criteria.all()}
    with CaptureQueriesContext(connection) as asked:
        save_scores(sheet, by=by, points=points, remarks=dict.fromkeys(points, "好"))
    assert len([one for one in asked if 'INTO "panels_score" ' in one["sql"]]) == 1
    save_scores(sheet, by=by, remarks=dict.fromkeys(points, "改"))
    kept = set(sheet.scores.values_list("criterion", "points", "remark"))
    assert kept == {(pk, given, "改") for pk, given in points.items()}
