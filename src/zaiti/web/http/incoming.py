"""Large files on their way in: kept beside the data, and read to their end even when there is no room."""

from tempfile import NamedTemporaryFile
from typing import Any

from django.conf import settings
from django.core.exceptions import BadRequest
from django.core.files.uploadedfile import TemporaryUploadedFile, UploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.http import HttpRequest

from zaiti.core import Refused
from zaiti.files.disk import full_refused, require_room


class Incoming(TemporaryUploadedFile):
    """A file on its way in, on the disk that it will stay on."""

    def __init__(
        self,
        name: str | None,
        content_type: str | None,
        charset: str | None,
        extra: dict[str, bytes] | None,
    ) -> None:
        file = NamedTemporaryFile(dir=settings.INCOMING)  # noqa: SIM115 - closed with the request
        UploadedFile.__init__(self, file, name, content_type, 0, charset, extra)


class ToDisk(TemporaryFileUploadHandler):
    """Writes files to the disk; once there is no room the rest is read and dropped, and the person told."""

    refusal: Refused | None = None
    request: HttpRequest
    comes: int

    def handle_raw_input(
        self,
        input_data: Any,
        META: dict[str, str],  # noqa: N803 - Django's name
        content_length: int,
        *rest: Any,
        **more: Any,
    ) -> None:
        """Note how much comes."""
        self.comes = content_length

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin a file that is too large for memory, if there is room for it."""
        super(TemporaryFileUploadHandler, self).new_file(*args, **kwargs)
        self._try(require_room, self.comes, settings.DISK_KEEP_BYTES)
        self._try(self._begin)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Write what came."""
        self._try(lambda: self.file.write(raw_data))

    def file_complete(self, file_size: int) -> "UploadedFile[Any] | None":
        """Give the file, if there was room for all of it."""
        self._try(lambda: self.file.seek(0))
        if self.refusal:
            return None
        self.file.size = file_size
        return self.file

    def upload_complete(self) -> None:
        """Say no only now: a browser shows no answer before it has sent everything."""
        if self.refusal:
            self.request._mark_post_parse_error()  # type: ignore[attr-defined]  # as Django does: the body is gone
            raise BadRequest(self.refusal.message) from self.refusal

    def _begin(self) -> None:
        self.file = Incoming(self.file_name, self.content_type, self.charset, self.content_type_extra)

    def _try(self, step: Any, *args: Any) -> None:
        if self.refusal:
            return
        try:
            with full_refused():
                step(*args)
        except Refused as no:
            self.refusal = no
