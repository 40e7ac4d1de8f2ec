"""Sending files and streams, so that neither waits in memory nor keeps others waiting."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Generator
from pathlib import Path

from asgiref.sync import sync_to_async
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified, StreamingHttpResponse
from rest_framework.renderers import JSONRenderer

from oa.datasets.models import ReleaseFile

AT_ONCE = 256 * 1024
TYPES = {
    ".jsonl": "application/x-ndjson",
    ".gz": "application/gzip",
    ".parquet": "application/vnd.apache.parquet",
    ".json": "application/json",
    ".md": "text/markdown; charset=utf-8",
}
# A file never changes, but it may be recalled: caches keep it, and ask each time whether they still may.
ASK_EACH_TIME = "public, no-cache"
# Of a number of bytes; Python refuses to read numbers of thousands.
MOST_DIGITS = 18


class AnyFile(JSONRenderer):
    """Only a name, so that who asks for a file gets one; what is refused is JSON all the same."""

    media_type = "application/octet-stream"
    format = "file"


def file_response(
    request: HttpRequest, path: Path, file: ReleaseFile, *, public: bool
) -> HttpResponse | StreamingHttpResponse:
    """A file that never changes: whoever has it already is told so, whoever has a part gets the rest.

    FileNotFoundError where it is not on the disk.
    """
    etag = f'"{file.sha256}"'
    size = path.stat().st_size
    headers = {
        "ETag": etag, "Cache-Control": ASK_EACH_TIME if public else "private, no-store", "Accept-Ranges": "bytes",
        "X-Content-Type-Options": "nosniff",
    }  # fmt: skip
    if etag in [known.strip() for known in request.headers.get("If-None-Match", "").split(",")]:
        return HttpResponseNotModified(headers={name: headers[name] for name in ("ETag", "Cache-Control")})
    name = file.path.rsplit("/", 1)[-1] if not file.form else file.path.replace("/", "-")
    headers["Content-Disposition"] = f'attachment; filename="{name}"'
    kind = TYPES.get(path.suffix, "text/plain; charset=utf-8")
    start, end = _part(request, etag, size) or (0, size)
    headers["Content-Length"] = str(end - start)
    partial = (start, end) != (0, size)
    if partial:
        headers["Content-Range"] = f"bytes {start}-{end - 1}/{size}"
    status = 206 if partial else 200
    if request.method == "HEAD":
        return HttpResponse(content_type=kind, headers=headers, status=status)
    return StreamingHttpResponse(_pieces(path, start, end), content_type=kind, headers=headers, status=status)


def _part(request: HttpRequest, etag: str, size: int) -> tuple[int, int] | None:
    """Which bytes of a file are wanted, if only one run of them; anything else is answered with the whole."""
    asked = request.headers.get("Range", "")
    if not asked.startswith("bytes=") or "," in asked or request.headers.get("If-Range", etag) != etag:
        return None
    first, _dash, last = asked.removeprefix("bytes=").strip().partition("-")
    if not (first or last) or not all(_is_number(part) for part in (first, last) if part):
        return None
    start = int(first) if first else max(0, size - int(last))
    end = min(int(last) + 1, size) if first and last else size
    return (start, end) if start < end else None


def _is_number(part: str) -> bool:
    return part.isascii() and part.isdigit() and len(part) <= MOST_DIGITS


async def _pieces(path: Path, start: int, end: int) -> AsyncIterator[bytes]:
    """The bytes of a file, read beside the loop that serves everybody."""
    stream = await asyncio.to_thread(path.open, "rb")
    try:
        await asyncio.to_thread(stream.seek, start)
        while start < end and (piece := await asyncio.to_thread(stream.read, min(AT_ONCE, end - start))):
            start += len(piece)
            yield piece
    finally:
        await asyncio.to_thread(stream.close)


async def streamed(parts: Generator[bytes, None, None]) -> AsyncIterator[bytes]:
    """What a generator makes with the database, in the one thread of this request; closed when nobody listens."""
    following = sync_to_async(_next)
    try:
        while (part := await following(parts)) is not None:
            yield part
    finally:
        await sync_to_async(parts.close)()


def _next(parts: Generator[bytes, None, None]) -> bytes | None:
    return next(parts, None)
