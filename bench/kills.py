"""Kill parts of a running Zaiti while people upload and hand in: `python -m bench.kills --trials 400`.

Each trial kills the web process, the worker, PostgreSQL or all of them with SIGKILL at a random moment, waits
until Zaiti is back, and looks: whatever was answered for is there whole, and no stored file is torn.  Between
two kills of everything come six of single parts, which `zaiti up` itself brings back, and which need not have
recovered wholly when the next falls.
"""

import argparse
import hashlib
import os
import random
import re
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

import pikepdf
import psutil
import psycopg
import requests

FORGOTTEN = {"DATABASE_URL", "PYTHONDONTWRITEBYTECODE"}  # of the environment
PARTS = ("web", "worker", "postgres")
WORDS = {"web": "granian", "worker": "zaiti.cli work"}  # in their command lines
WHO, PASSWORD = "longhua1", "zaiti-demo-2025"
BACK_S, ITSELF_S = 120, 25  # until it must be back; until it is helped if it does not come back by itself
FIRST_S = 400
MOMENT_S = 1.5  # of work before the kill, at most
WARM_S = 20  # until a web process that began just now has answered a first upload
UPLOADERS = 3
PAUSE_S = 0.5  # between a submission and taking it back, at most: its letters are made meanwhile
# `zaiti up` where database, static files and demo are known to be as they must be.
AGAIN = """
from zaiti.cli import address, family, starting

here = address.read()
children = {"web": starting.web(here), **starting.workers()}
ready = {"is_ready": lambda: address.answers(here), "when_ready": lambda: None}
family.run(children, **ready, look_after=starting.revive_database)
"""
UNMADE = """
SELECT 'letter without PDF and job: ' || id FROM papers_paper WHERE pdf_id IS NULL AND NOT EXISTS (
    SELECT FROM procrastinate_jobs
    WHERE status IN ('todo', 'doing') AND (args ->> 'paper')::bigint = papers_paper.id)
"""
READY = """
import sys

import django

django.setup()
from io import BytesIO
from zaiti.accounts.models import User
from zaiti.applications.actions import save_form, start_application, upload_material
from zaiti.applications.models import Application

by, pdf = User.objects.get(username=sys.argv[1]), sys.stdin.buffer.read()
one = Application.objects.filter(organisation=by.organisation_id, state="draft").first()
kind = one.call.types.exclude(carrier_type=one.carrier_type).first().carrier_type
other = start_application(one.call, kind, by=by)
typed = {"trained_last_year": 1, "contact_phone": "00000000001"}
asked = [entry for entry in other.asked if entry.required and entry.kind != "sum"]
save_form(other, by=by, **{entry.code: typed.get(entry.code, "示例") for entry in asked})
for slot in kind.materials.all():
    upload_material(other, slot, by=by, content=BytesIO(pdf), original_name="start.pdf")
print(one.pk, other.pk)
"""


@dataclass
class Answered:
    """What Zaiti said was done."""

    uploads: dict[str, bytes] = field(default_factory=dict)  # the file's name → its SHA-256
    submissions: int = 0
    unanswered: int = 0


@dataclass
class Site:
    """One Zaiti in a data folder of its own."""

    data: Path
    port: int
    process: subprocess.Popen[bytes] | None = None
    command: tuple[str, ...] = (sys.executable, "-m", "zaiti.cli", "up")
    whole: dict[Path, tuple[int, ...]] = field(
        default_factory=dict
    )  # files that were compared, as they lay then

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        given = {"ZAITI_DEMO": "1", "ZAITI_DATA": str(self.data), "PORT": str(self.port)}
        given["PYTHONPYCACHEPREFIX"] = str(self.data / "bytecode")  # so that a start compiles nothing
        kept = {key: value for key, value in os.environ.items() if key not in FORGOTTEN}
        return kept | given | {"DJANGO_SETTINGS_MODULE": "zaiti.settings"}

    def start(self) -> None:
        with (self.data / "up.log").open("ab") as log:
            self.process = subprocess.Popen(
                self.command, env=self.environment, stdout=log, stderr=log, start_new_session=True
            )

    def log(self) -> str:
        """The last that it said."""
        return (self.data / "up.log").read_text(errors="replace")[-3000:]

    def answers(self) -> bool:
        try:
            return requests.get(f"{self.url}/healthz", timeout=5).ok
        except requests.RequestException:
            return False

    def family(self) -> list[psutil.Process]:
        """`zaiti up` and all that it started; PostgreSQL is found by its data folder."""
        ours = str(self.data)
        return [one for one in psutil.process_iter(["cmdline", "pid"]) if ours in _environment(one)]

    def postgres(self) -> list[psutil.Process]:
        with suppress(OSError, ValueError, psutil.NoSuchProcess):
            number = int((self.data / "postgres/postmaster.pid").read_text().splitlines()[0])
            head = psutil.Process(number)
            return [head, *head.children(recursive=True)]
        return []

    def victims(self, target: str) -> list[psutil.Process]:
        if target == "postgres":
            return self.postgres()
        family = self.family()
        if target == "all":
            return [*family, *self.postgres()]
        return [one for one in family if WORDS[target] in _command(one)]

    def kill(self, target: str) -> int:
        victims = self.victims(target)
        for one in victims:
            with suppress(psutil.NoSuchProcess):
                one.send_signal(signal.SIGKILL)
        return len(victims)

    def come_back(self, itself_s: float = ITSELF_S, back_s: float = BACK_S) -> bool:
        """Wait until it answers; give whether it did so without help."""
        end, itself = time.monotonic() + back_s, time.monotonic() + itself_s
        alone = True
        while time.monotonic() < end:
            if (self.process and self.process.poll() is not None) or time.monotonic() > itself:
                alone, itself = False, end
                self.kill("all")
                time.sleep(0.5)
                self.start()
            if self.answers():
                return alone
            time.sleep(0.1)
        raise SystemExit(f"Zaiti did not come back within {back_s} s:\n{self.log()}")

    def database(self) -> psycopg.Connection:
        number = (self.data / "postgres/postmaster.pid").read_text().splitlines()
        return psycopg.connect(host=number[4], port=int(number[3]), user="zaiti", dbname="zaiti")


