"""What moderators decide about people over HTTP."""

from __future__ import annotations

from typing import Any, ClassVar
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from oa.accounts.models import User
from oa.accounts.rules import Role
from oa.accounts.views.permissions import Admin, Moderator, person_of
from oa.core.errors import Missing
from oa.moderation import actions
from oa.moderation.models import Note
from oa.moderation.serializers import (
    BanSerializer,
    DecisionSerializer,
    MuteSerializer,
    NoteRequestSerializer,
    NoteSerializer,
    RoleSerializer,
    WhySerializer,
)
from oa.moderation.views.deciding import DecisionView, asked, decided

WHOM = "Nobody decides about a superior or an equal: `not_above_them`. `has_left`."


class WarnView(DecisionView):
    permission_classes = (Moderator,)

    @extend_schema(
        operation_id="moderation_warn", summary="Warn somebody",
        description=f"They are told, by mail too. {WHOM}",
        request=WhySerializer, responses={201: DecisionSerializer},
    )  # fmt: skip
    def post(self, request: Request, person_id: UUID) -> Response:
        return decided(actions.warn(person_id=person_id, **asked(WhySerializer, request)))


class MuteView(DecisionView):
    permission_classes = (Moderator,)

    @extend_schema(
        operation_id="moderation_mute", summary="Let somebody read, and not write",
        description="Until a moment, at most a year away; what they hold goes back. Muting them for longer is another "
        f"decision. `already_muted`, `until_is_over`, `until_too_far`. {WHOM}",
        request=MuteSerializer, responses={201: DecisionSerializer},
    )  # fmt: skip
    def post(self, request: Request, person_id: UUID) -> Response:
        return decided(actions.mute(person_id=person_id, **asked(MuteSerializer, request)))


class UnmuteView(DecisionView):
    permission_classes = (Moderator,)

    @extend_schema(
        operation_id="moderation_unmute", summary="Let somebody write again",
        description=f"`not_muted`. {WHOM}", request=WhySerializer, responses={201: DecisionSerializer},
    )  # fmt: skip
    def post(self, request: Request, person_id: UUID) -> Response:
        return decided(actions.unmute(person_id=person_id, **asked(WhySerializer, request)))


class BanView(DecisionView):
    permission_classes = (Moderator,)

    @extend_schema(
        operation_id="moderation_ban", summary="Shut somebody out",
        description="Until a moment or for good. What they hold goes back; their tokens stop. Shutting them out for "
        f"longer is another decision. `already_disabled`, `until_is_over`. {WHOM}",
        request=BanSerializer, responses={201: DecisionSerializer},
    )  # fmt: skip
    def post(self, request: Request, person_id: UUID) -> Response:
        return decided(actions.ban_person(person_id=person_id, **asked(BanSerializer, request)))


class LiftBanView(DecisionView):
    permission_classes = (Moderator,)

    @extend_schema(
        operation_id="moderation_unban", summary="Let somebody in again",
        description=f"`not_disabled`. {WHOM}", request=WhySerializer, responses={201: DecisionSerializer},
    )  # fmt: skip
    def post(self, request: Request, person_id: UUID) -> Response:
        return decided(actions.lift_ban(person_id=person_id, **asked(WhySerializer, request)))


class WatchView(DecisionView):
    permission_classes = (Moderator,)

    @extend_schema(
        operation_id="moderation_watch", summary="Have somebody's work checked twice from now on",
        description=f"They are not told. `already_watched`. {WHOM}",
        request=WhySerializer, responses={201: DecisionSerializer},
    )  # fmt: skip
    def post(self, request: Request, person_id: UUID) -> Response:
        return decided(actions.watch(person_id=person_id, **asked(WhySerializer, request)))


class UnwatchView(DecisionView):
    permission_classes = (Moderator,)

    @extend_schema(
        operation_id="moderation_unwatch", summary="Stop checking somebody's work twice",
        description=f"`not_watched`. {WHOM}", request=WhySerializer, responses={201: DecisionSerializer},
    )  # fmt: skip
    def post(self, request: Request, person_id: UUID) -> Response:
        return decided(actions.unwatch(person_id=person_id, **asked(WhySerializer, request)))


class ClearView(DecisionView):
    permission_classes = (Moderator,)

    @extend_schema(
        operation_id="moderation_clear", summary="Find nothing wrong with somebody",
        description="What is open about them is answered. `not_above_them`.",
        request=WhySerializer, responses={201: DecisionSerializer},
    )  # fmt: skip
    def post(self, request: Request, person_id: UUID) -> Response:
        return decided(actions.clear(person_id=person_id, **asked(WhySerializer, request)))


class SetRoleView(DecisionView):
    permission_classes = (Admin,)

    @extend_schema(
        operation_id="moderation_set_role", summary="Give somebody another role",
        description="For administrators. `nothing_changed`; `not_above_them` for oneself.",
        request=RoleSerializer, responses={201: DecisionSerializer},
    )  # fmt: skip
    def post(self, request: Request, person_id: UUID) -> Response:
        sent = asked(RoleSerializer, request)
        return decided(actions.set_role(person_id=person_id, **{**sent, "role": Role(sent["role"])}))


class NotesView(ListAPIView[Note]):
    permission_classes = (Moderator,)
    serializer_class = NoteSerializer
    queryset = Note.objects.none()
    keyset = ("-at", "-id")
    problems = {"GET": (404,), "POST": (403, 404, 422)}

    @extend_schema(operation_id="moderation_notes", summary="What moderators noted about somebody, the newest first")
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)

    @extend_schema(
        operation_id="moderation_add_note", summary="Write something down about somebody",
        description="For other moderators; the log says that somebody did, and not what. `not_above_them`.",
        request=NoteRequestSerializer, responses={201: NoteSerializer},
    )  # fmt: skip
    def post(self, request: Request, person_id: UUID) -> Response:
        note = actions.add_note(person_id=person_id, **asked(NoteRequestSerializer, request))
        return Response(NoteSerializer(note).data, status=201)

    def get_queryset(self) -> QuerySet[Note]:
        person = self.kwargs["person_id"]
        if not User.objects.filter(pk=person).exists():
            raise Missing("no_such_person", _("There is no such person."))
        return Note.objects.filter(person=person).select_related("by")


class NoteView(APIView):
    permission_classes = (Moderator,)
    problems: ClassVar = {"DELETE": (403, 404)}

    @extend_schema(
        operation_id="moderation_remove_note", summary="Take a note away",
        description="One's own, or an administrator anybody's: `not_your_note`.",
        request=None, responses={204: None},
    )  # fmt: skip
    def delete(self, request: Request, note_id: UUID) -> Response:
        actions.remove_note(note_id=note_id, by=person_of(request), now=timezone.now())
        return Response(status=204)
