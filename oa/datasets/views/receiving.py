"""Receiving large files: written to disk and hashed as they come, whoever sends them, never held in memory."""

from __future__ import annotations

import hashlib
import uuid
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest
from django.utils.translation import gettext as _

from oa.accounts.models import User
from oa.accounts.rules import Role, at_least
from oa.core.errors import Forbidden
from oa.core.problems import BodyTooLarge

MEGABYTE = 1024 * 1024
# Boundaries and the other fields.
BESIDE_THE_FILE = MEGABYTE


class Received(UploadedFile):  # type: ignore[type-arg]  # not generic at run time
    """A file that lies on disk. Closing it, which the request does at its end, deletes it, unless it was moved away."""

    def __init__(self, path: Path, stream: IO[bytes], **about: Any) -> None:
        super().__init__(file=stream, **about)
        self.path = path
        self.sha256 = ""

    def close(self) -> None:
        super().close()
        self.path.unlink(missing_ok=True)


class ToDisk(FileUploadHandler):
    """Takes one file, from those who may send one, up to the site's limit."""

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request)
        self.most = settings.OA_UPLOAD_MEGABYTES * MEGABYTE
        self.received: Received | None = None

    def handle_raw_input(
        self, input_data: Any, META: Any, content_length: int, boundary: Any, encoding: str | None = None
    ) -> None:
        # The body is read before anybody is asked who they are: the token against forgeries may stand in it.
        person = getattr(self.request, "user", None)
        if isinstance(person, User) and not at_least(person.role, Role.ADMIN):
            raise Forbidden("admins_only", _("Only administrators may do this."))
        if content_length > self.most + BESIDE_THE_FILE:
            raise self._too_large()

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        if self.received is not None:
            self.received.close()  # a second file: the last one counts
        folder = Path(settings.OA_UPLOADS_DIR)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = folder / f"part-{uuid.uuid4().hex}"
        self._digest, self._size = hashlib.sha256(), 0
        # Closed by whoever has the file, or when the upload breaks off.
        self.received = self.file = Received(
            path, path.open("wb"), name=self.file_name, content_type=self.content_type, size=0, charset=self.charset,
        )  # fmt: skip

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self._size += len(raw_data)
        if self._size > self.most:
            raise self._too_large()
        self._digest.update(raw_data)
        if self.received is not None and self.received.file is not None:
            self.received.file.write(raw_data)

    def file_complete(self, file_size: int) -> Received | None:
        made = self.received
        if made is not None and made.file is not None:
            made.file.flush()
            made.size, made.sha256 = file_size, self._digest.hexdigest()
        return made

    def upload_interrupted(self) -> None:
        if self.received is not None:
            self.received.close()

    def _too_large(self) -> BodyTooLarge:
        self.upload_interrupted()
        return BodyTooLarge(_("The file is larger than %(most)d MB.") % {"most": settings.OA_UPLOAD_MEGABYTES})
