"""Every setting. What differs between two sites comes from the environment; `.env.example` lists it all.

Three kinds of site: *production* (a DATABASE_URL is given; it refuses to start half configured), *local* (no
DATABASE_URL, so the embedded servers) and *demo* (OA_DEMO, set by `make run` only: seeded accounts). OA_DEBUG makes
any of them talkative. How people collect data (goal sizes, thresholds, loan times) is a policy in the database instead.
"""

from __future__ import annotations

import contextlib
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from oa import embedded, rounds
from oa.core.enums import ENUM_NAMES
from oa.core.logs import logging_config
from oa.env import broker_of, database_of, env_bool, env_int, env_list, env_secret, env_str

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = embedded.data_dir()

DEBUG = env_bool("OA_DEBUG", default=False)
DEMO = env_bool("OA_DEMO", default=False)
if DEMO and not embedded.in_use():
    raise ImproperlyConfigured(
        "OA_DEMO makes accounts whose passwords everybody knows: not in the database that DATABASE_URL names. "
        "Type: unset OA_DEMO, or for a demo with its own database: unset DATABASE_URL REDIS_URL"
    )
LOCAL = DEBUG or embedded.in_use()
PRODUCTION = not LOCAL


# --- who may ask, and secrets -----------------------------------------------------------------------------------------


def _local_secret() -> str:
    """A secret of this folder's own, so that a local site never runs with one that can be read on the internet."""
    path = DATA_DIR / "secret_key"
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = path.with_name(f"secret_key.{secrets.token_hex(8)}")
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(50))
        with contextlib.suppress(FileExistsError):  # two first starts at once: the faster one's secret stands
            path.hardlink_to(draft)
        draft.unlink()
    return path.read_text()


_HOW_TO_MAKE_A_SECRET = "$(python3 -c 'import secrets; print(secrets.token_urlsafe(50))')"
SECRET_KEY = env_secret("SECRET_KEY", _local_secret() if LOCAL else None, hint=_HOW_TO_MAKE_A_SECRET)
SECRET_KEY_FALLBACKS = env_list("SECRET_KEY_FALLBACKS")
if PRODUCTION and (len(SECRET_KEY) < 50 or len(set(SECRET_KEY)) < 10 or SECRET_KEY.startswith("django-insecure-")):
    raise ImproperlyConfigured(f"SECRET_KEY can be guessed. Type: export SECRET_KEY={_HOW_TO_MAKE_A_SECRET}")

# The key of the pseudonyms in exports. Empty: derived from SECRET_KEY, so that they change when that does.
OA_PSEUDONYM_KEY = env_secret("OA_PSEUDONYM_KEY", "")

# One address is enough for most sites: the hosts, origins and links in mails follow from it.
PUBLIC_URL = env_str("OA_PUBLIC_URL", "http://localhost:8000" if LOCAL else None, example="https://oa.example.org")
PUBLIC_URL = PUBLIC_URL.rstrip("/")
HTTPS = PUBLIC_URL.startswith("https://")
if PRODUCTION and not (HTTPS or urlsplit(PUBLIC_URL).hostname == "localhost"):
    raise ImproperlyConfigured(
        f"OA_PUBLIC_URL={PUBLIC_URL} would send passwords in the clear. Type: export OA_PUBLIC_URL=https://…"
    )
ALLOWED_HOSTS = env_list("ALLOWED_HOSTS", ("localhost", "127.0.0.1", "[::1]") if LOCAL else ())
if PRODUCTION and (not ALLOWED_HOSTS or "*" in ALLOWED_HOSTS):
    raise ImproperlyConfigured(
        "ALLOWED_HOSTS must name the hosts this site answers for. Type: export ALLOWED_HOSTS=oa.example.org"
    )
CSRF_TRUSTED_ORIGINS = env_list("CSRF_TRUSTED_ORIGINS", (PUBLIC_URL,))

