import pytest
from django.urls import reverse

from tests import make
from tests.html import flat
from tests.web.portal.helpers import HTMX, browser, upload
from zaiti.screening.models import ScanReport


def read(*findings, **said):
    application = make.application()
    version = make.material_version(application)
    make.scan_report(version, *findings, **said)
    return application, version, browser(application.contact)


def at(name, version):
    material = version.material
    return reverse(f"portal:{name}", args=[material.application_id, material.requirement_id])


def test_a_slot_asks_again_until_its_file_is_read():
    application = make.application()
    client, slot = browser(application.contact), application.carrier_type.materials.all()[0]
    here = reverse("portal:upload", args=[application.pk, slot.pk])
    shown = client.post(here, {"file": upload()}, headers=HTMX).content.decode()
    poll = reverse("portal:reading", args=[application.pk, slot.pk])
    assert f'hx-get="{poll}" hx-trigger="every 2s"' in flat(shown)
    ScanReport.objects.update(done=3, pages=12)
    assert 'max="12" value="3"' in flat(client.get(poll, headers=HTMX).text)


def test_a_slot_shows_findings_and_marked_pages():
    application, version, client = read({})
    shown = client.get(f"/my/applications/{application.pk}/").content.decode()
    assert "第 1 页倾斜 4.2°，请重新扫描。" in shown
    assert reverse("ui:picture", args=[version.file_id, 1, "small"]) in shown
    assert 'hx-trigger="every' not in client.get(at("reading", version), headers=HTMX).content.decode()


def test_the_pages_carry_boxes_where_something_was_found():
    box = {"box": [10.0, 20.0, 60.0, 70.0], "check": "seal", "status": "warn", "code": "seal_mismatch"}
    seal = {"page": 1, "box": [10.0, 20.0, 60.0, 70.0], "text": "深圳市另一家示例有限公司", "matches": 0.3}
    _application, version, client = read(box | {"facts": {"text": "另一家"}}, seals=[seal])
    shown = client.get(at("pages", version)).content.decode()
    assert 'x="10.0" y="20.0" width="50.0" height="50.0"' in shown
    assert "印章识别为“另一家”" in shown
    assert "不代表印章真实有效" in shown
    assert "深圳市另一家示例有限公司" in shown


def test_a_finding_is_explained_in_a_line():
    _application, version, client = read({})
    client.post(at("explain_finding", version), {"finding": "skewed:1", "text": "原件如此"})
    version.refresh_from_db()
    assert version.explanations == {"skewed:1": "原件如此"}
    assert "原件如此" in client.get(at("pages", version)).content.decode()


def test_what_was_not_found_is_not_explained():
    _application, version, client = read({})
    assert client.post(at("explain_finding", version), {"finding": "blank:9", "text": "x"}).status_code == 404


def test_an_empty_slot_has_no_pages():
    application = make.application()
    slot = application.carrier_type.materials.all()[0]
    for name in ("reading", "pages"):
        address = reverse(f"portal:{name}", args=[application.pk, slot.pk])
        assert browser(application.contact).get(address).status_code == 404


@pytest.mark.parametrize("name", ["reading", "pages"])
def test_a_strangers_scan_is_not_found(name):
    _application, version, _client = read()
    assert browser(make.applicant()).get(at(name, version)).status_code == 404


def test_a_long_file_is_shown_in_parts():
    count = 45
    said = {"verdicts": ["pass"] * count, "sizes": [[210.0, 297.0]] * count}
    _application, version, client = read(**said)
    shown = client.get(at("pages", version), {"at": "41"}).content.decode()
    assert 'id="page-41"' in shown
    assert 'id="page-40"' not in shown
    assert client.get(at("pages", version), {"at": "x"}).status_code == 200
