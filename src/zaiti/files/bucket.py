"""Where bytes lie in an S3 bucket: each put whole or not at all, checked by the server."""

import logging
from base64 import b64encode
from collections.abc import Iterator
from typing import IO, Any

from botocore.exceptions import BotoCoreError, ClientError
from django.utils.translation import gettext as _
from storages.backends.s3 import S3Storage

from zaiti.core import Refused
from zaiti.files.disk import MISSING, TORN, Bytes, measured

RACES = 3  # how often another may have written the same name between our look and our put
log = logging.getLogger(__name__)


class Bucket(S3Storage):
    """An S3 bucket: a put is whole or not at all, and conditional on what we saw there."""

    def damage(self, name: str, wanted: Bytes) -> str:
        """Say what is wrong with a file: nothing, missing or torn."""
        return self._damage(name, wanted, self._head(name))

    def keep(self, name: str, content: IO[bytes], wanted: Bytes, spare: int) -> None:
        """Put bytes in their place unless they lie there whole; torn ones are replaced."""
        try:
            for _race in range(RACES):
                head = self._head(name)
                if not self._damage(name, wanted, head) or self._put(name, content, wanted, head):
                    return
        except (BotoCoreError, ClientError) as failure:
            log.error("The file store does not answer: %s", failure)
        raise Refused(_("The file store does not answer just now. Please try again in some minutes."))

    def sweep(self, before: float) -> int:
        """Nothing is left behind: a put that breaks off leaves no object."""
        return 0

    def names(self, before: float) -> Iterator[str]:
        """Name what was put away before a moment."""
        for thing in self.bucket.objects.filter(Prefix=self.location):
            if thing.last_modified.timestamp() < before:
                yield thing.key.removeprefix(self.location).lstrip("/")

    def _place(self, name: str) -> dict[str, str]:
        return {"Bucket": self.bucket_name, "Key": self._normalize_name(name)}

    def _head(self, name: str) -> dict[str, Any] | None:
        try:
            found: dict[str, Any] = self.connection.meta.client.head_object(
                **self._place(name), ChecksumMode="ENABLED"
            )
        except ClientError as failure:
            if failure.response["ResponseMetadata"]["HTTPStatusCode"] == 404:
                return None
            raise
        return found

    def _damage(self, name: str, wanted: Bytes, head: dict[str, Any] | None) -> str:
        if head is None:
            return MISSING
        if "ChecksumSHA256" in head:
            there = (head["ChecksumSHA256"], head["ContentLength"])
            return "" if there == (_checksum(wanted), wanted.size) else TORN
        with self.open(name) as content:  # put there by other means, or the server keeps no checksums
            return "" if measured(content) == wanted else TORN

    def _put(self, name: str, content: IO[bytes], wanted: Bytes, head: dict[str, Any] | None) -> bool:
        """Put it if nobody else wrote since we looked; the server checks the bytes by their checksum."""
        seen = {"IfMatch": head["ETag"]} if head else {"IfNoneMatch": "*"}
        content.seek(0)
        given = self.get_object_parameters(name) | self._place(name) | seen
        try:
            self.connection.meta.client.put_object(
                Body=content,
                ChecksumAlgorithm="SHA256",
                ChecksumSHA256=_checksum(wanted),
                ContentLength=wanted.size,
                **given,
            )
        except ClientError as failure:
            if failure.response["Error"]["Code"] in ("PreconditionFailed", "ConditionalRequestConflict"):
                return False
            raise
        return True


def _checksum(wanted: Bytes) -> str:
    return b64encode(bytes.fromhex(wanted.sha256)).decode()
