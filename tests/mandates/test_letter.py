"""The letter to print and seal, and what the pre-check says of the sealed one."""

from io import BytesIO

import pikepdf
import pytest

from tests import make
from zaiti.mandates.actions import send_letter
from zaiti.mandates.papers import blank_letter
from zaiti.mandates.queries import look_at
from zaiti.screening.models import ScanReport
from zaiti.screening.scan_reports import read
from zaiti_replay.scans import scan


@pytest.mark.parametrize(
    ("matches", "found"), [(0.95, "same"), (0.89, "near"), (0.4, "other"), (None, "other")]
)
def test_a_seal_that_nearly_reads_the_name_is_no_other_units(matches, found):
    unit = make.pending()
    mandate = send_letter(
        unit,
        by=make.owner(unit),
        district=make.district(),
        content=BytesIO(scan("授权委托书", unit.name)),
        original_name="x.pdf",
    )
    seal = {"page": 1, "box": [10, 10, 50, 50], "text": unit.name, "matches": matches}
    about = {
        "verdict": "unsure",
        "verdicts": ["unsure"],
        "sizes": [[210, 297]],
        "findings": [],
        "seals": [seal],
    }
    kept = ScanReport.objects.filter(sha256=mandate.file.sha256)
    kept.update(summary=about, read_at=mandate.sent_at)
    assert look_at(mandate).sealed == found


def test_the_letter_is_one_page_with_the_units_facts():
    made = blank_letter(
        person=make.user(name="示例经办人"),
        unit="示例#科技*有限公司",
        uscc=make.credit_code(),
        authority=make.district(),
    )
    with pikepdf.open(BytesIO(made)) as pdf:
        assert len(pdf.pages) == 1


@pytest.mark.slow
@pytest.mark.parametrize(
    ("seal", "coded", "found"),
    [(None, True, ("same", "same")), ("深圳市另一家示例有限公司", False, ("other", "none"))],
)
def test_the_pre_check_compares_seal_and_code_with_the_units(seal, coded, found):
    unit = make.pending(name="深圳市示例科技有限公司")
    content = scan("授权委托书", unit.name, seal=seal, code=unit.uscc if coded else "")
    mandate = send_letter(
        unit, by=make.owner(unit), district=make.district(), content=BytesIO(content), original_name="x.pdf"
    )
    assert look_at(mandate).seen.waiting
    read(ScanReport.objects.get(sha256=mandate.file.sha256))
    look = look_at(mandate)
    assert ((look.sealed, look.coded), look.sound) == (found, found == ("same", "same"))