def _environment(process: psutil.Process) -> str:
    with suppress(psutil.Error):
        return f"{process.environ().get('ZAITI_DATA', '')}" if process.pid != os.getpid() else ""
    return ""


def _command(process: psutil.Process) -> str:
    with suppress(psutil.Error):
        return " ".join(process.cmdline()[1:])
    return ""


def sign_in(site: Site) -> requests.Session:
    """A browser of the applicant's."""
    session = requests.Session()
    session.headers["Referer"] = f"{site.url}/"
    session.get(f"{site.url}/accounts/login/")
    session.headers["X-CSRFToken"] = session.cookies["csrftoken"]
    session.post(f"{site.url}/accounts/login/", data={"login": WHO, "password": PASSWORD})
    session.headers["X-CSRFToken"] = session.cookies["csrftoken"]
    return session


def example() -> bytes:
    """A small sound PDF."""
    with pikepdf.new() as made, BytesIO() as written:
        made.add_blank_page()
        made.save(written)
        return written.getvalue()


def upload(session: requests.Session, here: str, answered: Answered, stop: threading.Event) -> None:
    """Drop one file after another; an answer that lists a file's name has promised to keep it."""
    start = example()
    while not stop.is_set():
        name = f"{os.urandom(8).hex()}.pdf"
        content = start + b"\n%" + os.urandom(random.randint(1000, 400_000)).hex().encode() + b"\n%%EOF\n"
        files = {"files": (name, content, "application/pdf")}
        try:
            answer = session.post(f"{here}drop/", files=files, headers={"HX-Request": "true"}, timeout=30)
            if answer.ok and re.search(rf'p-sorted-name"[^>]*>{name}', answer.text):
                answered.uploads[name] = hashlib.sha256(content).digest()
        except requests.RequestException:
            answered.unanswered += 1
            time.sleep(0.05)


def hand_in(session: requests.Session, here: str, answered: Answered, stop: threading.Event) -> None:
    """Hand in, take back and open again, over and over, on an application that nobody uploads to."""
    while not stop.is_set():
        try:
            answer = session.post(f"{here}submit/", allow_redirects=False, timeout=30)
            answered.submissions += answer.headers.get("Location", "").endswith("/receipt/")
            time.sleep(random.uniform(0, PAUSE_S))
            for step in ("withdraw/", "reopen/"):
                session.post(f"{here}{step}", allow_redirects=False, timeout=30)
        except requests.RequestException:
            answered.unanswered += 1
            time.sleep(0.05)


def wrong(site: Site, answered: Answered, before: int, application: int) -> list[str]:
    """Compare what was answered with what is there, and every stored file with its name."""
    found = []
    with site.database() as database:
        rows = database.execute(
            "SELECT original_name, sha256, content FROM files_storedfile WHERE original_name = ANY(%s)",
            [list(answered.uploads)],
        ).fetchall()
    known = {name: (sha256, content) for name, sha256, content in rows}
    for name, digest in answered.uploads.items():
        sha256, content = known.get(name, ("", ""))
        place = site.data / "files" / content
        if sha256 != digest.hex() or not place.is_file():
            found.append(f"lost: {name}")
    if (there := submissions(site, application) - before) < answered.submissions:
        found.append(f"submissions: {answered.submissions} answered, {there} there")
    return found + torn(site)


def torn(site: Site) -> list[str]:
    """Files that are not what their name says; one that lies as when it was compared is not read again."""
    found = []
    for one in (site.data / "files").glob("??/??/*"):
        facts = one.stat()
        lies = (facts.st_ino, facts.st_size, facts.st_mtime_ns, facts.st_ctime_ns)
        if site.whole.get(one) == lies:
            continue
        if hashlib.sha256(one.read_bytes()).hexdigest() != one.name:
            found.append(f"torn: {one}")
        site.whole[one] = lies
    return found


