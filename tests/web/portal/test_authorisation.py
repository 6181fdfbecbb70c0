"""The pages by which one shows that one may act for a unit."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlparse

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests import make
from tests.web.portal.helpers import browser
from zaiti.accounts.models import Organisation, User
from zaiti.mandates.models import Mandate
from zaiti.settings import SOCIALACCOUNT_PROVIDERS


def sealed():
    return SimpleUploadedFile("委托书.pdf", make.pdf(), "application/pdf")


def test_a_pending_unit_sees_what_to_do_and_sends_its_letter():
    unit = make.pending()
    client = browser(make.owner(unit))
    assert "/my/authorisation/letter.pdf" in client.get("/my/authorisation/").text
    assert client.get("/my/authorisation/letter.pdf").content.startswith(b"%PDF")
    assert "/my/authorisation/" in client.get("/my/").text
    assert client.post("/my/authorisation/", {"district": make.district().pk}).status_code == 422
    sent = client.post("/my/authorisation/", {"district": make.district().pk, "letter": sealed()})
    assert sent.status_code == 302
    assert "待区局核实" in client.get("/my/authorisation/").text
    assert client.get(f"/files/{Mandate.objects.get().file_id}/").status_code == 200


def test_a_draft_of_a_pending_unit_names_the_way_out_and_offers_no_button():
    application = make.uploaded(make.filled(make.application()))
    Organisation.objects.filter(pk=application.organisation_id).update(state="pending")
    client, here = browser(application.contact), f"/my/applications/{application.pk}/"
    text = client.get(here).text
    assert "本单位尚未确认" in text
    assert f"{here}submit/" not in text
    answer = client.post(f"{here}submit/")
    assert (answer.status_code, "授权委托书" in answer.text) == (409, True)


def test_a_claim_is_made_and_its_letter_is_for_the_claimant_alone():
    unit, claimant = make.pending(), make.user()
    client = browser(claimant)
    given = {"uscc": unit.uscc.lower(), "name": "示例真名", "district": make.district().pk}
    assert client.get("/my/authorisation/letter.pdf", given).content.startswith(b"%PDF")
    assert client.post("/my/claim/", given).status_code == 422
    assert client.post("/my/claim/", given | {"letter": sealed()}).status_code == 302
    assert "示例真名" in client.get("/my/claim/").text
    file = f"/files/{Mandate.objects.get().file_id}/"
    assert client.get(file).status_code == 200
    squatter = browser(make.owner(unit))
    assert squatter.get(file).status_code == 404
    page = squatter.get("/my/authorisation/").text
    assert "有人申领" in page
    assert claimant.name not in page
    assert "示例真名" not in page


@pytest.mark.parametrize("person", [make.applicant, lambda: make.holder("officer")])
def test_who_acts_for_another_unit_or_a_bureau_claims_nothing(person):
    assert browser(person()).get("/my/claim/").status_code == 403


def test_who_did_not_come_in_by_the_unified_sign_in_is_vouched_for_by_nobody():
    unit = make.pending()
    assert browser(make.owner(unit)).post("/my/authorisation/vouch/").status_code == 409


class Portal(BaseHTTPRequestHandler):
    """A unified sign-in as the province runs one, as small as OpenID Connect allows."""

    claims: dict[str, str] = {}

    def do_GET(self):
        here = f"http://127.0.0.1:{self.server.server_port}"
        endpoints = {
            "token_endpoint": "token",
            "authorization_endpoint": "sign-in",
            "userinfo_endpoint": "who",
        }
        config = {"issuer": here} | {name: f"{here}/{path}" for name, path in endpoints.items()}
        self._say(self.claims if self.path == "/who" else config)

    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        self._say({"access_token": "token", "token_type": "Bearer"})

    def _say(self, facts):
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(facts).encode())

    def log_message(self, *_args):
        """Say nothing."""


@pytest.fixture
def sign_in(settings, client):
    """Sign someone in by the unified sign-in, with what it says of them."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Portal)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{server.server_port}"
    app = {
        "provider_id": "government",
        "name": "x",
        "client_id": "zaiti",
        "secret": "s",
        "settings": {"server_url": url},
    }
    settings.SOCIALACCOUNT_PROVIDERS = SOCIALACCOUNT_PROVIDERS | {"openid_connect": {"APPS": [app]}}

    def come_in(**claims):
        Portal.claims = {"sub": "1", "preferred_username": "portal1", "name": "示例经办"} | claims
        asked = client.post("/accounts/oidc/government/login/").url
        state = parse_qs(urlparse(asked).query)["state"][0]
        came = client.get("/accounts/oidc/government/login/callback/", {"code": "c", "state": state})
        if "signup" in came.url:
            signed = client.post(came.url, {"username": "portal1", "name": "示例经办", "email": ""})
            assert signed.status_code == 302, signed.text
        return client

    yield come_in
    server.shutdown()
    server.server_close()


def registration(code):
    return {"uscc": code, "name": "示例公司", "kind": "enterprise", "district": make.district().pk}


def test_a_claim_of_the_unified_sign_in_confirms_the_unit_at_once(sign_in):
    code = make.credit_code()
    sign_in(uscc=code).post("/my/register/", registration(code))
    assert Organisation.objects.get(uscc=code).confirmed


def test_it_confirms_no_other_unit_and_only_for_the_session_it_spoke_in(sign_in):
    other, code = make.credit_code(), make.credit_code()
    client = sign_in(uscc=other)
    client.post("/my/register/", registration(code))
    assert not Organisation.objects.get(uscc=code).confirmed
    assert client.post("/my/authorisation/vouch/").status_code == 409
    assert sign_in(credit_code=code).post("/my/authorisation/vouch/").status_code == 302
    assert Organisation.objects.get(uscc=code).confirmed
    Organisation.objects.update(state="pending")
    client.logout()
    client.force_login(User.objects.get(username="portal1"))
    assert client.post("/my/authorisation/vouch/").status_code == 409


def test_it_takes_a_squatted_unit_at_once(sign_in):
    unit = make.pending()
    client = sign_in(uscc=unit.uscc)
    assert unit.uscc in client.get("/my/claim/").text
    client.post("/my/authorisation/vouch/")
    assert make.owner(unit).username == "portal1"
