"""Published data sets over HTTP: for everybody."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch, QuerySet
from django.http import HttpResponse, StreamingHttpResponse
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.generics import ListAPIView
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from oa.accounts.views.permissions import Anybody
from oa.core.errors import Gone, Missing
from oa.datasets.actions import releasing
from oa.datasets.models import Release, ReleaseFile, ReleaseMember
from oa.datasets.rules.pseudonyms import namer
from oa.datasets.rules.states import ReleaseState
from oa.datasets.serializers.releases import Beside, DatasetHeadSerializer, DatasetSerializer, TombstoneSerializer
from oa.datasets.views.sending import AnyFile, file_response


def with_files(releases: QuerySet[Release]) -> QuerySet[Release]:
    """Rows of data first, papers behind them, each in the order in which they were written."""
    files = ReleaseFile.objects.order_by("id")
    return releases.select_related("previous", "by", "published_by").prefetch_related(Prefetch("files", queryset=files))


def public_or_missing(name: str) -> Release:
    found = with_files(Release.objects.public().called(name)).first()
    if found is None:
        raise Missing("no_such_release", _("There is no such data set."))
    return found


def beside(release: Release) -> Beside:
    """What stands in its files and in other rows."""
    recalled = release.state == ReleaseState.RECALLED
    gone = release.members.gone().count()
    return Beside(
        card="" if recalled else releasing.card_of(release),
        samples=[] if recalled else releasing.samples_of(release, something_is_gone=gone > 0),
        withdrawn=gone,
        next_name=_next_of(release),
    )


def _next_of(release: Release) -> str | None:
    if release.published_at is None:
        return None
    later = Release.objects.public().filter(published_at__gt=release.published_at).order_by("published_at", "id")
    return later.values_list("name", flat=True).first()


class DatasetsView(ListAPIView[Release]):
    permission_classes = (Anybody,)
    serializer_class = DatasetHeadSerializer
    queryset = Release.objects.none()
    keyset = ("-published_at", "-id")

    @extend_schema(
        operation_id="datasets", tags=["data sets"], summary="Published data sets, the newest first",
        description="Those that were recalled are among them, and say so.",
    )  # fmt: skip
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)

    def get_queryset(self) -> QuerySet[Release]:
        return with_files(Release.objects.public())


class DatasetView(APIView):
    permission_classes = (Anybody,)

    @extend_schema(
        operation_id="dataset", tags=["data sets"], summary="One data set: what is in it, its files, its card",
        description="`no_such_release`.", responses=DatasetSerializer,
    )  # fmt: skip
    def get(self, request: Request, name: str) -> Response:
        release = public_or_missing(name)
        return Response(DatasetSerializer(release, context={"beside": beside(release)}).data)


FILE_PATH = OpenApiParameter(
    "path", OpenApiTypes.STR, OpenApiParameter.PATH, description="As the list of files has it; slashes as they are."
)


def file_of(release: Release, path: str) -> ReleaseFile:
    """The row of a file, by the path that stands in it."""
    found = next((file for file in release.files.all() if file.path == path), None)
    if found is None:
        raise Missing("no_such_file", _("This data set has no such file."))
    return found


def sent(request: Request, release: Release, path: str) -> HttpResponse | StreamingHttpResponse:
    """A file of a release. Missing `no_such_file`, also where the disk has lost it."""
    file = file_of(release, path)
    try:
        return file_response(
            request._request, releasing.place_of(file), file, public=release.state == ReleaseState.PUBLISHED
        )  # fmt: skip
    except FileNotFoundError:
        raise Missing("no_such_file", _("This file is not there any more.")) from None


class DatasetFileView(APIView):
    permission_classes = (Anybody,)
    renderer_classes = (AnyFile, JSONRenderer)
    problems = {"GET": (404, 410)}

    @extend_schema(
        operation_id="dataset_file", tags=["data sets"], summary="Download a file of a data set",
        description="It never changes: its ETag is its SHA-256. A part of it can be asked for with `Range`. "
        "`no_such_release`, `no_such_file`, `recalled`.",
        parameters=[FILE_PATH], responses={(200, "application/octet-stream"): OpenApiTypes.BINARY},
    )  # fmt: skip
    def get(self, request: Request, name: str, path: str) -> HttpResponse | StreamingHttpResponse:
        release = public_or_missing(name)
        if release.state == ReleaseState.RECALLED:
            raise Gone("recalled", _("This data set was recalled: %s") % release.recalled_why)
        return sent(request, release, path)


class WithdrawnView(ListAPIView[ReleaseMember]):
    permission_classes = (Anybody,)
    serializer_class = TombstoneSerializer
    queryset = ReleaseMember.objects.none()
    keyset = ("id",)
    problems = {"GET": (404,)}

    @extend_schema(
        operation_id="dataset_withdrawn", tags=["data sets"],
        summary="Messages of a data set that are not to be used any more",
        description="What was withdrawn, deleted or erased since, as it is called in this data set; as of now. "
        "`no_such_release`.",
    )  # fmt: skip
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        release = public_or_missing(kwargs["name"])
        page = self.paginate_queryset(release.members.gone()) or []
        name_of = namer(bytes(release.key))
        rows = [
            {"message_id": name_of(str(one.message_id)), "reason": "deleted" if one.message.deleted else "withdrawn"}
            for one in page
        ]
        return self.get_paginated_response(TombstoneSerializer(rows, many=True).data)
