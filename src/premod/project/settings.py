"""Django's settings, all of them; the operator's part is read in premod.configuration."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import locale as django_locale

from premod import configuration

SECRET_KEY = configuration.secret_key()
DEBUG = False
ALLOWED_HOSTS = configuration.words("PREMOD_ALLOWED_HOSTS")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "premod.comments",
    "premod.reader",
    "premod.console",
    "premod.api",
]
MIDDLEWARE = [
    "premod.project.headers.SecurityHeadersMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
]
ROOT_URLCONF = "premod.project.urls"
WSGI_APPLICATION = "premod.project.wsgi.application"
APPEND_SLASH = False
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]


def _database(url: str) -> dict[str, Any]:
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": configuration.data_folder() / "premod.sqlite3",
            "CONN_MAX_AGE": None,
            "OPTIONS": {
                "timeout": 5,
                "transaction_mode": "IMMEDIATE",
                # secure_delete: an erased comment must not stay readable in a freed page.
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;"
                "PRAGMA cache_size=-8000; PRAGMA mmap_size=33554432;",
            },
            "TEST": {"NAME": str(configuration.data_folder() / "test.sqlite3")},
        }
    parts = urlsplit(url)
    if parts.scheme not in {"postgresql", "postgres"}:
        raise configuration.ConfigurationError(f"PREMOD_DATABASE_URL must be postgresql://…, not {parts.scheme}://…")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
    }


DATABASES = {"default": _database(configuration.text("PREMOD_DATABASE_URL"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "comments.Moderator"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "console:sign-in"
LOGIN_REDIRECT_URL = "console:queue"
LOGOUT_REDIRECT_URL = "console:sign-in"

# Django does not know Kurmanji, and gives it no direction: both Kurdish languages are named as their speakers do.
django_locale.LANG_INFO["kmr"] = {
    "bidi": False, "code": "kmr", "name": "Kurmanji Kurdish", "name_local": "Kurmancî",
}  # fmt: skip
LANGUAGES = [
    ("en", "English"),
    ("ar", "العربية"),
    ("tr", "Türkçe"),
    ("ckb", "کوردیی ناوەندی"),
    ("kmr", "Kurmancî"),
]
LANGUAGES_BIDI = ["ar", "ckb"]
LANGUAGE_CODE = "en"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False

HTTPS = configuration.number("PREMOD_HTTPS") == 1
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 12 * 60 * 60
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None

DATA_UPLOAD_MAX_MEMORY_SIZE = 128 * 1024

TRUSTED_PROXIES = configuration.number("PREMOD_TRUSTED_PROXIES")
JUDGES = configuration.words("PREMOD_JUDGES")
JUDGE_TIMEOUT_SECONDS = float(configuration.number("PREMOD_JUDGE_TIMEOUT_SECONDS"))
BATCH_SIZE = configuration.number("PREMOD_BATCH_SIZE")
LEASE_SECONDS = configuration.number("PREMOD_LEASE_SECONDS")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {"django.security.DisallowedHost": {"level": "CRITICAL"}},
}
