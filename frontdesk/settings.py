"""Settings that differ from one installation to the next, read from the environment."""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import os
import secrets
from pathlib import Path

from frontdesk.domain.errors import SettingError

ROOT = Path(__file__).resolve().parent.parent


def folder(name: str, default: str) -> Path:
    """A folder named by the environment, made when missing."""
    path = Path(os.environ.get(name) or ROOT / default)
    path.mkdir(parents=True, exist_ok=True)
    return path


def local_folder() -> Path:
    """Where this installation keeps its own databases and secret key."""
    return folder("FRONTDESK_LOCAL", ".local")


def data_folder() -> Path:
    """Where the words are."""
    return Path(os.environ.get("FRONTDESK_DATA") or ROOT / "data")


def models_folder() -> Path:
    """Where trained models are kept."""
    return folder("FRONTDESK_MODELS", "models")


def number(name: str, default: int, least: int = 1) -> int:
    """A whole number from the environment.

    Raises:
        SettingError: when it is no whole number or below ``least``.
    """
    text = os.environ.get(name, "")
    if not text:
        return default
    try:
        value = int(text)
    except ValueError as error:
        raise SettingError(name, f"must be a whole number, {default} for instance") from error
    if value < least:
        raise SettingError(name, f"must be {least} or more")
    return value


ASSISTANT_PORT = ("RASA_PORT", 5005)
ACTIONS_PORT = ("ACTIONS_PORT", 5055)
CONSOLE_PORT = ("CONSOLE_PORT", 8000)


def port(which: tuple[str, int]) -> int:
    """One of the three ports, as the environment says or as usual."""
    return number(*which)


def database_url() -> str:
    """The website channel's database as an SQLAlchemy address; SQLite unless told."""
    return os.environ.get("FRONTDESK_DATABASE_URL") or f"sqlite:///{local_folder()}/website.db"


def redis_url() -> str:
    """Redis for limits shared by several workers; empty keeps them in this process."""
    return os.environ.get("FRONTDESK_REDIS_URL", "")


def allowed_origins() -> frozenset[str]:
    """The pages that may embed the chat window, from ``FRONTDESK_ORIGINS`` (commas between)."""
    console = port(CONSOLE_PORT)
    default = f"http://127.0.0.1:{console},http://localhost:{console}"
    listed = os.environ.get("FRONTDESK_ORIGINS") or default
    return frozenset(origin.strip().rstrip("/") for origin in listed.split(",") if origin.strip())


def api_token() -> str:
    """The token of Rasa's own HTTP API, which listens on loopback only."""
    return hmac.new(secret_key().encode(), b"frontdesk.rasa.api", hashlib.sha256).hexdigest()


def bookings_token() -> str:
    """The token with which the assistant calls the console's booking API."""
    return hmac.new(secret_key().encode(), b"frontdesk.bookings", hashlib.sha256).hexdigest()


def conversation_key() -> str:
    """The key that hides people's numbers in the ids of their conversations."""
    return hmac.new(secret_key().encode(), b"frontdesk.conversation", hashlib.sha256).hexdigest()


def secret_key() -> str:
    """The key that signs visitor sessions: from the environment, else made once and kept.

    Raises:
        SettingError: when the given key is too short to be a secret.
    """
    given = os.environ.get("FRONTDESK_SECRET_KEY", "")
    if given:
        if len(given) < 32:
            raise SettingError("FRONTDESK_SECRET_KEY", "must have 32 characters or more")
        return given
    path = local_folder() / "secret-key"
    if not path.exists():
        # written aside and then linked: two processes starting at once read one whole key
        aside = path.with_name(f"secret-key.{os.getpid()}")
        handle = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(48))
        with contextlib.suppress(FileExistsError):
            os.link(aside, path)
        aside.unlink()
    return path.read_text(encoding="ascii").strip()


def public_url() -> str:
    """Where visitors find the console over https, for links in the chat; empty when unset.

    Raises:
        SettingError: it does not begin with https.
    """
    return _https("FRONTDESK_PUBLIC_URL")


def assistant_url() -> str:
    """Where messaging providers reach the assistant over https; empty when unset.

    Raises:
        SettingError: it does not begin with https.
    """
    return _https("FRONTDESK_ASSISTANT_URL")


def _https(name: str) -> str:
    given = os.environ.get(name, "").rstrip("/")
    if given and not given.startswith("https://"):
        raise SettingError(name, "must begin with https://")
    return given


PACE = "10 per 10 second; 60 per 5 minute"


def visitor_pace() -> str:
    """How many messages one visitor of the website may write."""
    return text("FRONTDESK_VISITOR_PACE", PACE)


def sender_pace() -> str:
    """How many messages one person may write in a messaging channel."""
    return text("FRONTDESK_SENDER_PACE", PACE)


def text(name: str, default: str) -> str:
    """A setting as it is written."""
    return os.environ.get(name) or default
