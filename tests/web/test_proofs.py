"""Proofs that are given away: the program served with them checks them, with nothing of ours."""

import subprocess
import sys

import pytest

from tests import make
from zaiti.applications.actions import submit
from zaiti.clock import now
from zaiti.ledger import log
from zaiti.ledger.chain import record, seal
from zaiti.ledger.models import Entry


@pytest.fixture
def handed_in(client):
    """An application handed in by its own door, and its applicant's browser."""
    application = make.application()
    make.uploaded(make.filled(application))
    submit(application, by=application.contact, arrived=now())
    seal()
    client.force_login(application.contact)
    return application, client, f"/my/applications/{application.pk}/receipt/"


def check(folder, client, answer, key: str) -> subprocess.CompletedProcess[str]:
    """Run what the site gives away, in a Python that finds nothing else."""
    (folder / "verify.py").write_bytes(client.get("/log/verify.py").content)
    (folder / "proof.json").write_bytes(answer.content)
    command = [sys.executable, "-I", "-S", "verify.py", "proof.json", "--key", key]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, encoding="utf-8")


def test_a_receipt_is_checked_with_nothing_of_ours(tmp_path, handed_in):
    application, client, here = handed_in
    key = log.make_checkpoint().key
    submission = application.submissions.get()
    answer = client.get(f"{here}{submission.pk}.json")
    done = check(tmp_path, client, answer, key)
    assert done.returncode == 0, done.stderr
    assert submission.files[0]["sha256"] in done.stdout
    assert done.stdout.splitlines()[-1].startswith("HOLDS: entry ")
    answer.content = answer.content.replace(submission.files[0]["sha256"].encode(), b"0" * 64)
    done = check(tmp_path, client, answer, key)
    assert (done.returncode, "DOES NOT HOLD" in done.stderr) == (1, True)


def test_before_the_log_is_signed_a_sentence_says_when_to_come_again(handed_in):
    application, client, here = handed_in
    assert client.get(f"{here}{application.submissions.get().pk}.json").status_code == 409


def test_nobody_elses_receipt_is_given(client, handed_in):
    application, _client, here = handed_in
    log.make_checkpoint()
    client.force_login(make.applicant())
    assert client.get(f"{here}{application.submissions.get().pk}.json").status_code == 404


def test_an_auditor_is_given_the_proof_of_any_entry_and_an_applicant_of_none(tmp_path, client):
    entry = record("give_post", make.holder("officer").posts.get(), by=None)
    seal()
    key = log.make_checkpoint().key
    client.force_login(make.holder("auditor"))
    done = check(tmp_path, client, client.get(f"/desk/audit/{entry.pk}/proof.json"), key)
    assert (done.returncode, '"verb": "give_post"' in done.stdout) == (0, True)
    client.force_login(make.applicant())
    assert client.get(f"/desk/audit/{entry.pk}/proof.json").status_code == 403


def test_who_of_the_public_did_it_is_in_no_proof(client):
    objection = make.objection()
    record("lodge", objection, by=None)
    seal()
    log.make_checkpoint()
    client.force_login(make.holder("auditor"))
    entry = Entry.objects.filter(verb="lodge").latest("id")
    told = client.get(f"/desk/audit/{entry.pk}/proof.json").json()["disclosed"]
    assert not {"actor", "by"} & set(told)
