"""Who: people, what they agreed to, and the tokens of their programs."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar, Self
from uuid import UUID

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Lower
from django.db.models.lookups import Exact
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from oa.accounts.rules import Interface, Role, Scope, at_least
from oa.core.ids import new_id


def _english() -> list[str]:
    return ["en"]


class UserQuerySet(models.QuerySet["User"]):
    def enabled(self) -> Self:
        return self.filter(is_active=True)

    def agreeing(self) -> Self:
        """Who agreed to terms, these or earlier ones, and has not taken that back."""
        newest = Consent.objects.filter(person=OuterRef("pk")).order_by("-at", "-id").values("given")[:1]
        return self.filter(Q(terms_version__isnull=False) | Q(Exact(Subquery(newest), Value(True))))

    def hold(self, pk: UUID) -> User:
        """This person, locked against other writes until the transaction ends."""
        return self.select_for_update(of=("self",), no_key=True).get(pk=pk)


class UserManager(BaseUserManager["User"]):
    """What Django's own commands and allauth expect of a user model without user names."""

    def get_queryset(self) -> UserQuerySet:
        return UserQuerySet(self.model, using=self._db)

    def enabled(self) -> UserQuerySet:
        return self.get_queryset().enabled()

    def agreeing(self) -> UserQuerySet:
        return self.get_queryset().agreeing()

    def hold(self, pk: UUID) -> User:
        return self.get_queryset().hold(pk)

    def create_user(self, email: str, password: str | None = None, **fields: object) -> User:
        user: User = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: object) -> User:
        return self.create_user(email, password, role=Role.ADMIN, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """A person. People who came with an imported data set have no e-mail and can't sign in."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    email = models.EmailField(_("e-mail address"), null=True, blank=True)
    display_name = models.CharField(_("display name"), max_length=80, blank=True)
    role = models.CharField(_("role"), max_length=16, choices=Role, default=Role.VOLUNTEER)
    is_active = models.BooleanField(_("enabled"), default=True)
    banned_until = models.DateTimeField(
        _("shut out until"), null=True, blank=True, help_text=_("Empty for somebody who is not enabled: for good.")
    )
    muted_until = models.DateTimeField(
        _("muted until"), null=True, blank=True, help_text=_("Until then they may read and not write.")
    )
    watched = models.BooleanField(
        _("checked twice"), db_default=False, default=False,
        help_text=_("Their messages and reviews need more reviewers than others'. They are not told."),
    )  # fmt: skip
    languages = ArrayField(models.CharField(max_length=16), default=_english, verbose_name=_("languages read"))
    writing_languages = ArrayField(
        models.CharField(max_length=16), default=_english, verbose_name=_("languages written")
    )
    topics = ArrayField(models.CharField(max_length=40), default=list, blank=True, verbose_name=_("topics"))
    time_zone = models.CharField(_("time zone"), max_length=64, default="UTC")
    ui_language = models.CharField(
        _("language of the pages"), max_length=16, choices=Interface, blank=True,
        help_text=_("Empty: not chosen, so that of the browser."),
    )  # fmt: skip
    onboarded_at = models.DateTimeField(
        _("has seen how it works"), null=True, blank=True, help_text=_("Walked through the examples, or skipped them.")
    )
    terms_version = models.PositiveIntegerField(
        _("accepted terms"), null=True, blank=True, help_text=_("The version in force, if this person accepted it.")
    )
    left_at = models.DateTimeField(_("left"), null=True, blank=True, help_text=_("Closed their account by themselves."))
    erases_texts = models.BooleanField(
        _("takes their texts along"), default=False,
        help_text=_("Texts of theirs that nobody has replied to are deleted."),
    )  # fmt: skip
    withdrew_at = models.DateTimeField(
        _("took everything back"), null=True, blank=True,
        help_text=_("Nothing by them is in a data set that is made from then on."),
    )  # fmt: skip
    imported = models.BooleanField(_("came with an imported data set"), default=False)
    foreign_id = models.CharField(_("id in the imported data set"), max_length=128, blank=True)
    created_at = models.DateTimeField(_("joined"), default=timezone.now, editable=False)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            models.UniqueConstraint(Lower("email"), name="one_account_per_email"),
            models.CheckConstraint(
                condition=Q(imported=True) | Q(email__isnull=False) | Q(left_at__isnull=False),
                name="who_signs_in_has_an_email",
            ),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="a_person_has_a_known_role"),
            models.CheckConstraint(
                condition=Q(ui_language__in=["", *Interface.values]),
                name="pages_come_in_a_language_they_are_written_in",
            ),
            models.CheckConstraint(
                condition=Q(banned_until=None) | Q(is_active=False), name="who_is_enabled_is_not_shut_out_until_a_date"
            ),
        ]
        indexes = [
            models.Index(fields=["-created_at", "id"], name="people_newest_first"),
            models.Index(fields=["id"], condition=Q(erases_texts=True), name="people_who_took_their_texts"),
            models.Index(fields=["id"], condition=Q(withdrew_at__isnull=False), name="people_who_took_all_back"),
            models.Index(fields=["banned_until"], condition=Q(banned_until__isnull=False), name="bans_that_end"),
            models.Index(fields=["muted_until"], condition=Q(muted_until__isnull=False), name="mutes_that_end"),
        ]

    def __str__(self) -> str:
        return self.display_name or self.email or str(self.pk)

    def is_muted(self, now: datetime) -> bool:
        """Whether they may read and not write."""
        return self.muted_until is not None and self.muted_until > now

    @property
    def is_staff(self) -> bool:
        """Who may see Django's admin."""
        return at_least(self.role, Role.MODERATOR)

    @property
    def is_moderator(self) -> bool:
        return at_least(self.role, Role.MODERATOR)

    @property
    def is_admin(self) -> bool:
        return at_least(self.role, Role.ADMIN)


class TermsQuerySet(models.QuerySet["Terms"]):
    def current(self) -> Terms | None:
        return self.order_by("-version").first()

    def hold_newest(self) -> None:
        """Let one act at a time decide what terms are in force. When it returns, `current` may be another version."""
        self.select_for_update().order_by("-version").first()


class Terms(models.Model):
    """One published version of the terms of use. A new text is a new version."""

    version = models.PositiveIntegerField(_("version"), primary_key=True)
    text = models.TextField(_("text"))
    published_at = models.DateTimeField(_("published"), default=timezone.now)

    objects = TermsQuerySet.as_manager()

    class Meta:
        verbose_name = _("terms of use")
        verbose_name_plural = _("terms of use")

    def __str__(self) -> str:
        return f"Terms {self.version}"


class Consent(models.Model):
    """The ledger of what people agreed to, and took back. The database refuses to change a line."""

    id = models.BigAutoField(primary_key=True)
    person = models.ForeignKey(User, models.PROTECT, related_name="consents")
    terms = models.ForeignKey(Terms, models.PROTECT, related_name="consents")
    given = models.BooleanField(_("given"), help_text=_("No: taken back."))
    at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        indexes = [models.Index(fields=["person", "-at"], name="consents_of_a_person")]

    def __str__(self) -> str:
        return f"{self.person} {'accepts' if self.given else 'withdraws from'} {self.terms}"


class ApiTokenQuerySet(models.QuerySet["ApiToken"]):
    def live(self, now: object) -> Self:
        return self.filter(revoked_at=None, expires_at__gt=now)


class ApiToken(models.Model):
    """A program's key to one person's account. Only a digest of it is kept."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(User, models.CASCADE, related_name="api_tokens")
    name = models.CharField(_("name"), max_length=80)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    scopes = ArrayField(models.CharField(max_length=16, choices=Scope), verbose_name=_("scopes"))
    created_at = models.DateTimeField(_("made"), default=timezone.now)
    expires_at = models.DateTimeField(_("expires"))
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)

    objects = ApiTokenQuerySet.as_manager()

    class Meta:
        verbose_name = _("API token")
        verbose_name_plural = _("API tokens")
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("created_at")), name="a_token_expires_after_it_is_made"
            ),
        ]

    def __str__(self) -> str:
        return self.name