def trial(
    site: Site, session: requests.Session, target: str, numbers: tuple[int, int]
) -> tuple[Answered, bool]:
    """Let people work, kill, bring back."""
    answered, stop = Answered(), threading.Event()
    to_drop, to_submit = (f"{site.url}/my/applications/{number}/" for number in numbers)
    jobs = [(upload, to_drop)] * UPLOADERS + [(hand_in, to_submit)]
    work = [threading.Thread(target=do, args=(clone(session), here, answered, stop)) for do, here in jobs]
    for one in work:
        one.start()
    warm = time.monotonic() + WARM_S
    while not answered.uploads and time.monotonic() < warm:
        time.sleep(0.02)
    time.sleep(random.uniform(0, MOMENT_S))
    while not site.kill(target):  # it is on its way back from the last time
        time.sleep(0.1)
    time.sleep(0.2)
    stop.set()
    for one in work:
        one.join()
    return answered, site.come_back()


def clone(session: requests.Session) -> requests.Session:
    """The same browser on a connection of its own."""
    other = requests.Session()
    other.cookies.update(session.cookies)
    other.headers.update(session.headers)
    return other


def prepare(site: Site) -> tuple[int, int]:
    """One application to drop files on, another that is ready to be handed in."""
    command = [sys.executable, "-c", READY, WHO]
    said = subprocess.run(command, env=site.environment, input=example(), stdout=subprocess.PIPE, check=True)
    dropped, ready = said.stdout.split()
    return int(dropped), int(ready)


def submissions(site: Site, application: int) -> int:
    """How many receipts there are."""
    count = "SELECT count(*) FROM applications_submission WHERE application_id = %s"
    with site.database() as database:
        [number] = database.execute(count, [application]).fetchone() or [0]
    return int(number)


def ends_well(site: Site, command: str) -> bool:
    """Run one of Zaiti's own checks."""
    checked = subprocess.run([sys.executable, "-m", "zaiti.cli", "manage", command], env=site.environment)
    return checked.returncode == 0


def targets() -> Iterator[str]:
    """What is killed: in each round every part twice in any order, then everything."""
    while True:
        yield from random.sample(PARTS * 2, len(PARTS) * 2)
        yield "all"


def unmade(site: Site) -> list[str]:
    """Letters that nobody makes any more."""
    with site.database() as database:
        return [str(row[0]) for row in database.execute(UNMADE)]


def run(site: Site, trials: int) -> int:
    """All trials; give how many things were found wrong."""
    site.start()
    site.come_back(FIRST_S, FIRST_S)  # the demo's data are made
    numbers, totals, kinds, faults = prepare(site), Counter[str](), Counter[str](), []
    site.command = (sys.executable, "-c", AGAIN)
    session = sign_in(site)
    for number, target in zip(range(1, trials + 1), targets(), strict=False):
        before, began = submissions(site, numbers[1]), time.monotonic()
        answered, alone = trial(site, session, target, numbers)
        found = wrong(site, answered, before, numbers[1])
        tidy(session, f"{site.url}/my/applications/{numbers[0]}/drop/aside/")
        faults += found
        kinds[target] += 1
        totals.update(uploads=len(answered.uploads), submissions=answered.submissions, by_itself=alone)
        how = "came back by itself" if alone else "started anew"
        done = f"{len(answered.uploads):3} uploads, {answered.submissions:2} submissions, {how}"
        print(f"{number:4} {target:8} {done}, {time.monotonic() - began:.1f} s", *found, flush=True)
    site.whole.clear()  # at the end all are read once more
    faults += torn(site) + unmade(site)
    checks = ("scrub", "verify_ledger")
    faults += [f"zaiti manage {check} failed" for check in checks if not ends_well(site, check)]
    print(f"{trials} trials {dict(kinds)}, {dict(totals)}, {len(faults)} faults", *faults, sep="\n")
    return len(faults)


def tidy(session: requests.Session, aside: str) -> None:
    """Put away what was dropped, so that the page stays short; a part may be on its way back still."""
    with suppress(requests.RequestException):
        session.post(aside, timeout=30)


def free_port() -> int:
    """A port that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def main() -> None:
    """Read what is wanted, and run it in a folder that is thrown away."""
    wanted = argparse.ArgumentParser(description=__doc__)
    wanted.add_argument("--trials", type=int, default=40)
    wanted.add_argument("--data", type=Path, help="a data folder whose demo is loaded already")
    given = wanted.parse_args()
    with tempfile.TemporaryDirectory(prefix="zaiti-kills-", ignore_cleanup_errors=True) as folder:
        site = Site((given.data or Path(folder)).resolve(), free_port())
        try:
            faults = run(site, given.trials)
        finally:
            site.kill("all")
            time.sleep(1)  # until they have let go of the folder
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
