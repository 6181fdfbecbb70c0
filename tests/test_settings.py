"""What the environment says, and what is said when it says it wrongly."""

import json
import subprocess
import sys

import pytest

from zaiti.settings import ROOT

LOOK = """
import json, sys
from zaiti import settings
print(json.dumps({name: getattr(settings, name) for name in sys.argv[1:]}))
"""
LEAST = {"SECRET_KEY": "for a test", "DATABASE_URL": "postgresql://nobody@nowhere/none"}
SIGN_IN = {
    "ZAITI_OIDC_CLIENT": "client",
    "ZAITI_OIDC_SECRET": "secret",
    "ZAITI_OIDC_URL": "https://id.example.gov.cn",
}


def settings(*wanted: str, **environment: str) -> dict[str, object]:
    """The settings that a process with this environment reads; AssertionError with its complaint."""
    run = subprocess.run(
        [sys.executable, "-c", LOOK, *wanted],
        env={"PYTHONPATH": str(ROOT / "src"), **LEAST, **environment},
        text=True,
        capture_output=True,
    )
    assert run.returncode == 0, run.stderr.splitlines()[-1]
    return json.loads(run.stdout)


def complaint(**environment: str) -> str:
    with pytest.raises(AssertionError) as said:
        settings(**environment)
    return str(said.value)


@pytest.mark.parametrize("missing", SIGN_IN)
def test_a_unified_sign_in_half_set_up_says_what_is_missing(missing):
    given = {name: value for name, value in SIGN_IN.items() if name != missing}
    assert f"The unified sign-in lacks {missing}: set all of" in complaint(**given)


def test_a_unified_sign_in_is_whole_or_not_at_all():
    given = settings("SOCIALACCOUNT_PROVIDERS", **SIGN_IN)["SOCIALACCOUNT_PROVIDERS"]
    [app] = given["openid_connect"]["APPS"]
    assert (app["client_id"], app["secret"]) == ("client", "secret")
    assert app["settings"] == {"server_url": "https://id.example.gov.cn"}
    without = settings("SOCIALACCOUNT_PROVIDERS")["SOCIALACCOUNT_PROVIDERS"]
    assert without == {"openid_connect": {"APPS": []}}


def test_proxies_are_believed_when_they_are_ours():
    names = ("SECURE_PROXY_SSL_HEADER", "ALLAUTH_TRUSTED_PROXY_COUNT")
    assert list(settings(*names).values()) == [None, 0]
    assert list(settings(*names, ZAITI_PROXIES="2").values()) == [["HTTP_X_FORWARDED_PROTO", "https"], 2]


def test_stamps_of_arrival_are_believed_when_a_proxy_of_ours_is_said_to_set_them():
    stamps = {"ZAITI_PROXY_STAMPS": "1"}
    given = [{}, {"ZAITI_PROXIES": "1"}, stamps, stamps | {"ZAITI_PROXIES": "1"}]
    assert [settings("PROXY_STAMPS", **one)["PROXY_STAMPS"] for one in given] == [False, False, False, True]


@pytest.mark.parametrize("name", ["ZAITI_PROXIES", "ZAITI_UPLOAD_MAX_MB", "ZAITI_MAIL_PORT"])
@pytest.mark.parametrize("wrong", ["many", "-1", "1.5"])
def test_a_number_that_is_none_is_named(name, wrong):
    assert f"{name} must be a whole number, not “{wrong}”." in complaint(**{name: wrong})


def test_former_keys_are_kept_for_reading():
    read = settings("SECRET_KEY_FALLBACKS", SECRET_KEY_OLD="one, two")
    assert read == {"SECRET_KEY_FALLBACKS": ["one", "two"]}
