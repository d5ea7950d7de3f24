"""Django's settings for the console."""

from __future__ import annotations

import os
from typing import Any

from frontdesk.console import environment, widget
from frontdesk.settings import ROOT

DEBUG = os.environ.get("FRONTDESK_DEBUG") == "1"
SECRET_KEY = environment.signing_key()
ALLOWED_HOSTS = environment.hosts()
CHAT_URL = environment.chat_url()
WIDGET_FOLDER = ROOT / "widget"

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "frontdesk.console",
    "frontdesk.console.bookings",
    "frontdesk.console.conversations",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "frontdesk.console.security.SecurityHeaders",
    "frontdesk.console.widget.StaticFiles",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
]
ROOT_URLCONF = "frontdesk.console.urls"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "frontdesk.console.selectors.clinic_facts",
            ]
        },
    }
]

DATABASES = {"default": environment.database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_I18N = False
USE_TZ = True
TIME_ZONE = "UTC"

PASSWORD_RULES = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{PASSWORD_RULES}.{name}"}
    for name in ("MinimumLengthValidator", "CommonPasswordValidator", "NumericPasswordValidator")
]
CSRF_TRUSTED_ORIGINS = environment.trusted_origins()
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = os.environ.get("FRONTDESK_HTTPS") == "1"

TURNOVER_MINUTES = environment.turnover()
MAIL_FROM = os.environ.get("FRONTDESK_MAIL_FROM", "")  # the clinic's own address when empty
globals().update(environment.mail())

STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 0 if DEBUG else 300
WHITENOISE_ALLOW_ALL_ORIGINS = False
WHITENOISE_ADD_HEADERS_FUNCTION = widget.open_to_other_sites

SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"one_line": {"()": "frontdesk.console.logs.OneLine"}},
    "formatters": {"plain": {"format": "{levelname} {name}: {message}", "style": "{"}},
    "handlers": {
        "full": {"class": "logging.StreamHandler", "formatter": "plain"},
        "brief": {
            "class": "logging.StreamHandler",
            "formatter": "plain",
            "filters": ["one_line"],
        },
    },
    "loggers": {
        "django": {"handlers": ["full"], "level": "WARNING", "propagate": False},
        # A page that is not there is no event; one that breaks is.
        "django.request": {"handlers": ["full"], "level": "ERROR", "propagate": False},
        "django.security": {"handlers": ["brief"], "level": "WARNING", "propagate": False},
        "frontdesk": {"handlers": ["full"], "level": "INFO", "propagate": False},
        "waitress": {"handlers": ["full"], "level": "WARNING", "propagate": False},
    },
}
