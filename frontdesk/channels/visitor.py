"""Signed visitor sessions: the token is the only way to a conversation, and cannot be guessed."""

from __future__ import annotations

import secrets

from itsdangerous import BadSignature, SignatureExpired, URLSafeTimedSerializer

from frontdesk.domain.errors import FrontdeskError

SALT = "frontdesk.website.session"
ID_BYTES = 16  # 128 bits


class SessionRefused(FrontdeskError):
    """The token is missing, forged or too old."""

    code = "session_refused"


class Sessions:
    """Issues and reads session tokens."""

    def __init__(self, key: str, days: int) -> None:
        self._serializer = URLSafeTimedSerializer(key, salt=SALT)
        self._seconds = days * 86_400

    def issue(self) -> tuple[str, str]:
        """A new conversation id and the token that leads to it."""
        conversation = secrets.token_hex(ID_BYTES)
        return conversation, str(self._serializer.dumps(conversation))

    def conversation(self, authorization: str) -> str:
        """The conversation of an ``Authorization`` header.

        Raises:
            SessionRefused: no token, a forged one, or one past its age.
        """
        scheme, _, token = authorization.partition(" ")
        if scheme.lower() != "bearer" or not token or len(token) > 500:
            raise SessionRefused("no session token")
        try:
            conversation = self._serializer.loads(token.strip(), max_age=self._seconds)
        except SignatureExpired as error:
            raise SessionRefused("the session token is too old") from error
        except BadSignature as error:
            raise SessionRefused("the session token is not ours") from error
        return str(conversation)
