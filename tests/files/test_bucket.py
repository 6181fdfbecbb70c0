"""Files in an S3 store, against a server that speaks S3."""

import hashlib
from io import BytesIO

import boto3
import pytest
from moto.server import ThreadedMotoServer

from zaiti.core import Refused
from zaiti.files.bucket import Bucket
from zaiti.files.disk import MISSING, TORN, Bytes

WHOLE = b"%PDF-1.4 these are the bytes"
WANTED = Bytes(hashlib.sha256(WHOLE).hexdigest(), len(WHOLE))
NAME = f"{WANTED.sha256[:2]}/{WANTED.sha256[2:4]}/{WANTED.sha256}"
KEY = {"aws_access_key_id": "example", "aws_secret_access_key": "example", "region_name": "us-east-1"}


@pytest.fixture(scope="module")
def server():
    running = ThreadedMotoServer(port=0, verbose=False)
    running.start()
    host, port = running.get_host_and_port()
    yield f"http://{host}:{port}"
    running.stop()


@pytest.fixture
def client(server):
    client = boto3.client("s3", endpoint_url=server, **KEY)
    client.create_bucket(Bucket="files")
    yield client
    for thing in client.list_objects_v2(Bucket="files").get("Contents", []):
        client.delete_object(Bucket="files", Key=thing["Key"])


@pytest.fixture
def bucket(client, server):
    return Bucket(
        bucket_name="files",
        endpoint_url=server,
        access_key="example",
        secret_key="example",
        region_name="us-east-1",
    )


def test_a_file_is_kept_with_its_checksum_and_read_again(bucket, client):
    assert bucket.damage(NAME, WANTED) == MISSING
    bucket.keep(NAME, BytesIO(WHOLE), WANTED, 0)
    assert bucket.damage(NAME, WANTED) == ""
    assert bucket.open(NAME).read() == WHOLE
    assert "ChecksumSHA256" in client.head_object(Bucket="files", Key=NAME, ChecksumMode="ENABLED")


@pytest.mark.parametrize("checksum", [{}, {"ChecksumAlgorithm": "SHA256"}])
def test_what_lies_there_whole_is_not_written_again(bucket, client, checksum):
    client.put_object(Bucket="files", Key=NAME, Body=WHOLE, **checksum)
    bucket.keep(NAME, BytesIO(b"other bytes, which would show"), WANTED, 0)
    assert bucket.open(NAME).read() == WHOLE


@pytest.mark.parametrize("torn", [WHOLE[:9], b"x" * len(WHOLE)])
def test_a_torn_object_is_seen_and_replaced(bucket, client, torn):
    client.put_object(Bucket="files", Key=NAME, Body=torn)
    assert bucket.damage(NAME, WANTED) == TORN
    bucket.keep(NAME, BytesIO(WHOLE), WANTED, 0)
    assert bucket.open(NAME).read() == WHOLE


def test_another_who_wrote_between_our_look_and_our_put_is_not_overwritten(bucket, client, monkeypatch):
    look, looks = Bucket._head, []

    def overtaken(self, name):
        found = look(self, name)
        if not looks:
            client.put_object(Bucket="files", Key=NAME, Body=b"torn by another")
        looks.append(found)
        return found

    monkeypatch.setattr(Bucket, "_head", overtaken)
    bucket.keep(NAME, BytesIO(WHOLE), WANTED, 0)
    assert [found is None for found in looks] == [True, False]  # the put was refused, so it looked again
    assert bucket.open(NAME).read() == WHOLE


def test_names_are_given_for_clearing_away(bucket, client):
    bucket.keep(NAME, BytesIO(WHOLE), WANTED, 0)
    stored = client.head_object(Bucket="files", Key=NAME)["LastModified"].timestamp()
    assert list(bucket.names(stored + 1)) == [NAME]
    assert list(bucket.names(stored - 1)) == []


def test_a_store_that_does_not_answer_is_a_sentence():
    away = Bucket(
        bucket_name="files", endpoint_url="http://127.0.0.1:9", access_key="example", secret_key="example",
        region_name="us-east-1",
    )  # fmt: skip
    with pytest.raises(Refused, match="does not answer"):
        away.keep(NAME, BytesIO(WHOLE), WANTED, 0)
