import hashlib
import os
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from io import BytesIO

import pikepdf
import pytest
from PIL import Image

from scancheck import Profile, probe, probing
from tests.busy import busy
from tests.scancheck import scans


def image(kind: str) -> bytes:
    kept = BytesIO()
    Image.new("RGB", (30, 30)).save(kept, kind)
    return kept.getvalue()


def test_a_sound_file_is_ok_with_its_pages_size_and_hash(tmp_path):
    data = scans.saved(scans.empty_pdf(3))
    path = tmp_path / "a.pdf"
    path.write_bytes(data)
    for source in (data, path, str(path)):
        found = probe(source)
        assert (found.ok, found.problem, found.pages) == (True, None, 3)
        assert (found.size, found.sha256) == (len(data), hashlib.sha256(data).hexdigest())
        assert found.message() == "文件可以打开，共 3 页。"


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "empty"),
        (b"hello", "not_pdf"),
        (image("JPEG"), "image"),
        (image("PNG"), "image"),
        (image("TIFF"), "image"),
        (image("WEBP"), "image"),
        (b"PK\x03\x04....OFD.xml....", "ofd"),
        (b"PK\x03\x04....word/document.xml....", "word"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "word"),
        (b"%PDF-1.4\nnothing here\n%%EOF", "broken"),
    ],
)
def test_what_is_not_a_pdf_is_named_for_what_it_is(data, problem):
    found = probe(data)
    assert (found.ok, found.problem, found.pages) == (False, problem, None)
    assert len(found.message("zh")) > 10
    assert found.message("en") != found.message("zh")


def test_a_file_cut_off_in_transfer_is_truncated():
    data = scans.pdf(scans.blank())
    assert probe(data[: len(data) * 2 // 3]).problem == "truncated"


def test_a_password_to_open_is_named_and_a_mere_owner_password_passes():
    made = scans.empty_pdf()
    locked = scans.saved(made, encryption=pikepdf.Encryption(owner="a", user="b"))
    assert probe(locked).problem == "encrypted"
    assert "密码" in probe(locked).message()
    assert probe(scans.saved(made, encryption=pikepdf.Encryption(owner="a", user=""))).ok


def test_limits_of_the_profile_are_named_in_the_sentence():
    data = scans.saved(scans.empty_pdf(4))
    many = probe(data, Profile(max_pages=3))
    assert (many.problem, many.pages) == ("too_many_pages", 4)
    assert "4 页" in many.message()
    assert "3 页" in many.message()
    large = probe(data + b"%" * 3_000_000 + b"\n%%EOF", Profile(max_bytes=2 * 1024 * 1024))
    assert large.problem == "too_large"
    assert "2 MB" in large.message()


def test_scripts_and_attachments_are_noted_and_do_not_refuse_the_file():
    made = scans.empty_pdf()
    made.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
    made.attachments["note.txt"] = b"hi"
    made.pages[0].Annots = pikepdf.Array(
        [pikepdf.Dictionary(Subtype=pikepdf.Name.Link, A=pikepdf.Dictionary(S=pikepdf.Name.Launch, F="cmd"))]
    )
    packed = scans.saved(made, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    found = probe(packed)
    assert found.ok
    assert set(found.notes) == {"javascript", "launch", "embedded_files"}


def test_it_costs_little_once_warm():
    data = scans.saved(scans.empty_pdf())
    probe(data)
    start = time.perf_counter()
    for _ in range(5):
        probe(data)
    assert (time.perf_counter() - start) / 5 < 0.5 * busy()


def test_many_threads_may_ask_at_once():
    data = [scans.saved(scans.empty_pdf(pages)) for pages in range(1, 9)]
    with ThreadPoolExecutor(8) as pool:
        assert [found.pages for found in pool.map(probe, data)] == list(range(1, 9))


def test_a_worker_that_was_killed_is_started_again():
    data = scans.saved(scans.empty_pdf(2))
    probe(data)
    children = os.popen(f"pgrep -P {os.getpid()} -f scancheck.prober").read().split()
    assert children
    for child in children:
        os.kill(int(child), signal.SIGKILL)
    time.sleep(0.2)
    assert probe(data).pages == 2


def test_a_file_that_takes_too_long_is_given_up():
    found = probe(scans.saved(scans.empty_pdf(900)), replace(Profile(), open_seconds=0.000001))
    assert (found.ok, found.problem) == (False, "timeout")


def test_a_path_that_is_not_there_raises(tmp_path):
    with pytest.raises(OSError):
        probing.probe(tmp_path / "none.pdf")


def test_a_file_both_too_large_and_cut_off_is_too_large() -> None:
    assert probe(b"%PDF-1.7\n" + b"x" * 5000, Profile(max_bytes=4000)).problem == "too_large"
