"""The site's addresses and the bench's own. Only the bench's web server knows it."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from oa import urls


def empty(_request: HttpRequest) -> HttpResponse:
    """What is left when a view does nothing: the web server, Django, and every middleware of ours."""
    return HttpResponse()


urlpatterns = [path("bench/empty", empty, name="bench_empty"), *urls.urlpatterns]
handler400, handler500 = urls.handler400, urls.handler500
