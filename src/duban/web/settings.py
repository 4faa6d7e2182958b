"""Django's settings: one module for a desk and a city hall; what differs comes from the environment."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import dj_database_url

from duban.web import environment
from duban.web.operation import logs

_HERE = Path(__file__).parent

ENVIRONMENT = environment.read()

SECRET_KEY = ENVIRONMENT.secret_key
DEBUG = False
ALLOWED_HOSTS = list(ENVIRONMENT.hosts) or ["localhost", "127.0.0.1", "[::1]"]
CSRF_TRUSTED_ORIGINS = (
    [f"https://{host.lstrip('.')}" for host in ENVIRONMENT.hosts] if ENVIRONMENT.https else []
)

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "django_tasks",
    "django_tasks_db",
    "duban.web.base",
    "duban.web.operation",
    "duban.web.accounts",
    "duban.web.files",
    "duban.web.organisation",
    "duban.web.reports",
    "duban.web.cases",
    "duban.web.board",
    "duban.web.succession",
    "duban.web.intake",
    "duban.web.publish",
    "duban.web.search",
    "duban.web.tokens",
    "duban.web.webhooks",
    "duban.web.api",
    "duban.web.notices",
    "duban.web.jobs",
    "duban.web.papers",
    "duban.web.desk",
    "duban.web.demo",
]

MIDDLEWARE = [
    "duban.web.operation.requests.RequestLog",
    "duban.web.operation.health.Health",
    "django.middleware.security.SecurityMiddleware",
    "duban.web.base.headers.ContentSecurity",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "duban.web.publish.cookieless.Cookieless",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "duban.web.accounts.gate.SessionLimits",
    "duban.web.accounts.gate.SignedIn",
    "duban.web.organisation.gate.Posts",
    "duban.web.base.problems.Problems",
]

ROOT_URLCONF = "duban.web.urls"
WSGI_APPLICATION = "duban.web.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "duban.web.base.context.chrome",
                "duban.web.notices.context.bell",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static", "duban.web.base.tags"],
        },
    }
]
FORM_RENDERER = "duban.web.base.forms.Renderer"

# --- data -------------------------------------------------------------------------------------------------------------

_SQLITE = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
}
_database = dj_database_url.parse(ENVIRONMENT.database_url, conn_health_checks=True)
if _database["ENGINE"] == "django.db.backends.sqlite3":
    _database["OPTIONS"] = {**_database.get("OPTIONS", {}), **_SQLITE}
else:
    _database["OPTIONS"] = {
        "pool": {"min_size": 1, "max_size": 8, "timeout": 5},
        **_database.get("OPTIONS", {}),
    }
DATABASES: dict[str, Any] = {"default": _database}

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

MEDIA_ROOT = ENVIRONMENT.home / "files"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
FILE_UPLOAD_PERMISSIONS = 0o600

STATIC_URL = "static/"
STATIC_ROOT = ENVIRONMENT.home / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "duban.web.base.assets.Storage"},
}
WHITENOISE_MAX_AGE = 600

# --- people -----------------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
     "OPTIONS": {"user_attributes": ("username", "name", "email")}},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]  # fmt: skip
LOGIN_URL = "accounts:sign-in"
LOGIN_REDIRECT_URL = "desk:home"
OTP_TOTP_ISSUER = f"Duban {ENVIRONMENT.place}".strip()
OTP_TOTP_THROTTLE_FACTOR = 1

SESSION_COOKIE_NAME = "duban_session"
SESSION_COOKIE_AGE = ENVIRONMENT.idle_seconds
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_NAME = "duban_csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "duban.web.base.views.csrf_failure"
LANGUAGE_COOKIE_NAME = "duban_language"
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = ENVIRONMENT.https
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if ENVIRONMENT.https else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = ENVIRONMENT.https
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if ENVIRONMENT.proxies:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# --- mail -------------------------------------------------------------------------------------------------------------

if ENVIRONMENT.mail:
    EMAIL_BACKEND = ENVIRONMENT.mail.backend
    EMAIL_HOST, EMAIL_PORT = ENVIRONMENT.mail.host, ENVIRONMENT.mail.port
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = ENVIRONMENT.mail.user, ENVIRONMENT.mail.password
    EMAIL_USE_SSL, EMAIL_USE_TLS = ENVIRONMENT.mail.ssl, ENVIRONMENT.mail.starttls
    EMAIL_FILE_PATH = ENVIRONMENT.mail.folder
    DEFAULT_FROM_EMAIL = ENVIRONMENT.mail.sender
EMAIL_TIMEOUT = 20
EMAIL_USE_LOCALTIME = True

# --- words and time ---------------------------------------------------------------------------------------------------

LANGUAGE_CODE = ENVIRONMENT.language
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
LOCALE_PATHS = [_HERE / "locale"]
USE_I18N = True
TIME_ZONE = ENVIRONMENT.time_zone
USE_TZ = True

LOGGING_CONFIG = None
logs.configure(json=ENVIRONMENT.log_json, level=ENVIRONMENT.log_level)
