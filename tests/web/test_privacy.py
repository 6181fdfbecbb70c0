"""What browsers and caches keep, and that secret links stand in no log and lead nowhere else."""

import logging

import pytest
from django.core import mail

from tests import make
from tests.makers.publicity import named
from zaiti.accounts.actions import invite_member
from zaiti.core.secret_links import without_secrets
from zaiti.core.text import LogLine
from zaiti.ledger.models import Entry
from zaiti.outbox.models import Message


@pytest.mark.parametrize("address", ["/", "/register/", "/my/", "/my/inbox/", "/no/such/page/"])
def test_nothing_of_a_signed_in_page_is_kept(client, address):
    client.force_login(make.applicant())
    answer = client.get(address)
    assert answer["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("address", ["/", "/register/", "/notices/", "/api/v1/carriers"])
def test_public_pages_may_be_kept_for_who_is_not(client, address):
    answer = client.get(address)
    assert "no-store" not in answer.get("Cache-Control", "")


@pytest.mark.parametrize("address", ["/", "/my/", "/api/v1/carriers", "/no/such/page/"])
def test_no_page_may_use_a_device(client, address):
    policy = client.get(address)["Permissions-Policy"]
    assert "camera=()" in policy
    assert "geolocation=()" in policy


def secret_pages() -> dict[str, str]:
    """Each address that lets in whoever has it, with its secret."""
    posting = make.posting()
    objection = make.objection(posting, named(posting))
    owner = make.applicant()
    owner.org_role = "owner"
    owner.save()
    invitation = invite_member(owner.organisation, by=owner, name="示例甲", email="a@example.com")
    return {
        f"/objections/{objection.token}/": objection.token,
        f"/objections/{objection.token}/receipt/": objection.token,
        f"/my/join/{invitation.token}/": invitation.token,
        "/accounts/password/reset/key/1-abcdef-0123456789abcdef/": "1-abcdef-0123456789abcdef",
    }


def test_a_secret_address_is_passed_on_to_nobody_and_kept_nowhere(client):
    for address in secret_pages():
        answer = client.get(address)
        assert answer["Referrer-Policy"] == "no-referrer", address
        assert answer["Cache-Control"] == "private, no-store", address
        assert answer["X-Robots-Tag"] == "noindex", address


def test_its_forms_are_sent_with_their_origin(client):
    """A browser told `no-referrer` alone sends forms with the origin “null”, which no form check lets in."""
    pages = [address for address in secret_pages() if address.startswith("/my/join/")]
    assert '<meta name="referrer" content="strict-origin">' in client.get(pages[0]).text
    assert 'name="referrer"' not in client.get("/").text


def test_a_secret_address_stands_in_no_log_no_ledger_and_no_subject(client, caplog):
    pages = secret_pages()
    with caplog.at_level(logging.DEBUG):
        for address in pages:
            client.get(f"{address}x")
            client.get(f"{address}nothing/here/")
            client.get("/accounts/login/", {"next": address})
    for secret in pages.values():
        logged = [LogLine("%(levelname)s %(message)s").format(row) for row in caplog.records]
        assert any("Not Found" in line for line in logged)
        assert secret not in "\n".join(logged)
        assert secret not in "".join(str(vars(entry)) for entry in Entry.objects.all())
        assert secret not in "".join(Message.objects.values_list("subject", flat=True))
        assert secret not in "".join(letter.subject for letter in mail.outbox)


SECRET = "Zy-" + "x" * 40


@pytest.mark.parametrize(
    "line",
    [
        f"Not Found: /objections/{SECRET}/",
        f"Not Found: /objections/{SECRET}zz",
        f"Internal Server Error: /my/join/{SECRET}/accept/",
        f"GET /accounts/login/?next=/my/join/{SECRET}/",
        f"GET /accounts/login/?next=%2Fmy%2Fjoin%2F{SECRET}%2F",
        f"/accounts/password/reset/key/2h-{SECRET}/",
        f"GET /sso/callback?state=a&code={SECRET[:20]}",
        f"ValueError: {SECRET}",
    ],
)
def test_a_logs_line_ends_where_the_secret_begins(line):
    assert SECRET[:20] not in without_secrets(line)


@pytest.mark.parametrize(
    "line",
    [f"file {'0f' * 32} is torn", "Not Found: /desk/publicity/objections/12/", "GET /register/?q=深圳"],
)
def test_other_lines_stay(line):
    assert without_secrets(line) == line


def test_a_traceback_holds_none_either():
    try:
        raise ValueError(f"/objections/{SECRET}/")
    except ValueError as failure:
        row = logging.LogRecord(
            "x", logging.ERROR, "x", 1, "failed", (), (type(failure), failure, failure.__traceback__)
        )
    assert SECRET not in LogLine("%(message)s").format(row)
