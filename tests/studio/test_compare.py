"""A year in preparation beside last year's, field by field."""

from tests import make
from zaiti.programmes.actions import open_year
from zaiti.studio.actions import arrange, begin_from_year, write_fields
from zaiti.studio.comparing import against, last_year


def officer():
    return make.holder("officer", make.city())


def year_2026():
    return begin_from_year(open_year(make.pack("shenzhen-2025"), by=officer()), by=officer(), year=2026)


def test_only_what_reads_otherwise_differs():
    draft = year_2026()
    found = {step.path: (step.old, step.new) for step in against(draft, last_year(draft))}
    assert found["report_deadline"] == ("2025-07-11", "2026-07-13")
    assert found["year"] == (2025, 2026)
    assert "cap" not in found


def test_a_line_moved_or_added_is_told_as_such_and_the_rest_stays_the_same_line():
    draft = year_2026()
    kind = draft.facts["types"][0]
    path, held = f"types.{kind['_id']}.materials.items", kind["materials"]["items"]
    before = len(against(draft, last_year(draft)))
    arrange(draft, by=officer(), path=f"{path}.{held[0]['_id']}", how="to", place=4)
    arrange(draft, by=officer(), path=path, how="add")
    write_fields(draft, by=officer(), values={"cap": 65})
    steps = against(draft, last_year(draft))
    assert sorted(step.do for step in steps if step.path.startswith(path)) == ["insert", "order"]
    assert ("cap", 63, 65) in [(step.path, step.old, step.new) for step in steps]
    assert len(steps) == before + 3


def test_the_first_year_has_none_before_it():
    assert last_year(make.year_draft()) is None