# --- what is in it ----------------------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "oa.embedded",
    "oa.core",
    "oa.accounts",
    "oa.trees",
    "oa.reviews",
    "oa.rankings",
    "oa.screening",
    "oa.tasks",
    "oa.community",
    "oa.moderation",
    "oa.datasets",
    "oa.stats",
    "oa.simulation",
    "oa.core.apps.AdminPagesConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "django_filters",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.mfa",
    "allauth.headless",
    "django_celery_beat",
]
MIDDLEWARE = [
    "oa.core.middleware.RequestLog",
    "django.middleware.security.SecurityMiddleware",
    "oa.core.middleware.BrowserRules",
    "oa.core.webapp.Files",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "oa.accounts.views.sessions.SignedIn",
    "oa.core.middleware.PageMessages",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "oa.moderation.views.sightings.Sightings",
]
ROOT_URLCONF = "oa.urls"
ASGI_APPLICATION = "oa.asgi.application"
WSGI_APPLICATION = "oa.wsgi.application"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# --- processes, database, cache, queue --------------------------------------------------------------------------------

_embedded = embedded.addresses()
DATABASES: dict[str, dict[str, Any]] = {
    "default": database_of(env_secret("DATABASE_URL", _embedded.database_url))
    # A web process keeps its connections, one for each of its threads: `asgi.py` says for how many seconds.
    | {"CONN_MAX_AGE": env_int("OA_DB_KEEP", 0)},
}
REDIS_URL = env_secret("REDIS_URL", _embedded.redis_url if embedded.in_use() else None, hint="redis://localhost:6379/0")
WEB_THREADS = env_int("OA_WEB_THREADS", 16, least=1)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

_options = DATABASES["default"]["OPTIONS"]
_options.setdefault("connect_timeout", 5)
# Statements whose values travel beside them (oa.core.prepared) are planned once in a connection.
_options["prepare_threshold"] = 2
# Whoever waits longer for a row is told to come again, or a few that wait would hold all threads of a web process.
LOCK_SECONDS = env_int("OA_DB_LOCK_SECONDS", 0)
PGBOUNCER = env_bool("OA_PGBOUNCER", default=False)
if LOCK_SECONDS and not PGBOUNCER:
    _options["options"] = f"{_options.get('options', '')} -c lock_timeout={LOCK_SECONDS}s".strip()
if PGBOUNCER:
    # A transaction pooler hands the next transaction to another server: nothing may outlive one. What is read inside
    # one goes through cursors on the server all the same (oa.core.moments.streamed).
    DATABASES["default"]["DISABLE_SERVER_SIDE_CURSORS"] = True
    _options["prepare_threshold"] = None

# Redis may be slow or gone at any moment and volunteers keep working: what asks it waits a quarter of a second at most.
REDIS_TIMEOUT = 0.25
CACHES = {
    "default": {
        "BACKEND": "oa.core.cache.PatientRedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "oa",
        "OPTIONS": {"socket_timeout": REDIS_TIMEOUT, "socket_connect_timeout": REDIS_TIMEOUT},
    },
}
SESSION_ENGINE = "oa.accounts.views.sessions"  # in the database: signed-in people stay so when Redis goes

CELERY_BROKER_URL = broker_of(REDIS_URL)
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None  # a worker waits for its Redis as long as it takes
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 3600,
    # Whoever sends a job after a submission must not keep a volunteer waiting for a Redis that is away: the job is
    # lost then, and a sweep of beat finds its work again.
    "socket_connect_timeout": 0.5,
    "socket_timeout": 0.5,
    "max_retries": 0,
    "global_keyprefix": "oa:",
}
CELERY_TASK_PUBLISH_RETRY = False
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_SERIALIZER = "json"
CELERY_TASK_DEFAULT_QUEUE = "default"
CELERY_TASK_ROUTES = {
    "oa.screening.jobs.score_waiting": {"queue": "toxicity"},
    "oa.screening.jobs.read_waiting": {"queue": "default"},
    # Minutes of work for one worker: a queue of its own, so that the short rounds don't wait behind it.
    "oa.datasets.jobs.work_on_releases": {"queue": "datasets"},
    "oa.datasets.jobs.work_on_imports": {"queue": "datasets"},
    "oa.stats.jobs.make_toxicity_report": {"queue": "datasets"},
}
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULER = "oa.core.beat:Scheduler"
TOXICITY = env_str("OA_TOXICITY", "on") != "off"
CELERY_BEAT_SCHEDULE = rounds.schedule(toxicity=TOXICITY)

