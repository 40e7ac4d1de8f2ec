"""Imports over HTTP: administrators upload, moderators look."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.generics import ListAPIView
from rest_framework.parsers import MultiPartParser
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from oa.accounts.views.permissions import Admin, Moderator, person_of
from oa.core.errors import Missing
from oa.datasets.actions import uploading
from oa.datasets.models import ImportProblem, ImportRun
from oa.datasets.rules.foreign import Foreign
from oa.datasets.rules.states import Into
from oa.datasets.rules.wishes import Wish
from oa.datasets.serializers.imports import ImportProblemSerializer, ImportSerializer, NewImportSerializer
from oa.datasets.views.receiving import MEGABYTE, ToDisk

TAG = ["data sets"]


def import_or_missing(import_id: UUID) -> ImportRun:
    found = ImportRun.objects.select_related("by").filter(pk=import_id).first()
    if found is None:
        raise Missing("no_such_import", _("There is no such import."))
    return found


def shown(run: ImportRun, *, status: int = 200) -> Response:
    return Response(ImportSerializer(run).data, status=status)


class ImportsView(ListAPIView[ImportRun]):
    permission_classes = (Moderator,)
    parser_classes = (MultiPartParser,)
    serializer_class = ImportSerializer
    queryset = ImportRun.objects.none()
    keyset = ("-at", "id")

    def get_permissions(self) -> list[BasePermission]:
        return [Admin()] if self.request.method == "POST" else [Moderator()]

    def initialize_request(self, request: Any, *args: Any, **kwargs: Any) -> Request:
        request.upload_handlers = [ToDisk(request)]
        return super().initialize_request(request, *args, **kwargs)

    def get_queryset(self) -> QuerySet[ImportRun]:
        return ImportRun.objects.select_related("by")

    @extend_schema(operation_id="moderation_imports", tags=TAG, summary="Imports, the newest first")
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)

    @extend_schema(
        operation_id="moderation_upload", tags=TAG, summary="Upload a file and import it",
        description="For administrators. Workers go on with it; `GET` tells how far it is. With `dry_run` nothing is "
        "kept, and `run` does it for real. 413 `body_too_large`: beyond the limit of the site (OA_UPLOAD_MEGABYTES).",
        request={"multipart/form-data": NewImportSerializer}, responses={201: ImportSerializer},
    )  # fmt: skip
    def post(self, request: Request) -> Response:
        sent = NewImportSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        asked = dict(sent.validated_data)
        file, into, form = asked.pop("file"), Into(asked.pop("into")), Foreign(asked.pop("form"))
        run = uploading.order_import(
            upload=file.path, name=file.name, sha256=file.sha256, wish=Wish(into=into, form=form, **asked),
            by=person_of(request), now=timezone.now(),
        )  # fmt: skip
        return shown(run, status=201)


class ImportLimitsSerializer(serializers.Serializer[Any]):
    """What is told before anything is sent."""

    most_bytes = serializers.IntegerField(help_text="The largest file this site takes.")


class ImportLimitsView(APIView):
    permission_classes = (Moderator,)

    @extend_schema(
        operation_id="moderation_import_limits", tags=TAG, summary="How large a file may be",
        responses=ImportLimitsSerializer,
    )  # fmt: skip
    def get(self, request: Request) -> Response:
        return Response({"most_bytes": settings.OA_UPLOAD_MEGABYTES * MEGABYTE})


class ImportView(APIView):
    permission_classes = (Moderator,)

    @extend_schema(
        operation_id="moderation_import", tags=TAG, summary="How far an import is, and what became of it",
        description="`no_such_import`.", responses=ImportSerializer,
    )  # fmt: skip
    def get(self, request: Request, import_id: UUID) -> Response:
        return shown(import_or_missing(import_id))


class ImportProblemsView(ListAPIView[ImportProblem]):
    permission_classes = (Moderator,)
    serializer_class = ImportProblemSerializer
    queryset = ImportProblem.objects.none()
    keyset = ("id",)
    problems = {"GET": (404,)}

    def get_queryset(self) -> QuerySet[ImportProblem]:
        return ImportProblem.objects.filter(run=import_or_missing(self.kwargs["import_id"]))

    @extend_schema(
        operation_id="moderation_import_problems", tags=TAG, summary="What is wrong with a file, line by line",
        description="Once the import has ended; at most a thousand for each reason.",
    )  # fmt: skip
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)


class RunImportView(APIView):
    permission_classes = (Admin,)
    problems = {"POST": (404, 409)}

    @extend_schema(
        operation_id="moderation_run_import", tags=TAG,
        summary="Do for real what was only tried, or go on with what was stopped or failed",
        description="What is here already is left as it is. `import_at_work`, `import_done`, `file_gone`.",
        request=None, responses=ImportSerializer,
    )  # fmt: skip
    def post(self, request: Request, import_id: UUID) -> Response:
        uploading.run_import(run_id=import_id, by=person_of(request), now=timezone.now())
        return shown(import_or_missing(import_id))


class StopImportView(APIView):
    permission_classes = (Admin,)
    problems = {"POST": (404, 409)}

    @extend_schema(
        operation_id="moderation_stop_import", tags=TAG, summary="Stop an import",
        description="Whole trees it has brought so far stay; `run` goes on with it. `import_ended`.",
        request=None, responses=ImportSerializer,
    )  # fmt: skip
    def post(self, request: Request, import_id: UUID) -> Response:
        uploading.stop_import(run_id=import_id, by=person_of(request), now=timezone.now())
        return shown(import_or_missing(import_id))
