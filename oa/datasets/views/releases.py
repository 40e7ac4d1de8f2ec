"""Releases in the moderation panel: moderators look and download, administrators order and publish."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, QuerySet
from django.http import HttpResponse, StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.generics import ListAPIView
from rest_framework.permissions import BasePermission
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from oa.accounts.views.permissions import Admin, Moderator, person_of
from oa.core.errors import Conflict, Missing
from oa.datasets.actions import releasing
from oa.datasets.models import Release
from oa.datasets.models.consent import embargo_days
from oa.datasets.rules.forms import FORMS
from oa.datasets.rules.releases import LICENCES, PACKINGS, USUAL_LICENCE, PersonalData, ReleaseOrder, releasable
from oa.datasets.rules.states import ReleaseState
from oa.datasets.serializers.releases import (
    OrderReleaseSerializer,
    RecallSerializer,
    ReleaseHeadSerializer,
    ReleaseOptionsSerializer,
    ReleasePreviewSerializer,
    ReleaseSerializer,
    SelectionBodySerializer,
)
from oa.datasets.views.datasets import FILE_PATH, beside, sent, with_files
from oa.datasets.views.sending import AnyFile
from oa.reviews.rules import Label
from oa.trees.models import Tree
from oa.trees.rules import State

# Origins are names of imports; a site with more finds them by the import.
MOST_ORIGINS = 100


def release_or_missing(name: str) -> Release:
    found = with_files(Release.objects.called(name)).first()
    if found is None:
        raise Missing("no_such_release", _("There is no such data set."))
    return found


def shown(name: str, *, status: int = 200) -> Response:
    release = release_or_missing(name)
    return Response(ReleaseSerializer(release, context={"beside": beside(release)}).data, status=status)


class ReleasesView(ListAPIView[Release]):
    serializer_class = ReleaseHeadSerializer
    queryset = Release.objects.none()
    keyset = ("-at", "id")
    problems = {"POST": (409,)}

    def get_permissions(self) -> list[BasePermission]:
        return [Admin() if self.request.method == "POST" else Moderator()]

    @extend_schema(
        operation_id="releases", tags=["data sets"], summary="All releases, also those under way, the newest first"
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)

    def get_queryset(self) -> QuerySet[Release]:
        return with_files(Release.objects.all())

    @extend_schema(
        operation_id="order_release", tags=["data sets"], summary="Have a release made",
        description="Workers make and check it; then it is `ready` to be published, or `refused`. `bad_name`, "
        "`name_is_taken`, `unknown_licence`, `bad_words`, `unknown_form`, `unknown_packing`, `nothing_to_write`, "
        "`bad_share`, `unknown_handling`, `not_whole_trees`, `has_all_sides`, `unknown_filter`, `bad_filter_value`, "
        "`filters_contradict`.",
        request=OrderReleaseSerializer, responses={201: ReleaseSerializer},
    )  # fmt: skip
    def post(self, request: Request) -> Response:
        body = OrderReleaseSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        sent_in = body.validated_data
        cover = releasing.Cover(**{name: sent_in[name] for name in ("name", "title", "notes", "licence")})
        made = releasing.order_release(
            cover=cover, order=ReleaseOrder.of(sent_in), by=person_of(request), now=timezone.now()
        )
        return shown(made.name, status=201)


class PreviewReleaseView(APIView):
    permission_classes = (Moderator,)

    @extend_schema(
        operation_id="preview_release", tags=["data sets"], summary="What a release would hold if it were made now",
        description="Nothing is written. Messages in which a scan would find personal data are counted as if they "
        "were taken. `not_whole_trees`, `has_all_sides`, `unknown_filter`, `bad_filter_value`, `filters_contradict`.",
        request=SelectionBodySerializer, responses=ReleasePreviewSerializer,
    )  # fmt: skip
    def post(self, request: Request) -> Response:
        body = SelectionBodySerializer(data=request.data)
        body.is_valid(raise_exception=True)
        selection = releasable(body.validated_data.get("selection") or {})
        found = releasing.preview(selection=selection, now=timezone.now())
        names = ("trees", "messages", "people", "by_lang", "left_out", "whole")
        told = {name: getattr(found, name) for name in names} | {"order_in_words": selection.in_words()}
        return Response(ReleasePreviewSerializer(told).data)


class ReleaseOptionsView(APIView):
    permission_classes = (Moderator,)

    @extend_schema(
        operation_id="release_options", tags=["data sets"], summary="What can be chosen for a release",
        responses=ReleaseOptionsSerializer,
    )  # fmt: skip
    def get(self, request: Request) -> Response:
        langs = Tree.objects.values("lang").annotate(trees=Count("id")).order_by("-trees", "lang")
        origins = Tree.objects.exclude(origin="").order_by("origin").values_list("origin", flat=True).distinct()
        told = {
            "forms": [{"name": form.value, "words": str(pattern.words)} for form, pattern in FORMS.items()],
            "packings": [{"name": name, "words": words} for name, words in zip(PACKINGS, _packings(), strict=True)],
            "labels": [{"name": label.value, "words": str(label.label)} for label in Label],
            "states": [{"name": state.value, "words": str(state.label)} for state in State],
            "langs": list(langs),
            "origins": list(origins[:MOST_ORIGINS]),
            "licences": [{"name": name, "words": one.title, "url": one.url} for name, one in LICENCES.items()],
            "personal_data": [{"name": one.value, "words": str(one.label)} for one in PersonalData],
            "suggested_name": releasing.free_name(timezone.now()),
            "usual": ReleaseOrder().as_values(),
            "usual_licence": USUAL_LICENCE,
            "embargo_days": embargo_days()[""],
        }
        return Response(ReleaseOptionsSerializer(told).data)


def _packings() -> tuple[str, str, str]:
    return (
        _("JSON Lines: a text file, one object a line."),
        _("JSON Lines packed with gzip."),
        _("Parquet: columns, packed, the quickest to read."),
    )


class ReleaseView(APIView):
    permission_classes = (Moderator,)

    @extend_schema(
        operation_id="release", tags=["data sets"], summary="One release, also while it is made",
        description="`no_such_release`.", responses=ReleaseSerializer,
    )  # fmt: skip
    def get(self, request: Request, name: str) -> Response:
        return shown(name)


class ReleaseFileView(APIView):
    permission_classes = (Moderator,)
    renderer_classes = (AnyFile, JSONRenderer)

    @extend_schema(
        operation_id="release_file", tags=["data sets"], summary="Download a file before it is published",
        description="`no_such_release`, `no_such_file`.",
        parameters=[FILE_PATH], responses={(200, "application/octet-stream"): OpenApiTypes.BINARY},
    )  # fmt: skip
    def get(self, request: Request, name: str, path: str) -> HttpResponse | StreamingHttpResponse:
        return sent(request, release_or_missing(name), path)


class PublishReleaseView(APIView):
    permission_classes = (Admin,)
    problems = {"POST": (409,)}

    @extend_schema(
        operation_id="publish_release", tags=["data sets"], summary="Let everybody have a release, for good",
        description="What people withdrew since it was made stops it: `no_longer_releasable`, and it is `refused`. "
        "`no_such_release`, `not_ready`, `checks_failed`, `site_is_busy`.",
        request=None, responses=ReleaseSerializer,
    )  # fmt: skip
    def post(self, request: Request, name: str) -> Response:
        release = releasing.publish(name=name, by=person_of(request), now=timezone.now())
        if release.state == ReleaseState.REFUSED:
            raise Conflict(
                "no_longer_releasable", _("Something in it may not be published any more."),
                remedy=_("Have it made anew."), state=release.state,
            )  # fmt: skip
        return shown(name)


class CancelReleaseView(APIView):
    permission_classes = (Admin,)
    problems = {"POST": (409,)}

    @extend_schema(
        operation_id="cancel_release", tags=["data sets"], summary="Give up a release that is not published",
        description="`no_such_release`, `moved_meanwhile`.", request=None, responses=ReleaseSerializer,
    )  # fmt: skip
    def post(self, request: Request, name: str) -> Response:
        releasing.cancel_release(name=name, by=person_of(request), now=timezone.now())
        return shown(name)


class RetryReleaseView(APIView):
    permission_classes = (Admin,)
    problems = {"POST": (409,)}

    @extend_schema(
        operation_id="retry_release", tags=["data sets"], summary="Have a release made again",
        description="What failed goes on where it failed; what was refused or given up begins anew. "
        "`no_such_release`, `moved_meanwhile`.",
        request=None, responses=ReleaseSerializer,
    )  # fmt: skip
    def post(self, request: Request, name: str) -> Response:
        releasing.retry_release(name=name, by=person_of(request), now=timezone.now())
        return shown(name)


class RecallReleaseView(APIView):
    permission_classes = (Admin,)
    problems = {"POST": (409,)}

    @extend_schema(
        operation_id="recall_release", tags=["data sets"], summary="Take a published release away",
        description="Its files are gone; its page stays and says why. `no_such_release`, `why_missing`, "
        "`not_published`.",
        request=RecallSerializer, responses=ReleaseSerializer,
    )  # fmt: skip
    def post(self, request: Request, name: str) -> Response:
        body = RecallSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        releasing.recall(name=name, why=body.validated_data["why"], by=person_of(request), now=timezone.now())
        return shown(name)
