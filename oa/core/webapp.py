"""The built web app: its one page at every address that is nobody else's, and its files beside it."""

from __future__ import annotations

import gzip
import hashlib
import io
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.html import escape
from django.utils.translation import get_language, get_language_info, gettext
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_safe
from whitenoise.middleware import WhiteNoiseMiddleware

# Named by a hash of what is in them, so that they never change.
HASHED = "/assets/"
# Paths that are not the web app's, with or without something behind them.
NOT_OURS = ("api", "admin", "_allauth", "static", HASHED.strip("/"))
PAGES = rf"^(?!(?:{'|'.join(NOT_OURS)})(?:/|$))"
A_FILE = re.compile(r"\.[A-Za-z0-9]{1,16}$")
HTML_TAG = re.compile(r"<html[^>]*>")

# Nothing inline, nothing from elsewhere. Styles that code sets on an element are not "inline" to a browser.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; worker-src 'self'; manifest-src 'self'; form-action 'self'; "
    "object-src 'none'; frame-ancestors 'none'; base-uri 'none'"
)
NOT_BUILT = """<!doctype html>
<html lang="{lang}" dir="{dir}"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>oa</title>
<h1>{title}</h1>
<p>{remedy} <code>make setup</code></p>
<p><a href="/api/v1/docs">{docs}</a></p>
</html>
"""


class Files(WhiteNoiseMiddleware):  # type: ignore[misc]  # the library has no types
    """Static files, and those of the web app at the root of the site."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.autorefresh or Path(settings.WEBAPP_DIR).is_dir():
            self.add_files(str(settings.WEBAPP_DIR))
        self.files.pop("/index.html", None)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The API has no files: looking for them costs a local site 0.2 ms of every call."""
        if request.path_info.startswith("/api/"):
            return self.get_response(request)  # type: ignore[no-any-return]  # the library has no types
        return super().__call__(request)  # type: ignore[no-any-return]  # the library has no types

    @staticmethod
    def serve(static_file: Any, request: HttpRequest) -> HttpResponse:
        """Read at once: they are small, and an asynchronous server would read a stream at once too, and warn of it."""
        found = static_file.get_response(request.method, request.META)
        with found.file or io.BytesIO() as file:
            answer = HttpResponse(file.read(), status=int(found.status))
        del answer["Content-Type"]
        for name, value in found.headers:
            answer[name] = value
        return answer

    def find_file(self, url: str) -> Any:
        """The page itself is no plain file: what is in it depends on who looks."""
        return None if url == "/index.html" else super().find_file(url)

    def immutable_file_test(self, path: str, url: str) -> bool:
        return url.startswith(HASHED) or bool(super().immutable_file_test(path, url))

    def add_cache_headers(self, headers: Any, path: str, url: str) -> None:
        """What keeps its name from build to build (the service worker, icons) is asked for again each time."""
        super().add_cache_headers(headers, path, url)
        if not url.startswith((HASHED, self.static_prefix)):
            headers["Cache-Control"] = "no-cache"


@dataclass(frozen=True, slots=True)
class Page:
    """The app's page in one language, ready to be sent."""

    body: bytes
    small: bytes
    etag: str


@ensure_csrf_cookie
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """`index.html` for every address that the web app makes sense of; 404 for files that are not there."""
    last = request.path.rpartition("/")[2]
    if A_FILE.search(last) and not last.endswith(".html"):
        raise Http404(request.path)
    lang = language_of(request)
    index = Path(settings.WEBAPP_DIR) / "index.html"
    try:
        found = _page(str(index), index.stat().st_mtime_ns, lang)
    except FileNotFoundError:
        return _dressed(_not_built(lang), lang)
    return _dressed(_answer(request, found), lang)


def language_of(request: HttpRequest) -> str:
    """What the person has chosen; else what the cookie or the browser asks for, as Django has read it already."""
    try:
        chosen = getattr(request.user, "ui_language", "")
    except (OperationalError, InterfaceError):
        # The database is away: the page can be had all the same, and whoever asks after us doesn't ask again.
        request.user, chosen = AnonymousUser(), ""
    return chosen or _tag(get_language() or settings.LANGUAGE_CODE)


def _tag(code: str) -> str:
    """ "zh-hans", as Django writes it, in the usual spelling."""
    language, dash, script = code.partition("-")
    return f"{language}{dash}{script.title()}"


def _direction(lang: str) -> str:
    return "rtl" if get_language_info(lang.lower())["bidi"] else "ltr"


@lru_cache(maxsize=32)
def _page(path: str, _changed: int, lang: str) -> Page:
    html = HTML_TAG.sub(f'<html lang="{lang}" dir="{_direction(lang)}">', Path(path).read_text("utf-8"), count=1)
    body = html.replace("</head>", f"{_words(Path(path).parent, lang)}</head>", 1).encode()
    return Page(body, gzip.compress(body, mtime=0), f'"{hashlib.sha256(body).hexdigest()[:32]}"')


def _words(folder: Path, lang: str) -> str:
    """The words of the page's language, fetched beside the code that will ask for them."""
    found = next(folder.glob(f"assets/words-{lang}-*.js"), None)
    return f'<link rel="modulepreload" crossorigin href="{HASHED}{found.name}">' if found else ""


def _answer(request: HttpRequest, found: Page) -> HttpResponse:
    # Nothing secret is in it, so its size may depend on what is in it.
    packed = "gzip" in request.headers.get("Accept-Encoding", "")
    answer = HttpResponse(found.small if packed else found.body)
    if packed:
        answer["Content-Encoding"] = "gzip"
    answer["Cache-Control"] = "no-cache"
    answer["ETag"] = f"W/{found.etag}"  # weak: the same page, packed or not
    patch_vary_headers(answer, ["Accept-Encoding", "Accept-Language", "Cookie"])
    conditional: HttpResponseBase | None = get_conditional_response(request, etag=answer["ETag"], response=answer)
    return conditional if isinstance(conditional, HttpResponse) else answer


def _not_built(lang: str) -> HttpResponse:
    text = NOT_BUILT.format(
        lang=lang,
        dir=_direction(lang),
        title=escape(gettext("The pages of this site have not been built yet.")),
        remedy=escape(gettext("The API works. To build the pages, type:")),
        docs=escape(gettext("Description of the API")),
    )
    return HttpResponse(text, status=503, headers={"Cache-Control": "no-store"})


def _dressed(answer: HttpResponse, lang: str) -> HttpResponse:
    answer["Content-Security-Policy"] = POLICY
    answer["Content-Language"] = lang
    return answer