# --- people -----------------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
SILENCED_SYSTEM_CHECKS = ["auth.W004"]  # e-mail is unique, whatever its capitals: by a constraint, not by the field
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]
ACCOUNT_ADAPTER = "oa.core.account_mails.AccountMails"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = env_str("OA_EMAIL_VERIFICATION", "optional" if LOCAL else "mandatory")
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = ACCOUNT_EMAIL_VERIFICATION == "mandatory"
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 15 * 60  # some mail servers let a first mail wait for minutes
# One address a person: a new one takes the old one's place when it is confirmed. Where the old one need never have been
# confirmed, allauth would drop that first; people have two addresses for a while instead.
ACCOUNT_CHANGE_EMAIL = ACCOUNT_EMAIL_VERIFICATION == "mandatory"
ACCOUNT_RATE_LIMITS: dict[str, str] | bool = {} if env_bool("OA_RATE_LIMITS", default=True) else False
HEADLESS_ONLY = True
HEADLESS_CLIENTS = ("browser",)
HEADLESS_SERVE_SPECIFICATION = True
HEADLESS_FRONTEND_URLS = {
    "account_confirm_email": f"{PUBLIC_URL}/account/verify-email/{{key}}",
    "account_reset_password": f"{PUBLIC_URL}/account/password/reset",
    "account_reset_password_from_key": f"{PUBLIC_URL}/account/password/reset/{{key}}",
    "account_signup": f"{PUBLIC_URL}/account/signup",
    "socialaccount_login_error": f"{PUBLIC_URL}/account/provider/callback",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = LOCAL

EMAIL_HOST = env_str("EMAIL_HOST", "")
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'console'}.EmailBackend"
MAILS_DIR = DATA_DIR / "mails"
if LOCAL and not EMAIL_HOST:
    EMAIL_BACKEND = "oa.core.mails.FolderBackend"
