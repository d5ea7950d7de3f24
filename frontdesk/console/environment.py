"""The console's own environment settings, read and checked."""

from __future__ import annotations

import hashlib
import hmac
import os
import re
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from email_validator import EmailNotValidError, validate_email

from frontdesk import settings
from frontdesk.domain.errors import SettingError

CHAT_URL = "FRONTDESK_CHAT_URL"
DATABASE_URL = "FRONTDESK_CONSOLE_DATABASE_URL"
HOSTS = "FRONTDESK_HOSTS"
SMTP_URL = "FRONTDESK_SMTP_URL"
NOTIFY_EMAIL = "FRONTDESK_NOTIFY_EMAIL"
NOTIFY_WEBHOOK = "FRONTDESK_NOTIFY_WEBHOOK"
TURNOVER = "FRONTDESK_TURNOVER_MINUTES"
HIGHEST_PORT = 65535
SUBMISSION_PORT, SMTPS_PORT = 587, 465
SMTP_PATIENCE = 10  # seconds
_HOST = re.compile(r"[A-Za-z0-9.-]+|\[[0-9A-Fa-f:]+\]")


def port(name: str, default: int) -> int:
    """A port number from the environment.

    Raises:
        SettingError: when it is no number from 1 to 65535.
    """
    value = settings.number(name, default)
    if value > HIGHEST_PORT:
        raise SettingError(name, f"must be {HIGHEST_PORT} or less")
    return value


def chat_url() -> str:
    """Where the chat window finds the assistant.

    Raises:
        SettingError: when it is no plain http or https address.
    """
    given = os.environ.get(CHAT_URL) or f"http://127.0.0.1:{port('RASA_PORT', 5005)}"
    origin_of(given)
    return given.rstrip("/")


def origin_of(address: str) -> str:
    """The part of the chat address a browser checks: scheme, host and port.

    Raises:
        SettingError: when it is no plain http or https address.
    """
    parts = _split(CHAT_URL, address)
    host = parts.netloc.rpartition(":")[0] if parts.port else parts.netloc
    plain = parts.scheme in ("http", "https") and _HOST.fullmatch(host)
    if not plain or parts.query or parts.fragment or re.search(r"\s", address):
        raise SettingError(CHAT_URL, "must be an address like https://chat.example.com")
    return f"{parts.scheme}://{parts.netloc}"


def hosts() -> list[str]:
    """The host names under which the console may be opened."""
    listed = os.environ.get(HOSTS) or "127.0.0.1,localhost"
    return [host.strip() for host in listed.split(",") if host.strip()]


def signing_key() -> str:
    """The console's own key, derived so that it differs from the one visitor sessions use."""
    shared = settings.secret_key().encode()
    return hmac.new(shared, b"frontdesk.console", hashlib.sha256).hexdigest()


def database() -> dict[str, Any]:
    """Django's description of the console's database; SQLite unless told.

    Raises:
        SettingError: when the address given is none of PostgreSQL.
    """
    url = os.environ.get(DATABASE_URL, "")
    return _postgresql(url) if url else _sqlite(settings.local_folder() / "console.db")


def trusted_origins() -> list[str]:
    """The addresses whose forms are accepted: ours behind a proxy that speaks TLS."""
    named = [host for host in hosts() if host != "*"]
    return [f"https://{f'*{host}' if host.startswith('.') else host}" for host in named]


def turnover() -> int:
    """The minutes kept free after each appointment."""
    return settings.number(TURNOVER, 15, least=0)


def is_behind_tls() -> bool:
    """Whether people reach us over https, through a proxy that says so."""
    return os.environ.get("FRONTDESK_HTTPS") == "1"


def minutes(name: str, default: int) -> int:
    """A setting in minutes."""
    return settings.number(name, default)


def rasa_url() -> str:
    """Where the assistant's own HTTP API is."""
    given = os.environ.get("FRONTDESK_RASA_URL")
    return (given or f"http://127.0.0.1:{port('RASA_PORT', 5005)}").rstrip("/")


def console_address() -> str:
    """How staff reach us, for links in what we send them."""
    return settings.public_url() or f"http://127.0.0.1:{port('CONSOLE_PORT', 8000)}"


def notified_emails() -> list[str]:
    """Who is told by e-mail that a conversation needs a person.

    Raises:
        SettingError: one of them is no e-mail address.
    """
    listed = _listed(NOTIFY_EMAIL)
    for one in listed:
        try:
            validate_email(one, check_deliverability=False)
        except EmailNotValidError as error:
            raise SettingError(NOTIFY_EMAIL, "must be e-mail addresses, commas between") from error
    return listed


def notified_webhooks() -> list[str]:
    """The addresses at Slack or Teams that are told, too.

    Raises:
        SettingError: one of them does not begin with http.
    """
    listed = _listed(NOTIFY_WEBHOOK)
    if any(_split(NOTIFY_WEBHOOK, one).scheme not in ("http", "https") for one in listed):
        raise SettingError(NOTIFY_WEBHOOK, "must be https addresses, spaces between")
    return listed


def mail() -> dict[str, Any]:
    """Django's mail settings: the server named, else a file for each e-mail.

    Raises:
        SettingError: when the address given is none of a mail server.
    """
    url = os.environ.get(SMTP_URL, "")
    if not url:
        folder = settings.local_folder() / "mail"
        backend = "django.core.mail.backends.filebased.EmailBackend"
        return {"EMAIL_BACKEND": backend, "EMAIL_FILE_PATH": str(folder)}
    parts = _split(SMTP_URL, url)
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise SettingError(SMTP_URL, "must look like smtp://user:password@host:587")
    is_tls = parts.scheme == "smtps"
    number = parts.port or (SMTPS_PORT if is_tls else SUBMISSION_PORT)
    # a password never travels in the open
    is_starttls = not is_tls and (number == SUBMISSION_PORT or parts.password is not None)
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": number,
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": is_tls,
        "EMAIL_USE_TLS": is_starttls,
        "EMAIL_TIMEOUT": SMTP_PATIENCE,
    }


def _listed(name: str) -> list[str]:
    return [one for one in re.split(r"[,\s]+", os.environ.get(name, "")) if one]


def _sqlite(path: Path) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "OPTIONS": {
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL",
            "timeout": 30,
            "transaction_mode": "IMMEDIATE",
        },
    }


def _postgresql(url: str) -> dict[str, Any]:
    parts = _split(DATABASE_URL, url)
    name = unquote(parts.path.lstrip("/"))
    if parts.scheme not in ("postgresql", "postgres") or not name:
        raise SettingError(DATABASE_URL, "must look like postgresql://user:password@host/database")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "OPTIONS": dict(parse_qsl(parts.query)),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


def _split(name: str, address: str) -> SplitResult:
    try:
        parts = urlsplit(address)
        parts.port  # noqa: B018 - reading it is what checks it
    except ValueError:
        # "from None": the address may hold a password, which the first error would repeat.
        raise SettingError(name, "is no valid address") from None
    return parts
