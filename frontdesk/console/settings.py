"""Django's settings for the console."""

from __future__ import annotations

import datetime
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
    "django_htmx",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "axes",
    "frontdesk.console",
    "frontdesk.console.staff",
    "frontdesk.console.bookings",
    "frontdesk.console.conversations",
    "frontdesk.console.privacy",
    "frontdesk.console.figures",
    "frontdesk.console.learning",
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
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "frontdesk.console.staff.door.StaffDoor",
    "axes.middleware.AxesMiddleware",
]
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
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
HTTPS = environment.is_behind_tls()
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_AGE = 12 * 3600
IDLE_MINUTES = environment.minutes("FRONTDESK_IDLE_MINUTES", 30)
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^health/$", r"^api/"]  # asked by our own processes, without TLS
X_FRAME_OPTIONS = "DENY"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
LOGIN_URL, LOGIN_REDIRECT_URL, LOGOUT_REDIRECT_URL = "login", "inbox", "login"

# five wrong passwords for one name from one address: a quarter of an hour of rest
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = datetime.timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_TEMPLATE = "staff/locked_out.html"
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False
OTP_TOTP_ISSUER = "Frontdesk"

RASA_URL = environment.rasa_url()
CONSOLE_ADDRESS = environment.console_address()
NOTIFY_EMAILS = environment.notified_emails()
NOTIFY_WEBHOOKS = environment.notified_webhooks()
WAIT_MINUTES = environment.minutes("FRONTDESK_WAIT_MINUTES", 5)
SILENT_MINUTES = environment.minutes("FRONTDESK_SILENT_MINUTES", 10)

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