EMAIL_PORT = env_int("EMAIL_PORT", 587)
EMAIL_HOST_USER = env_str("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = env_secret("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = env_bool("EMAIL_USE_TLS", default=True)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env_str("DEFAULT_FROM_EMAIL", "oa@localhost")

# --- data sets --------------------------------------------------------------------------------------------------------

# Where several machines share one site, these are folders that all of them see.
OA_RELEASES_DIR = Path(env_str("OA_RELEASES_DIR", str(DATA_DIR / "releases")))
OA_UPLOADS_DIR = Path(env_str("OA_UPLOADS_DIR", str(DATA_DIR / "uploads")))
OA_UPLOAD_MEGABYTES = env_int("OA_UPLOAD_MEGABYTES", 2048)

# --- languages, files -------------------------------------------------------------------------------------------------

LANGUAGE_CODE = "en"
LANGUAGE_COOKIE_NAME = "oa_lang"  # the web app writes it too, for those who have not signed in
LANGUAGES = [
    ("en", _("English")),
    ("de", _("German")),
    ("es", _("Spanish")),
    ("fr", _("French")),
    ("zh-hans", _("Simplified Chinese")),
    ("ja", _("Japanese")),
    ("ar", _("Arabic")),
]
LOCALE_PATHS = [BASE_DIR / "oa" / "locale"]
USE_I18N = USE_TZ = True
TIME_ZONE = "UTC"

WEBAPP_DIR = BASE_DIR / "frontend" / "dist"
STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
# `collectstatic` takes half a minute: a local site serves what the finders find, an image is built with it done.
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = LOCAL
WHITENOISE_MIMETYPES = {".webmanifest": "application/manifest+json"}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if LOCAL
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

# --- safety of the wire -----------------------------------------------------------------------------------------------

SECURE_SSL_REDIRECT = PRODUCTION and HTTPS
SECURE_REDIRECT_EXEMPT = [r"^(healthz|readyz|metrics)$"]  # asked from inside, past the proxy that speaks TLS
SECURE_HSTS_SECONDS = 31_536_000 if SECURE_SSL_REDIRECT else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SECURE_SSL_REDIRECT
# How many proxies of ours stand before us: what they say of the client is believed, and nothing that came before them.
PROXIES = env_int("OA_PROXIES", 0)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PROXIES else None
ALLAUTH_TRUSTED_PROXY_COUNT = PROXIES
CSRF_FAILURE_VIEW = "oa.core.problems.csrf_failed"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION and HTTPS
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 30
X_FRAME_OPTIONS = "DENY"
# Named as Django 6 names it, which brings this middleware itself.
SECURE_CSP = {
    "default-src": ["'self'"],
    "img-src": ["'self'", "data:"],
    "object-src": ["'none'"],
    "base-uri": ["'none'"],
    "form-action": ["'self'"],
    "frame-ancestors": ["'none'"],
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024

# --- the API ----------------------------------------------------------------------------------------------------------

THROTTLES = env_str("OA_THROTTLES", "")
REST_FRAMEWORK: dict[str, Any] = {
    "NUM_PROXIES": PROXIES,
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "oa.accounts.views.authentication.TokenAuthentication",  # the first one's challenge is that of every 401
        "oa.accounts.views.authentication.BrowserAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["oa.accounts.views.permissions.Nobody"],
    "DEFAULT_PARSER_CLASSES": ["oa.core.parsers.StrictJsonParser"],
    "DEFAULT_RENDERER_CLASSES": ["oa.core.renderers.FastJsonRenderer"],
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "oa.core.renderers.Negotiation",
    "DEFAULT_PAGINATION_CLASS": "oa.core.pagination.KeysetPagination",
    "DEFAULT_SCHEMA_CLASS": "oa.core.schema.ProblemSchema",
    "EXCEPTION_HANDLER": "oa.core.problems.exception_handler",
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
    "TEST_REQUEST_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
}
SPECTACULAR_SETTINGS: dict[str, Any] = {
    "TITLE": "oa",
    "VERSION": "1",
    "DESCRIPTION": (
        "Volunteers write, review and rank conversation trees for training language models.\n\n"
        "Ask for a task with `POST /tasks/next`, hand it in with `POST /tasks/{id}/submit` (and get the next one in "
        "the same answer). Browsers sign in at `/_allauth/` and send `X-CSRFToken` with every write; programs send "
        "`Authorization: Bearer oa_…`. Every error is `application/problem+json` with a stable `code`."
    ),
    "LICENSE": {"name": "Apache-2.0"},
    "OAS_VERSION": "3.1.1",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "COMPONENT_SPLIT_REQUEST": True,
    "ENUM_NAME_OVERRIDES": ENUM_NAMES,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["oa.accounts.views.permissions.Anybody"],
    "SERVE_AUTHENTICATION": [],
}

# --- the machine's opinion of toxicity --------------------------------------------------------------------------------

# A name of Detoxify's (downloaded once), or a checkpoint here with the folder of its configuration and tokenizer.
DETOXIFY_MODEL = env_str("OA_DETOXIFY_MODEL", "multilingual")
DETOXIFY_CHECKPOINT = env_str("OA_DETOXIFY_CHECKPOINT", "")
DETOXIFY_CONFIG = env_str("OA_DETOXIFY_CONFIG", "")
DETOXIFY_LANGUAGES = env_list("OA_DETOXIFY_LANGUAGES")
DETOXIFY_TRUSTED = env_bool("OA_DETOXIFY_TRUSTED", default=False)
# auto: the quickest that this processor has and that gives the same scores.
TOXICITY_PRECISION = env_str("OA_TOXICITY_PRECISION", "auto")
if TOXICITY_PRECISION not in {"auto", "fp32", "bf16", "int8"}:
    raise ImproperlyConfigured(
        f"OA_TOXICITY_PRECISION={TOXICITY_PRECISION} is unknown. Type: OA_TOXICITY_PRECISION=auto, fp32, bf16 or int8"
    )

# --- being watched ----------------------------------------------------------------------------------------------------

LOGGING = logging_config(level=env_str("OA_LOG_LEVEL", "INFO"), style=env_str("OA_LOG_FORMAT", "auto"))
LOGGING_CONFIG = "logging.config.dictConfig"
