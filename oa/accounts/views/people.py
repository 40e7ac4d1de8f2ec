"""What people read and change of themselves: profile, terms, consents, tokens."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from oa.accounts import actions
from oa.accounts.models import ApiToken, Terms
from oa.accounts.rules import Scope
from oa.accounts.serializers import (
    ConsentRequestSerializer,
    ConsentSerializer,
    MeSerializer,
    NewTokenSerializer,
    ProfileSerializer,
    TermsSerializer,
    TokenRequestSerializer,
    TokenSerializer,
)
from oa.accounts.views.permissions import Anybody, InPerson, Oneself, person_of
from oa.core.errors import Missing

TAG = ["people"]


class MeView(APIView):
    permission_classes = [Oneself]

    @extend_schema(tags=TAG, summary="Who am I?", responses=MeSerializer)
    def get(self, request: Request) -> Response:
        return Response(MeSerializer(person_of(request)).data)

    @extend_schema(tags=TAG, summary="Change my profile", request=ProfileSerializer, responses=MeSerializer)
    def patch(self, request: Request) -> Response:
        """Only what is named is changed. Languages decide which tasks are offered."""
        asked = ProfileSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        person = actions.change_profile(by=person_of(request), now=timezone.now(), **asked.validated_data)
        return Response(MeSerializer(person).data)


class TermsView(APIView):
    permission_classes = [Anybody]
    authentication_classes = ()
    problems: ClassVar = {"GET": (404,)}

    @extend_schema(tags=TAG, summary="The terms of use in force", responses=TermsSerializer)
    def get(self, request: Request) -> Response:
        terms = Terms.objects.current()
        if terms is None:
            raise Missing("no_terms", _("No terms of use have been published yet."))
        return Response(TermsSerializer(terms).data)


class ConsentsView(APIView):
    permission_classes = [InPerson]
    problems: ClassVar = {"POST": (409,)}

    @extend_schema(
        tags=TAG,
        summary="Accept the terms, or take the consent back",
        request=ConsentRequestSerializer,
        responses={201: ConsentSerializer},
    )
    def post(self, request: Request) -> Response:
        """Accepting again adds nothing. Without consent there are no tasks."""
        asked = ConsentRequestSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        person, now = person_of(request), timezone.now()
        if asked.validated_data["given"]:
            consent = actions.accept_terms(version=asked.validated_data["version"], by=person, now=now)
        else:
            consent = actions.withdraw_consent(by=person, now=now)
        return Response(ConsentSerializer(consent).data, status=status.HTTP_201_CREATED)


class TokensView(ListAPIView[ApiToken]):
    permission_classes = [InPerson]
    serializer_class = TokenSerializer
    keyset = ("-created_at", "-id")

    def get_queryset(self) -> QuerySet[ApiToken]:
        return ApiToken.objects.filter(person=person_of(self.request))

    @extend_schema(tags=TAG, summary="My API tokens, newest first")
    def get(self, request: Request) -> Response:
        return self.list(request)

    @extend_schema(
        tags=TAG, summary="Make an API token", request=TokenRequestSerializer, responses={201: NewTokenSerializer}
    )
    def post(self, request: Request) -> Response:
        """The secret is in this answer and nowhere else."""
        asked = TokenRequestSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        given = asked.validated_data
        scopes = [Scope(scope) for scope in dict.fromkeys(given["scopes"])]
        token, secret = actions.make_token(
            name=given["name"], scopes=scopes, days=given["days"], by=person_of(request), now=timezone.now()
        )
        shown = {**TokenSerializer(token).data, "secret": secret}
        return Response(shown, status=status.HTTP_201_CREATED)


class TokenView(APIView):
    permission_classes = [InPerson]

    @extend_schema(tags=TAG, summary="Revoke an API token", responses={204: None})
    def delete(self, request: Request, token_id: UUID) -> Response:
        """It ends at once. Revoking it again changes nothing."""
        actions.revoke_token(token_id=token_id, by=person_of(request), now=timezone.now())
        return Response(status=status.HTTP_204_NO_CONTENT)
