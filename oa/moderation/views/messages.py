"""What moderators do to messages and trees over HTTP."""

from __future__ import annotations

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from oa.accounts.views.permissions import Moderator, person_of
from oa.moderation import actions
from oa.moderation.serializers import (
    DecisionSerializer,
    EditSerializer,
    ModeratedMessageSerializer,
    MoveSerializer,
    UndoSerializer,
    WhySerializer,
)
from oa.moderation.views.deciding import DecisionView, asked, decided
from oa.trees.views.messages import message_or_missing, messages_for


class DeleteMessageView(DecisionView):
    permission_classes = (Moderator,)

    @extend_schema(
        operation_id="moderation_delete_message",
        summary="Delete a message with everything below it",
        description="It can be restored. `already_deleted`, `tree_is_archived`.",
        request=WhySerializer,
        responses={201: DecisionSerializer},
    )
    def post(self, request: Request, message_id: UUID) -> Response:
        return decided(actions.delete_message(message_id=message_id, **asked(WhySerializer, request)))


class RestoreMessageView(DecisionView):
    permission_classes = (Moderator,)

    @extend_schema(
        operation_id="moderation_restore_message",
        summary="Restore a message with what was deleted together with it",
        description="`not_deleted`, `parent_is_deleted`, `author_replied_again`, `tree_is_archived`, `in_other_hands`.",
        request=WhySerializer,
        responses={201: DecisionSerializer},
    )
    def post(self, request: Request, message_id: UUID) -> Response:
        return decided(actions.restore_message(message_id=message_id, **asked(WhySerializer, request)))


class EditMessageView(DecisionView):
    permission_classes = (Moderator,)

    @extend_schema(
        operation_id="moderation_edit_message",
        summary="Change the text of a message",
        description=(
            "The old text is kept; reviews, ballots and scores of it no longer count. "
            "`text_empty`, `text_too_long`, `text_has_control_characters`, `nothing_changed`, `tree_is_archived`."
        ),
        request=EditSerializer,
        responses={201: DecisionSerializer},
    )
    def post(self, request: Request, message_id: UUID) -> Response:
        return decided(actions.edit_message(message_id=message_id, **asked(EditSerializer, request)))


class MarkSpamView(DecisionView):
    permission_classes = (Moderator,)

    @extend_schema(
        operation_id="moderation_mark_spam",
        summary="Reject a message as spam, whatever its reviewers say",
        description="It counts no longer, nor does anything below it; a tree whose prompt it is ends. "
        "`already_rejected`, `already_deleted`, `tree_is_archived`, `in_other_hands`.",
        request=WhySerializer,
        responses={201: DecisionSerializer},
    )
    def post(self, request: Request, message_id: UUID) -> Response:
        return decided(actions.mark_spam(message_id=message_id, **asked(WhySerializer, request)))


class DismissMessageView(DecisionView):
    permission_classes = (Moderator,)

    @extend_schema(
        operation_id="moderation_dismiss_message",
        summary="Leave a message as it is",
        description="Its open reports are closed, it counts as looked at, and if it was withheld people meet it again. "
        "`nothing_to_dismiss`, `tree_is_archived`, `in_other_hands`.",
        request=WhySerializer,
        responses={201: DecisionSerializer},
    )
    def post(self, request: Request, message_id: UUID) -> Response:
        return decided(actions.dismiss_message(message_id=message_id, **asked(WhySerializer, request)))


class MoveTreeView(DecisionView):
    permission_classes = (Moderator,)
    problems = {"POST": (409, 422)}

    @extend_schema(
        operation_id="moderation_move_tree",
        summary="Move a tree to another language",
        description="With it go those of its messages that were in its language. Messages of which reviewers said that "
        "they were in the wrong language are reviewed again. `same_language`, `unknown_language`, `tree_is_archived`.",
        request=MoveSerializer,
        responses={201: DecisionSerializer},
    )
    def post(self, request: Request, tree_id: UUID) -> Response:
        return decided(actions.move_language(tree_id=tree_id, **asked(MoveSerializer, request)))


class UndoView(DecisionView):
    permission_classes = (Moderator,)

    @extend_schema(
        operation_id="moderation_undo",
        summary="Take a decision back",
        description="What it changed is as it was before, for 30 days and as long as nothing was decided since about "
        "the same. `not_undoable`, `already_undone`, `too_old`, `decided_since` (which says by which `decision`, "
        "`verb` and `at`), `parent_is_deleted`, `author_replied_again`, `text_is_gone`, `person_has_left`, "
        "`not_above_them`, `admins_only`, `tree_is_archived`, `in_other_hands`.",
        request=UndoSerializer,
        responses={201: DecisionSerializer},
    )
    def post(self, request: Request, decision_id: UUID) -> Response:
        return decided(actions.undo(decision_id=decision_id, **asked(UndoSerializer, request)))


class HaltTreeView(DecisionView):
    permission_classes = (Moderator,)

    @extend_schema(
        operation_id="moderation_halt_tree",
        summary="Stop all work on a tree",
        description="`already_halted`, `tree_is_archived`.",
        request=WhySerializer,
        responses={201: DecisionSerializer},
    )
    def post(self, request: Request, tree_id: UUID) -> Response:
        return decided(actions.halt_tree(tree_id=tree_id, **asked(WhySerializer, request)))


class ResumeTreeView(DecisionView):
    permission_classes = (Moderator,)

    @extend_schema(
        operation_id="moderation_resume_tree",
        summary="Let a halted or ended tree go on from where it was",
        description="`not_halted`, `tree_is_archived`.",
        request=WhySerializer,
        responses={201: DecisionSerializer},
    )
    def post(self, request: Request, tree_id: UUID) -> Response:
        return decided(actions.resume_tree(tree_id=tree_id, **asked(WhySerializer, request)))


class ModeratedMessageView(APIView):
    permission_classes = (Moderator,)

    @extend_schema(
        operation_id="moderation_message",
        summary="A message with its author, reviews, ballots and decisions",
        responses=ModeratedMessageSerializer,
    )
    def get(self, request: Request, message_id: UUID) -> Response:
        message = message_or_missing(messages_for(person_of(request)), message_id)
        return Response(ModeratedMessageSerializer(message, context={"request": request}).data)
