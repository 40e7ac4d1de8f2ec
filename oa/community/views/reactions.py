"""Reactions over HTTP."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from oa.accounts.models import User
from oa.accounts.views.permissions import Reader, Worker, person_of
from oa.community import actions
from oa.community.models import Reaction
from oa.community.rules import Emoji
from oa.community.serializers import ReactionsSerializer
from oa.community.views.points import TAG
from oa.core.errors import Invalid, Missing
from oa.trees.models import Message
from oa.trees.rules import public_reactions

EMOJI = OpenApiParameter(
    "emoji", OpenApiTypes.STR, OpenApiParameter.PATH, enum=Emoji.values, description="The code of a reaction."
)


class ReactionsView(APIView):
    permission_classes = (Reader,)

    @extend_schema(
        operation_id="messages_reactions",
        tags=TAG,
        summary="Reactions to a message",
        description="How many others gave which is hidden until you gave one: it would lead you.",
        responses=ReactionsSerializer,
    )
    def get(self, request: Request, message_id: UUID) -> Response:
        message = Message.objects.select_related("tree").filter(pk=message_id).first()
        if message is None:
            raise Missing("no_such_message", _("There is no such message."))
        return Response(_as_shown(message, person_of(request)))


class ReactionView(APIView):
    permission_classes = (Worker,)
    problems = {"PUT": (409, 422), "DELETE": (409, 422)}

    @extend_schema(
        operation_id="messages_react",
        tags=TAG,
        summary="Give a reaction",
        description=(
            "Giving it again changes nothing; `+1` takes the place of `-1` and the other way round. "
            "`own_message` for a vote on what you wrote."
        ),
        parameters=[EMOJI],
        request=None,
        responses=ReactionsSerializer,
    )
    def put(self, request: Request, message_id: UUID, emoji: str) -> Response:
        by = person_of(request)
        message = actions.react(message_id=message_id, emoji=_known(emoji), by=by, now=timezone.now())
        return Response(_as_shown(message, by))

    @extend_schema(
        operation_id="messages_unreact",
        tags=TAG,
        summary="Take a reaction back",
        description="Taking back what was never given changes nothing.",
        parameters=[EMOJI],
        responses=ReactionsSerializer,
    )
    def delete(self, request: Request, message_id: UUID, emoji: str) -> Response:
        by = person_of(request)
        message = actions.unreact(message_id=message_id, emoji=_known(emoji), by=by, now=timezone.now())
        return Response(_as_shown(message, by))


def _known(code: str) -> Emoji:
    if code not in Emoji.values:
        raise Invalid("unknown_reaction", _("There is no such reaction."), known=list(Emoji.values))
    return Emoji(code)


def _as_shown(message: Message, viewer: User) -> Any:
    mine, own = Reaction.objects.by(viewer.pk, message.pk), message.author_id == viewer.pk
    kept = message.is_kept_from(viewer)
    hidden = kept or message.deleted and not viewer.is_moderator
    seen = bool(mine) or own or viewer.is_moderator or message.tree.archived
    every = dict(message.emojis or {}) if viewer.is_moderator else public_reactions(message.emojis)
    shown = {
        "mine": mine,
        "counts": every if seen and not hidden else None,
        "may_vote": not (own or kept or message.deleted or message.tree.archived),
    }
    return ReactionsSerializer(shown).data
